"""A partnership's own tests and steers, as the form of its policy asks for them (rules.md 5A)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Rows, ShortText, Under
from services.domain.clocks.local_guides import (
    FIELD,
    GuideBeside,
    GuideKind,
    LocalGuide,
    why_no_guides,
)
from services.domain.errors import AnswerRefused


class OwnGuide(Command):
    """A point of a test or a steer of the partnership's own."""

    text: ShortText = Field(
        title="What does it say?", description="A point as a statement that is so, or is not."
    )
    kind: GuideKind = Field(title="Which is it?")
    beside: GuideBeside = Field(title="Beside what is it shown?")


GuideRows = Annotated[
    tuple[OwnGuide, ...],
    Rows(3, "point or steer"),
    Under("Tests and steers of your own"),
    Field(
        title="What guides a referral or a recommendation",
        description="Nothing waits for an answer: none of them stops or delays the decision to "
        "notify, or a rapid review after a notification.",
    ),
]


def guides_said(rows: Iterable[OwnGuide]) -> tuple[LocalGuide, ...]:
    """Return the points and steers in the order of the form.

    Raises AnswerRefused for too many, and for one that stands there twice.
    """
    guides = tuple(LocalGuide(beside=one.beside, kind=one.kind, text=one.text) for one in rows)
    if refused := why_no_guides(guides):
        raise AnswerRefused(FIELD, f"{refused[:1].upper()}{refused[1:]}.")
    return guides


def guide_rows(guides: Iterable[LocalGuide]) -> tuple[OwnGuide, ...]:
    """Return a row for each point and steer."""
    return tuple(
        OwnGuide.model_construct(beside=one.beside, kind=one.kind, text=one.text) for one in guides
    )
