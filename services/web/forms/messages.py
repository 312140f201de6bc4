"""How is a person told what to put right, in the words GOV.UK uses."""

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
_KEEP_CAPITAL: Final = frozenset({"Panel", "Panel's", "Ofsted", "LCSPR", "I"})


def missing(question: Question) -> str:
    """Say that the answer is missing, and what to do."""
    if question.kind is Kind.DOCUMENT:
        return f"Choose a file: {_running(question.label)}"
    verb = "Select" if question.kind in _CHOSEN else "Enter"
    if not _is_noun(question.label):
        return f"{verb} an answer to “{question.label}”"
    return f"{verb} {_running(question.label)}"


def about(question: Question, what: str) -> str:
    """Say what is wrong with an answer, starting with what it is the answer to."""
    if _is_noun(question.label):
        return f"{question.label} {what}"
    return f"The answer to “{question.label}” {what}"


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
