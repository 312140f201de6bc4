"""The machine work of a case, carried as the worker carries it, with real papers in a store."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from deployments.local.object_store import EmbeddedObjectStore
from services.calendars import england
from services.casework.access.documents import object_name
from services.casework.engine.case_leases import CaseLease, Holder, acquire, release
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.database.documents import Document, documents
from services.database.due_work import ready_steps
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.workflow import Step
from services.domain.working_days import Calendar
from services.storage.downloads import fetch
from services.storage.encrypted import EncryptedStore
from services.storage.local_keys import LocalKeys
from services.storage.scanning import NO_SCANNER
from tests.paper_text import text_of
from tests.servers import real_bucket, worker_of
from tests.world import World, at

KEY = bytes(range(32))


@dataclass
class Desk:
    """Everything that carrying needs.

    Papers are made by the world's maker and kept in its store, unless others are given. What is
    carried is carried with the rights of the worker's own login, unless another engine is given:
    where all is on one connection, no other login could see it.
    """

    world: World
    store: Any = None
    documents: Any = None
    when: str = "2026-12-01"
    calendar: Calendar = field(default_factory=england)
    scanner: Any = NO_SCANNER
    workers_engine: Engine | None = None

    def __post_init__(self) -> None:
        self.store = self.store or self.world.store
        self.documents = self.documents or self.world.documents

    @property
    def engine(self) -> Engine:
        return self.workers_engine or self.world.engine

    def now(self) -> datetime:
        return at(self.when)

    def carry(self, case_id: CaseId, *steps: Step) -> None:
        """Do all that is ordered on the case, step by step, as its flow does."""
        workers = self.workers_engine or worker_of(self.world.engine)
        around = replace(self, workers_engine=workers)
        lease = acquire(around, case_id, Holder("a test"))
        assert lease is not None
        ready = _ready(around, lease)
        for step in steps or Step:
            if step in ready:
                run_step(around, lease, step, HANDLERS)
                ready = _ready(around, lease)
        release(around, lease)
        assert (found := self.troubles(case_id)) == [], found

    def troubles(self, case_id: CaseId) -> list[str]:
        """Return the kinds of error that stopped work on the case."""
        question = text(
            "select concat_ws(': ', step, payload->>'kind', payload->>'type', last_error)"
            " from due_work where case_id = :case and last_error <> '' order by 1"
        )
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            return list(work.session.execute(question, {"case": case_id}).scalars())

    def rows(self, case_id: CaseId) -> list[Document]:
        """Return the case's documents in the order of their kinds, subjects and versions."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            found = documents(work.session, case_id)
            work.session.expunge_all()
        return sorted(found, key=lambda one: (one.kind, one.subject, one.form, one.version))

    def listed(self, case_id: CaseId) -> list[str]:
        """Return each document as one line: kind, form, version."""
        return [f"{one.kind} | {one.form} | v{one.version}" for one in self.rows(case_id)]

    def bytes_of(self, row: Document) -> bytes:
        """Return what the store holds for the row, proven by its SHA-256."""
        with fetch(self.store, object_name(row), row.sha256, row.version_id) as file:
            return file.read()

    def read(
        self,
        case_id: CaseId,
        kind: str,
        subject: str | UUID | None = None,
        version: int | None = None,
    ) -> list[str]:
        """Return what every document of the kind says, a text for each form and version."""
        wanted = partial(_is_wanted, kind=kind, subject=subject, version=version)
        return [text_of(self.bytes_of(one)) for one in filter(wanted, self.rows(case_id))]

    def read_pdfs(self, case_id: CaseId, kind: str) -> list[str]:
        """Return what each PDF of the kind says; its Word file, if it has one, says the same."""
        found = [one for one in self.rows(case_id) if (one.kind, one.form) == (kind, "pdf")]
        return [text_of(self.bytes_of(one)) for one in found]


def _ready(around: Desk, lease: CaseLease) -> frozenset[Step]:
    """Return the steps that have work to do now; to begin each step costs a transaction."""
    with acting(around, lease.partnership_id) as work:
        return ready_steps(work, lease.case_id)


def _is_wanted(
    row: Document, *, kind: str, subject: str | UUID | None, version: int | None
) -> bool:
    return (
        row.kind == kind
        and (subject is None or str(subject) == row.subject)
        and version in {None, row.version}
    )


def real_store(place: EmbeddedObjectStore) -> EncryptedStore:
    """Return the product's own store on it, with a key that every call returns again."""
    return EncryptedStore(real_bucket(place), LocalKeys(KEY))
