"""No act pauses a time limit: whatever people do, the day of a running limit is never later.

What moves a day is what it is counted from, where that turns out to have been otherwise, and more
time on a limit that is the partnership's own. Along every road, act by act.
"""

from typing import Any, Final

import pytest

from services.casework.commands import Command
from services.database.clocks import clocks
from services.domain.clocks.rules import RULES, ClockId
from services.domain.roles import Actor, Role
from tests.driven import Act
from tests.roads import ROADS, Counted
from tests.valid_commands import act_done_by
from tests.world import World

# By which act the day of which limits comes later, and why that is no pause.
LATER: Final = {
    # More time for an agency's own return, which no rule of the framework sets a day for.
    "extend_day": frozenset({ClockId.K6}),
    # The agency's strategic lead was reached, and said by when it comes (INF-06).
    "reach_strategic_lead": frozenset({ClockId.K6}),
}


class Watched(Counted):
    """A case of which each act is looked at for what it did to the days of running limits."""

    later: set[tuple[str, ClockId]]

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        """Do the act, and keep which limits that still run have a later day by it."""
        before = self._days()
        super().do(act, command, who, when, **where)
        moved = {(one, day) for one, day in self._days().items() if day > before.get(one, day)}
        found = {(act_done_by(act).name, clock) for (_row, clock), _day in moved}
        self.later = getattr(self, "later", set()) | found

    def _days(self) -> dict[tuple[object, ClockId], object]:
        with self.world.act(Role.BUSINESS_MANAGER, "2027-01-01") as work:
            running = [one for one in clocks(work.session, self.case_id) if one.runs]
            return {(one.id, one.clock): one.due for one in running}


def test_only_limits_of_the_partnership_itself_are_ever_given_more_time():
    assert all(not RULES[clock].locked for found in LATER.values() for clock in found)


@pytest.mark.in_turns
@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_no_act_makes_the_day_of_a_running_limit_later(road, world: World):
    case = road(world, Watched)
    assert isinstance(case, Watched)
    assert case.done
    assert {one for one in case.later if one[1] not in LATER.get(one[0], frozenset())} == set()
