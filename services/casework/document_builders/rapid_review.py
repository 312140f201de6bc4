"""The machine work from notification to submission: which papers each order makes."""

from uuid import UUID

from services.casework.answers_as_text import Names, asked_of, names_for, said
from services.casework.document_builders.case_history import NOT_SAID, CaseHistory
from services.casework.document_builders.context import (
    Which,
    desk_for,
    due_days,
    key_dates,
    on_day,
    parts,
    put_on_file,
    signatures,
    the_children,
)
from services.casework.job_context import Tools
from services.casework.steps.looked_after_death import RecordLookedAfterDeath
from services.casework.steps.meeting import AcceptPack, HoldMeeting
from services.casework.steps.notification import DecideToNotify, GiveView, RecordNotification
from services.casework.steps.rapid_review import AnswerCriteria, ProposeDecision, WriteRecord
from services.casework.steps.referral import Refer
from services.casework.steps.reopening import CloseUnreviewed
from services.casework.steps.scoping import RequestReturns
from services.casework.steps.scoping_returns import SubmitReturn
from services.casework.steps.submission import Submit
from services.database.agency_requests import Asked, get_request, requests
from services.database.decisions import SignOffMatter
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, DocumentKind, Section
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.working_days import london_date


def notification_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the record of the notification to the Panel (NOT-01, NOT-03)."""
    desk = desk_for(work, tools, case_id)
    told = desk.told.until_the(1, EntryType.NOTIFICATION_RECORDED)
    decided = told.command(EntryType.NOTIFY_DECIDED, DecideToNotify)
    sent = told.command(EntryType.NOTIFICATION_RECORDED, RecordNotification)
    put_on_file(
        desk,
        DocumentKind.NOTIFICATION_RECORD,
        the_children(work, desk.case),
        *parts("The local authority's decision", decided, desk.known),
        _views(work, told),
        *parts("The notification", sent, desk.known),
        due_days(work, desk.case),
        details=key_dates(desk.case),
    )


def looked_after_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the record of the notice to the Secretary of State and Ofsted (NOT-05)."""
    desk = desk_for(work, tools, case_id)
    sent = desk.told.command(EntryType.LOOKED_AFTER_DEATH_RECORDED, RecordLookedAfterDeath)
    put_on_file(
        desk,
        DocumentKind.DEATH_IN_CARE_RECORD,
        the_children(work, desk.case),
        *parts("Notice to the Secretary of State and Ofsted", sent, desk.known),
        due_days(work, desk.case),
        details=key_dates(desk.case),
    )


