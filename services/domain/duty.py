"""Who on duty is called for a referral that waits for the authority, one after another (NOT-07)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from services.domain.directory import ContactRole

MAY_BE_ON_DUTY: Final = frozenset(
    {ContactRole.REGISTERED_NOTIFIER, ContactRole.OUT_OF_HOURS_TEAM, ContactRole.DIRECTOR}
)
PLACES: Final = 9
LONGEST_TURN: Final = timedelta(days=62)
LOOKED_AHEAD: Final = timedelta(days=14)
ENOUGH_NOTIFIERS: Final = 2

Person = TypeVar("Person")


def call_due(since: datetime, place: int, hours: int) -> datetime:
    """Return when the one in this place is called; the first, whose place is nought, at once."""
    return since + timedelta(hours=hours * place)


def to_call(
    on_duty: Sequence[Person], since: datetime, now: datetime, hours: int
) -> Sequence[Person]:
    """Return those who are to have been called by now, in the order of the roster."""
    return [one for place, one in enumerate(on_duty) if call_due(since, place, hours) <= now]


def uncovered(
    turns: Iterable[tuple[datetime, datetime]], since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the times between two moments at which nobody is on duty, in their order."""
    found, covered_to = [], since
    for first, last in sorted(turns):
        if first > covered_to:
            found.append((covered_to, min(first, until)))
        covered_to = max(covered_to, last)
        if covered_to >= until:
            return found
    return [*found, (covered_to, until)]


def lacks_cover(notifiers: int) -> bool:
    """Tell whether nobody covers for a registered notifier who is away."""
    return notifiers < ENOUGH_NOTIFIERS
