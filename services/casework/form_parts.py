"""The parts of a long form: their headings, and the questions under each, in the form's order.

The blank paper and the paper that tells the answers are made from the same command as the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.casework.answers_as_text import Names, as_section, as_tables
from services.casework.commands import Command, Rows, Under
from services.domain.documents import PaperSection, Table
from services.domain.plain_text import without_rules


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
    """Return the question and, on a line of its own, what helps to answer it."""
    lines = (field.title or "", field.description or "")
    return "\n".join(without_rules(one) for one in lines if one)


def _room(field: FieldInfo, rows: Sequence[BaseModel]) -> Table:
    """Return a list as a table, with a row for each that is given and some that are not."""
    layout = _layout(field)
    (row_model,) = (one for one in _models_in(field.annotation))
    columns = row_model.model_fields
    begun = [tuple(str(getattr(row, name, None) or "") for name in columns) for row in rows]
    free = [("",) * len(columns)] * (layout.count if layout else 1)
    return Table(
        caption=_asked(field),
        columns=tuple(one.title or name for name, one in columns.items()),
        rows=(*begun, *free),
    )


def _layout(field: FieldInfo) -> Rows | None:
    return next((one for one in field.metadata if isinstance(one, Rows)), None)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models_in(one)
