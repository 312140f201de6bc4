"""Where words stand: asked of the indexes, and only ever read through the policies of the rows.

The functions of `migrations/search.sql` know the ids alone. Each question here joins them to the
rows, so that what the actor may not read is not found (decision 0114).
"""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, String, Uuid, any_, column, func, literal, text
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlmodel import Session, col, select

from services.database.cases import Child
from services.database.history import Entry

Hit = tuple[UUID, int]
"""A case, and the place of the word that was found there."""

_IS_ASKED: Final = text(
    "select place from unnest(cast(:words as text[])) with ordinality w (word, place)"
    " where numnode(sec.asked_in_text(word)) > 0"
)


def words_asked(session: Session, words: Sequence[str]) -> frozenset[int]:
    """Return the places of the words that an index of texts holds: not those such as "the"."""
    return frozenset(session.execute(_IS_ASKED, {"words": [*words]}).scalars())


def entries_hit(session: Session, words: Sequence[str], *read: ColumnElement[bool]) -> set[Hit]:
    """Return in which cases each word stands in an entry that meets the conditions."""
    found = _found("entries_with", words)
    question = (
        select(col(Entry.case_id), found.c.place)
        .join(found, found.c.id == col(Entry.id))
        .where(*read)
        .distinct()
    )
    return {(case_id, place) for case_id, place in session.exec(question)}


def best_entries(
    session: Session,
    words: Sequence[str],
    cases: Collection[UUID],
    most: int,
    *read: ColumnElement[bool],
) -> list[Entry]:
    """Return of each of these cases the entries with most of the words, the newest before others.

    There are ``most`` of a case at most.
    """
    found = _found("entries_with", words)
    many, number = func.count(found.c.place.distinct()), col(Entry.number)
    nth = func.row_number().over(
        partition_by=col(Entry.case_id), order_by=(many.desc(), number.desc())
    )
    ranked = (
        select(col(Entry.id), nth.label("nth"))
        .join(found, found.c.id == col(Entry.id))
        .where(is_of(col(Entry.case_id), cases), *read)
        .group_by(col(Entry.tenant_id), col(Entry.id))
        .subquery()
    )
    question = select(Entry).join(ranked, ranked.c.id == col(Entry.id)).where(ranked.c.nth <= most)
    return list(session.exec(question.order_by(ranked.c.nth)))


def children_hit(session: Session, words: Sequence[str], *read: ColumnElement[bool]) -> set[Hit]:
    """Return in which cases a child has a name like each word, now or in an earlier referral."""
    found = _found("children_like", words)
    question = (
        select(col(Child.case_id), found.c.place)
        .join(found, found.c.id == col(Child.id))
        .where(*read)
        .distinct()
    )
    return {(case_id, place) for case_id, place in session.exec(question)}


def children_found(
    session: Session,
    words: Sequence[str],
    born_on: ColumnElement[bool],
    cases: Collection[UUID],
    *read: ColumnElement[bool],
) -> list[Child]:
    """Return the children of these cases who have such a name, or were born on such a day."""
    found = _found("children_like", words)
    named = col(Child.id).in_(select(found.c.id))
    question = select(Child).where(is_of(col(Child.case_id), cases), named | born_on, *read)
    return list(session.exec(question.order_by(col(Child.version).desc(), col(Child.place))))


def is_of(case_id: Any, cases: Collection[UUID]) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Return the condition that the row is of one of these cases, however many there are."""
    condition: ColumnElement[bool] = case_id == any_(literal([*cases], ARRAY(Uuid())))
    return condition


def _found(function: str, words: Sequence[str]) -> TableValuedAlias:
    asked = literal([*words], ARRAY(String()))
    found = getattr(func.sec, function)(asked)
    places = (column("id", Uuid()), column("case_id", Uuid()), column("place", Integer()))
    alias: TableValuedAlias = found.table_valued(*places, name="found")
    return alias
