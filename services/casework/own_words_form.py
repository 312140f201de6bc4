"""A partnership's own words for its bodies, as the form of its policy asks for them (E-10, 5A)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, StringConstraints

from services.casework.commands import Command, Kind, RowForEach, Under
from services.domain.errors import AnswerRefused
from services.domain.labels.own_words import (
    FIELD,
    FRAMEWORK_WORDS,
    LONGEST_WORD,
    Body,
    OwnWords,
    why_no_words,
)

WordForBody = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WORD),
    Kind.SHORT_TEXT,
]


class OwnWord(Command):
    """What the partnership calls one of its bodies."""

    body: Body
    word: WordForBody | None = Field(
        default=None,
        title="Your word for it",
        description="Without “the”. Left blank, it is called as the framework calls it.",
    )


OwnWordRows = Annotated[
    tuple[OwnWord, ...],
    RowForEach(Body, "body"),
    Under("Your own words for your bodies"),
    Field(title="What you call them, on every page, paper and email (E-10)"),
]


def own_words_said(rows: Iterable[OwnWord]) -> dict[Body, str]:
    """Return the words that differ from the framework's.

    Raises AnswerRefused for what cannot be a word for a body, and for one word for two bodies.
    """
    words = {
        one.body: one.word
        for one in rows
        if one.word is not None and one.word != FRAMEWORK_WORDS[one.body]
    }
    if refused := why_no_words(words):
        raise AnswerRefused(FIELD, f"{refused[:1].upper()}{refused[1:]}.")
    return words


def as_rows(words: OwnWords) -> tuple[OwnWord, ...]:
    """Return a row for each body, with its own word where it has one."""
    return tuple(OwnWord.model_construct(body=body, word=words.get(body)) for body in Body)
