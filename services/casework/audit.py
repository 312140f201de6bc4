"""What leaves a link in the partnership's audit chain: ids, codes and salted digests, never words.

Each function notes one kind of thing in the unit of work, which appends all that was noted as the
last statement of its transaction. Who did it is added there by the database.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final
from uuid import UUID

from services.database.alerts import Alert
from services.database.audit import NewLink, OtherChain
from services.database.bank_holidays import HolidayProposal
from services.database.cases import Case
from services.database.directory import DirectoryRow
from services.database.dispatches import Dispatch
from services.database.documents import Document
from services.database.guests import Guest, GuestLink
from services.database.history import Entry, Viewing
from services.database.joint_reviews import membership_of
from services.database.outbox import OutboxEmail
from services.database.shown import members
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import (
    AccountEvent,
    AdministrativeEvent,
    AuditKind,
    CollectionEvent,
    DirectoryEvent,
    GuestEvent,
    InspectionEvent,
    LearningEvent,
    PeopleEvent,
    RequestEvent,
    RetentionEvent,
    salted_digest,
)
from services.domain.roles import Actor
from services.domain.viewings import Viewed

Also = tuple[OtherChain, ...]
_OF_ROWS: Final = {
    DirectoryEvent: AuditKind.DIRECTORY,
    PeopleEvent: AuditKind.PEOPLE,
    LearningEvent: AuditKind.LEARNING,
    InspectionEvent: AuditKind.INSPECTION,
    RequestEvent: AuditKind.INFORMATION_REQUEST,
}
_LOOKED_AT: Final = {RequestEvent: "request", InspectionEvent: "pack"}


def fellow_chains(work: UnitOfWork, case: Case) -> Also:
    """Return the chains of the other partnerships that take part in the case's joint review."""
    membership = membership_of(work.session, case.id)
    found = members(work.session, membership.joint_review_id) if membership else ()
    others = (one for one in found if one.tenant_id != case.tenant_id)
    return tuple(OtherChain(one.tenant_id, one.case_id) for one in others)


def chain_of(work: UnitOfWork, case: Case, partnership_id: UUID) -> OtherChain:
    """Return the chain of one partnership, without a case while it takes no part in the review."""
    found = (one for one in fellow_chains(work, case) if one.partnership_id == partnership_id)
    return next(found, OtherChain(partnership_id))


def note_entry(
    work: UnitOfWork, entry: Entry, *, is_submission: bool = False, also: Also = ()
) -> None:
    """Note an act by its entry; `also` are the other chains in which a joint act stands."""
    told = {
        "what": entry.entry_type.value,
        "act": entry.act,
        "case": str(entry.case_id),
        "object": str(entry.id),
        "number": entry.number,
        "digest": entry_digest(entry),
        "policy": work.partnership.policy_version,
        "submission": True if is_submission else None,
    }
    _note(work, AuditKind.ACT, told, also)


def entry_digest(entry: Entry) -> str:
    """Return the digest by which the chain knows the entry."""
    said = {
        "act": entry.act,
        "entry_type": entry.entry_type.value,
        "subject": entry.subject,
        "command": entry.command,
        "person": str(entry.person_id),
        "role": entry.role.value,
        "seat": entry.seat.value if entry.seat else None,
        "authority": entry.authority,
        "at": entry.at.astimezone(UTC).isoformat(),
    }
    if entry.origin_id is not None:
        said |= {"origin": str(entry.origin_id), "names": entry.names}
    return salted_digest(entry.salt, said)


def note_viewing(work: UnitOfWork, viewing: Viewing, also: Also = ()) -> None:
    """Note a look at a case, or a document that was opened; `also` are other chains with it."""
    is_document = viewing.what in {Viewed.DOCUMENT, Viewed.SHOWN_DOCUMENT}
    told = {
        "what": viewing.what.value,
        "act": viewing.act or None,
        "case": str(viewing.case_id),
        "object": str(viewing.document_id) if viewing.document_id else None,
    }
    _note(work, AuditKind.DOWNLOAD if is_document else AuditKind.VIEW, told, also)


def note_refusal(work: UnitOfWork, case_id: UUID | None, page: str) -> None:
    """Note a refused request, in the chain of the partnership of the person who asked.

    The id is the one that was asked for, whether or not there is such a case.
    """
    told = {"what": "refused", "page": page or None, "case": str(case_id) if case_id else None}
    _note(work, AuditKind.REFUSED, told)


def note_document(work: UnitOfWork, document: Document) -> None:
    """Note a document that was linked to its case."""
    told = {
        "what": document.kind.value,
        "case": str(document.case_id),
        "object": str(document.id),
        "digest": document_digest(document),
    }
    _note(work, AuditKind.DOCUMENT, told)


def document_digest(document: Document) -> str:
    """Return the digest by which the chain knows the document's bytes."""
    return salted_digest(document.salt, {"sha256": document.sha256})


def note_email(work: UnitOfWork, email: OutboxEmail) -> None:
    """Note what became of an email when it was handed over."""
    told = {
        "what": email.event.value,
        "case": str(email.case_id) if email.case_id else None,
        "object": str(email.id),
        "to": email.recipient.value,
        "outcome": email.delivery.value,
    }
    _note(work, AuditKind.EMAIL, told)


def note_dispatch(work: UnitOfWork, dispatch: Dispatch) -> None:
    """Note what became of a dispatch to a national body."""
    told = {
        "what": dispatch.notice.value,
        "case": str(dispatch.case_id),
        "object": str(dispatch.id),
        "to": dispatch.recipient.value,
        "outcome": dispatch.state.value,
    }
    _note(work, AuditKind.DISPATCH, told)


