"""The three partners sign, each for their own seat."""

from typing import Final

from tests.acceptance.story import Expected, Story

PARTNERS: Final = ("council", "icb", "police")


def all_sign(story: Story, what: str, expected: Expected | None = None) -> None:
    """All three sign; what follows, follows from the third signature (GOV-11)."""
    *first, last = PARTNERS
    for who in first:
        story.does(who, what)
    story.does(last, what, {"position": "agrees_with_comments"}, expected)
