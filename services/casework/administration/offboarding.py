"""A partnership that leaves: each record that nothing holds is disposed of, once all is exported.

Two people of it have decided so on its own pages, as a schedule that keeps nothing
(`retention/schedules.py`); a platform administrator carries it out. Each record is proposed and
approved in the names of those two, by the functions of any disposal, so what holds it is asked for
by the deleting statement itself. What stays is named with its reason, and goes by another run.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from services.casework.administration.export import ExportContext
from services.casework.administration.offboarding_decision import Offboarding
from services.casework.audit import note_administration
from services.casework.engine.transactions import acting, translated
from services.casework.labels import label
from services.casework.retention.records import KeptRecord, every_record, open_references
from services.casework.retention.reviews import (
    AnswerDisposal,
    ProposeDisposal,
    answer_disposal,
    propose_disposal,
)
from services.database import audit
from services.database.retention import holds, what_holds
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.errors import NotFound, NotPermitted, RuleBroken
from services.domain.plain_dates import day_month_year
from services.domain.retention import Holding, HoldingKind
from services.domain.roles import Actor

# What reads or says how long something is kept changes no record.
UNCHANGING: Final = frozenset(
    {AuditKind.VIEW, AuditKind.DOWNLOAD, AuditKind.REFUSED, AuditKind.RETENTION}
)
OPEN: Final = "the case is open"
CHANGED: Final = "something was done on it after it was exported"
_REASONS: Final = ProposeDisposal(reasons="The partnership leaves Keyline.")
_YES: Final = AnswerDisposal(is_approved=True)


@dataclass(frozen=True, slots=True)
class StaysOnRecord:
    """A case whose record was not disposed of, and why."""

    reference: str
    because: str


def dispose_of_every_record(
    context: ExportContext, leaving: Offboarding, exported_up_to: int
) -> list[StaysOnRecord]:
    """Dispose of each closed case that nothing holds; return what stays, and why.

    ``exported_up_to`` is the number of the chain's link up to which its export reaches: a case on
    which something was done since stays.
    """
    told = {"object": str(leaving.schedule), "whom": str(leaving.carried_by.person_id)}
    with acting(context, leaving.partnership_id) as work:
        note_administration(work, AdministrativeEvent.OFFBOARDING_BEGUN, told)
        records = every_record(work)
    stays = []
    for one in records:
        because = _why_it_stays(context, leaving, one, exported_up_to)
        if not because:
            because = _dispose_of(context, leaving, one)
        if because:
            stays.append(StaysOnRecord(one.reference, because))
    with acting(context, leaving.partnership_id) as work:
        stays += [StaysOnRecord(reference, OPEN) for reference in open_references(work)]
    return stays


@contextmanager
def _acting_as(context: ExportContext, actor: Actor) -> Iterator[UnitOfWork]:
    with (
        translated(),
        unit_of_work(context.engine, actor, context.now(), context.calendar) as work,
    ):
        yield work


def _why_it_stays(
    context: ExportContext, leaving: Offboarding, one: KeptRecord, exported_up_to: int
) -> str:
    """Return what speaks against its disposal as far as it is known before it is tried."""
    with acting(context, leaving.partnership_id) as work:
        held_by = what_holds(work.session, {one.case_id}).get(one.case_id)
        if held_by:
            return _held_by(work, held_by)
        if one.review_on > work.today:
            return f"it is kept longer, until {day_month_year(one.review_on)}"
        last = audit.last_number(work.session)
        since = audit.all_links(work.session, after=exported_up_to, up_to=last, case_id=one.case_id)
        return (
            CHANGED
            if any((link.body or {}).get("kind") not in UNCHANGING for link in since)
            else ""
        )


def _held_by(work: UnitOfWork, held_by: Collection[Holding]) -> str:
    """Say what holds the case: its legal holds by their grounds, and that a request is open."""
    known = {one.id: one for one in holds(work.session)}
    grounds = {label(known[one.id].ground) for one in held_by if one.id in known}
    said = [f"held for {', '.join(sorted(grounds))}"] if grounds else []
    if any(one.kind is HoldingKind.INFORMATION_REQUEST for one in held_by):
        said.append("held by a request for information that is open")
    return ", and ".join(said)


def _dispose_of(context: ExportContext, leaving: Offboarding, one: KeptRecord) -> str:
    """Have it proposed and approved; return why it was refused, or nothing."""
    try:
        with _acting_as(context, leaving.proposed_by) as work:
            waiting = one.proposal.id if one.proposal is not None else None
            proposal = waiting or propose_disposal(work, one.case_id, _REASONS)
        with _acting_as(context, leaving.approved_by) as work:
            answer_disposal(work, proposal, _YES)
    except (NotFound, NotPermitted, RuleBroken) as refused:
        return str(refused)
    return ""
