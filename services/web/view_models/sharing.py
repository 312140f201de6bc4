"""How the learning of a case is shared, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from services.casework.steps.embedding.sharing_standing import (
    BriefingOfAgency,
    SharingPart,
    briefing_of_each,
    sharing_parts,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingCame, SharingWay
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """One part of the plan: how, with whom, who sees to it, by when, and how it stands."""

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
    return SharingView(parts=[_line(work, one) for one in parts], agencies=told)


def _line(work: UnitOfWork, part: SharingPart) -> SharingLine:
    return SharingLine(
        way=part.said.way,
        audience=part.said.audience,
        by_whom=part.said.by_whom,
        last_day=part.said.last_day,
        is_late=part.is_late(work.today),
        stands=how_it_stands(part, work.today),
    )


def how_it_stands(part: SharingPart, today: date) -> str:
    """Say what was held of a part of the plan, and whether the rest is overdue or to come."""
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
