"""What is to be done, grouped as a person plans: overdue, today, this week, later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.casework.effects import policy_of
from services.casework.needs import Need, needs_of_case
from services.casework.steps.notes.questions_on_record import own_asked
from services.casework.steps.plan_owners import open_posts
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.todos import Todo
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES, TODO_PAGES
from services.web.thing_asked import thing_asked
from services.web.view_models.todo_words import TodoStanding, todo_standing
from services.web.whose import whom

SUNDAY = 6
_OF_POSTS = frozenset({Todo.UPDATE_ACTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoLine:
    """One thing to do, or one time limit: what, on which case, by when, since when, whose turn.

    ``standing`` says by when and how it stands; it is by the time limit that the thing serves,
    where it has no last day of its own. A time limit by itself has no ``todo``; ``beside`` is what
    others are asked on the case meanwhile.
    """

    todo: Todo | None
    what: str
    href: str
    reference: str
    case_href: str
    stage: str
    standing: TodoStanding
    since: date
    waits_on: str
    is_mine: bool
    beside: tuple[str, ...] = ()
    remind: str = ""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """Things to do that fall together."""

    title: str
    lines: tuple[TodoLine, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What agencies are called, which posts answer (EMB-03), and which questions are one's own."""

    agencies: Mapping[UUID, str]
    posts: Mapping[tuple[UUID, str], str]
    own_questions: Mapping[UUID, UUID]


def grouped(lines: Iterable[TodoLine], today: date) -> list[TodoGroup]:
    """Return the groups that hold something, the most pressing first."""
    tomorrow = today + timedelta(days=1)
    sunday = today + timedelta(days=max(SUNDAY - today.weekday(), 1))
    titles = ("Overdue", "Today and tomorrow", "This week", "Later", "No last day is set")
    groups: dict[str, list[TodoLine]] = {title: [] for title in titles}
    for line in lines:
        groups[titles[_place(line.standing.by, today, tomorrow, sunday)]].append(line)
    return [TodoGroup(title, tuple(found)) for title, found in groups.items() if found]


def of_case(work: UnitOfWork, case: Case) -> list[TodoLine]:
    """Return what is to be done on the case, as far as the actor sees it."""
    return todo_lines(work, needs_of_case(work, case), {})


def todo_lines(
    work: UnitOfWork, needs: Sequence[Need], running: Mapping[UUID, Sequence[RunningClock]]
) -> list[TodoLine]:
    """Return these as a list tells them; ``running`` are the time limits of their cases.

    Where those are not given, nothing is said of what is to spare.
    """
    named = agency_names(work.session)
    asked = [one.asked for one in needs if one.asked is not None]
    posts = open_posts(work, {one.case_id for one in asked if one.todo in _OF_POSTS})
    known = Named(named, posts, own_asked(work, asked))
    return [_line(work, one, known, running.get(one.case.id, ())) for one in needs]


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


def _posts(posts: Mapping[tuple[UUID, str], str], one: Assignment) -> str:
    """Say which posts answer for what an agency is asked to do (EMB-03)."""
    found = posts.get((one.case_id, one.subject), "") if one.todo in _OF_POSTS else ""
    return f": {found}" if found else ""


def _line(work: UnitOfWork, need: Need, named: Named, running: Sequence[RunningClock]) -> TodoLine:
    above, asked = f"/cases/{need.case.id}", need.asked
    what, path = _what(need, named)
    return TodoLine(
        todo=asked.todo if asked else None,
        what=what,
        href=f"{above}/{path}",
        reference=need.case.reference,
        case_href=above,
        stage=label(need.case.stage),
        standing=todo_standing(work, need, running, policy_of(need.case)),
        since=need.since,
        waits_on=whom(work, asked, named.agencies) if asked else "",
        is_mine=need.is_mine,
        beside=tuple(_beside(work, one, named) for one in need.beside),
        remind=_reminds(need, named),
    )


def _what(need: Need, named: Named) -> tuple[str, str]:
    """Return what is to be done, and on which page of the case."""
    one, clock = need.asked, need.clock
    if one is not None:
        what = f"{label(one.todo)}{thing_asked(one, named.agencies)}{_posts(named.posts, one)}"
        return what, TODO_PAGES[one.todo].path
    return (_duty(clock, named.agencies), f"clocks/{clock.id}") if clock is not None else ("", "")


def _duty(clock: RunningClock, agencies: Mapping[UUID, str]) -> str:
    """Say what is to be done in time, and by which agency where each has its own."""
    whose = {str(one): name for one, name in agencies.items()}.get(clock.subject, "")
    return f"{clock.duty}: {whose}" if whose else clock.duty


def _reminds(need: Need, named: Named) -> str:
    """Return where the reader reminds of a question of their own that waits."""
    question = named.own_questions.get(need.asked.id) if need.asked is not None else None
    return f"/cases/{need.case.id}/questions/remind?of={question}" if question else ""


def _beside(work: UnitOfWork, one: Assignment, named: Named) -> str:
    return f"{whom(work, one, named.agencies)}: {label(one.todo)}"
