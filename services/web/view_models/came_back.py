"""What a page tells of a Word form that came back: what it changed, and what it could not."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.web.forms.parsing import WAS
from services.web.forms.rendering import ShownField, ShownForm
from services.web.posted_form import Posted
from services.web.view_models.parts_shown import AnswerLine
from services.web.word_form import ABSENT, BESIDE, CHANGED, UNREAD


@dataclass(frozen=True, slots=True)
class CameBack:
    """What became of the answers of the file.

    ``changed`` is what stood in the form before, by the name of its question; ``absent`` are
    questions for which the file has no field, ``beside`` texts of no question.
    """

    changed: dict[str, list[AnswerLine]]
    unread: list[AnswerLine]
    absent: list[str]
    beside: tuple[str, ...]


def came_back(form: ShownForm, posted: Posted) -> CameBack | None:
    """Return what is told of the file, if one came back into what stands in the form."""
    if not any(name.startswith(WAS) for name in posted.answers):
        return None
    changed: dict[str, list[AnswerLine]] = {}
    unread: list[AnswerLine] = []
    for top in form.fields:
        for about, one in _each(top):
            for text in posted.all(f"{CHANGED}{one.name}"):
                asks = f"{about}: {one.label}" if about else ""
                changed.setdefault(top.name, []).append(AnswerLine(text, asks))
            for text in posted.all(f"{UNREAD}{one.name}"):
                asks = f"{about}: {one.label}" if about else one.label
                unread.append(AnswerLine(text, asks))
    absent = posted.all(ABSENT)
    called = [one.label for one in form.fields if one.name in absent]
    return CameBack(changed, unread, called, posted.all(BESIDE))


def _each(field: ShownField) -> Iterator[tuple[str, ShownField]]:
    if not field.rows:
        yield "", field
    for row in field.rows:
        for one in row.fields:
            yield row.heading, one
