"""The parts of a long form: their headings, and the questions under each, in the form's order.

The blank paper and the paper that tells the answers are made from the same command as the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.casework.answers_as_text import Names, as_section, as_tables
from services.casework.commands import Command, Kind, Rows, Under
from services.domain.documents import PaperSection, Table
from services.domain.filled_forms import BlankForm
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import without_rules

_HOW_TO_ANSWER: Final[Mapping[Kind, str]] = {
    Kind.YES_NO: "Answer yes or no.",
    Kind.MOMENT: "Give the day, the month, the year and the time: 27 March 2026 at 22:40.",
}


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of a form: what it is headed, and the names of its questions."""

    heading: str
    names: tuple[str, ...]

    def others(self, model: type[BaseModel]) -> frozenset[str]:
        """Return the names of the questions of all other parts."""
        return frozenset(model.model_fields) - set(self.names)


def parts_of(model: type[BaseModel]) -> tuple[FormPart, ...]:
    """Return the parts of the form; what stands before the first heading has none."""
    parts: list[FormPart] = []
    for name, field in model.model_fields.items():
        heading = next((one.heading for one in field.metadata if isinstance(one, Under)), None)
        if heading is not None or not parts:
            parts.append(FormPart(heading or "", (name,)))
        else:
            parts[-1] = replace(parts[-1], names=(*parts[-1].names, name))
    return tuple(parts)


def told_by_part(command: BaseModel, known: Names) -> tuple[PaperSection, ...]:
    """Return what was answered, in the parts of its form; what was not answered is left out."""
    model = type(command)
    return tuple(
        replace(
            as_section(part.heading, command, known, without=part.others(model)),
            parts=as_tables(command, known, without=part.others(model)),
        )
        for part in parts_of(model)
    )


def blank_parts(
    model: type[Command], given: dict[str, Sequence[BaseModel]]
) -> tuple[PaperSection, ...]:
    """Return the form with room for every answer; ``given`` are rows that it opens with."""
    return tuple(_blank(model, part, given) for part in parts_of(model))


def blank_form(model: type[Command]) -> BlankForm:
    """Return what the blank paper asks, by which a filled one is read: each question as it says."""
    lists = {name for name, field in model.model_fields.items() if _layout(field) is not None}
    columns = {name: _columns(model.model_fields[name]) for name in lists}
    asked = {name: _asked(one) for name, one in model.model_fields.items() if name not in lists}
    return BlankForm(questions=asked, lists=columns)


def _blank(
    model: type[Command], part: FormPart, given: dict[str, Sequence[BaseModel]]
) -> PaperSection:
    fields = {name: model.model_fields[name] for name in part.names}
    lists = [name for name, field in fields.items() if _layout(field) is not None]
    tables = [_room(fields[name], given.get(name, ())) for name in lists]
    return PaperSection(
        heading=part.heading,
        blanks=tuple(_asked(field) for name, field in fields.items() if name not in lists),
        table=tables[0] if tables else None,
    )


def _asked(field: FieldInfo) -> str:
    """Return the question and, on lines of their own, what helps to answer it and how."""
    kinds = (*field.metadata, *_marks_in(field.annotation))
    how = next((_HOW_TO_ANSWER[one] for one in kinds if one in _HOW_TO_ANSWER), "")
    lines = (field.title or "", field.description or "", how)
    return "\n".join(without_rules(in_own_words(one)) for one in lines if one)


def _room(field: FieldInfo, rows: Sequence[BaseModel]) -> Table:
    """Return a list as a table, with a row for each that is given and some that are not."""
    layout, columns = _layout(field), _columns(field)
    begun = [tuple(str(getattr(row, name, None) or "") for name in columns) for row in rows]
    free = [("",) * len(columns)] * (layout.count if layout else 1)
    return Table(caption=_asked(field), columns=tuple(columns.values()), rows=(*begun, *free))


def _columns(field: FieldInfo) -> dict[str, str]:
    """Return the titles of a list's columns, by the names of what is asked in each row."""
    (row_model,) = _models_in(field.annotation)
    return {name: one.title or name for name, one in row_model.model_fields.items()}


def _layout(field: FieldInfo) -> Rows | None:
    return next((one for one in field.metadata if isinstance(one, Rows)), None)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models_in(one)


def _marks_in(annotation: Any) -> Iterator[Kind]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, Kind):
        yield annotation
    for one in get_args(annotation):
        yield from _marks_in(one)
