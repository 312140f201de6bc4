"""PUB-18: recommendations are alike by the words that they have in common."""

import pytest

from services.domain.alike import likeness

ONE = "Every agency names one team that owns missed appointments of children."


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        "Each agency should name a team to follow up missed appointments.",
        "A named team owns every appointment that is missed, and tells the health visitor.",
    ],
)
def test_what_says_nearly_the_same_is_alike(other: str):
    """PUB-18: endings make no other word, and what stands in each is left out."""
    found = likeness(ONE, other)
    assert found.is_alike
    assert "team" in found.words
    assert likeness(other, ONE).share == found.share


@pytest.mark.parametrize(
    "other",
    [
        "",
        "The partnership should ensure that every agency and all practitioners support families.",
        "A team is trained in the use of genograms by the end of the year.",
        "Housing providers tell the front door of every eviction.",
    ],
)
def test_what_is_about_something_else_is_not(other: str):
    """PUB-18: words of every recommendation, or one word alone, make two not alike."""
    assert not likeness(ONE, other).is_alike
