"""The documents of notification, and of not notifying or reviewing: what each of them says."""

from services.casework.answers_as_text import names_for, text_of
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    parts,
)
from services.casework.document_builders.due_days import due_days
from services.casework.document_builders.referral import (
    against_definition,
    incident_and_children,
    whole_family,
)
from services.casework.steps.close_said import CloseUnreviewed
from services.casework.steps.notification.discussion import RecordDiscussion
from services.casework.steps.notification.looked_after_death import RecordLookedAfterDeath
from services.casework.steps.notification.notification import NotificationSent
from services.casework.steps.notification.notification_decision import DecideToNotify, GiveView
from services.casework.steps.notification.notification_withdrawn import NotificationWithdrawn
from services.casework.steps.referral.other_areas import TellArea
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.parties import party_name


def notification_record(context: BuilderContext) -> DocumentContent:
    """Build the record of the notification to the Panel (NOT-01, NOT-03)."""
    work, case, history, names = context.work, context.case, context.history, context.names
    decided = history.command(EntryType.NOTIFY_DECIDED, DecideToNotify)
    sent = history.command(EntryType.NOTIFICATION_RECORDED, NotificationSent)
    return DocumentContent(
        sections=(
            *incident_and_children(context),
            *whole_family(context),
            *against_definition(context),
            *parts("The local authority's decision", decided, names),
            *_discussions(context),
            _views(work, history),
            *parts("The notification", sent, names),
            *_withdrawal(context),
            due_days(work, case),
        ),
        details=key_dates(context),
    )


def looked_after_record(context: BuilderContext) -> DocumentContent:
    """Build the record of the notice to the Secretary of State and Ofsted (NOT-05)."""
    sent = context.history.command(EntryType.LOOKED_AFTER_DEATH_RECORDED, RecordLookedAfterDeath)
    return DocumentContent(
        sections=(
            *incident_and_children(context),
            *parts("Notice to the Secretary of State and Ofsted", sent, context.names),
            due_days(context.work, context.case),
        ),
        details=key_dates(context),
    )


def decision_not_to_notify(context: BuilderContext) -> DocumentContent:
    """Build the record of a decision not to notify, with every view and dissent (NOT-13)."""
    decided = context.history.command(EntryType.NOTIFY_DECIDED, DecideToNotify)
    return DocumentContent(
        sections=(
            *against_definition(context),
            *parts("The local authority's decision", decided, context.names),
            *_discussions(context),
            _views(context.work, context.history),
            *_told_areas(context),
        ),
        details=key_dates(context),
    )


def closing_unreviewed(context: BuilderContext) -> DocumentContent:
    """Build the record of a case that was closed without a review."""
    closed = context.history.command(EntryType.CLOSED_UNREVIEWED, CloseUnreviewed)
    return DocumentContent(
        sections=(
            *_withdrawal(context),
            *parts("Why the case was closed", closed, context.names),
            due_days(context.work, context.case),
        ),
        details=key_dates(context),
    )


def _withdrawal(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return by what the notification stands withdrawn; nothing where it was notified anew."""
    types = (EntryType.NOTIFICATION_RECORDED, EntryType.NOTIFICATION_WITHDRAWN)
    said = context.history.all(*types)
    if not said or said[-1].entry_type is not EntryType.NOTIFICATION_WITHDRAWN:
        return ()
    withdrawn = NotificationWithdrawn.model_validate(said[-1].command)
    return parts("The notification was withdrawn", withdrawn, context.names)


def _told_areas(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return which other areas were told of the incident, and what (NOT-04)."""
    told = context.history.all(EntryType.AREA_TOLD)
    said = [TellArea.model_validate(one.command) for one in told]
    return tuple(part for one in said for part in parts("Another area told", one, context.names))


def _discussions(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what agencies and the local authority said of it before it was decided (NOT-10)."""
    held = context.history.all(EntryType.DISCUSSION_RECORDED)
    said = [RecordDiscussion.model_validate(one.command) for one in held]
    heading = "Discussed by an agency and the local authority"
    return tuple(part for one in said for part in parts(heading, one, context.names))


def _views(work: UnitOfWork, history: CaseHistory) -> PaperSection:
    """Return everyone's view on notifying, so that no dissent is lost (NOT-12)."""
    given = history.all(EntryType.VIEW_GIVEN)
    names = names_for(work, *(entry.person_id for entry in given))
    answers = tuple(
        Answer(
            label=f"{_whose(work, entry)}: {names.get(entry.person_id, '')}",
            text=f"{text_of(view.position, names)}. {view.reasons}",
        )
        for entry in given
        for view in (GiveView.model_validate(entry.command),)
    )
    nobody = () if answers else ("No other view was given.",)
    heading = in_own_words("Views of the partners and the scrutineer")
    return PaperSection(heading=heading, answers=answers, paragraphs=nobody)


def _whose(work: UnitOfWork, given: Entry) -> str:
    """Return whose view it is: a party's, or that of a person without a seat."""
    if given.seat is None:
        return label(given.role)
    return party_name(given.seat, given.authority, work.partnership.authorities)
