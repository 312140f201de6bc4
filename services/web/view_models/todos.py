"""What is to be done, grouped as a person plans: overdue, today, this week, later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from services.casework.access.parts import Todos, case_todos_seen, is_for
from services.casework.steps.plan_owners import open_posts
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.todos import Todo
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES, TODO_PAGES
from services.web.view_models.thing_asked import thing_asked

SUNDAY = 6
_OF_POSTS = frozenset({Todo.UPDATE_ACTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoLine:
    """One thing to do: what, on which case, by when, since when, and who it waits on."""

    todo: Todo
    what: str
    href: str
    reference: str
    stage: str
    last_day: date | None
    days_late: int
    since: datetime
    waits_on: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """Things to do that fall together."""

    title: str
    lines: tuple[TodoLine, ...]


def grouped(lines: Iterable[TodoLine], today: date) -> list[TodoGroup]:
    """Return the groups that hold something, the most pressing first."""
    tomorrow = today + timedelta(days=1)
    sunday = today + timedelta(days=max(SUNDAY - today.weekday(), 1))
    titles = ("Overdue", "Today and tomorrow", "This week", "Later", "No last day is set")
    groups: dict[str, list[TodoLine]] = {title: [] for title in titles}
    for line in lines:
        groups[titles[_place(line.last_day, today, tomorrow, sunday)]].append(line)
    return [TodoGroup(title, tuple(found)) for title, found in groups.items() if found]


def mine(work: UnitOfWork, todos: Todos) -> list[TodoLine]:
    """Return what the actor must do, least time left first."""
    return _lines(work, todos.mine)


def others(work: UnitOfWork, todos: Todos) -> list[TodoLine]:
    """Return what the partnership waits for from others, on the cases open to the actor."""
    return _lines(work, todos.others)


def of_case(work: UnitOfWork, case: Case) -> list[TodoLine]:
    """Return what is to be done on the case, as far as the actor sees it."""
    return _lines(work, case_todos_seen(work, case))


def also_open(work: UnitOfWork, case: Case, todo: list[TodoLine]) -> list[ActPage]:
    """Return what the person may do besides what they are asked."""
    asked = {line.todo for line in todo if line.is_mine}
    waits = {line.todo for line in todo}
    listed = (page for page in CASE_PAGES if page.act.is_listed and page.act.todo not in asked)
    return [
        page
        for page in listed
        if case.stage in page.act.stages
        and work.actor.may(page.act.permission)
        and page.act.while_open in {None, *waits}
        and (page.act.is_offered is None or page.act.is_offered(work, case))
    ]


def _place(last_day: date | None, today: date, tomorrow: date, sunday: date) -> int:
    if last_day is None:
        return 4
    if last_day < today:
        return 0
    if last_day <= tomorrow:
        return 1
    return 2 if last_day <= sunday else 3


def _lines(work: UnitOfWork, assignments: list[Assignment]) -> list[TodoLine]:
    cases = _cases(work, {one.case_id for one in assignments})
    named = agency_names(work.session)
    posts = open_posts(work, {one.case_id for one in assignments if one.todo in _OF_POSTS})
    lines = (_line(work, one, cases[one.case_id], named) for one in assignments)
    return [
        replace(line, what=f"{line.what}{_posts(posts, one)}")
        for line, one in zip(lines, assignments, strict=True)
    ]


def _posts(posts: Mapping[tuple[UUID, str], str], one: Assignment) -> str:
    """Say which posts answer for what an agency is asked to do (EMB-03)."""
    found = posts.get((one.case_id, one.subject), "") if one.todo in _OF_POSTS else ""
    return f": {found}" if found else ""


def _cases(work: UnitOfWork, ids: set[UUID]) -> Mapping[UUID, Case]:
    found = work.session.exec(select(Case).where(col(Case.id).in_(ids)))
    return {case.id: case for case in found}


def _line(work: UnitOfWork, one: Assignment, case: Case, named: Mapping[UUID, str]) -> TodoLine:
    late = one.last_day is not None and one.last_day < work.today
    return TodoLine(
        todo=one.todo,
        what=f"{label(one.todo)}{thing_asked(one, named)}",
        href=f"/cases/{case.id}/{TODO_PAGES[one.todo].path}",
        reference=case.reference,
        stage=label(case.stage),
        last_day=one.last_day,
        days_late=_late(work, one.last_day) if late else 0,
        since=one.opened_at,
        waits_on=_whom(work, one, named),
        is_mine=is_for(one, work.actor),
    )


def _late(work: UnitOfWork, last_day: date | None) -> int:
    return work.calendar.working_days_between(last_day or work.today, work.today)


def _whom(work: UnitOfWork, one: Assignment, named: Mapping[UUID, str]) -> str:
    if one.agency_id is not None:
        return named.get(one.agency_id, "an agency")
    if one.seat is None:
        return label(one.role)
    seat = party_name(one.seat, one.authority, work.partnership.authorities)
    return seat if one.authority else f"{seat} partner"
