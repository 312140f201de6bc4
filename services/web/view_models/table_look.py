"""The rows of a file as they were read, to be looked at before they are taken over."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.casework.steps.local_review.chronology_pasted import table_of
from services.casework.steps.local_review.chronology_rows import ChronologyEvent, DatedRow
from services.casework.steps.local_review.chronology_told import (
    CHANGE_COLUMNS,
    EVENT_COLUMNS,
    told_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """The rows of a file as they were read, and the table by which they are taken over."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str


def look_at(rows: Sequence[DatedRow]) -> TableLook:
    """Return what is shown of rows before they are taken over, in the order of the file."""
    is_events = isinstance(rows[0], ChronologyEvent)
    return TableLook(
        columns=EVENT_COLUMNS if is_events else CHANGE_COLUMNS,
        rows=tuple(map(told_of, rows)),
        table=table_of(rows),
    )
