"""A duplicate is taken in or given back, and its agencies told, by Keyline on the other case."""

from typing import Final

from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.steps.agencies_told import TellJoinedOrder, tell_of_joined
from services.casework.steps.referral.duplicates_joined import (
    GiveBackDuplicate,
    GiveBackOrder,
    TakeInDuplicate,
    TakeInOrder,
    give_back_duplicate,
    take_in_duplicate,
)
from services.database.cases import get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId


def take_in(context: JobContext, order: TakeInOrder) -> Link:
    """Take in the referral that was marked as a duplicate."""
    command = TakeInDuplicate(duplicate_id=order.duplicate_id, entry_id=order.entry_id)

    def link(work: UnitOfWork) -> None:
        take_in_duplicate(work, context.case_id, command)

    return link


def give_back(context: JobContext, order: GiveBackOrder) -> Link:
    """Give back the referral that was marked in error."""

    def link(work: UnitOfWork) -> None:
        reference = get_case(work.session, CaseId(order.duplicate_id)).reference
        command = GiveBackDuplicate(reference=reference, entry_id=order.entry_id)
        give_back_duplicate(work, context.case_id, command)

    return link


def tell_joined(context: JobContext, order: TellJoinedOrder) -> Link:
    """Write to the agencies of the joined cases, whoever acted on the case that goes on."""

    def link(work: UnitOfWork) -> None:
        tell_of_joined(work, get_case(work.session, context.case_id), order)

    return link


JOINING: Final[JobHandlers] = {
    TakeInOrder: take_in,
    GiveBackOrder: give_back,
    TellJoinedOrder: tell_joined,
}
