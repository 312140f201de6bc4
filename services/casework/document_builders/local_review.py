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
from services.casework.document_builders.other_reviews import other_reviews
from services.casework.steps.local_review.delay import DelayRecorded
from services.casework.steps.local_review.report_sent import ReportSubmitted
from services.casework.steps.local_review.review_opening import AppointReviewer
from services.casework.steps.local_review.terms_of_reference import AgreeTerms
from services.casework.steps.review_team.minutes import RecordTeamMeeting
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date


def terms_of_reference(context: BuilderContext) -> DocumentContent:
    """Build this version of the terms of reference (LC-06, Doc 6)."""
    terms = context.history.command(EntryType.TERMS_AGREED, AgreeTerms)
    return DocumentContent(
        sections=(
            *parts("What was agreed", terms, context.names),
            *other_reviews(context),
        ),
        details=key_dates(context) | {"Decision": on_day(context.case.decided_on)},
    )


def reviewer_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the reviewer's name to the three bodies (LC-24).

    It holds none of the free text of the appointment, so that it may be attached unread.
    """
    entry = context.history.last(EntryType.REVIEWER_APPOINTED)
    appointed = AppointReviewer.model_validate(entry.command)
    name = names_for(context.work, appointed.person).get(appointed.person, "")
    reference = context.case.notification_reference
    return DocumentContent(
        sections=(),
        addressed_to="The Panel, Ofsted and the Department for Education",
        details={
            "Lead reviewer": name,
            "Appointed on": on_day(london_date(entry.at)),
            **({"Notification reference": reference} if reference else {}),
        },
    )


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
