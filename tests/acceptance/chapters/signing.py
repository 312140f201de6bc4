"""The partners sign, each for their own seat, where there are several authorities each of them."""

from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def scrutineer_opines(story: Story, matter: str) -> None:
    """The scrutineer gives an opinion on what the partners are to sign; it is no vote (GOV-13)."""
    story.does("scrutineer", "give_opinion", {"matter": matter})


def all_sign(story: Story, what: str, expected: Expected | None = None) -> None:
    """All of them sign; what follows, follows from the last signature (GOV-11)."""
    *first, last = story.place.partners
    for who in first:
        story.does(who, what)
    story.does(last, what, {"position": "agrees_with_comments"}, expected)
