"""What every partnership's row carries, and how a session is confined to one partnership."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    ForeignKeyConstraint,
    Table,
    event,
    inspect,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import FromClause
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.util import find_tables
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel.sql.expression import SelectOfScalar

from services.domain.identifiers import PartnershipId

Row = TypeVar("Row")
CODE: Final = "^[A-Za-z0-9_]+$"  # capitals for the ids of rules.md, such as K10
LONGEST_CODE: Final = 60
# Where a table may stand in a question: under its name or another, joined, in a question within.
EVERYWHERE: Final = dict.fromkeys(
    ("check_columns", "include_aliases", "include_joins", "include_selects"), True
)
SHOWN_BY_OTHERS: Final = "shown_by_others"


class PartnershipRow(SQLModel):
    """A row that belongs to exactly one partnership, the first part of its key."""

    tenant_id: UUID = Field(primary_key=True)


def moment(*, optional: bool = False) -> Column[Any]:
    """Return a column for a moment, kept with its zone."""
    return Column(DateTime(timezone=True), nullable=optional)


def coded(kind: type[StrEnum], *, optional: bool = False) -> Column[Any]:
    """Return a column for a member of the enum: its code, and nothing that people read.

    The check is on how codes are written, not on the list, so that a new member needs no
    migration; what is not in the list is refused on its way in and out.
    """
    column: Column[Any] = Column(
        Enum(
            kind,
            native_enum=False,
            length=LONGEST_CODE,
            create_constraint=False,
            values_callable=lambda members: [one.value for one in members],
        ),
        nullable=optional,
    )

    @event.listens_for(column, "after_parent_attach")
    def only_codes(_column: Column[Any], table: Table) -> None:
        name = f"{table.name}_{column.name}_is_a_code"
        table.append_constraint(CheckConstraint(f"{column.name} ~ '{CODE}'", name=name))

    return column


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
    """Add the partnership to every question this session asks, joined tables included.

    A question that says it asks for what others show (`shared.shown`) is left to row-level
    security, which decides alone what they show; everything else asks for our own rows twice over.
    Only the tables of the question are spoken of: a criterion on each there is would double the
    time that SQLAlchemy takes for it.
    """
    ours = _criteria(partnership_id)

    @event.listens_for(session, "do_orm_execute")
    def only_ours(state: ORMExecuteState) -> None:
        if state.is_select and not state.execution_options.get(SHOWN_BY_OTHERS):
            question = state.statement
            asked = dict.fromkeys(find_tables(question, **EVERYWHERE))  # type: ignore[arg-type]
            state.statement = question.options(*(ours[one] for one in asked if one in ours))


@lru_cache(maxsize=256)
def _criteria(partnership_id: PartnershipId) -> Mapping[FromClause, ExecutableOption]:
    """Return the partnership's criterion on each table; made once, since every session asks."""
    return {
        inspect(table).local_table: with_loader_criteria(
            table, col(table.tenant_id) == partnership_id, include_aliases=True
        )
        for table in tables()
    }


def tables(kind: type[PartnershipRow] = PartnershipRow) -> Iterator[type[PartnershipRow]]:
    """Yield every table that belongs to a partnership."""
    for row in kind.__subclasses__():
        if hasattr(row, "__table__"):
            yield row
        yield from tables(row)
