"""What the first page shows: whose tasks and time limits, which page of them, and who waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final
from urllib.parse import urlencode

from services.casework.accounts.who_is import RoleHeld
from services.casework.needs import Need, Needs, by_time_left, needs_seen
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.todo_lists import TodoList
from services.web.other_roles import OtherRoles
from services.web.view_models.todos import TodoGroup, TodoLine, grouped, todo_lines

MOST: Final = 30  # lines of one page
BESIDE: Final = 8  # lines of what waits on others, beside one's own
ELSEWHERE: Final = 10  # lines of each other role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLines:
    """What waits for the person in another role of theirs: the most pressing, and how many."""

    partnership: str
    role: str
    lines: Sequence[TodoLine]
    to_declare: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What the first page shows besides what is of no case.

    ``next_up`` is the next thing that waits on somebody else, told to whom nothing waits for.
    """

    whose: TodoList
    choices: Sequence[TodoList]
    number: int
    pages: int
    matching: int
    groups: Sequence[TodoGroup]
    beside: Sequence[TodoLine]
    waiting: int
    next_up: TodoLine | None
    elsewhere: Sequence[RoleLines]

    def turned(self, _found: "HomeView", by: int) -> str:
        """Return the query of a page before or after this one; nothing where there is none."""
        number = self.number + by
        is_there = 1 <= number <= self.pages
        return urlencode({"whose": self.whose.value, "page": number}) if is_there else ""


def home_view(
    work: UnitOfWork, needs: Needs, asked: tuple[str, str], elsewhere: OtherRoles, roles: int
) -> HomeView:
    """Return the page of the list that is asked for; what cannot be read asks for one's own.

    ``asked`` are the code and the number of the address. What waits on others is told to whoever
    reads cases, and of those cases that are open to them (U6).
    """
    choices = _choices(work, roles)
    whose = next((one for one in choices if one.value == asked[0]), TodoList.MINE)
    wanted, others = _wanted(whose, needs), needs.others if _reads(work) else []
    pages = max(1, ceil(len(wanted) / MOST))
    number = min(int(asked[1]), pages) if asked[1].isdecimal() and asked[1].isascii() else 1
    number = max(number, 1)
    beside = () if whose in {TodoList.OTHERS, TodoList.PARTNERSHIP} else others[:BESIDE]
    shown = wanted[(number - 1) * MOST : number * MOST]
    lines = todo_lines(work, [*shown, *beside, *others[:1]], needs.running)
    return HomeView(
        whose=whose,
        choices=choices,
        number=number,
        pages=pages,
        matching=len(wanted),
        groups=grouped(lines[: len(shown)], work.today),
        beside=lines[len(shown) : len(shown) + len(beside)],
        waiting=len(others),
        next_up=lines[-1] if others else None,
        elsewhere=list(_elsewhere(elsewhere)) if whose is TodoList.EVERYWHERE else (),
    )


def _reads(work: UnitOfWork) -> bool:
    return work.actor.may(Permission.READ_CASE)


def _choices(work: UnitOfWork, roles: int) -> list[TodoList]:
    """Return whose the person may choose."""
    found = [TodoList.MINE]
    found += [TodoList.OTHERS, TodoList.PARTNERSHIP] if _reads(work) else []
    return [*found, TodoList.EVERYWHERE] if roles > 1 else found


def _wanted(whose: TodoList, needs: Needs) -> list[Need]:
    if whose is TodoList.OTHERS:
        return needs.others
    if whose is TodoList.PARTNERSHIP:
        return sorted([*needs.mine, *needs.others], key=by_time_left)
    return needs.mine


def _elsewhere(roles: OtherRoles) -> Iterator[RoleLines]:
    for held, work in roles():
        needs = needs_seen(work)
        yield RoleLines(
            partnership=held.partnership,
            role=_named(held),
            lines=todo_lines(work, needs.mine[:ELSEWHERE], needs.running),
            to_declare=len(needs.todos.to_declare),
            total=len(needs.mine),
        )


def _named(held: RoleHeld) -> str:
    role = capital(label(held.role))
    return f"{role}, {held.seat}" if held.seat else role
