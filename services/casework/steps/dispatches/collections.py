"""Documents that a national body collects with a one-time address, and a code told by telephone."""

import secrets

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, DispatchChoice, LongText, YesNo
from services.casework.steps.dispatches.collected import (
    must_be_collectable,
    send_for_collection,
    taken_back,
)
from services.casework.steps.dispatches.dispatch_choice import (
    OPENED_HERE,
    READ_FIRST,
    READ_TO_END,
    chosen_dispatch,
    must_have_been_read,
    must_see_every_document,
)
from services.database.cases import Case
from services.database.collections import Collection, collection_of
from services.database.dispatches import Dispatch
from services.database.unit_of_work import UnitOfWork
from services.domain.collection import NATIONAL
from services.domain.dispatches import HAVE_AN_ADDRESS, TO_GIVE_AN_ADDRESS, UNDER_WAY, Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.identity.passwords import STRONG


class SendForCollection(Command):
    """Documents that the recipient collects here, with a one-time address and a code.

    The address goes by email to the recipient's registered mailbox. Give the code by telephone; it
    is made on a page of its own, once the address is on its way.
    """

    dispatch: DispatchChoice = Field(title="What is to be collected, and by whom?")
    read_to_end: YesNo = Field(title=READ_TO_END, description=OPENED_HERE)


class GiveCollectionCode(Command):
    """A new code for a one-time address; a code that was given before opens nothing any more."""

    dispatch: DispatchChoice = Field(title="For which documents is the code?")


class RevokeCollection(Command):
    """A one-time address that must open nothing any more; the documents then count as not sent.

    Ring the recipient first: if all that is missing is the code, give another one instead.
    """

    dispatch: DispatchChoice = Field(title="Which address is to be taken back?")
    reasons: LongText = Field(title="Why?")


class OnCollection(Command):
    """What is kept of it: the dispatch by what it is about, since an id tells a reader nothing."""

    notice: Notice = Field(title="What is to be collected?")
    recipient: Recipient = Field(title="By whom?")


class SentForCollection(OnCollection):
    """What is kept of documents that were sent: also by which bytes they were read."""

    sha256: tuple[str, ...] = Field(title="SHA-256 of the bytes that were read")


class CollectionRevoked(OnCollection):
    """What is kept of an address that was taken back."""

    reasons: str = Field(title="Why?")


def send_by_collection(work: UnitOfWork, case_id: CaseId, command: SendForCollection) -> Case:
    """Have a one-time address sent to the recipient of documents that wait."""
    case = begin(work, case_id, SEND_BY_COLLECTION, command)
    waiting = chosen_dispatch(work, case, command.dispatch, set(TO_GIVE_AN_ADDRESS))
    if waiting.awaits_submission:
        raise AnswerRefused("dispatch", "This is sent under Submit the rapid review.")
    must_be_collectable(work, case, waiting)
    must_see_every_document(work, case, waiting)
    read = must_have_been_read(
        work, case, waiting, is_read=command.read_to_end, otherwise=READ_FIRST
    )
    kept = SentForCollection(**_about(waiting).model_dump(), sha256=read)
    record_entry_as(work, case, SEND_BY_COLLECTION, command, Entered(kept=kept))
    send_for_collection(work, case, waiting)
    return case


def give_collection_code(work: UnitOfWork, case_id: CaseId, command: GiveCollectionCode) -> str:
    """Return a new code, of which only a hash is kept; wrong codes are counted from nought."""
    case = begin(work, case_id, GIVE_COLLECTION_CODE, command)
    dispatch = chosen_dispatch(work, case, command.dispatch, set(HAVE_AN_ADDRESS))
    collection = _collection(work, dispatch)
    code = "".join(secrets.choice("0123456789") for _ in range(NATIONAL.digits))
    collection.code_hash, collection.wrong_codes = STRONG.hashed(code), 0
    work.session.add(collection)
    record_entry_as(work, case, GIVE_COLLECTION_CODE, command, Entered(kept=_about(dispatch)))
    return code


def revoke_collection(work: UnitOfWork, case_id: CaseId, command: RevokeCollection) -> Case:
    """Close an address that was not used; what it led to was not sent."""
    case = begin(work, case_id, REVOKE_COLLECTION, command)
    dispatch = chosen_dispatch(work, case, command.dispatch, set(UNDER_WAY))
    _collection(work, dispatch)
    kept = CollectionRevoked(**_about(dispatch).model_dump(), reasons=command.reasons)
    record_entry_as(work, case, REVOKE_COLLECTION, command, Entered(kept=kept))
    taken_back(work, case, dispatch)
    return case


def _about(dispatch: Dispatch) -> OnCollection:
    return OnCollection(notice=dispatch.notice, recipient=dispatch.recipient)


def _collection(work: UnitOfWork, dispatch: Dispatch) -> Collection:
    if not dispatch.is_collected:
        raise AnswerRefused("dispatch", "This is not sent by collection, so it has no address.")
    return collection_of(work.session, dispatch)


SEND_BY_COLLECTION = Act(
    name="send_by_collection",
    command=SendForCollection,
    which="dispatch",
    perform=send_by_collection,
    permission=Permission.SEND_DISPATCHES,
    doing="send documents to be collected",
    stages=frozenset(Stage),
    entry=EntryType.SENT_FOR_COLLECTION,
    kept=SentForCollection,
    todo=Todo.SEND_FOR_COLLECTION,
    is_listed=False,
    section=Section.INTERNAL,
)

GIVE_COLLECTION_CODE = Act(
    name="give_collection_code",
    command=GiveCollectionCode,
    which="dispatch",
    perform=give_collection_code,
    permission=Permission.SEND_DISPATCHES,
    doing="give a code for a collection",
    stages=frozenset(Stage),
    entry=EntryType.COLLECTION_CODE_GIVEN,
    kept=OnCollection,
    is_listed=False,
    section=Section.INTERNAL,
)

REVOKE_COLLECTION = Act(
    name="revoke_collection",
    command=RevokeCollection,
    which="dispatch",
    perform=revoke_collection,
    permission=Permission.SEND_DISPATCHES,
    doing="take a one-time address back",
    stages=frozenset(Stage),
    entry=EntryType.COLLECTION_REVOKED,
    kept=CollectionRevoked,
    todo=Todo.RING_RECIPIENT,
    is_listed=False,
    section=Section.INTERNAL,
)
