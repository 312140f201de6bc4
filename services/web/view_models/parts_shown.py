"""A long form in its sections: how far each has come, and each answer in words to be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.web.act_pages.act_page import ActPage
from services.web.act_pages.sections import FormSection, sections_of
from services.web.forms.parsing import LOOKED, TOLD, WAS, asked_names
from services.web.forms.rendering import ShownField, ShownForm
from services.web.forms.said import said_in
from services.web.forms.text import showable
from services.web.posted_form import Posted
from services.web.saying import said

NOT_STARTED: Final = "Not started"
IN_PROGRESS: Final = "In progress"
DONE: Final = "Done"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One thing that was answered, with what it answers where that is one of several."""

    words: str
    asks: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One question with its answer in words, and each thing that is wrong with it."""

    name: str
    asks: str
    lines: tuple[AnswerLine, ...]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One section of a form as its pages show it; ``state`` says how far it has come."""

    number: int
    heading: str
    fields: tuple[ShownField, ...]
    state: str

    @property
    def answers(self) -> tuple[CheckedAnswer, ...]:
        """Return each question of the section with its answer."""
        return tuple(
            CheckedAnswer(one.name, one.label, tuple(_lines(one)), tuple(_errors(one)))
            for one in self.fields
        )


def parts_shown(asked: ActPage, form: ShownForm, posted: Posted) -> tuple[ShownPart, ...]:
    """Return the form in its sections; nothing for one that has none."""
    looked = posted.all(LOOKED)
    return tuple(
        _part(number, section, form, is_saved=section.names[0] in looked)
        for number, section in enumerate(sections_of(asked), 1)
    )


def sends(asked: ActPage, posted: Posted) -> dict[str, tuple[str, ...]]:
    """Return what the page with all answers sends: each answer of a long form as it stands."""
    if not sections_of(asked):
        return {}
    known = asked_names(asked.questions, posted)
    return {
        name: tuple(map(showable, said))
        for name, said in posted.answers.items()
        if name in known or name.startswith((TOLD, WAS))
    }


def _part(number: int, section: FormSection, form: ShownForm, *, is_saved: bool) -> ShownPart:
    fields = tuple(one for one in form.fields if one.name in section.names)
    is_wrong = any(True for one in fields for _ in _errors(one))
    is_begun = is_saved or any(True for one in fields for _ in _lines(one))
    state = NOT_STARTED if not is_begun else IN_PROGRESS if is_wrong else DONE
    return ShownPart(number, said(section.heading), fields, state)


def _errors(field: ShownField) -> Iterator[str]:
    if field.error:
        yield field.error
    for row in field.rows:
        for one in row.fields:
            yield from _errors(one)


def _lines(field: ShownField) -> Iterator[AnswerLine]:
    for row in field.rows:
        for one in row.fields:
            said = said_in(one)
            if said:
                yield AnswerLine(said, one.label, row.heading)
    said = "" if field.rows else said_in(field)
    if said:
        yield AnswerLine(said)
