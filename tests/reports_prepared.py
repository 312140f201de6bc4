"""What a case needs before a report on it goes to the partners, besides the agencies' reports."""

from typing import TYPE_CHECKING

from tests.communications_factories import have_strategy, tell_staff
from tests.settled_families import settle_family
from tests.settled_teams import settle_team

__all__ = ["prepare_report", "tell_staff"]

if TYPE_CHECKING:
    from tests.driven import Driven


def prepare_report(case: "Driven", when: str) -> None:
    """Decide on each of the family and on a team, and keep a communications strategy."""
    settle_family(case, when)
    settle_team(case, when)
    have_strategy(case, when)
