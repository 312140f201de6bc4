"""The list of cases that a person may open, a page at a time, by clock, stage and joint review."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col, select

from services.casework.access.cases_asked import named_by, open_to_actor, to_be_declared_on
from services.casework.access.next_duties import next_clocks, stands
from services.casework.access.reach import reached_by
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.joint_reviews import JointMembership
from services.database.paging import MANY, Paged, counted, page_of
from services.database.reviewers import cases_reviewed_by
from services.database.searching import is_of
from services.database.unit_of_work import UnitOfWork
from services.domain.workflow import Stage

NOT_JOINT, LED_BY_US, LED_ELSEWHERE = "not_joint", "led_by_us", "led_elsewhere"
BY_CLOCK, BY_REFERENCE, BY_STAGE, BY_RECEIVED = "clock", "reference", "stage", "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesWanted:
    """What the list is narrowed to and how it is ordered, by codes; what is empty narrows nothing.

    ``clock`` is how the next duty stands, ``reviewer`` who carries out the local review now,
    ``among`` are the cases to which a search narrows it.
    """

    stage: Stage | None = None
    clock: str = ""
    joint: str = ""
    reviewer: UUID | None = None
    reference: str = ""
    among: Collection[UUID] | None = None
    sort: str = BY_CLOCK
    is_down: bool = False
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case of the list with the duty that is due next on it, if one runs."""

    case: Case
    clock: RunningClock | None


@dataclass(frozen=True, slots=True)
class CasesListed:
    """One page of the cases that are wanted, and how many are open to the person in all."""

    page: Paged[ListedCase]
    total: int


def cases_listed(work: UnitOfWork, wanted: CasesWanted) -> CasesListed:
    """Return one page of the cases open to the person, each with the clock that is due next.

    An agency is told of its own clocks only, as on the page of the case (`parts.clocks_seen`).
    """
    following, is_open = next_clocks(work), open_to_actor(work, reached_by(work))
    of_case = following.c.case_id == col(Case.id)
    question = (
        select(Case, RunningClock)
        .outerjoin(following, of_case)
        .outerjoin(RunningClock, col(RunningClock.id) == following.c.id)
        .where(is_open, *_narrowed(work, wanted, following))
    )
    found = page_of(
        work.session, question, _order(wanted, following), wanted.number, many=wanted.many
    )
    rows = [ListedCase(*row) for row in found.rows]
    total = counted(work.session, select(Case.id).where(is_open))
    return CasesListed(Paged(rows, found.matching, found.number, found.many), total)


def cases_to_declare_on(work: UnitOfWork, number: int = 1) -> Paged[Case]:
    """Return a page of the cases on which the person has yet to declare, by their references.

    Nothing but the reference of these may be shown (LC-01, G7).
    """
    question = select(Case).where(to_be_declared_on(work))
    order = (col(Case.reference).asc(), col(Case.id).asc())
    found = page_of(work.session, question, order, number)
    return Paged([row[0] for row in found.rows], found.matching, found.number)


def _narrowed(
    work: UnitOfWork, wanted: CasesWanted, following: Subquery
) -> list[ColumnElement[bool]]:
    asked = [named_by(wanted.reference)] if wanted.reference else []
    if wanted.stage is not None:
        asked.append(col(Case.stage) == wanted.stage)
    if wanted.clock:
        asked.append(stands(work, wanted.clock, following))
    if wanted.joint:
        asked.append(_joint(wanted.joint))
    if wanted.reviewer is not None:
        asked.append(col(Case.id).in_(cases_reviewed_by(work.session, wanted.reviewer)))
    if wanted.among is not None:
        asked.append(is_of(col(Case.id), wanted.among))
    return asked


def _joint(joint: str) -> ColumnElement[bool]:
    """Return the condition on the part that our case has in a joint review now."""
    takes_part = select(JointMembership.case_id).where(col(JointMembership.until_at).is_(None))
    if joint == NOT_JOINT:
        return col(Case.id).not_in(takes_part)
    is_lead = col(JointMembership.is_lead).is_(joint == LED_BY_US)
    return col(Case.id).in_(takes_part.where(is_lead))


def _order(wanted: CasesWanted, following: Subquery) -> list[ColumnElement[Any]]:
    """Return the order; cases of one place in it stand newest first, and none is like another."""
    by = {
        BY_CLOCK: following.c.due,
        BY_REFERENCE: col(Case.reference),
        BY_STAGE: case(*((col(Case.stage) == one, at) for at, one in enumerate(Stage))),
        BY_RECEIVED: col(Case.referred_at),
    }[wanted.sort]
    first = by.desc() if wanted.is_down else by.asc()
    return [first.nulls_last(), col(Case.opened_at).desc(), col(Case.id).asc()]
