"""The partners sign, each for their own seat, where there are several authorities each of them."""

from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def all_sign(story: Story, what: str, expected: Expected | None = None) -> None:
    """All of them sign; what follows, follows from the last signature (GOV-11)."""
    *first, last = story.place.partners
    for who in first:
        story.does(who, what)
    story.does(last, what, {"position": "agrees_with_comments"}, expected)
