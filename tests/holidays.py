"""A record of its own whose bank holidays two operators change, and the round that counts again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from services.casework.bank_holidays import (
    AnswerHoliday,
    ProposeHoliday,
    answer_holiday,
    propose_holiday,
)
from services.casework.engine.holiday_recounts import recount_all
from services.casework.steps.notification import awareness
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces, traces
from tests.post_office import Office
from tests.ready_cases import ReadyCases
from tests.servers import PlatformPostgres, worker_of
from tests.world import World

TITLE, SOURCE = "A day of mourning", "Proclamation of 30 November 2026, gov.uk/bank-holidays"


@dataclass(frozen=True)
class Platform:
    """The whole platform: two partnerships, each with an operator, and what looks on."""

    world: World
    admin: Engine

    @property
    def office(self) -> Office:
        """Return the neighbours of the worker's own login."""
        return Office(replace(self.world, engine=worker_of(self.world.engine)))

    def propose(self, held: str = "", struck_out: str = "", **said: str) -> UUID:
        """Propose a change by our operator; return by what it is found."""
        once = uuid4()
        words = ProposeHoliday(
            held_on=date.fromisoformat(held) if held else None,
            struck_out=date.fromisoformat(struck_out) if struck_out else None,
            **({"title": TITLE, "source": SOURCE} | said),
        )
        actor = self.world.ours.actor(Role.OPERATIONS)
        propose_holiday(actor, Office(self.world), words, once)
        return once

    def answer(self, proposal: UUID, *, approved: bool = True, reasons: str | None = None) -> None:
        """Answer a proposal by the operator of the other partnership."""
        words = AnswerHoliday(proposal=proposal, is_approved=approved, reasons=reasons)
        answer_holiday(self.world.theirs.actor(Role.OPERATIONS), Office(self.world), words)

    def change(self, held: str = "", struck_out: str = "") -> None:
        """Let a change come into force, by both operators."""
        self.answer(self.propose(held, struck_out))

    def recount(self, when: str) -> None:
        """Make the worker's round at that moment."""
        office = self.office
        office.when = when
        recount_all(office)

    @contextmanager
    def left(self, case: Driven, when: str) -> Iterator[Traces]:
        """Collect what the change inside and the round after it leave behind on the case."""
        with traces(self.admin, case) as left:
            yield left
            self.recount(when)


@pytest.fixture
def platform_of(platform_postgres: PlatformPostgres) -> Callable[[World], Platform]:
    """Return the platform on which a world is, such as that of a case that was lent."""
    return lambda world: Platform(world, platform_postgres.admin_of(world.engine))


@pytest.fixture
def platform(ready_cases: ReadyCases, platform_of: Callable[[World], Platform]) -> Platform:
    """A platform whose bank holidays no other test changes."""
    return platform_of(ready_cases.world())


def notified(world: World, on: str = "2026-11-25") -> Driven:
    """Return a case referred on Monday 23 November 2026, and notified to the Panel on that day."""
    words = say.refer(incident_on="2026-11-20", received_at="2026-11-23 09:00")
    case = Driven(world, words, "2026-11-23 09:30")
    stated = say.record_awareness(aware_at="2026-11-23 08:00")
    case.do(awareness.record_awareness, stated, Role.NOTIFIER, "2026-11-23 10:00")
    return case.decide("2026-11-24 10:00").notify(f"{on} 10:00")
