"""What may be asked across partnerships: which cases wait for the machine, and no case's words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, TextClause, text

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId

_COLUMNS = (
    "tenant_id, case_id, reference, flow_run_id, attempt, has_due_work, has_undone_work,"
    " is_leased, is_suspect, holder_died, closed, ended, stage, shared_with"
)
_TO_CARRY = text(f"select {_COLUMNS} from watch.cases_to_carry()")  # noqa: S608 - a constant
_ONE = text(f"select {_COLUMNS} from watch.case_of(:case_id)")  # noqa: S608 - a constant
_SOME = text(
    f"select {_COLUMNS}"  # noqa: S608 - a constant
    " from unnest(cast(:case_ids as uuid[])) with ordinality as wanted(id, number),"
    " watch.case_of(wanted.id) order by wanted.number"
)
_MEMBERS = text("select tenant_id, case_id from watch.members_of(:case_id)")
_TO_END = text("select case_id, run_id, goes_on_in from watch.runs_to_end()")
_OVER = text("select case_id, run_id, is_resting from watch.shared_runs_over()")
_SHARED = text("select case_id, run_id, shared_with from watch.shared_runs()")
_SHARES_WITH = text(
    "select tenant_id, array_agg(distinct other order by other) as others"
    " from watch.shared_runs(), unnest(shared_with) as other group by tenant_id"
)
_TO_COUNT = text("select tenant_id from watch.partnerships_to_count(:calendar, :after)")
_LEASES = text("select tenant_id, case_id, holder from watch.leases_of(:process)")
_NEXT = text(f"select {_COLUMNS} from watch.cases_after(:last, :many)")  # noqa: S608 - a constant
_WITH_DELIVERIES = text("select tenant_id from watch.partnerships_with_deliveries()")
_COLLECTION = text("select tenant_id, case_id, dispatch_id from watch.collection_at(:address)")
_APPOINTMENT_LINK = text("select tenant_id, link_id from watch.appointment_link_at(:address)")
_GUEST_LINK = text("select tenant_id, case_id, link_id from watch.guest_link_at(:address)")


def case_of(engine: Engine, case_id: CaseId) -> CaseRun | None:
    """Return the case whose run carries this one: itself, or the one that leads its review."""
    return next(iter(_asked(engine, _ONE, case_id=case_id)), None)


def cases_of(engine: Engine, case_ids: Collection[CaseId]) -> Sequence[CaseRun]:
    """Return for each case that there is, in their order, the one whose run carries it."""
    return _asked(engine, _SOME, case_ids=list(case_ids)) if case_ids else []


@dataclass(frozen=True, slots=True)
class Member:
    """A case that a run carries, and whose it is."""

    partnership_id: PartnershipId
    case_id: CaseId


def members_of(engine: Engine, case_id: CaseId) -> Sequence[Member]:
    """Return the cases of its joint review, the one that leads first; else the case alone."""
    with engine.connect() as connection:
        found = connection.execute(_MEMBERS, {"case_id": case_id})
        return [Member(PartnershipId(row.tenant_id), CaseId(row.case_id)) for row in found]


@dataclass(frozen=True, slots=True)
class RunToEnd:
    """The own run of a case that another run carries now, and which run that is."""

    case_id: CaseId
    run_id: UUID
    goes_on_in: UUID


def runs_to_end(engine: Engine) -> Sequence[RunToEnd]:
    """Return the runs that rest, or were never begun, and whose case another run carries."""
    with engine.connect() as connection:
        return [RunToEnd(**row) for row in connection.execute(_TO_END).mappings()]


@dataclass(frozen=True, slots=True)
class SharedRunOver:
    """A shared run whose joint part has ended, whose case led then, and whether it rests."""

    case_id: CaseId
    run_id: UUID
    is_resting: bool


@dataclass(frozen=True, slots=True)
class SharedRun:
    """The run that carries a case of a joint review, and with which other partnerships."""

    run_id: UUID | None
    shared_with: tuple[PartnershipId, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What the reconciler is to see to: runs that are over, cases, runs that another replaces.

    The cases need a flow run, a wake or a repair now, the longest waiting first.
    """

    over: Sequence[SharedRunOver]
    cases: Mapping[CaseId, CaseRun]
    to_end: Sequence[RunToEnd]


