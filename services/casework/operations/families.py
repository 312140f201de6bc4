"""What is measured, in numbers for Prometheus; labels are codes of partnerships and of our own."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, Protocol, TypeVar

from services.casework.operations.backups import BackupsMeasured
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.database.measures import Measures
from services.domain.alerts import AlertCode
from services.domain.identifiers import PartnershipId
from services.observability.collector import Family

OF_PARTNERSHIP: Final = ("partnership",)


class MeasuredRow(Protocol):
    """What is measured of one partnership."""

    @property
    def code(self) -> str: ...  # noqa: D102 - named for what it is


Row = TypeVar("Row", bound=MeasuredRow)


def families_of_record(measures: Measures) -> Iterator[Family]:
    """Yield what is measured of the record."""
    yield from _clocks(measures)
    yield from _work(measures)
    yield from _emails(measures)
    yield from _audits(measures)
    yield _alerts(measures)
    yield Family(
        "keyline_round_age_seconds",
        "Since each periodic job was last made by anybody; `tick` is that of all of them.",
        ("round",),
        {(name,): age for name, age in measures.rounds.items()},
    )
    yield Family(
        "keyline_tables_unprotected",
        "Tables of partnerships that have lost their row-level security.",
        (),
        {(): measures.tables_unprotected},
    )


def families_of_backups(backups: BackupsMeasured) -> Iterator[Family]:
    """Yield the ages of the last backup and of the last drill; none where there was none."""
    for name, told, age in (
        ("backup", "Since the database was backed up.", backups.backed_up_ago),
        ("restore_drill", "Since a backup was restored and found whole.", backups.drilled_ago),
    ):
        samples: dict[tuple[str, ...], float] = {} if age is None else {(): age}
        yield Family(f"keyline_{name}_age_seconds", told, (), samples)


def families_of_flow_engine(
    engine: FlowEngineMeasured, codes: Mapping[PartnershipId, str]
) -> Iterator[Family]:
    """Yield how Prefect stands; what is not known while it is silent is left out."""
    yield _one("keyline_prefect_answers", "Whether Prefect answers.", engine.answers)
    if not engine.is_known:
        return
    yield _one(
        "keyline_prefect_deployment_present",
        "Whether Prefect knows the flow that carries cases, and its pool.",
        engine.has_deployment,
    )
    yield _one(
        "keyline_prefect_pool_paused", "Whether the work pool is paused.", engine.is_pool_paused
    )
    yield Family(
        "keyline_prefect_queue_paused",
        "Whether the partnership's own queue is paused in Prefect.",
        OF_PARTNERSHIP,
        {(code,): engine.holds_back(one) for one, code in codes.items()},
    )


def _clocks(measures: Measures) -> Iterator[Family]:
    yield Family(
        "keyline_clocks_late",
        "Open clocks whose last day has passed: a duty, or the partnership's own choice.",
        ("partnership", "binding"),
        {
            (one.code, binding): late
            for one in measures.clocks
            for binding, late in (("duty", one.late), ("own", one.late_of_its_own))
        },
    )
    yield _of(
        "keyline_clocks_due_unowned",
        "Open clocks due today or tomorrow, on cases whose todos are for roles that nobody holds.",
        measures.clocks,
        lambda one: one.due_unowned,
    )


def _work(measures: Measures) -> Iterator[Family]:
    for name, told, value in (
        ("paused", "Whether its machine work is paused.", lambda one: one.is_paused),
        ("undone", "Pieces of machine work ordered and not done.", lambda one: one.undone),
        ("overdue", "Pieces that might begin and have not.", lambda one: one.overdue),
        (
            "longest_overdue_seconds",
            "Since when the oldest of those might begin.",
            lambda one: one.longest_overdue,
        ),
        ("set_aside", "Pieces that failed too often.", lambda one: one.set_aside),
        ("cases_set_aside", "Cases with such a piece.", lambda one: one.cases_set_aside),
        ("leases_held", "Cases that a worker carries now.", lambda one: one.leases_held),
        ("leases_lost", "Cases whose worker is gone.", lambda one: one.leases_lost),
    ):
        yield _of(f"keyline_work_{name}", told, measures.work, value)


def _emails(measures: Measures) -> Iterator[Family]:
    for name, told, value in (
        ("unsent", "Emails in the outbox that have not gone.", lambda one: one.unsent),
        (
            "longest_unsent_seconds",
            "Since when the oldest of those waits.",
            lambda one: one.longest_unsent,
        ),
        ("in_doubt", "Emails that may or may not have gone.", lambda one: one.in_doubt),
        ("refused", "Emails that were refused and wait for a person.", lambda one: one.refused),
        (
            "dispatches_in_doubt",
            "Those in doubt that go to a national body.",
            lambda one: one.dispatches_in_doubt,
        ),
    ):
        yield _of(f"keyline_outbox_{name}", told, measures.emails, value)


def _audits(measures: Measures) -> Iterator[Family]:
    yield _of(
        "keyline_audit_broken",
        "Whether the last check found the audit chain changed.",
        measures.audits,
        lambda one: one.is_broken,
    )
    yield Family(
        "keyline_audit_check_age_seconds",
        "Since each audit chain was last checked; one that never was is left out.",
        OF_PARTNERSHIP,
        {(one.code,): one.checked_ago for one in measures.audits if one.checked_ago is not None},
    )


def _alerts(measures: Measures) -> Family:
    """Return every kind for every partnership, so that none is nought only by its absence."""
    samples: dict[tuple[str, ...], float] = {
        (one.code, str(kind)): 0.0 for one in measures.clocks for kind in AlertCode
    }
    samples |= {(one.code, one.kind): one.unseen for one in measures.alerts}
    told = "Alerts for a partnership's people that nobody has seen; a virus is harmful_file."
    return Family("keyline_alerts_unseen", told, ("partnership", "kind"), samples)


def _of(name: str, told: str, rows: Collection[Row], value: Callable[[Row], float]) -> Family:
    """Return one number for each partnership."""
    return Family(name, told, OF_PARTNERSHIP, {(one.code,): value(one) for one in rows})


def _one(name: str, told: str, value: float) -> Family:
    return Family(name, told, (), {(): value})


def codes_of(measures: Measures) -> Mapping[PartnershipId, str]:
    """Return the partnerships' codes by their ids."""
    return {one.tenant_id: one.code for one in measures.clocks}
