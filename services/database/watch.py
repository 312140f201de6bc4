"""What may be asked across partnerships: which cases wait for the machine, and no case's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, TextClause, text

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId

_COLUMNS = (
    "tenant_id, case_id, reference, flow_run_id, attempt, has_due_work, has_undone_work,"
    " is_leased, is_suspect, holder_died, closed, ended, stage"
)
_TO_CARRY = text(f"select {_COLUMNS} from watch.cases_to_carry()")  # noqa: S608 - a constant
_ONE = text(f"select {_COLUMNS} from watch.case_of(:case_id)")  # noqa: S608 - a constant
_LEASES = text("select tenant_id, case_id, holder from watch.leases_of(:process)")
_NEXT = text(f"select {_COLUMNS} from watch.cases_after(:last, :many)")  # noqa: S608 - a constant


def cases_to_carry(engine: Engine) -> Sequence[CaseRun]:
    """Return the cases that need a flow run, a wake or a repair now, longest waiting first."""
    return _asked(engine, _TO_CARRY)


def case_of(engine: Engine, case_id: CaseId) -> CaseRun | None:
    """Return one case as its carriers see it."""
    return next(iter(_asked(engine, _ONE, case_id=case_id)), None)


def cases_after(engine: Engine, last: UUID, many: int) -> Sequence[CaseRun]:
    """Return the next cases in the order of their ids, for the round that looks at every one."""
    return _asked(engine, _NEXT, last=last, many=many)


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A lease that a process holds, or held when it was lost."""

    tenant_id: PartnershipId
    case_id: CaseId
    holder: str


def leases_of(engine: Engine, process: str) -> Sequence[HeldLease]:
    """Return the leases whose holder's name begins with the process's name."""
    with engine.connect() as connection:
        found = connection.execute(_LEASES, {"process": process})
        return [HeldLease(**row) for row in found.mappings()]


def partnerships(engine: Engine) -> Sequence[PartnershipId]:
    """Return the ids of the partnerships."""
    with engine.connect() as connection:
        found = connection.execute(text("select tenant_id from watch.partnerships()"))
        return [PartnershipId(row.tenant_id) for row in found]


def partnerships_with_emails(engine: Engine) -> Sequence[PartnershipId]:
    """Return the partnerships whose outbox waits for the courier."""
    with engine.connect() as connection:
        found = connection.execute(text("select tenant_id from watch.partnerships_with_emails()"))
        return [PartnershipId(row.tenant_id) for row in found]


def _asked(engine: Engine, question: TextClause, **values: object) -> Sequence[CaseRun]:
    with engine.connect() as connection:
        return [CaseRun(**row) for row in connection.execute(question, values).mappings()]
