"""What needs people: what they are asked to do, and the time limits that nobody is asked about.

It is of cases open to the reader alone, and costs the same number of queries for few and for many.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.casework.access.parts import (
    Todos,
    case_todos_seen,
    clocks_seen,
    is_for,
    sees_clock,
    todos_seen,
)
from services.casework.clock_standing import PoliciesRead, presses
from services.casework.effects.duties import duty_of
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.clocks import RunningClock, open_clocks, running_clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.serving import clock_served
from services.domain.roles import Permission, Role, asked_as
from services.domain.working_days import london_date

AHEAD: Final = timedelta(days=400)  # more than the first warning of any clock is before its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that waits on a case: what somebody is asked to do, or a time limit by itself.

    Of what is asked, ``clock`` is the time limit that it serves, if one runs. ``beside`` is what
    others are asked meanwhile for a time limit that stands by itself, or else on its case.
    ``since`` is the day on which it was asked, or from which the time limit counts.
    """

    case: Case
    asked: Assignment | None
    clock: RunningClock | None
    is_mine: bool
    since: date
    beside: tuple[Assignment, ...] = ()

    @property
    def last_day(self) -> date | None:
        """Return by when: its own last day, else that of the time limit which it serves."""
        if self.asked is not None and self.asked.last_day is not None:
            return self.asked.last_day
        return self.clock.due if self.clock is not None else None

    @property
    def is_expected_only(self) -> bool:
        """Tell whether its day is that of an answer which is expected, and is never late."""
        has_own = self.asked is not None and self.asked.last_day is not None
        is_answer = self.clock is not None and (self.clock.is_extra, self.clock.subject)
        return not has_own and is_answer == (True, PANEL_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What needs the reader, what needs others, and the cases on which they have yet to declare.

    Both are in order of the time left. ``running`` are the time limits that they see of a case.
    """

    mine: list[Need]
    others: list[Need]
    todos: Todos
    running: Mapping[UUID, Sequence[RunningClock]]


def needs_seen(work: UnitOfWork) -> Needs:
    """Return what needs people on the cases open to the reader (U5).

    Besides what they are asked there are the time limits of their own duty that are late, near or
    end tomorrow, and for the business manager those for which nobody is asked anything.
    """
    pressing = _pressing(work)
    todos = todos_seen(work, also={one.case_id for one in pressing})
    running = _running(work, {one.case_id for one in (*todos.mine, *todos.others)})
    mine = [_need(one, todos.cases, running, is_mine=True) for one in todos.mine]
    others = [_need(one, todos.cases, running, is_mine=False) for one in todos.others]
    mine += _clocks_by_themselves(work, pressing, todos, (mine, others))
    return Needs(
        mine=sorted(mine, key=by_time_left),
        others=sorted(others, key=by_time_left),
        todos=todos,
        running=running,
    )


def needs_of_case(work: UnitOfWork, case: Case) -> list[Need]:
    """Return what is asked on one case that is open to the reader, as far as they see it."""
    running = {case.id: [one for one in clocks_seen(work, case) if one.runs]}
    return [
        _need(one, {case.id: case}, running, is_mine=is_for(one, work.actor))
        for one in case_todos_seen(work, case)
    ]


def by_time_left(need: Need) -> tuple[date, date, str]:
    """Return the key by which the least time left comes first; then what waits longest."""
    return need.last_day or date.max, need.since, need.case.reference


def _need(
    asked: Assignment,
    cases: Mapping[UUID, Case],
    running: Mapping[UUID, Sequence[RunningClock]],
    *,
    is_mine: bool,
) -> Need:
    agency = str(asked.agency_id or "")
    clock = clock_served(asked.todo, running.get(asked.case_id, ()), agency=agency)
    return Need(
        case=cases[asked.case_id],
        asked=asked,
        clock=clock,
        is_mine=is_mine,
        since=london_date(asked.opened_at),
    )


def _running(work: UnitOfWork, case_ids: set[UUID]) -> Mapping[UUID, Sequence[RunningClock]]:
    """Return the time limits that the reader sees of these cases, soonest first."""
    found: dict[UUID, list[RunningClock]] = defaultdict(list)
    for one in running_clocks(work.session, case_ids):
        if sees_clock(work.actor, one):
            found[one.case_id].append(one)
    return found


def _pressing(work: UnitOfWork) -> list[RunningClock]:
    """Return the time limits that could press on the reader, of any case; the door comes after."""
    if not work.actor.may(Permission.READ_CASE):
        return []
    found = open_clocks(work.session, due_by=work.today + AHEAD)
    is_manager = work.actor.role is Role.BUSINESS_MANAGER
    return [one for one in found if is_manager or _is_own_duty(work, one)]


def _clocks_by_themselves(
    work: UnitOfWork,
    pressing: Iterable[RunningClock],
    todos: Todos,
    asked: tuple[Sequence[Need], Sequence[Need]],
) -> list[Need]:
    """Return the time limits that press and that nothing which the reader is asked serves."""
    mine, others = (_by_clock(part) for part in asked)
    on_case = _by_case(todos.others)
    policies: PoliciesRead = {}
    return [
        Need(
            case=todos.cases[one.case_id],
            asked=None,
            clock=one,
            is_mine=_is_own_duty(work, one),
            since=one.anchored_on,
            beside=others.get(one.id) or on_case.get(one.case_id, ()),
        )
        for one in pressing
        if one.case_id in todos.cases
        and one.id not in mine
        and (_is_own_duty(work, one) or one.id not in others)
        and presses(work, todos.cases[one.case_id], one, policies)
    ]


def _by_clock(needs: Iterable[Need]) -> Mapping[UUID, tuple[Assignment, ...]]:
    """Return what is asked for each time limit."""
    found: dict[UUID, tuple[Assignment, ...]] = {}
    for one in needs:
        if one.asked is not None and one.clock is not None:
            found[one.clock.id] = (*found.get(one.clock.id, ()), one.asked)
    return found


def _by_case(asked: Iterable[Assignment]) -> Mapping[UUID, tuple[Assignment, ...]]:
    found: dict[UUID, tuple[Assignment, ...]] = {}
    for one in asked:
        found[one.case_id] = (*found.get(one.case_id, ()), one)
    return found


def _is_own_duty(work: UnitOfWork, clock: RunningClock) -> bool:
    return duty_of(clock).role is asked_as(work.actor.role)
