"""The three partners sign, each for their own seat."""

from typing import Final

from services.domain.roles import Seat
from services.domain.todos import Todo
from tests.acceptance.answers import Answers
from tests.acceptance.story import Expected, Story

SEATS: Final = {
    "council": Seat.LOCAL_AUTHORITY,
    "icb": Seat.INTEGRATED_CARE_BOARD,
    "police": Seat.POLICE,
}


def all_sign(story: Story, what: Todo, expected: Expected | None = None) -> None:
    """All three sign; what follows, follows from the third signature (GOV-11)."""
    *first, last = SEATS
    for who in first:
        story.does(who, what, signature())
    story.does(last, what, signature("agrees, with comments"), expected)


def signature(position: str = "agrees") -> Answers:
    """Return one partner's position."""
    return {"position": position, "reasons": "Read in full, and considered."}
