"""What the entries say of each action beside its row, asked in the database: rating, whose idea.

What is said is read from the commands as they are kept, so that a list can be narrowed by it.
"""

from typing import Any

from sqlalchemy import Integer, cast, column, func, literal, select, true, type_coerce, union_all
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Select, Subquery, TableValuedAlias
from sqlmodel import col

from services.database.history import Entry
from services.domain.entry_types import EntryType


def newest_ratings() -> Subquery:
    """Return the newest rating of each action that has one: ``case_id``, ``number``, ``rating``.

    An action is rated with each report on it, and with each review of the plan.
    """
    said: ColumnElement[Any] = type_coerce(col(Entry.command), JSONB)
    kind = col(Entry.entry_type)
    reported = _rated(said, literal(0)).where(kind == EntryType.ACTION_UPDATED)
    row = _rows_of("ratings")
    reviewed = (
        _rated(row.c.value, row.c.place).join(row, true()).where(kind == EntryType.PLAN_REVIEWED)
    )
    rated = union_all(reported, reviewed).subquery()
    newest = (rated.c.case_id, rated.c.number, rated.c.entry.desc(), rated.c.place.desc())
    question = select(rated.c.case_id, rated.c.number, rated.c.rating)
    question = question.where(rated.c.rating.is_not(None))
    return question.ext(distinct_on(rated.c.case_id, rated.c.number)).order_by(*newest).subquery()


def own_recommendations() -> Subquery:
    """Return which actions an agency recommended to itself: ``case_id``, ``agency``, ``action``.

    An action is known by its words, as the newest plan has them that was put (EMB-08).
    """
    row = _rows_of("actions")
    said = row.c.value
    which = (col(Entry.case_id), said["agency"].astext, said["action"].astext)
    put = (
        select(
            which[0].label("case_id"),
            which[1].label("agency"),
            which[2].label("action"),
            said["own"].astext.label("own"),
        )
        .select_from(Entry)
        .join(row, true())
        .where(col(Entry.entry_type) == EntryType.PLAN_PROPOSED)
        .ext(distinct_on(*which))
        .order_by(*which, col(Entry.number).desc(), row.c.place.desc())
        .subquery()
    )
    return (
        select(put.c.case_id, put.c.agency, put.c.action).where(put.c.own.is_not(None)).subquery()
    )


def _rated(said: ColumnElement[Any], place: ColumnElement[int]) -> Select[Any]:
    return select(
        col(Entry.case_id).label("case_id"),
        col(Entry.number).label("entry"),
        place.label("place"),
        cast(said["number"].astext, Integer).label("number"),
        said["rating"].astext.label("rating"),
    ).select_from(Entry)


def _rows_of(name: str) -> TableValuedAlias:
    """Return the rows that a command holds under that name, each with its place among them."""
    found = func.jsonb_array_elements(col(Entry.command)[name])
    return found.table_valued(column("value", JSONB), with_ordinality="place").render_derived()
