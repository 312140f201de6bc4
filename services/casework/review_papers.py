"""The machine work from notification to submission: which papers each order makes."""

from uuid import UUID

from services.casework.meeting import AcceptPack, HoldMeeting
from services.casework.notification import (
    DecideToNotify,
    GiveView,
    RecordLookedAfterDeath,
    RecordNotification,
)
from services.casework.papers import (
    Desk,
    due_days,
    key_dates,
    on_day,
    parts,
    put_on_file,
    signatures,
    the_case,
    the_children,
    words_of,
)
from services.casework.rapid_review import AnswerCriteria, Submit, WriteRecord, proposed
from services.casework.referral import Refer
from services.casework.reopening import CloseUnreviewed
from services.casework.scoping import RequestReturns, SubmitReturn
from services.casework.tools import Tools
from services.casework.wording import asked_of, names_for, said
from services.database.agency_requests import Asked, get_request, requests
from services.database.decisions import Matter
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, DocumentKind, Section
from services.domain.history import Happened
from services.domain.identifiers import CaseId


def notification_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the record of the notification to the Panel (NOT-01, NOT-03)."""
    case, known = the_case(work, case_id)
    decided = words_of(work, case, Happened.NOTIFY_DECIDED, DecideToNotify)
    sent = words_of(work, case, Happened.NOTIFICATION_RECORDED, RecordNotification)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.NOTIFICATION_RECORD,
        the_children(work, case),
        *parts("The local authority's decision", decided, known),
        _views(work, case_id),
        *parts("The notification", sent, known),
        due_days(work, case),
        details=key_dates(case),
    )


def looked_after_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the record of the notice to the Secretary of State and Ofsted (NOT-05)."""
    case, known = the_case(work, case_id)
    sent = words_of(work, case, Happened.LOOKED_AFTER_DEATH_RECORDED, RecordLookedAfterDeath)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.NOTIFICATION_RECORD,
        the_children(work, case),
        *parts("Notice to the Secretary of State and Ofsted", sent, known),
        due_days(work, case),
        subject="looked-after death",
        details=key_dates(case),
    )


def decision_not_to_notify(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the record of a decision not to notify, with every view and dissent (NOT-13)."""
    case, known = the_case(work, case_id)
    decided = words_of(work, case, Happened.NOTIFY_DECIDED, DecideToNotify)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.NOTIFICATION_RECORD,
        *parts("The local authority's decision", decided, known),
        _views(work, case_id),
        subject=f"decision {subject}",
        details=key_dates(case),
    )


def closing_unreviewed(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the record of a case that was closed without a review."""
    case, known = the_case(work, case_id)
    closed = words_of(work, case, Happened.CLOSED_UNREVIEWED, CloseUnreviewed)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.NOTIFICATION_RECORD,
        *parts("Why the case was closed", closed, known),
        due_days(work, case),
        subject=f"closing {subject}",
        details=key_dates(case),
    )


def scoping_letter(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make one agency's letter and form (RR-39, Doc 2, Doc 3)."""
    case, known = the_case(work, case_id)
    agency_id = subject.partition(":")[0]
    request = get_request(work.session, case_id, Asked.SCOPING_RETURN, UUID(agency_id))
    asked = _asked_words(work, case_id)
    agency = known.get(request.agency_id, "")
    dates = {"Sent": on_day(request.sent_on), "Return by the end of": on_day(request.due)}
    looked_for = Section(heading="What to look for", paragraphs=(asked.message,))
    for kind in (DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM):
        put_on_file(
            Desk(work, tools, case),
            kind,
            the_children(work, case),
            looked_for,
            subject=agency_id,
            addressed_to=agency,
            details=dates,
        )


def scoping_return(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Put one agency's return on file, as it was sent (RR-40, RR-41)."""
    case, known = the_case(work, case_id)
    agency_id = subject.partition(":")[0]
    words = words_of(work, case, Happened.RETURN_SUBMITTED, SubmitReturn, agency_id)
    request = get_request(work.session, case_id, Asked.SCOPING_RETURN, UUID(agency_id))
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.SCOPING_RETURN,
        *parts("The return", words, known),
        subject=agency_id,
        details={
            "Agency": known.get(UUID(agency_id), ""),
            "Asked on": on_day(request.sent_on),
            "Returned on": on_day(request.answered_on),
        },
    )


def meeting_pack(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the one pack of papers for the meeting: referral, notification, returns (RR-45)."""
    case, known = the_case(work, case_id)
    referral = words_of(work, case, Happened.REFERRED, Refer)
    sent = words_of(work, case, Happened.NOTIFICATION_RECORDED, RecordNotification)
    accepted = words_of(work, case, Happened.PACK_ACCEPTED, AcceptPack)
    asked = requests(work.session, case_id, Asked.SCOPING_RETURN)
    returns = [
        section
        for entry in all_of(work.session, case_id, Happened.RETURN_SUBMITTED)
        for section in parts(
            f"Return: {known.get(UUID(entry.subject), '')}",
            SubmitReturn.model_validate(entry.words),
            known,
        )
    ]
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.MEETING_PACK,
        *parts("The referral", referral, known),
        *parts("The notification", sent, known),
        Section(heading="The agencies", table=asked_of(asked, known)),
        *returns,
        *parts("The pack", accepted, known),
        details=key_dates(case) | {"Meeting": said(case.meeting_at, known)},
    )


def rapid_review_record(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the rapid review's record and the letter that goes with it (RR-49, Docs 4 and 5)."""
    case, known = the_case(work, case_id)
    met = words_of(work, case, Happened.MEETING_HELD, HoldMeeting)
    written_up = words_of(work, case, Happened.RECORD_WRITTEN, WriteRecord)
    criteria = words_of(work, case, Happened.CRITERIA_ANSWERED, AnswerCriteria)
    sent = words_of(work, case, Happened.RAPID_REVIEW_SUBMITTED, Submit)
    decision = proposed(work, case)
    decided = parts("The decision", decision, known) if decision else ()
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.RAPID_REVIEW_RECORD,
        *parts("The meeting", met, known),
        *parts("The record", written_up, known),
        *parts("The criteria", criteria, known),
        *decided,
        signatures(work, case, Matter.RAPID_REVIEW),
        details=key_dates(case) | {"Meeting held": on_day(case.met_on)},
    )
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.COVERING_LETTER,
        *parts("Submission", sent, known),
        *decided[:1],
        addressed_to="Child Safeguarding Practice Review Panel",
        details=key_dates(case),
    )


def _asked_words(work: UnitOfWork, case_id: CaseId) -> RequestReturns:
    newest = all_of(work.session, case_id, Happened.RETURNS_REQUESTED)[-1]
    return RequestReturns.model_validate(newest.words)


def _views(work: UnitOfWork, case_id: CaseId) -> Section:
    """Return everyone's view on notifying, so that no dissent is lost (NOT-12)."""
    given = all_of(work.session, case_id, Happened.VIEW_GIVEN)
    known = names_for(work, *(entry.person_id for entry in given))
    answers = tuple(
        Answer(
            label=f"{entry.subject}: {known.get(entry.person_id, '')}",
            text=f"{said(view.position, known)}. {view.reasons}",
        )
        for entry in given
        for view in (GiveView.model_validate(entry.words),)
    )
    nobody = () if answers else ("Nobody else gave a view.",)
    return Section(
        heading="Views of the partners and the scrutineer", answers=answers, paragraphs=nobody
    )
