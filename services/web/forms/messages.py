"""How is a person told what to put right, in the words GOV.UK uses."""

from collections.abc import Mapping
from typing import Final

from services.casework.commands import Kind, RowForEach
from services.casework.labels import label
from services.domain.plain_text import capital
from services.web.forms.fields import Question

_CHOSEN: Final = frozenset(
    {
        Kind.YES_NO,
        Kind.ONE_OF,
        Kind.SEVERAL,
        Kind.AGENCY,
        Kind.AGENCIES,
        Kind.PERSON,
        Kind.PEOPLE,
        Kind.THINGS,
        Kind.EMAIL,
        Kind.PARTNERSHIP,
        Kind.GRANT,
        Kind.PROPOSAL,
        Kind.COMMENT,
        Kind.SHOWN_DOCUMENT,
        Kind.ENTRY,
        Kind.MARK,
        Kind.DISPATCH,
        Kind.KEPT_FILE,
    }
)
# How a question is asked once more: a text is typed, all else is chosen or is a day.
_ASKS_TEXT: Final = "Answer this"
_ASKS: Final[Mapping[Kind, str]] = {
    **dict.fromkeys(_CHOSEN, "Choose an answer"),
    Kind.YES_NO: "Answer yes or no",
    Kind.SEVERAL: "Choose at least one",
    Kind.AGENCIES: "Choose at least one",
    Kind.PEOPLE: "Choose at least one",
    Kind.THINGS: "Choose at least one",
    Kind.DAY: "Enter the day",
    Kind.MOMENT: "Enter the day and the time",
    Kind.NUMBER: "Enter a number",
}
_KEEP_CAPITAL: Final = frozenset({"Panel", "Panel's", "Ofsted", "LCSPR", "I"})


def missing(question: Question) -> str:
    """Say that the answer is missing, and what to do, as one person asks another."""
    running = _running(question.label)
    if question.kind is Kind.DOCUMENT:
        return f"Choose a file: {running}"
    if not _is_noun(question.label):
        return f"{_ASKS.get(question.kind, _ASKS_TEXT)}: {running}"
    return f"{'Select' if question.kind in _CHOSEN else 'Enter'} {running}"


def about(question: Question, what: str) -> str:
    """Say what to put right in an answer, beginning with what it is the answer to."""
    named = question.label if _is_noun(question.label) else f"“{question.label}”"
    return f"{named}: {what}"


def heading(question: Question, number: int) -> str:
    """Return what one row of a list is called, such as Child 2 or the criterion it is about."""
    layout = question.layout
    each = list(layout.members) if isinstance(layout, RowForEach) else []
    if number < len(each):
        return capital(label(each[number]))
    return f"{capital(getattr(layout, 'of', 'row'))} {number + 1}"


def _is_noun(label: str) -> bool:
    return not label.endswith(("?", ".", ":")) and len(label) <= 90


def _running(label: str) -> str:
    first = label.split(" ", 1)[0]
    is_capital = first in _KEEP_CAPITAL or first[1:2].isupper()
    return label if is_capital else label[:1].lower() + label[1:]