def look(engine: Engine, noticed: Collection[CaseId] = ()) -> Look:
    """Return all of it in one transaction, with the cases that were noticed."""
    with engine.connect() as connection:
        found = list(_cases(connection, _TO_CARRY))
        found += _cases(connection, _SOME, case_ids=list(noticed)) if noticed else []
        over = connection.execute(_OVER).mappings().all()
        to_end = connection.execute(_TO_END).mappings().all()
    return Look(
        over=[SharedRunOver(**row) for row in over],
        cases={case.case_id: case for case in found},
        to_end=[RunToEnd(**row) for row in to_end],
    )


def shared_runs(engine: Engine) -> Mapping[CaseId, SharedRun]:
    """Return for every case in a joint review the run that carries it, whoever leads."""
    with engine.connect() as connection:
        return {
            CaseId(row.case_id): SharedRun(row.run_id, tuple(row.shared_with))
            for row in connection.execute(_SHARED)
        }


def shares_with(engine: Engine) -> Mapping[PartnershipId, tuple[PartnershipId, ...]]:
    """Return for each partnership that takes part in a joint review now with which others."""
    with engine.connect() as connection:
        return {
            PartnershipId(row.tenant_id): tuple(PartnershipId(one) for one in row.others)
            for row in connection.execute(_SHARES_WITH)
        }


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


def partnerships_with_deliveries(engine: Engine) -> Sequence[PartnershipId]:
    """Return the partnerships that have a message to a system which is to be sent now."""
    with engine.connect() as connection:
        found = connection.execute(_WITH_DELIVERIES)
        return [PartnershipId(row.tenant_id) for row in found]


def partnerships_to_count(
    engine: Engine, calendar: str, after: datetime
) -> Sequence[PartnershipId]:
    """Return those whose clocks were counted by another calendar, or not after the moment."""
    with engine.connect() as connection:
        found = connection.execute(_TO_COUNT, {"calendar": calendar, "after": after})
        return [PartnershipId(row.tenant_id) for row in found]


def chains_to_anchor(engine: Engine) -> Sequence[PartnershipId]:
    """Return whose audit chain is to be anchored now: partnerships, and the installation itself."""
    with engine.connect() as connection:
        found = connection.execute(text("select tenant_id from watch.chains_to_anchor()"))
        return [PartnershipId(row.tenant_id) for row in found]


def _asked(engine: Engine, question: TextClause, **values: object) -> Sequence[CaseRun]:
    with engine.connect() as connection:
        return _cases(connection, question, **values)


def _cases(connection: Connection, question: TextClause, **values: object) -> Sequence[CaseRun]:
    found = connection.execute(question, values).mappings()
    return [CaseRun(**{**row, "shared_with": tuple(row["shared_with"])}) for row in found]


@dataclass(frozen=True, slots=True)
class CollectionPlace:
    """Whose dispatch waits at a one-time address, and on which case."""

    partnership_id: PartnershipId
    case_id: CaseId
    dispatch_id: UUID


@dataclass(frozen=True, slots=True)
class GuestPlace:
    """Whose one-time address for a guest it is, and on which case."""

    partnership_id: PartnershipId
    case_id: CaseId
    link_id: UUID


@dataclass(frozen=True, slots=True)
class AppointmentPlace:
    """Whose one-time address for an appointment it is."""

    partnership_id: PartnershipId
    link_id: UUID


def appointment_link_at(engine: Engine, address_sha256: str) -> AppointmentPlace | None:
    """Return which appointment is answered at the address with this SHA-256, if any ever was."""
    with engine.connect() as connection:
        row = connection.execute(_APPOINTMENT_LINK, {"address": address_sha256}).one_or_none()
    if row is None:
        return None
    return AppointmentPlace(PartnershipId(row.tenant_id), row.link_id)


def guest_link_at(engine: Engine, address_sha256: str) -> GuestPlace | None:
    """Return which guest's address has this SHA-256, if any ever did."""
    with engine.connect() as connection:
        row = connection.execute(_GUEST_LINK, {"address": address_sha256}).one_or_none()
    if row is None:
        return None
    return GuestPlace(PartnershipId(row.tenant_id), CaseId(row.case_id), row.link_id)


def collection_at(engine: Engine, address_sha256: str) -> CollectionPlace | None:
    """Return what waits at the address that has this SHA-256, if anything ever did."""
    with engine.connect() as connection:
        row = connection.execute(_COLLECTION, {"address": address_sha256}).one_or_none()
    if row is None:
        return None
    return CollectionPlace(PartnershipId(row.tenant_id), CaseId(row.case_id), row.dispatch_id)
