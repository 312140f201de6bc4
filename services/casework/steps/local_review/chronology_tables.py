"""Chronologies as files of tables: the blank one that an agency fills in (Doc 10)."""

from pydantic import BaseModel

from services.casework.steps.local_review.chronology_columns import columns_of
from services.documents.tables import TableFile, as_file
from services.domain.labels import label


def blank_table(row: type[BaseModel], extension: str) -> TableFile:
    """Return the table with its heading row alone; Excel offers the words that may stand in it."""
    columns = columns_of(row)
    choices = {
        at: tuple(map(label, one.words)) for at, one in enumerate(columns) if one.words is not None
    }
    return as_file(extension, [one.title for one in columns], (), choices)
