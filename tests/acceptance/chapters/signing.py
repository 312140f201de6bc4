"""The three partners sign, each for their own seat."""

from typing import Final

from services.database.decisions import Position
from services.domain.roles import Seat
from services.domain.todos import Todo
from tests.acceptance.answers import Answers
from tests.acceptance.story import Story, Then

SEATS: Final = {
    "council": Seat.LOCAL_AUTHORITY,
    "icb": Seat.INTEGRATED_CARE_BOARD,
    "police": Seat.POLICE,
}


def all_sign(story: Story, what: Todo, then: Then | None = None) -> None:
    """All three sign; what follows, follows from the third signature (GOV-11)."""
    *first, last = SEATS
    for who in first:
        story.does(who, what, signature(SEATS[who]))
    story.does(last, what, signature(SEATS[last], Position.AGREES_WITH_COMMENTS), then)


def signature(seat: Seat, position: Position = Position.AGREES) -> Answers:
    """Return one partner's position."""
    return {"seat": seat, "position": position, "reasons": "Read in full, and considered."}
