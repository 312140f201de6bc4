"""How the learning is shared, as the case and the tracker show it: what is overdue first seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.casework.steps.embedding.sharing_said import SharingRecorded
from services.casework.steps.embedding.sharing_standing import (
    BriefingOfAgency,
    SharingPart,
    briefing_of_each,
    parts_of,
    sharing_parts,
)
from services.database.cases import Case
from services.database.history import all_of_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingCame, SharingWay
from services.domain.entry_types import EntryType
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission

_SAID = (EntryType.BRIEFING_WRITTEN, EntryType.SHARING_RECORDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """One part of the plan: how, with whom, who sees to it, by when, and how it stands."""

    case_id: UUID
    reference: str
    way: SharingWay
    audience: str
    by_whom: str
    last_day: date
    is_late: bool
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingView:
    """The parts of the plan, and what each agency says of the briefing."""

    parts: list[SharingLine]
    agencies: list[tuple[str, str]]


def sharing_view(work: UnitOfWork, case: Case) -> SharingView | None:
    """Return it to who reads the whole case, once there is a plan (EMB-07)."""
    if not work.actor.may(Permission.READ_CASE):
        return None
    parts = sharing_parts(work, case)
    if not parts:
        return None
    told = [(one.name, _said_of(one)) for one in briefing_of_each(work, case)]
    return SharingView(parts=[_line(work, case, one) for one in parts], agencies=told)


def to_be_shared(work: UnitOfWork) -> list[SharingLine]:
    """Return what is still to be shared on every open case that the person reads, by its day."""
    if not work.actor.may(Permission.READ_CASE):
        return []
    cases: Mapping[UUID, Case] = {one.id: one for one in cases_seen(work).open}
    found = all_of_cases(work.session, cases.keys(), *_SAID)
    lines = []
    for case_id, said in found.items():
        written = [one for one in said if one.entry_type is EntryType.BRIEFING_WRITTEN][-1:]
        held = [
            SharingRecorded.model_validate(one.command)
            for one in said
            if one.entry_type is EntryType.SHARING_RECORDED
        ]
        parts = parts_of(case_id, written, held)
        lines += [_line(work, cases[case_id], one) for one in parts if not one.is_settled]
    return sorted(lines, key=lambda one: (one.last_day, one.reference))


def _line(work: UnitOfWork, case: Case, part: SharingPart) -> SharingLine:
    return SharingLine(
        case_id=case.id,
        reference=case.reference,
        way=part.said.way,
        audience=part.said.audience,
        by_whom=part.said.by_whom,
        last_day=part.said.last_day,
        is_late=part.is_late(work.today),
        stands=_stands(part, work.today),
    )


def _stands(part: SharingPart, today: date) -> str:
    held = [one for one in part.records if one.held_on is not None]
    said = "; ".join(
        f"held on {day_month_year(one.held_on)}, {one.how_many} people: {one.who_came}"
        for one in held
        if one.held_on is not None
    )
    if any(one.came is SharingCame.NOT_HELD for one in part.records):
        return f"{said}. Not held" if said else "Not held"
    if part.is_settled:
        return said
    left = "Overdue" if part.is_late(today) else "To come"
    return f"{said}. {left}" if said else left


def _said_of(one: BriefingOfAgency) -> str:
    if one.said is None:
        return "Not confirmed yet"
    if one.said.given_on is None:
        return "Not given, for a reason that is on record"
    return f"Given on {day_month_year(one.said.given_on)}: {one.said.to_whom}"
