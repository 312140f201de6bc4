"""What is left for another partnership of a joint review is done on its case, as its own work."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session

from services.casework.job_context import JobContext, Link, nothing_more
from services.database.joint_reviews import case_in_review
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId, PartnershipId

C = TypeVar("C", bound=BaseModel)


class ForMember(Protocol):
    """An order that is for a partnership of a joint review."""

    @property
    def partnership_id(self) -> UUID: ...  # noqa: D102 - named for what it is
    @property
    def joint_review_id(self) -> UUID: ...  # noqa: D102 - named for what it is


def on_their_case(
    context: JobContext,
    order: ForMember,
    act: Callable[[UnitOfWork, CaseId, C], object],
    command: C,
    find: Callable[[Session, UUID], UUID | None] = case_in_review,
) -> Link:
    """Do this act on the partnership's own case in the joint review, if it has one there.

    ``find`` says which: the case that takes part now, or (`case_beside`) that took part last.
    """
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = find(theirs.session, order.joint_review_id)
        if case_id is not None:
            act(theirs, CaseId(case_id), command)
    return nothing_more
