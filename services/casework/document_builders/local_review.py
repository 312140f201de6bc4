"""The documents of the local review before its report: what each of them says."""

from services.casework.answers_as_text import names_for
from services.casework.document_builders.chronologies import chronologies_of
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    on_day,
    parts,
)
from services.casework.steps.local_review.delay import DelayRecorded
from services.casework.steps.local_review.report_sent import ReportSubmitted
from services.casework.steps.review_team.minutes import RecordTeamMeeting
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date


def team_minutes(context: BuilderContext) -> DocumentContent:
    """Build the minutes of a meeting of the review team, with its standing items (FAM-04)."""
    met = RecordTeamMeeting.model_validate(context.history.newest.command)
    names = context.names | names_for(context.work, *met.present)
    details = {"Held on": on_day(met.held_on), "Next meeting": on_day(met.meets_on)}
    return DocumentContent(
        sections=parts("The meeting", met, names, without=frozenset({"held_on", "meets_on"})),
        details={name: text for name, text in details.items() if text},
    )


def agency_report(context: BuilderContext) -> DocumentContent:
    """Build one version of an agency's report, as it was sent (LC-33)."""
    sent = context.history.newest
    report = ReportSubmitted.model_validate(sent.command)
    checks = frozenset({"names_no_practitioner"})
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
