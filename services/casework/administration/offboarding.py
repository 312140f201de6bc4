"""A partnership that leaves: each record that nothing holds is disposed of, once all is exported.

Two people of it have decided so on its own pages, as a schedule that keeps nothing
(`retention/schedules.py`); a platform administrator carries it out. Each record is proposed and
approved in the names of those two, by the functions of any disposal, so what holds it is asked for
by the deleting statement itself. What stays is named with its reason, and goes by another run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.administration.export import ExportContext
from services.casework.audit import note_administration
from services.casework.engine.transactions import acting, translated
from services.casework.labels import label
from services.casework.retention.records import (
    KeptRecord,
    every_record,
    open_references,
    schedule_now,
)
from services.casework.retention.reviews import (
    AnswerDisposal,
    ProposeDisposal,
    answer_disposal,
    propose_disposal,
)
from services.database import audit
from services.database.people import memberships_on
from services.database.retention import get_proposal, holds, is_held
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.errors import NotFound, NotPermitted, RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.plain_dates import day_month_year
from services.domain.roles import Actor, Permission
from services.identity.actors import actor_for

# What reads or says how long something is kept changes no record.
UNCHANGING: Final = frozenset(
    {AuditKind.VIEW, AuditKind.DOWNLOAD, AuditKind.REFUSED, AuditKind.RETENTION}
)
OPEN: Final = "the case is open"
CHANGED: Final = "something was done on it after it was exported"
NOT_DECIDED: Final = (
    "Nobody has decided that the partnership leaves. One person of it proposes that under "
    "Retention, and another adopts it."
)
NO_ROLE: Final = (
    "Who decided that the partnership leaves holds no role any more in which they may: two people "
    "decide it again."
)
_REASONS: Final = ProposeDisposal(reasons="The partnership leaves Keyline.")
_YES: Final = AnswerDisposal(is_approved=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offboarding:
    """Who proposed and who adopted that the partnership leaves, and who carries it out."""

    schedule: UUID
    proposed_by: Actor
    approved_by: Actor
    carried_by: Actor

    @property
    def partnership_id(self) -> PartnershipId:
        """Return which partnership leaves."""
        return self.proposed_by.partnership_id


@dataclass(frozen=True, slots=True)
class StaysOnRecord:
    """A case whose record was not disposed of, and why."""

    reference: str
    because: str


def decided_offboarding(
    context: ExportContext, partnership_id: PartnershipId, carried_by: Actor
) -> Offboarding:
    """Return who decided that the partnership leaves.

    Raises RuleBroken where nobody has, or where one of the two may not any more.
    """
    carried_by.must(Permission.ADMINISTER_PLATFORM)
    with acting(context, partnership_id) as work:
        schedule = schedule_now(work)
        if schedule.under is None or not schedule.years.keeps_nothing:
            raise RuleBroken(NOT_DECIDED)
        proposal, answer = get_proposal(work.session, schedule.under)
        decider = answer.answered_by if answer is not None else None
        may_propose = (Permission.PROPOSE_RETENTION, Permission.EXPORT_PARTNERSHIP)
        found = Offboarding(
            schedule=schedule.under,
            proposed_by=_in_a_role(work, proposal.proposed_by, *may_propose),
            approved_by=_in_a_role(work, decider, Permission.DECIDE_RETENTION),
            carried_by=carried_by,
        )
    if carried_by.person_id in {found.proposed_by.person_id, found.approved_by.person_id}:
        raise NotPermitted(
            "Another person carries it out than decided that the partnership leaves."
        )
    return found


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


def _in_a_role(work: UnitOfWork, person_id: UUID | None, *permissions: Permission) -> Actor:
    for held, _ in memberships_on(work.session, work.today):
        actor = actor_for(held, work.today)
        if actor.person_id == person_id and all(map(actor.may, permissions)):
            return actor
    raise RuleBroken(NO_ROLE)


def _why_it_stays(
    context: ExportContext, leaving: Offboarding, one: KeptRecord, exported_up_to: int
) -> str:
    """Return what speaks against its disposal as far as it is known before it is tried."""
    with acting(context, leaving.partnership_id) as work:
        if is_held(work.session, one.case_id):
            return _held_by(work, one.case_id)
        if one.review_on > work.today:
            return f"it is kept longer, until {day_month_year(one.review_on)}"
        last = audit.last_number(work.session)
        since = audit.all_links(work.session, after=exported_up_to, up_to=last, case_id=one.case_id)
        return CHANGED if any(link.body["kind"] not in UNCHANGING for link in since) else ""


def _held_by(work: UnitOfWork, case_id: UUID) -> str:
    """Say what holds the case: its holds with their grounds, or else an open request."""
    held = [one for one in holds(work.session) if one.case_id in {None, case_id}]
    grounds = sorted({label(one.ground) for one in held if one.released_at is None})
    said = f"held for {', '.join(grounds)}" if grounds else ""
    return said or "held by a request for information that is open"


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
