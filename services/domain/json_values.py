"""Whether a value read from JSON is of the kind asked for: else it is refused in plain words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from services.domain.errors import AnswerRefused

Choice = TypeVar("Choice", bound=StrEnum)

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_TEXT = 500
JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


def text(field: str, told: object) -> str:
    """Return a short, non-empty text without characters that a page cannot show."""
    if not isinstance(told, str) or not told.strip():
        raise AnswerRefused(field, f"{field} must be a text that is not empty.")
    if len(told) > LONGEST_TEXT or not all(map(is_shown, told)):
        raise AnswerRefused(field, f"{field} must be one line of at most {LONGEST_TEXT} letters.")
    return told


def is_shown(character: str) -> bool:
    """Tell whether a page can show it: joiners and other spaces are letters' own in some words."""
    return (
        character.isprintable() or character in JOINERS or unicodedata.category(character) == "Zs"
    )


def whole_number(field: str, told: object) -> int:
    """Return a whole number; JSON's true and false are not numbers here."""
    if not isinstance(told, int) or isinstance(told, bool):
        raise AnswerRefused(field, f"{field} must be a whole number.")
    return told


def yes_or_no(field: str, told: object) -> bool:
    """Return true or false, and read nothing else as either."""
    if not isinstance(told, bool):
        raise AnswerRefused(field, f"{field} must be true or false.")
    return told


def day(field: str, told: object) -> date:
    """Return a day written YYYY-MM-DD, and no other of the ways ISO 8601 allows."""
    if not isinstance(told, str) or not ISO_DAY.fullmatch(told):
        raise AnswerRefused(field, f"{field} must be a date written YYYY-MM-DD.")
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise AnswerRefused(field, f"{field} is {told}, which is not a day that exists.") from None


def one_of(field: str, told: object, choices: type[Choice]) -> Choice:
    """Return the choice whose words these are."""
    for choice in choices:
        if told == choice.value:
            return choice
    words = "; ".join(choice.value for choice in choices)
    raise AnswerRefused(field, f"{field} must be one of: {words}.")


def named_values(field: str, told: object) -> Mapping[str, object]:
    """Return the values of a JSON object by their names."""
    if not isinstance(told, Mapping):
        raise AnswerRefused(field, f"{field} must be a set of names with values.")
    return {text(field, name): value for name, value in told.items()}


def listed(field: str, told: object) -> tuple[object, ...]:
    """Return the values of a JSON list."""
    if not isinstance(told, list | tuple):
        raise AnswerRefused(field, f"{field} must be a list.")
    return tuple(told)
