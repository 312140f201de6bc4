"""A small real record for the tests of leases, machine work and flows: two partnerships, toys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from services.casework.effects import Order, place_order
from services.casework.engine.case_leases import CaseLease, Holder, acquire
from services.casework.engine.transactions import acting
from services.casework.job_context import JobContext, JobHandlers, Link
from services.database.cases import Case
from services.database.engine import working_for
from services.database.partnerships import Partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import StoreUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.workflow import Stage, Step
from services.domain.working_days import Calendar
from tests.servers import PlatformPostgres, app_engine_on, founder_of

SECRET = "Robin Hoodless"  # noqa: S105 -- an obviously made-up name that must never leave the process
OURS = PartnershipId(UUID(int=1))
THEIRS = PartnershipId(UUID(int=2))


class Toy(Order):
    """An order of toy work."""

    type: Literal["toy"] = "toy"
    name: str
    subject: str = ""


@dataclass(frozen=True)
class ToyNeighbours:
    """As much of the neighbours as carrying needs; nothing here makes or stores a document."""

    url: str
    documents = None
    store = None
    calendar = Calendar({})

    @cached_property
    def engine(self) -> Engine:
        return app_engine_on(self.url)

    def now(self) -> datetime:
        return datetime(2026, 12, 1, 12, tzinfo=UTC)


def make_record(postgres: PlatformPostgres) -> str:
    """Make a migrated database with two partnerships and a table of toy effects; its address."""
    database = postgres.make_migrated()
    with create_engine(database.admin_url, poolclass=NullPool).begin() as owner:
        owner.execute(text("create table toys (case_id uuid, step text, name text, subject text)"))
        owner.execute(text("grant select, insert on toys to keyline_app"))
    founder = founder_of(ToyNeighbours(database.app_url).engine)
    for partnership_id in (OURS, THEIRS):
        _make_partnership(founder, partnership_id)
    return database.app_url


def _make_partnership(founder: Engine, partnership_id: PartnershipId) -> None:
    """The first row of a partnership comes before any unit of work can be opened for it."""
    with working_for(founder, partnership_id).begin() as link:
        link.execute(
            Partnership.__table__.insert().values(
                tenant_id=partnership_id,
                name="Example partnership",
                code=f"EX{int(partnership_id)}",
                authorities={},
                policy={},
                policy_version=1,
                is_demonstration=True,
                practice_offset=0.0,
                cases_opened=0,
            )
        )


def a_case(
    around: ToyNeighbours,
    *,
    stage: Stage = Stage.RAPID_REVIEW,
    partnership_id: PartnershipId = OURS,
    notified: bool = True,
    orders: tuple[tuple[Step, str, str], ...] = (),
) -> CaseId:
    """Put a case on record, with machine work ordered on it."""
    case_id = CaseId(uuid4())
    with acting(around, partnership_id) as work:
        work.session.add(
            Case(
                tenant_id=partnership_id,
                id=case_id,
                reference=f"EX-{case_id.hex[:8]}",
                stage=stage,
                opened_at=around.now(),
                referred_at=around.now(),
                notified_at=around.now() if notified else None,
                policy={},
            )
        )
        work.session.flush()
        for step, name, subject in orders:
            place_order(work, case_id, step, Toy(name=name, subject=subject))
    return case_id


HERE = Holder("machine/1/here")
THERE = Holder("machine/2/there")
ALONE = Holder("machine/1/here/alone", is_alone=True)


def leased(around: ToyNeighbours, case_id: CaseId, holder: Holder = HERE) -> CaseLease:
    """Acquire the case's lease, which must be free."""
    lease = acquire(around, case_id, holder)
    assert lease is not None
    return lease


@contextmanager
def the_case(
    around: ToyNeighbours, case_id: CaseId, partnership_id: PartnershipId = OURS
) -> Iterator[tuple[UnitOfWork, Case]]:
    """Change the case as an act would."""
    with acting(around, partnership_id) as work:
        case = work.session.get_one(Case, (partnership_id, case_id))
        yield work, case
        work.session.add(case)


def toys(around: ToyNeighbours, case_id: CaseId) -> list[tuple[str, str, str]]:
    """Return the toy effects of the case."""
    with around.engine.connect() as link:
        found = link.execute(
            text("select step, name, subject from toys where case_id = :case order by 1, 2, 3"),
            {"case": case_id},
        )
        return [(row.step, row.name, row.subject) for row in found]


def toy(context: JobContext, order: Toy) -> Link:
    """Do a piece of toy work: one row is written when it is linked."""
    return partial(write_toy, context, order)


def write_toy(context: JobContext, order: Toy, work: UnitOfWork) -> None:
    """Write the toy's row; some subjects go wrong after it is written."""
    row = {
        "case": context.case_id,
        "step": context.step,
        "name": order.name,
        "subject": order.subject,
    }
    work.session.execute(text("insert into toys values (:case, :step, :name, :subject)"), row)
    if order.subject == "away":
        raise StoreUnavailable(SECRET)
    if order.subject == "bug":
        raise ValueError(SECRET)


TOY_HANDLERS: JobHandlers = {Toy: toy}
