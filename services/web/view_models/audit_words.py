"""What a link of the audit says in words, made from its codes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.casework.labels import label
from services.database.outbox import DeliveryStatus
from services.domain.alerts import AlertCode
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
)
from services.domain.dispatches import DispatchState, Notice
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.labels import document_title
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.roles import Role, Seat
from services.domain.viewings import Viewed
from services.identity.actors import KEYLINE_ITSELF

ALONE: Final = {
    AuditKind.DOWNLOAD: "opened a document",
    AuditKind.REFUSED: "was refused a page",
}
EVENTS: Final[Mapping[AuditKind, type[StrEnum]]] = {
    AuditKind.ACT: EntryType,
    AuditKind.ACCOUNT: AccountEvent,
    AuditKind.ADMINISTRATION: AdministrativeEvent,
    AuditKind.COLLECTION: CollectionEvent,
    AuditKind.DIRECTORY: DirectoryEvent,
    AuditKind.GUEST: GuestEvent,
    AuditKind.PEOPLE: PeopleEvent,
    AuditKind.INFORMATION_REQUEST: RequestEvent,
    AuditKind.INSPECTION: InspectionEvent,
    AuditKind.LEARNING: LearningEvent,
    AuditKind.RETENTION: RetentionEvent,
}


def who_of(
    body: Mapping[str, Any], people: Mapping[UUID, str], elsewhere: Mapping[str, str]
) -> str:
    """Say who did it; of a person of another partnership, which one it is."""
    person = UUID(body["person"]) if "person" in body else KEYLINE_ITSELF
    place = elsewhere.get(body.get("by", ""), "another partnership")
    return "Keyline" if person == KEYLINE_ITSELF else people.get(person, f"A person of {place}")


def role_of(body: Mapping[str, Any]) -> str:
    """Say in which role and for which seat."""
    role = label(Role(body["role"])) if "role" in body else ""
    return capital(f"{role}, {label(Seat(body['seat']))}" if "seat" in body else role)


def what_of(body: Mapping[str, Any]) -> str:
    """Say what a link tells of, from its codes; a code of a later release is said as such."""
    try:
        return _said(AuditKind(body["kind"]), body["what"], body)
    except (ValueError, KeyError):
        return "something that this release has no words for"


def _said(kind: AuditKind, what: str, body: Mapping[str, Any]) -> str:
    if kind in {AuditKind.EMAIL, AuditKind.DISPATCH}:
        return _sent(kind, what, body)
    if kind is AuditKind.ALERT:
        return f"alert {body['outcome']}: {label(AlertCode(what))}"
    if kind in ALONE:
        return ALONE[kind]
    if kind is AuditKind.DOCUMENT:
        return f"document added: {document_title(DocumentKind(what))}"
    if kind is AuditKind.VIEW:
        return f"looked at {label(Viewed(what))}"
    return label(EVENTS[kind](what))


def _sent(kind: AuditKind, what: str, body: Mapping[str, Any]) -> str:
    to, outcome = label(Recipient(body["to"])), body["outcome"]
    if kind is AuditKind.DISPATCH:
        return f"dispatch of {label(Notice(what))} to {to}: {label(DispatchState(outcome))}"
    return f"email about “{label(EmailTrigger(what))}” to {to}: {label(DeliveryStatus(outcome))}"
