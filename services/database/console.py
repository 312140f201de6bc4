"""What operators look through across partnerships, a page at a time: runs, emails and alerts.

Asked of the functions of schema `watch` (migrations/console.sql): ids, references, stages, codes
and counts, and no case's words. The database narrows and pages, so that what is read does not grow
with the number of cases.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, TextClause, text

from services.domain.clocks.rules import Force
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Stage, Step

A_PAGE: Final = 25

_RUNS = text(
    "select * from watch.runs_listed(cast(:named as uuid[]), :whose, :what, :error, :at_step,"
    " cast(:stages as text[]), :own, :skip, :many)"
)
_EMAILS = text(
    "select * from watch.emails_listed(cast(:named as uuid[]), :whose, :of_case, :skip, :many)"
)
_ALERTS = text(
    "select * from watch.alerts_listed(cast(:named as uuid[]), :whose, :of_case, :skip, :many)"
)
_AFFECTING = text("select * from watch.affecting(:own, :few)")
_COUNTED = text("select * from watch.cases_counted()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Which page of what: one partnership's, one case's, or named by id; all where none is said."""

    page: int = 1
    whose: PartnershipId | None = None
    of_case: CaseId | None = None
    named: tuple[UUID, ...] | None = None

    @property
    def values(self) -> dict[str, object]:
        """Return what the database narrows and pages by."""
        named = None if self.named is None else list(self.named)
        asked = A_PAGE if named is None else max(A_PAGE, len(named))
        skip = (self.page - 1) * A_PAGE
        return {"named": named, "whose": self.whose, "skip": skip, "many": asked}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsWanted:
    """What runs are narrowed to: a kind of trouble with its last error, and a step.

    ``what`` is a trouble, `wrong` for any of them, or `waiting` for work that is not done.
    """

    what: str = ""
    error: str = ""
    step: Step | None = None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """One case with what is wrong of its run, in counts.

    ``documents`` and ``others`` are the pieces that were set aside or put off; ``held_back`` the
    emails that a restored database has not handed over; ``dispatches`` notices to national bodies
    that may or may not have arrived.
    """

    tenant_id: PartnershipId
    case_id: CaseId
    reference: str
    stage: Stage
    partnership_code: str
    flow_run_id: UUID | None
    undone: int
    set_aside: int
    put_off: int
    documents: int
    others: int
    errors: tuple[str, ...]
    oldest: datetime | None
    late: int
    late_of_its_own: int
    nobodys: int
    in_doubt: int
    refused: int
    held_back: int
    dispatches: int
    wrong: tuple[RunTrouble, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """What keeps something back, of how many pieces, cases and partnerships; a few of the cases."""

    what: RunTrouble
    error: str
    about: str
    pieces: int
    cases: int
    partnerships: int
    first: tuple[tuple[str, CaseId], ...]


@dataclass(frozen=True, slots=True)
class CasesCounted:
    """How many cases a partnership has, how many are closed, and how many have no flow run."""

    cases: int
    closed: int
    unstarted: int


@dataclass(frozen=True, slots=True)
class Whose:
    """One listed thing by its id, and whose it is."""

    partnership_id: PartnershipId
    id: UUID


def runs_listed(
    engine: Engine, among: Among, wanted: RunsWanted | None = None
) -> tuple[list[ListedRun], int]:
    """Return one page of runs, the worst first, and how many there are on all of the pages."""
    asked = wanted or RunsWanted()
    values = among.values | {
        "what": asked.what,
        "error": asked.error,
        "at_step": asked.step.value if asked.step else "",
        "stages": [one.value for one in asked.stages],
        "own": Force.L.value,
    }
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(_RUNS, values).mappings()]
    matching = int(rows[0]["matching"]) if rows else 0
    return [_run(row) for row in rows], matching


def emails_listed(engine: Engine, among: Among) -> tuple[list[Whose], int]:
    """Return one page of the emails that an operator may settle, oldest first, and how many."""
    return _listed(engine, _EMAILS, among)


def alerts_listed(engine: Engine, among: Among) -> tuple[list[Whose], int]:
    """Return one page of the alerts that wait for an operator, newest first, and how many."""
    return _listed(engine, _ALERTS, among)


def causes(engine: Engine, few: int) -> Sequence[Cause]:
    """Return what is stuck in all partnerships by its cause, each with a few of its cases."""
    with engine.connect() as connection:
        found = connection.execute(_AFFECTING, {"own": Force.L.value, "few": few}).mappings()
        return [_cause(dict(row)) for row in found]


def cases_counted(engine: Engine) -> Mapping[PartnershipId, CasesCounted]:
    """Return how many cases each partnership has."""
    with engine.connect() as connection:
        return {
            PartnershipId(row.tenant_id): CasesCounted(row.cases, row.closed, row.unstarted)
            for row in connection.execute(_COUNTED)
        }


def by_partnership(found: Collection[Whose]) -> Mapping[PartnershipId, list[UUID]]:
    """Return the ids by whose they are, so that each partnership's rows are read as its own."""
    sides: dict[PartnershipId, list[UUID]] = {}
    for one in found:
        sides.setdefault(one.partnership_id, []).append(one.id)
    return sides


def _listed(engine: Engine, question: TextClause, among: Among) -> tuple[list[Whose], int]:
    values = among.values | {"of_case": among.of_case}
    with engine.connect() as connection:
        rows = connection.execute(question, values).all()
    return [Whose(PartnershipId(row.tenant_id), row.id) for row in rows], (
        int(rows[0].matching) if rows else 0
    )


def _run(row: dict[str, Any]) -> ListedRun:
    told = {name: value for name, value in row.items() if name != "matching"}
    told |= {"stage": Stage(row["stage"]), "errors": tuple(row["errors"])}
    return ListedRun(**told | {"wrong": tuple(RunTrouble(one) for one in row["wrong"])})


def _cause(row: dict[str, Any]) -> Cause:
    named = [one.rpartition(" ") for one in row["first"]]
    first = tuple((reference, CaseId(UUID(case_id))) for reference, _, case_id in named)
    return Cause(**row | {"what": RunTrouble(row["what"]), "first": first})
