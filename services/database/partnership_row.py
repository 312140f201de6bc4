"""What every partnership's row carries, and how a session is confined to one partnership."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Enum, ForeignKeyConstraint, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel.sql.expression import SelectOfScalar

from services.domain.identifiers import PartnershipId

Row = TypeVar("Row")


class PartnershipRow(SQLModel):
    """A row that belongs to exactly one partnership, the first part of its key."""

    tenant_id: UUID = Field(primary_key=True)


def moment(*, optional: bool = False) -> Column[Any]:
    """Return a column for a moment, kept with its zone."""
    return Column(DateTime(timezone=True), nullable=optional)


def word(kind: type[StrEnum], *, optional: bool = False) -> Column[Any]:
    """Return a column for one of the field's words, kept as people read it."""
    return Column(
        Enum(
            kind,
            native_enum=False,
            length=120,
            create_constraint=False,
            values_callable=lambda words: [one.value for one in words],
        ),
        nullable=optional,
    )


def written(*, optional: bool = False) -> Column[Any]:
    """Return a column for words kept as JSON and parsed by the act that wrote them."""
    return Column(JSONB(none_as_null=True), nullable=optional)


def of_case() -> ForeignKeyConstraint:
    """Return the key that ties a row to a case of the same partnership (reliability F18)."""
    return ForeignKeyConstraint(["tenant_id", "case_id"], ["cases.tenant_id", "cases.id"])


def of_agency() -> ForeignKeyConstraint:
    """Return the key that ties a row to an agency of the same partnership."""
    return ForeignKeyConstraint(["tenant_id", "agency_id"], ["agencies.tenant_id", "agencies.id"])


def locked(question: SelectOfScalar[Row]) -> SelectOfScalar[Row]:
    """Return the question so that its rows wait for whoever changes them, and are read afresh.

    Without reading afresh, a row that this session saw before would keep its old values.
    """
    return question.with_for_update().execution_options(populate_existing=True)


def confine(session: Session, partnership_id: PartnershipId) -> None:
    """Add the partnership to every question this session asks, joined tables included."""
    ours = tuple(
        with_loader_criteria(table, col(table.tenant_id) == partnership_id, include_aliases=True)
        for table in tables()
    )

    @event.listens_for(session, "do_orm_execute")
    def only_ours(state: ORMExecuteState) -> None:
        if state.is_select:
            state.statement = state.statement.options(*ours)


def tables(kind: type[PartnershipRow] = PartnershipRow) -> Iterator[type[PartnershipRow]]:
    """Yield every table that belongs to a partnership."""
    for row in kind.__subclasses__():
        if hasattr(row, "__table__"):
            yield row
        yield from tables(row)
