"""What a job handler gets, and what it gives back."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.casework.effects import Order
from services.database.unit_of_work import UnitOfWork
from services.documents import Documents
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.workflow import Step
from services.storage import Store


@dataclass(frozen=True, slots=True)
class JobContext:
    """The case and step of an order, the neighbours, and short transactions to read in.

    `now` is the moment of the attempt by the wall clock, not by a practice clock.
    ``elsewhere`` opens one in which Keyline itself works for another partnership, on its own rows.
    """

    case_id: CaseId
    step: Step
    now: datetime
    documents: Documents
    store: Store
    transaction: Callable[[], AbstractContextManager[UnitOfWork]]
    elsewhere: Callable[[PartnershipId], AbstractContextManager[UnitOfWork]]


Link = Callable[[UnitOfWork], None]
"""Write what was done, in the transaction that marks the work done."""


def nothing_more(_work: UnitOfWork) -> None:
    """Leave our own rows as they are: what was to be done is on another partnership's record."""


JobHandler = Callable[[JobContext, Any], Link]
"""Do what the order says with no transaction open, and return how it is linked to the case."""

JobHandlers = Mapping[type[Order], JobHandler]


def handle(handlers: JobHandlers, context: JobContext, payload: Mapping[str, Any]) -> Link:
    """Read the order from its JSON and have it done by the handler of its type."""
    for order_type, handler in handlers.items():
        if order_type.model_fields["type"].default == payload["type"]:
            return handler(context, order_type.model_validate(payload))
    raise LookupError("No handler is registered for an order of this type.")
