"""The columns of a chronology that is brought in as a table: one list for who reads and who tells.

The paper that asks for the table and the blank table say these columns; the reader takes these
and no others (Doc 10, Doc 12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.domain.labels import label
from services.domain.plain_text import without_rules

_AS_A_DAY: Final = "A day, as 27/3/2024 or 27 March 2024."


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column: the field that it answers, its heading, and what may stand in it.

    ``words`` are all that may stand in it, where only some words may.
    """

    name: str
    title: str
    hint: str
    is_day: bool
    is_needed: bool
    words: type[StrEnum] | None

    @property
    def told(self) -> str:
        """Return what goes into the column, in sentences."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.hint:
            yield without_rules(self.hint)
        if self.is_day:
            yield _AS_A_DAY
        if self.words is not None:
            yield f"One of these words: {'; '.join(map(label, self.words))}."
        if not self.is_needed:
            yield "May be left empty."


def columns_of(row: type[BaseModel]) -> tuple[TableColumn, ...]:
    """Return the columns by which the rows of this kind are brought in, in their order."""
    return tuple(_column(name, field) for name, field in row.model_fields.items())


def _column(name: str, field: FieldInfo) -> TableColumn:
    kinds = _kinds_in(field.annotation)
    return TableColumn(
        name=name,
        title=field.title or name,
        hint=field.description or "",
        is_day=date in kinds,
        is_needed=field.is_required(),
        words=next((one for one in kinds if issubclass(one, StrEnum)), None),
    )


def _kinds_in(asked: Any) -> list[type]:  # noqa: ANN401 - any annotation
    return [one for one in (asked, *get_args(asked)) if isinstance(one, type)]