def decision_not_to_notify(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the record of a decision not to notify, with every view and dissent (NOT-13)."""
    desk = desk_for(work, tools, case_id)
    told = desk.told.until_reopened_after(int(subject))
    decided = told.command(EntryType.NOTIFY_DECIDED, DecideToNotify)
    put_on_file(
        desk,
        DocumentKind.DECISION_NOT_TO_NOTIFY,
        *parts("The local authority's decision", decided, desk.known),
        _views(work, told),
        which=Which(subject),
        details=key_dates(desk.case),
    )


def closing_unreviewed(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the record of a case that was closed without a review."""
    desk = desk_for(work, tools, case_id)
    told = desk.told.until_reopened_after(int(subject))
    closed = told.command(EntryType.CLOSED_UNREVIEWED, CloseUnreviewed)
    put_on_file(
        desk,
        DocumentKind.CLOSING_RECORD,
        *parts("Why the case was closed", closed, desk.known),
        due_days(work, desk.case),
        which=Which(subject),
        details=key_dates(desk.case),
    )


def scoping_letter(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make one agency's letter and form (RR-39, Doc 2, Doc 3)."""
    desk = desk_for(work, tools, case_id)
    agency_id, _, awareness = subject.partition(":")
    asked = _asked(desk.told.until_reopened_after(int(awareness or 1)), agency_id)
    request = get_request(work.session, case_id, Asked.SCOPING_RETURN, UUID(agency_id))
    dates = {"Sent": on_day(request.sent_on), "Return by the end of": on_day(request.due)}
    looked_for = Section(heading="What to look for", paragraphs=(asked.message,))
    for kind in (DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM):
        put_on_file(
            desk,
            kind,
            the_children(work, desk.case),
            looked_for,
            which=Which(agency_id),
            addressed_to=desk.known.get(request.agency_id, ""),
            details=dates,
        )


def scoping_return(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Put one version of an agency's return on file, as it was sent (RR-40, RR-41)."""
    desk = desk_for(work, tools, case_id)
    agency_id, _, version = subject.partition(":")
    sent = desk.told.nth(int(version), EntryType.RETURN_SUBMITTED, agency_id)
    command = SubmitReturn.model_validate(sent.command)
    put_on_file(
        desk,
        DocumentKind.SCOPING_RETURN,
        *parts("The return", command, desk.known),
        which=Which(agency_id, int(version)),
        details={
            "Agency": desk.known.get(UUID(agency_id), ""),
            "Returned on": on_day(london_date(sent.at)),
        },
    )


def meeting_pack(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the one pack of papers for the meeting: referral, notification, returns (RR-45)."""
    desk = desk_for(work, tools, case_id)
    told = desk.told.until_the(int(subject or 1), EntryType.PACK_ACCEPTED)
    asked = requests(work.session, case_id, Asked.SCOPING_RETURN)
    known = desk.known
    put_on_file(
        desk,
        DocumentKind.MEETING_PACK,
        *parts("The referral", told.command(EntryType.REFERRED, Refer), known),
        *parts(
            "The notification",
            told.command(EntryType.NOTIFICATION_RECORDED, RecordNotification),
            known,
        ),
        Section(heading="The agencies", table=asked_of(asked, known)),
        *_returns(told, known),
        *parts("The pack", told.command(EntryType.PACK_ACCEPTED, AcceptPack), known),
        details=key_dates(desk.case) | {"Meeting": said(desk.case.meeting_at, known)},
        which=Which(version=int(subject or 1)),
    )


def rapid_review_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the rapid review's record and the letter that goes with it (RR-49, Docs 4 and 5)."""
    desk = desk_for(work, tools, case_id)
    told, known = desk.told.until_the(1, EntryType.RAPID_REVIEW_SUBMITTED), desk.known
    decision = told.command(EntryType.DECISION_PROPOSED, ProposeDecision)
    decided = parts("The decision", decision, known)
    round_ = len(told.all(EntryType.DECISION_PROPOSED))
    put_on_file(
        desk,
        DocumentKind.RAPID_REVIEW_RECORD,
        *parts("The meeting", told.command(EntryType.MEETING_HELD, HoldMeeting), known),
        *parts("The record", told.command(EntryType.RECORD_WRITTEN, WriteRecord), known),
        *parts("The criteria", told.command(EntryType.CRITERIA_ANSWERED, AnswerCriteria), known),
        *decided,
        signatures(work, desk.case, SignOffMatter.RAPID_REVIEW, round_),
        details=key_dates(desk.case) | {"Meeting held": on_day(desk.case.met_on)},
    )
    put_on_file(
        desk,
        DocumentKind.COVERING_LETTER,
        *parts("Submission", told.command(EntryType.RAPID_REVIEW_SUBMITTED, Submit), known),
        *decided[:1],
        addressed_to="Child Safeguarding Practice Review Panel",
        details=key_dates(desk.case),
    )


def _asked(told: CaseHistory, agency_id: str) -> RequestReturns:
    """Return what the agency was asked when it was asked last; a later letter was not to it."""
    asked = [
        command
        for entry in told.since_reopened().all(EntryType.RETURNS_REQUESTED)
        for command in (RequestReturns.model_validate(entry.command),)
        if UUID(agency_id) in command.agencies
    ]
    if not asked:
        raise NotFound(NOT_SAID)
    return asked[0]


def _returns(told: CaseHistory, known: Names) -> tuple[Section, ...]:
    """Return each agency's newest return as parts of the pack."""
    newest = {entry.subject: entry for entry in told.all(EntryType.RETURN_SUBMITTED)}
    return tuple(
        section
        for agency_id, entry in newest.items()
        for section in parts(
            f"Return: {known.get(UUID(agency_id), '')}",
            SubmitReturn.model_validate(entry.command),
            known,
        )
    )


def _views(work: UnitOfWork, told: CaseHistory) -> Section:
    """Return everyone's view on notifying, so that no dissent is lost (NOT-12)."""
    given = told.all(EntryType.VIEW_GIVEN)
    known = names_for(work, *(entry.person_id for entry in given))
    answers = tuple(
        Answer(
            label=f"{entry.subject}: {known.get(entry.person_id, '')}",
            text=f"{said(view.position, known)}. {view.reasons}",
        )
        for entry in given
        for view in (GiveView.model_validate(entry.command),)
    )
    nobody = () if answers else ("Nobody else gave a view.",)
    return Section(
        heading="Views of the partners and the scrutineer", answers=answers, paragraphs=nobody
    )
