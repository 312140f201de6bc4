"""What is measured of casework: how many, how old and whether, by partnership; never which.

Asked of the functions of schema `watch` (migrations/measures.sql), in one transaction of no
partnership; ages are in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from sqlalchemy import Connection, Engine, text

from services.domain.clocks.rules import Force
from services.domain.identifiers import PartnershipId

_ROUNDS = text("select name, extract(epoch from clock_timestamp() - made_at) as age from ticks")
# A partnership's table in which its own rows are not kept apart from others'.
_UNPROTECTED = text(
    "select count(*) from pg_class c where c.relkind = 'r'"
    " and c.relnamespace = 'public'::regnamespace and exists (select from pg_attribute a"
    " where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)"
    " and not (c.relrowsecurity and c.relforcerowsecurity"
    " and exists (select from pg_policy p where p.polrelid = c.oid))"
)


@dataclass(frozen=True, slots=True)
class ClocksMeasured:
    """Open clocks: late by a rule or by the partnership's own choice; due soon, and nobody's."""

    tenant_id: PartnershipId
    code: str
    late: int
    late_of_its_own: int
    late_cases: int
    due_unowned: int


@dataclass(frozen=True, slots=True)
class WorkMeasured:
    """Machine work that is ordered and not done, and the leases under which some is done now."""

    tenant_id: PartnershipId
    code: str
    is_paused: bool
    paused_for: float
    undone: int
    overdue: int
    longest_overdue: float
    set_aside: int
    cases_set_aside: int
    leases_held: int
    leases_lost: int


@dataclass(frozen=True, slots=True)
class EmailsMeasured:
    """Emails that have not gone, that may have gone, and that were refused."""

    tenant_id: PartnershipId
    code: str
    unsent: int
    longest_unsent: float
    in_doubt: int
    refused: int
    dispatches_in_doubt: int


@dataclass(frozen=True, slots=True)
class AlertsMeasured:
    """Alerts of one kind that nobody has seen."""

    tenant_id: PartnershipId
    code: str
    kind: str
    unseen: int


@dataclass(frozen=True, slots=True)
class AuditMeasured:
    """When a partnership's audit chain was last checked, if it was, and what was found."""

    tenant_id: PartnershipId
    code: str
    checked_ago: float | None
    is_broken: bool


Row = TypeVar("Row", ClocksMeasured, WorkMeasured, EmailsMeasured, AlertsMeasured, AuditMeasured)


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that is measured of the record at one moment.

    ``rounds`` is how long ago each periodic job was last made, by its name.
    """

    clocks: tuple[ClocksMeasured, ...]
    work: tuple[WorkMeasured, ...]
    emails: tuple[EmailsMeasured, ...]
    alerts: tuple[AlertsMeasured, ...]
    audits: tuple[AuditMeasured, ...]
    rounds: Mapping[str, float]
    tables_unprotected: int


def read_measures(engine: Engine) -> Measures:
    """Return all of it, as it was at one moment."""
    with engine.connect() as connection:
        return all_measured(connection)


def all_measured(connection: Connection) -> Measures:
    """Return all of it, as a transaction sees it."""
    return Measures(
        clocks=clocks_measured(connection),
        work=work_measured(connection),
        emails=emails_measured(connection),
        alerts=alerts_measured(connection),
        audits=audits_measured(connection),
        rounds=rounds_measured(connection),
        tables_unprotected=tables_unprotected(connection),
    )


def clocks_measured(connection: Connection) -> tuple[ClocksMeasured, ...]:
    """Return how many clocks of each partnership are late, or due soon with nobody to act."""
    return _each(connection, ClocksMeasured, "clocks_measured(:own)", own=Force.L)


def work_measured(connection: Connection) -> tuple[WorkMeasured, ...]:
    """Return how much machine work of each partnership waits, and how long."""
    return _each(connection, WorkMeasured, "work_measured()")


def emails_measured(connection: Connection) -> tuple[EmailsMeasured, ...]:
    """Return how many emails of each partnership have not gone, and how long they wait."""
    return _each(connection, EmailsMeasured, "emails_measured()")


def alerts_measured(connection: Connection) -> tuple[AlertsMeasured, ...]:
    """Return how many alerts of each partnership wait unseen, by kind; no row where none does."""
    return _each(connection, AlertsMeasured, "alerts_measured()")


def audits_measured(connection: Connection) -> tuple[AuditMeasured, ...]:
    """Return when each partnership's audit chain was checked, and whether it was whole."""
    return _each(connection, AuditMeasured, "audits_measured()")


def rounds_measured(connection: Connection) -> Mapping[str, float]:
    """Return how long ago each periodic job was last made."""
    return {row.name: float(row.age) for row in connection.execute(_ROUNDS)}


def tables_unprotected(connection: Connection) -> int:
    """Return how many tables of partnerships have lost their row-level security."""
    return int(connection.execute(_UNPROTECTED).scalar_one())


def migrated_to(engine: Engine) -> str:
    """Return the newest migration that was made in this database."""
    with engine.connect() as connection:
        return str(connection.execute(text("select version from watch.migrated_to()")).scalar_one())


def _each(connection: Connection, shape: type[Row], function: str, **given: str) -> tuple[Row, ...]:
    """Ask for what this release knows, so that a newer function may tell more beside it."""
    columns = ", ".join(one.name for one in fields(shape))
    question = text(f"select {columns} from watch.{function}")  # noqa: S608 - names of this file
    return tuple(shape(**row) for row in connection.execute(question, given).mappings())
