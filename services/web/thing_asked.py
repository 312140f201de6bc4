"""Which of several things something that is to be done is about, as lists say it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.casework.steps.rapid_review.record_found import OF_A_FORM
from services.database.assignments import Assignment
from services.domain.agency_requests import Asked
from services.domain.briefings import SharingWay
from services.domain.dispatches import Notice
from services.domain.labels import label
from services.domain.pending_items import kind_and_id
from services.domain.publication_days import PublicationStep
from services.domain.recipients import Recipient
from services.domain.sign_off import SignOffMatter
from services.domain.todos import ON_DISSENT, ON_SILENCE, Todo

_OF_DISPATCHES: Final = {
    Todo.CONFIRM_DISPATCH,
    Todo.SEND_BY_HAND,
    Todo.SEND_FOR_COLLECTION,
    Todo.RING_RECIPIENT,
}

_BY_CODE: Final[Mapping[Todo, type[StrEnum]]] = {
    **dict.fromkeys(ON_DISSENT, SignOffMatter),
    Todo.PUBLICATION_STEP: PublicationStep,
}

_BY_SUBJECT: Final[Mapping[Todo, Callable[[str], str]]] = {
    Todo.FOLLOW_UP_PENDING: lambda subject: label(kind_and_id(subject)[0]),
    Todo.SHARE_LEARNING: lambda subject: label(SharingWay(subject.partition(":")[0])),
    Todo.AUDIT_ACTION: lambda subject: f"action {subject}",
    Todo.SEE_PRACTICE: lambda subject: f"action {subject}",
}


def thing_asked(one: Assignment, named: Mapping[UUID, str]) -> str:
    """Say which dispatch it is about, and to whom; whose answer, which matter or what kind."""
    if one.todo in ON_SILENCE:
        asked, _, agency = one.subject.partition(":")
        return f": {named.get(UUID(agency), 'an agency')}, {label(Asked(asked))}"
    if one.todo in _BY_CODE:
        return f": {label(_BY_CODE[one.todo](one.subject))}"
    if one.todo in _BY_SUBJECT:
        return f": {_BY_SUBJECT[one.todo](one.subject)}"
    if one.todo is Todo.SETTLE_RECORD and one.subject == OF_A_FORM:
        return ": a form of this case, which only who reads all its forms can settle"
    if one.todo not in _OF_DISPATCHES:
        return ""
    notice, _, rest = one.subject.partition(":")
    recipient = rest.partition(":")[2]
    to = f", to {label(Recipient(recipient))}" if recipient else ""
    return f": {label(Notice(notice))}{to}"
