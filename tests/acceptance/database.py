"""The rows of one case, read beside the pages and never changed."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from services.database.signed_context import NONE_CHOSEN, SETTING, ContextKey
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.labels import label
from services.domain.working_days import written
from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 120.0
OF_A_CASE: Final = (
    "entries",
    "running_clocks",
    "assignments",
    "agency_requests",
    "sign_offs",
    "declarations",
    "actions",
    "documents",
    "dispatches",
    "children",
)


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock of the case."""

    id: UUID
    clock: str
    subject: str
    opens: date | None
    due: date
    target: date | None
    met_on: date | None
    ended_on: date | None

    @property
    def dates(self) -> str:
        """Return when it is due, in the form that the branches write."""
        text = f"{written(self.opens)} to {written(self.due)}" if self.opens else written(self.due)
        aims = self.target is not None and self.target != self.due
        return f"{text}, target {written(self.target)}" if self.target and aims else text

    @property
    def how_met(self) -> str:
        """Return how it was met, in the words of the report."""
        if self.met_on is None:
            return "ended" if self.ended_on else "runs"
        if self.opens and self.met_on < self.opens:
            return "too early"
        if self.met_on == self.due:
            return "on the day"
        return "early" if self.met_on < self.due else "late"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One version of a document."""

    id: UUID
    kind: str
    form: str
    version: int
    sha256: str
    standing: str

    @property
    def title(self) -> str:
        """Return the name of its kind, as people read it."""
        return label(DocumentKind(self.kind))


@dataclass(frozen=True, slots=True)
class EmailRow:
    """One email of the outbox."""

    id: UUID
    event: str
    recipient: str
    message_id: str
    delivery: str
    last_error: str

    @property
    def title(self) -> str:
        """Return the name of its event, as people read it."""
        return label(EmailTrigger(self.event))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The case itself."""

    reference: str
    stage: str
    flow_run_id: UUID | None
    flow_attempt: int


@dataclass(frozen=True, slots=True)
class DatabaseReader:
    """The rows of one partnership, read under the role of the application."""

    url: str
    key: ContextKey
    partnership_id: UUID

    def case(self, case_id: UUID) -> CaseRow:
        """Return the case."""
        question = "select reference, stage, flow_run_id, flow_attempt from cases where id = %s"
        [row] = self._ask(question, case_id)
        return CaseRow(**row)

    def clocks(self, case_id: UUID) -> list[ClockRow]:
        """Return each clock of the case."""
        rows = self._ask(
            "select id, clock, subject, opens, due, target, met_on, ended_on from running_clocks "
            "where case_id = %s order by due, clock, id",
            case_id,
        )
        return [ClockRow(**row) for row in rows]

    def documents(self, case_id: UUID) -> list[DocumentRow]:
        """Return each version of each document."""
        rows = self._ask(
            "select id, kind, form, version, sha256, standing from documents "
            "where case_id = %s order by made_at, kind, form, version, id",
            case_id,
        )
        return [DocumentRow(**row) for row in rows]

    def emails(self, case_id: UUID) -> list[EmailRow]:
        """Return each email."""
        rows = self._ask(
            "select id, event, recipient, message_id, delivery, last_error from outbox_emails "
            "where case_id = %s order by posted_at, key",
            case_id,
        )
        return [EmailRow(**row) for row in rows]

    def undone_work(self, case_id: UUID) -> list[str]:
        """Return the machine work that is ordered and not done; some of it may be set aside."""
        rows = self._ask(
            "select step, coalesce(payload->>'kind', payload->>'type') as what, last_error, "
            "parked_at is not null as parked from due_work "
            "where case_id = %s and done_at is null order by ordered_at, digest",
            case_id,
        )
        return [
            f"{row['step']}: {row['what']}"
            + (f" (set aside: {row['last_error']})" if row["parked"] else "")
            for row in rows
        ]

    def caught(self, message_ids: Sequence[str]) -> dict[str, int]:
        """Return how often each email was caught by the mail server."""
        rows = self._ask(
            "select message_id, count(*) as times from caught_emails "
            "where message_id = any(%s) group by message_id",
            list(message_ids),
        )
        return {row["message_id"]: row["times"] for row in rows}

    def caught_emails(self) -> list[bytes]:
        """Return each email that was ever caught, as it went over the wire."""
        return [bytes(row["raw"]) for row in self._ask("select raw from caught_emails")]

    def digest(self, case_id: UUID | None) -> str:
        """Return a digest of the rows that people write about the case."""
        rows = self._ask("select count(*) as cases from cases")
        for table in OF_A_CASE if case_id else ():
            rows += self._ask(
                f"select '{table}' as at, md5(coalesce(string_agg(t::text, ';' "  # noqa: S608
                f"order by t::text), '')) as rows from {table} t where case_id = %s",
                case_id,
            )
        if case_id:
            rows += self._ask("select stage, outcome, decided_on from cases where id = %s", case_id)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def counts(self, case_id: UUID) -> dict[str, int]:
        """Return how many rows the case has in each table that people write to."""
        each = " union all ".join(
            f"select '{table}' as at, count(*) as rows from {table} where case_id = %s"  # noqa: S608
            for table in OF_A_CASE
        )
        return {row["at"]: row["rows"] for row in self._ask(each, *[case_id] * len(OF_A_CASE))}

    def _ask(self, question: str, *values: object) -> list[dict[str, Any]]:
        """Ask in a transaction of its own, and again while the database is away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask_once(question, values)
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise JourneyStopped("The database did not answer.") from None
                time.sleep(0.5)

    def _ask_once(self, question: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row, connect_timeout=5) as link:
            link.execute("set transaction read only")
            context = self.key.sign(self.partnership_id, NONE_CHOSEN)
            link.execute("select set_config(%s, %s, true)", [SETTING, context])
            return link.execute(question, values or None).fetchall()
