"""What is said of recommendations, and what is kept of each of their versions (PUB-18)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    AgencyChoices,
    Command,
    Day,
    LongText,
    NeededWhen,
    RecommendationChoice,
    RecommendationChoices,
    Rows,
)
from services.domain.recommendations import Addresses, SaidBefore

_WHICH = "Which recommendation?"


class Recommendation(Command):
    """What should change, of whom it is asked, by when, and whether it is new (PUB-01, PUB-18).

    In versions from before this was asked, what it addresses and whether it is new is not known.
    """

    text: LongText = Field(title="Recommendation")
    owner: AgencyChoice = Field(title="Of which agency is it asked?")
    others: AgencyChoices = Field(
        default=(), title="Of which other agencies is it asked together with it?"
    )
    by_when: Day = Field(title="By when?")
    addresses: Annotated[tuple[Addresses, ...], NeededWhen("needed of each")] = Field(
        default=(), title="What does it address? (PUB-01)"
    )
    said_before: Annotated[SaidBefore | None, NeededWhen("needed of each")] = Field(
        default=None, title="Was it recommended before?"
    )
    came_of_it: Annotated[LongText | None, NeededWhen("if it was recommended before")] = Field(
        default=None, title="Where was it recommended before, and what came of it?"
    )


class ProposeRecommendations(Command):
    """What should change, in the words of a reviewer or of the review team (PUB-18).

    The review group develops each, and the partners endorse it, before it is in the report.
    """

    recommendations: Annotated[tuple[Recommendation, ...], Rows(3, "recommendation")] = Field(
        title="Recommendations"
    )


class OfARecommendation(Command):
    """Which recommendation something is said of."""

    recommendation: RecommendationChoice = Field(title=_WHICH)


class DevelopRecommendation(Recommendation, OfARecommendation):
    """The review group's next version of a recommendation (PUB-18).

    The versions before it are kept. The partners endorse it as it then stands.
    """

    why: LongText = Field(
        title="What did the review group change, and why?",
        description="Such as what is planned or under way already, what was recommended before, "
        "and what would really make a difference for children.",
    )


class RecommendationOnRecord(Recommendation, OfARecommendation):
    """What is on record of a recommendation, as the form of its next version opens with it."""


class DropRecommendation(OfARecommendation):
    """A recommendation that the review group takes up no further (PUB-18)."""

    why: LongText = Field(title="Why is it not taken up?")


class PutRecommendations(Command):
    """Recommendations that the review group developed, put to the partners (PUB-18).

    Each partner endorses all of them, or says which one not and why. What is put while others wait
    takes their place: choose all that are still to be endorsed.
    """

    recommendations: RecommendationChoices = Field(
        title="Which recommendations are put to the partners?"
    )
    considered: LongText = Field(
        title="What did the review group consider?",
        description="Who took part, and the wider operational and strategic context.",
    )


class NumberOfOne(Command):
    """Which recommendation it is, by its number on the case."""

    number: int = Field(title="Number")


class ProposedRecommendation(Recommendation, NumberOfOne):
    """One recommendation as it was proposed."""


class RecommendationsProposed(Command):
    """What is kept of a proposal: each with its number."""

    recommendations: Annotated[tuple[ProposedRecommendation, ...], Rows(3, "recommendation")] = (
        Field(title="Recommendations")
    )


class VersionOfOne(NumberOfOne):
    """Which version of which recommendation it is."""

    version: int = Field(title="Version")


class RecommendationDeveloped(Recommendation, VersionOfOne):
    """What is kept of a next version."""

    why: LongText = Field(title="What the review group changed, and why")


class RecommendationDropped(NumberOfOne):
    """What is kept of a recommendation that is taken up no further."""

    text: str = Field(title="Recommendation")
    why: str = Field(title="Why it is not taken up")


class RecommendationPut(Recommendation, VersionOfOne):
    """One recommendation in the version that the partners are to endorse."""


class RecommendationsPut(Command):
    """What is kept of what was put to the partners."""

    recommendations: Annotated[tuple[RecommendationPut, ...], Rows(3, "recommendation")] = Field(
        title="Recommendations"
    )
    considered: str = Field(title="What the review group considered")
