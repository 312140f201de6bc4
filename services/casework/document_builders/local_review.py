"""The documents of the local review before its report: what each of them says."""

from services.casework.answers_as_text import names_for
from services.casework.document_builders.chronologies import chronologies_of
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    key_dates,
    on_day,
    parts,
)
from services.casework.steps.local_review.delay import DelayRecorded
from services.casework.steps.local_review.progress import AskForProgress, ProgressReported
from services.casework.steps.local_review.report_sent import ReportSubmitted
from services.casework.steps.review_team.minutes import RecordTeamMeeting
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date

_NEXT = frozenset({"next_on"})


def team_minutes(context: BuilderContext) -> DocumentContent:
    """Build the minutes of a meeting of the review team, with its standing items (FAM-04)."""
    met = RecordTeamMeeting.model_validate(context.history.newest.command)
    names = context.names | names_for(context.work, *met.present)
    details = {"Held on": on_day(met.held_on), "Next meeting": on_day(met.meets_on)}
    return DocumentContent(
        sections=parts("The meeting", met, names, without=frozenset({"held_on", "meets_on"})),
        details={name: text for name, text in details.items() if text},
    )


def progress_request(context: BuilderContext) -> DocumentContent:
    """Build the request to the reviewers for a progress report, which is in writing (LC-21)."""
    asked = AskForProgress.model_validate(context.history.newest.command)
    return DocumentContent(
        sections=(in_paragraphs("What is asked", asked.asked),),
        addressed_to="The reviewers",
        details={"Answer by the end of": on_day(asked.by_when)},
    )


def progress_report(context: BuilderContext) -> DocumentContent:
    """Build a progress report, with what was asked last, if anything was (LC-21)."""
    said = ProgressReported.model_validate(context.history.newest.command)
    asked = context.history.last(EntryType.PROGRESS_ASKED)
    request = AskForProgress.model_validate(asked.command) if asked is not None else None
    dates = {"Next report": on_day(said.next_on)}
    if request is not None:
        dates = {"Asked for by": on_day(request.by_when)} | dates
    return DocumentContent(
        sections=(
            *((in_paragraphs("What was asked", request.asked),) if request is not None else ()),
            *parts("What the reviewer reports", said, context.names, without=_NEXT),
        ),
        details={name: text for name, text in dates.items() if text},
    )


def agency_report(context: BuilderContext) -> DocumentContent:
    """Build one version of an agency's report, as it was sent (LC-33)."""
    sent = context.history.newest
    report = ReportSubmitted.model_validate(sent.command)
    checks = frozenset({"names_no_practitioner", "false_alarm"})
    return DocumentContent(
        sections=(
            *parts("The report", report, context.names, without=checks),
            *chronologies_of(context, context.order.agency_id),
        ),
        sender=context.agency,
        details={"Agency": context.agency, "Received on": on_day(london_date(sent.at))},
    )


def delay_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of a delay to the Panel and the Secretary of State (LC-15)."""
    delay = context.history.command(EntryType.DELAY_RECORDED, DelayRecorded)
    return DocumentContent(
        sections=parts("The delay and its reason", delay, context.names),
        addressed_to="The Panel and the Secretary of State for Education",
        details=key_dates(context),
    )
