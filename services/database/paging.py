"""A page of a long list: the rows that fit are counted, ordered and cut in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Select
from sqlmodel import Session

MANY: Final = 25  # rows of one page

Listed_co = TypeVar("Listed_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Paged(Generic[Listed_co]):
    """The rows of one page, how many rows fit on all pages together, and which page this is."""

    rows: Sequence[Listed_co]
    matching: int
    number: int = 1
    many: int = MANY

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, ceil(self.matching / self.many))


def page_of(
    session: Session,
    question: Select[*tuple[Any, ...]],
    order: Sequence[ColumnElement[Any]],
    number: int,
    *,
    many: int = MANY,
) -> Paged[Any]:
    """Return a page of what is asked for, in an order that leaves no two rows equal.

    A number behind the last page is answered with the last, so that a list that grew shorter
    meanwhile is still shown. ``many`` rows stand on a page.
    """
    matching = counted(session, question)
    number = min(max(number, 1), max(1, ceil(matching / many)))
    cut = question.order_by(*order).offset((number - 1) * many).limit(many)
    rows = session.execute(cut).all() if matching else []
    return Paged(rows, matching, number, many)


def counted(session: Session, question: Select[*tuple[Any, ...]]) -> int:
    """Return how many rows the question finds, without reading them."""
    count = question.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    found: int = session.execute(count).scalar_one()
    return found