def note_collection(work: UnitOfWork, dispatch: Dispatch, event: CollectionEvent) -> None:
    """Note what somebody without an account did at the address of a dispatch."""
    _note(work, AuditKind.COLLECTION, _at_address(dispatch, event))


def note_opening(
    work: UnitOfWork, dispatch: Dispatch, document: Document, collected_sha256: str
) -> None:
    """Note a document that was collected, with the digests of what is kept and of the copy."""
    told = {
        "object": str(document.id),
        "digest": document_digest(document),
        "copy": salted_digest(document.salt, {"sha256": collected_sha256}),
    }
    _note(work, AuditKind.COLLECTION, _at_address(dispatch, CollectionEvent.OPENED) | told)


def _at_address(dispatch: Dispatch, event: CollectionEvent) -> dict[str, Any]:
    return {
        "what": event.value,
        "case": str(dispatch.case_id),
        "dispatch": str(dispatch.id),
        "to": dispatch.recipient.value,
    }


def note_guest(
    work: UnitOfWork, link: GuestLink, event: GuestEvent, guest: Guest | None = None
) -> None:
    """Note what somebody without an account did at a one-time address, and who they said to be."""
    told = {
        "what": event.value,
        "case": str(link.case_id),
        "object": str(link.id),
        "agency": str(link.agency_id),
        "guest": str(guest.person_id) if guest is not None else None,
    }
    _note(work, AuditKind.GUEST, told)


def note_alert(work: UnitOfWork, alert: Alert, outcome: str) -> None:
    """Note that an alert was raised, or seen."""
    told = {
        "what": alert.code.value,
        "case": str(alert.case_id) if alert.case_id else None,
        "object": str(alert.id),
        "outcome": outcome,
    }
    _note(work, AuditKind.ALERT, told)


def note_administration(
    work: UnitOfWork, event: AdministrativeEvent, told: Mapping[str, Any] | None = None
) -> None:
    """Note something that was done to the partnership itself."""
    _note(work, AuditKind.ADMINISTRATION, {"what": event.value, **(told or {})})


def provisioned(agencies: int, memberships: int) -> NewLink:
    """Return the link of how many were put on record, for which no unit of work is open yet."""
    what = {"kind": AuditKind.ADMINISTRATION.value, "what": AdministrativeEvent.PROVISIONED.value}
    return NewLink({**what, "agencies": agencies, "memberships": memberships})


def administered(event: AdministrativeEvent, **told: str) -> NewLink:
    """Return the link of what was done to a partnership before a unit of work is opened for it."""
    return NewLink({"kind": AuditKind.ADMINISTRATION.value, "what": event.value, **told})


def changed_holidays(
    event: AdministrativeEvent, actor: Actor, proposal: HolidayProposal
) -> NewLink:
    """Return the link of a change of the bank holidays, in the installation's own chain."""
    said = {"title": proposal.title, "source": proposal.source}
    told = {
        "kind": AuditKind.ADMINISTRATION.value,
        "what": event.value,
        "role": actor.role.value,
        "object": str(proposal.id),
        "held_on": proposal.held_on.isoformat() if proposal.held_on else None,
        "struck_out": proposal.struck_out.isoformat() if proposal.struck_out else None,
        "digest": salted_digest(str(proposal.id), said),
    }
    return NewLink(told)


def note_row(
    work: UnitOfWork,
    event: DirectoryEvent | PeopleEvent | LearningEvent | InspectionEvent | RequestEvent,
    row: DirectoryRow,
    case_id: UUID | None = None,
) -> None:
    """Note a row about the directory, people, learning, a request or a pack, with its digest.

    The case that it names stands beside it: the row goes when that is disposed of.
    """
    case = {"case": str(case_id)} if case_id else {}
    told = {"what": event.value, "object": str(row.id), "digest": directory_digest(row), **case}
    _note(work, _OF_ROWS[type(event)], told)


def note_look(work: UnitOfWork, event: RequestEvent | InspectionEvent, about_id: UUID) -> None:
    """Note a look at a request or an inspection pack, or a paper of it that was opened."""
    about = {_LOOKED_AT[type(event)]: str(about_id)}
    _note(work, _OF_ROWS[type(event)], {"what": event.value, **about})


def note_retention(
    work: UnitOfWork, event: RetentionEvent, told: Mapping[str, Any] | None = None
) -> None:
    """Note what was done about how long records are kept; no word of why, and none of a case."""
    _note(work, AuditKind.RETENTION, {"what": event.value, **(told or {})})


def directory_digest(row: DirectoryRow) -> str:
    """Return the digest by which the chain knows a row of the directory."""
    return salted_digest(row.salt, row.said)


def account(event: AccountEvent, role: str | None = None) -> NewLink:
    """Return the link of what a person did at the door, before a partnership was chosen."""
    return NewLink({"kind": AuditKind.ACCOUNT.value, "what": event.value, "role": role})


def account_of(person_id: UUID, event: AccountEvent) -> NewLink:
    """Return the link of what somebody did to the account of another person."""
    return NewLink({"kind": AuditKind.ACCOUNT.value, "what": event.value, "object": str(person_id)})


def _note(work: UnitOfWork, kind: AuditKind, told: Mapping[str, Any], also: Also = ()) -> None:
    actor = work.actor
    by = {
        "role": actor.role.value,
        "seat": actor.seat.value if actor.seat else None,
        "authority": actor.authority or None,
        "agency": str(actor.agency_id) if actor.agency_id else None,
    }
    work.links.append(NewLink({"kind": kind.value, **by, **told}, also))
