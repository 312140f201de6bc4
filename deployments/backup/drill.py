"""A trial of restoring: into a scratch database, everything checked, minutes told, all put away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from deployments.backup import checking, losses, stored_files
from deployments.backup.manifest import Manifest
from deployments.backup.restoring import Scratch, restore
from services.casework.engine.audit_checks import AuditContext, CheckedChain
from services.casework.engine.disposal_replay import replay_disposals
from services.database.restorations import awaits_replay
from services.storage.keys import KeyService


@dataclass(slots=True)
class Drill:
    """What a trial found: seconds by step, what is wrong, and what a restore would lose."""

    seconds: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    checked: int = 0
    replayed: int = 0

    @property
    def all_seconds(self) -> int:
        """Return how long it took, in whole seconds."""
        return round(sum(self.seconds.values()))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count how long a step takes."""
        begun = perf_counter()
        yield
        self.seconds[name] = perf_counter() - begun


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup as it lies in its folder, with the keys under which it does."""

    manifest: Manifest
    place: Path
    keys: KeyService


def run_drill(kept: KeptBackup, scratch: Scratch, live: AuditContext) -> Drill:
    """Restore the backup into the scratch database and check it; nothing live is changed."""
    drill = Drill()
    with drill.step("restored"):
        restore(kept.manifest, kept.place, kept.keys, scratch)
    there = checking.RestoredContext.of(scratch, live)
    chains: list[CheckedChain] = []

    def wrong_chains() -> Iterator[str]:
        for checked in checking.checked_chains(there):
            chains.append(checked)
            yield from checking.wrong_chain(checked)

    def not_replayed() -> Iterator[str]:
        drill.replayed = replay_disposals(there)
        if awaits_replay(there.engine):
            yield "the ledger was replayed, and nobody can sign in all the same"

    checks: dict[str, Callable[[], Iterator[str]]] = {
        "rows": lambda: checking.wrong_rows(kept.manifest, scratch),
        "disposals": not_replayed,
        "protection": lambda: checking.wrong_protection(scratch, there),
        "audit": wrong_chains,
        "stored files": lambda: stored_files.wrong_files(there),
        "emails": lambda: checking.emails_that_would_leave(there),
    }
    for name, check in checks.items():
        with drill.step(name):
            drill.faults += [f"{name}: {fault}" for fault in _faults(check)]
    drill.checked = len(checks)
    drill.lost = list(losses.lost(kept.manifest, live, chains))
    there.engine.dispose()
    return drill


def _faults(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Yield what a check finds; that it could not be made is a fault, and stops no other check."""
    try:
        yield from check()
    except Exception as trouble:  # noqa: BLE001 - the drill's one catch: it is told, and on
        yield f"could not be checked to the end: {type(trouble).__name__}"
