"""What is still to be shared of the learning of every case that a person reads (EMB-07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery
from sqlmodel import col, select

from services.casework.access.cases_asked import open_to_actor
from services.casework.steps.embedding.sharing_said import SharingRecorded
from services.casework.steps.embedding.sharing_standing import SharingPart, parts_of
from services.database.cases import Case
from services.database.history import Entry, all_of_cases
from services.database.paging import MANY, Paged, page_of
from services.database.sharing_words import parts_to_come
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingWay
from services.domain.entry_types import EntryType
from services.domain.roles import Permission

OVERDUE, TO_COME = "overdue", "to_come"
BY_DUE, BY_REFERENCE = "due", "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingWanted:
    """What the list is narrowed to and how it is ordered, by codes; what is empty is all of it."""

    standing: str = ""
    way: SharingWay | None = None
    sort: str = BY_DUE
    is_down: bool = False
    number: int = 1
    many: int = MANY


@dataclass(frozen=True, slots=True)
class ListedSharing:
    """One part of a plan of sharing, with its case."""

    case: Case
    part: SharingPart


@dataclass(frozen=True, slots=True)
class SharingCounted:
    """How much is still to be shared, and how much of it is overdue."""

    to_come: int
    overdue: int


def sharing_counted(work: UnitOfWork) -> SharingCounted:
    """Return how many parts of plans are still to come, of the cases that the person reads."""
    if not work.actor.may(Permission.READ_CASE):
        return SharingCounted(0, 0)
    parts = parts_to_come()
    late = func.count().filter(parts.c.last_day < work.today)
    question = select(func.count(), late).select_from(parts)
    joined = question.join(Case, col(Case.id) == parts.c.case_id).where(open_to_actor(work))
    return SharingCounted(*work.session.execute(joined).one())


def sharing_listed(work: UnitOfWork, wanted: SharingWanted) -> Paged[ListedSharing]:
    """Return a page of what is still to be shared, to who reads the whole of those cases."""
    work.actor.must(Permission.READ_CASE)
    parts = parts_to_come()
    question = (
        select(Case, parts.c.number)
        .select_from(parts)
        .join(Case, col(Case.id) == parts.c.case_id)
        .where(open_to_actor(work), *_narrowed(work, wanted, parts))
    )
    by: Any = parts.c.last_day if wanted.sort == BY_DUE else col(Case.reference)
    first = by.desc() if wanted.is_down else by.asc()
    order: list[Any] = [first, parts.c.last_day, col(Case.reference), col(Case.id), parts.c.number]
    found = page_of(work.session, question, order, wanted.number, many=wanted.many)
    said = _parts(work, {case.id for case, _ in found.rows})
    rows = [ListedSharing(case, said[case.id][number - 1]) for case, number in found.rows]
    return Paged(rows, found.matching, found.number, found.many)


def _narrowed(
    work: UnitOfWork, wanted: SharingWanted, parts: Subquery
) -> list[ColumnElement[bool]]:
    asked = [parts.c.way == wanted.way.value] if wanted.way is not None else []
    if wanted.standing == OVERDUE:
        asked.append(parts.c.last_day < work.today)
    elif wanted.standing == TO_COME:
        asked.append(parts.c.last_day >= work.today)
    return asked


def _parts(work: UnitOfWork, case_ids: set[UUID]) -> dict[UUID, tuple[SharingPart, ...]]:
    """Return every part of the newest plan of each of these cases, in its order."""
    kinds = (EntryType.BRIEFING_WRITTEN, EntryType.SHARING_RECORDED)
    found = all_of_cases(work.session, case_ids, *kinds)
    return {case_id: parts_of(case_id, *_apart(said)) for case_id, said in found.items()}


def _apart(said: Sequence[Entry]) -> tuple[Sequence[Entry], list[SharingRecorded]]:
    written = [one for one in said if one.entry_type is EntryType.BRIEFING_WRITTEN]
    held = [one for one in said if one.entry_type is EntryType.SHARING_RECORDED]
    return written[-1:], [SharingRecorded.model_validate(one.command) for one in held]
