"""A form that is shown with what was typed into it another time."""

from collections.abc import Iterator
from dataclasses import replace

from services.web.forms.rendering import ShownField, ShownForm
from services.web.forms.text import is_blank, showable
from services.web.posted_form import Posted


def refilled(form: ShownForm, posted: Posted) -> ShownForm:
    """Return the form with the answers that were posted, where its questions are still asked."""
    return replace(form, fields=tuple(_refilled(one, posted) for one in form.fields))


def fits_nowhere(form: ShownForm | None, posted: Posted) -> tuple[str, ...]:
    """Return the texts that were typed where the form asks nothing; a code says nothing."""
    asked = set(_names(form.fields)) if form is not None else set()
    texts = (
        showable(one) for name, said in posted.answers.items() if name not in asked for one in said
    )
    return tuple(one for one in texts if not is_blank(one) and not _is_a_code(one))


def _refilled(field: ShownField, posted: Posted) -> ShownField:
    rows = tuple(
        replace(row, fields=tuple(_refilled(one, posted) for one in row.fields))
        for row in field.rows
    )
    typed = {name: showable(posted.one(name)) for name in field.typed}
    return replace(field, typed=typed, chosen=posted.all(field.name), rows=rows)


def _names(fields: tuple[ShownField, ...]) -> Iterator[str]:
    for one in fields:
        yield one.name
        yield from one.typed
        for row in one.rows:
            yield from _names(row.fields)


def _is_a_code(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum() and text.islower()
