"""What an act orders of the machine: a frozen value, kept as JSON until the case's flow does it."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.database import due_work
from services.database.history import Entry, EntryPlace
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.identifiers import CaseId
from services.domain.workflow import Step


class Order(BaseModel):
    """One piece of machine work; ``type`` names the handler that does it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str


class DocumentOrder(Order):
    """A document in all its forms, made as of an entry: from the history up to that entry.

    The version is counted when the order is placed, so a document that is made late has the
    same version, the same content and the same file name as one that is made right away.
    An ``unmarked`` one leaves out what is marked as police-sensitive when it is made. A letter has
    the words of the entry ``worded_in``, where that put them right.
    """

    type: Literal["document"] = "document"
    kind: DocumentKind
    as_of_entry: int
    version: int
    agency_id: UUID | None = None
    relative_id: UUID | None = None
    unmarked: bool | None = None
    worded_in: int | None = None


def place_order(work: UnitOfWork, case_id: CaseId, step: Step, order: Order) -> None:
    """Order machine work under a step; the same order placed twice is one order."""
    due_work.order(work, case_id, step, order.model_dump(mode="json", exclude_none=True))


def order_document(
    work: UnitOfWork,
    entry: Entry | EntryPlace,
    step: Step,
    kind: DocumentKind,
    agency_id: UUID | None = None,
) -> int:
    """Order the next version of a document as of the act's entry, and return which it is.

    Versions are counted by kind, and for each agency.
    """
    case_id = CaseId(entry.case_id)
    same = {"type": "document", "kind": kind.value}
    if agency_id is not None:
        same["agency_id"] = str(agency_id)
    order = DocumentOrder(
        kind=kind,
        as_of_entry=entry.number,
        version=due_work.count_orders(work, case_id, same) + 1,
        agency_id=agency_id,
    )
    place_order(work, case_id, step, order)
    return order.version


def order_for_relative(
    work: UnitOfWork, entry: Entry, step: Step, kind: DocumentKind, relative_id: UUID
) -> None:
    """Order the next version of what one person of the family is given, as of the act's entry."""
    case_id = CaseId(entry.case_id)
    same = {"type": "document", "kind": kind.value, "relative_id": str(relative_id)}
    order = DocumentOrder(
        kind=kind,
        as_of_entry=entry.number,
        version=due_work.count_orders(work, case_id, same) + 1,
        relative_id=relative_id,
    )
    place_order(work, case_id, step, order)


def order_unmarked(
    work: UnitOfWork, entry: Entry | EntryPlace, step: Step, kind: DocumentKind
) -> None:
    """Order the next version of a document without what a police mark hides.

    It is read by those whose seat no mark lists, and does not say that anything is left out.
    """
    case_id = CaseId(entry.case_id)
    version = due_work.count_orders(work, case_id, {"type": "document", "kind": kind.value}) + 1
    order = DocumentOrder(kind=kind, as_of_entry=entry.number, version=version, unmarked=True)
    place_order(work, case_id, step, order)


def order_worded(work: UnitOfWork, entry: Entry, kind: DocumentKind, version: int) -> int:
    """Order that version of a letter again with the words of the entry, and return the new one.

    What it tells of the case stays as of the entry that ordered it first.
    """
    case_id, same = CaseId(entry.case_id), {"type": "document", "kind": kind.value}
    first = due_work.ordered(work, case_id, {**same, "version": version})
    newest = due_work.count_orders(work, case_id, same) + 1
    again = DocumentOrder.model_validate(first.payload)
    order = again.model_copy(update={"version": newest, "worded_in": entry.number})
    place_order(work, case_id, first.step, order)
    return newest
