"""What the record says of one case, read beside the pages and never changed."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from services.domain.working_days import written
from tests.acceptance.trouble import JourneyStopped

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
    "children",
)


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """One clock of the case, as it is kept."""

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
        """Return when it is due, as the branches write it."""
        text = f"{written(self.opens)} to {written(self.due)}" if self.opens else written(self.due)
        aims = self.target is not None and self.target != self.due
        return f"{text}, target {written(self.target)}" if self.target and aims else text

    @property
    def how_met(self) -> str:
        """Return how it was met, as the table says it."""
        if self.met_on is None:
            return "ended" if self.ended_on else "runs"
        if self.opens and self.met_on < self.opens:
            return "too early"
        if self.met_on == self.due:
            return "on the day"
        return "early" if self.met_on < self.due else "late"


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """One version of an artefact, as it is kept."""

    id: UUID
    kind: str
    form: str
    version: int
    sha256: str
    standing: str


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """One letter of the outbox."""

    id: UUID
    event: str
    recipient: str
    message_id: str
    delivery: str
    last_error: str


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """The case itself."""

    reference: str
    stage: str
    flow_run_id: UUID | None
    flow_attempt: int


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one partnership, under the application's own role and only to read."""

    url: str
    partnership_id: UUID

    def case(self, case_id: UUID) -> CaseSeen:
        """Return the case."""
        question = "select reference, stage, flow_run_id, flow_attempt from cases where id = %s"
        [row] = self._ask(question, case_id)
        return CaseSeen(**row)

    def clocks(self, case_id: UUID) -> list[ClockSeen]:
        """Return every clock of the case."""
        rows = self._ask(
            "select id, clock, subject, opens, due, target, met_on, ended_on from running_clocks "
            "where case_id = %s order by due, clock, id",
            case_id,
        )
        return [ClockSeen(**row) for row in rows]

    def papers(self, case_id: UUID) -> list[PaperSeen]:
        """Return every version of every artefact."""
        rows = self._ask(
            "select id, kind, form, version, sha256, standing from documents "
            "where case_id = %s order by made_at, kind, form, version, id",
            case_id,
        )
        return [PaperSeen(**row) for row in rows]

    def letters(self, case_id: UUID) -> list[LetterSeen]:
        """Return every letter."""
        rows = self._ask(
            "select id, event, recipient, message_id, delivery, last_error from outbox_emails "
            "where case_id = %s order by posted_at, key",
            case_id,
        )
        return [LetterSeen(**row) for row in rows]

    def undone_work(self, case_id: UUID) -> list[str]:
        """Return the machine work that is ordered and not done; what is set aside says so."""
        rows = self._ask(
            "select step, phase, last_error, parked_at is not null as parked from due_work "
            "where case_id = %s and done_at is null order by ordered_at, phase",
            case_id,
        )
        return [
            f"{row['step']}: {row['phase']}"
            + (f" (set aside: {row['last_error']})" if row["parked"] else "")
            for row in rows
        ]

    def caught(self, message_ids: Sequence[str]) -> dict[str, int]:
        """Return how often each letter was caught by the mail server."""
        rows = self._ask(
            "select message_id, count(*) as times from caught_emails "
            "where message_id = any(%s) group by message_id",
            list(message_ids),
        )
        return {row["message_id"]: row["times"] for row in rows}

    def caught_mail(self) -> list[bytes]:
        """Return every letter that was ever caught, as it went over the wire."""
        return [bytes(row["raw"]) for row in self._ask("select raw from caught_emails")]

    def mark(self, case_id: UUID | None) -> str:
        """Return a mark that changes when anything people said about the case changes."""
        marks = self._ask("select count(*) as cases from cases")
        for table in OF_A_CASE if case_id else ():
            marks += self._ask(
                f"select '{table}' as at, md5(coalesce(string_agg(t::text, ';' "  # noqa: S608
                f"order by t::text), '')) as rows from {table} t where case_id = %s",
                case_id,
            )
        if case_id:
            marks += self._ask(
                "select stage, outcome, decided_on from cases where id = %s", case_id
            )
        return hashlib.sha256(repr(marks).encode()).hexdigest()

    def _ask(self, question: str, *values: object) -> list[dict[str, Any]]:
        """Ask in a transaction of its own; a database that is away is asked again."""
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
            link.execute("select set_config('app.tenant', %s, true)", [str(self.partnership_id)])
            return link.execute(question, values or None).fetchall()
