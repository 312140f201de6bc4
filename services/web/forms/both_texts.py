"""Two fillings of one form, question by question, where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.web.forms.fields import Options, Question
from services.web.forms.rendering import ShownField, show
from services.web.posted_form import Posted

_OF_DAYS: Final = frozenset({"DAY", "MOMENT"})
_NOT_ASKED: Final = frozenset({"DOCUMENT", "SHOWN"})


@dataclass(frozen=True, slots=True)
class BothTexts:
    """One question with two answers: the name by which it is posted, what is asked, both texts."""

    name: str
    asked: str
    theirs: str
    yours: str


def both_texts(
    questions: tuple[Question, ...], options: Options, theirs: Posted, yours: Posted
) -> tuple[BothTexts, ...]:
    """Return the questions to which the two say different things, in the order of the form."""
    one = dict(_said(show(questions, options, theirs).fields, ""))
    other = dict(_said(show(questions, options, yours).fields, ""))
    told = {**one, **other}
    order = [*one, *(name for name in other if name not in one)]
    return tuple(
        BothTexts(name, told[name][0], _text(one, name), _text(other, name))
        for name in order
        if _text(one, name) != _text(other, name)
    )


def _text(said: dict[str, tuple[str, str]], name: str) -> str:
    return said.get(name, ("", ""))[1].replace("\r\n", "\n").strip()


def _said(fields: tuple[ShownField, ...], above: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for field in fields:
        if field.kind == "ROWS":
            for row in field.rows:
                yield from _said(row.fields, f"{above}{row.heading}: ")
        elif field.kind not in _NOT_ASKED:
            yield field.name, (f"{above}{field.label}", _answer(field))


def _answer(field: ShownField) -> str:
    """Return what is answered as a person would read it."""
    if field.choices:
        return "\n".join(one.label for one in field.choices if one.value in field.chosen)
    if field.kind in _OF_DAYS:
        return " ".join(text for text in field.typed.values() if text.strip())
    return field.value
