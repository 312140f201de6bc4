"""A case is opened: by a referral, or by what is logged before there is one."""

from datetime import datetime

from services.casework.act import Act, must_need_no_person
from services.casework.commands import Command
from services.casework.form_keys import refuse_repeat
from services.casework.policies import put_due_policy_in_force
from services.database.cases import Case
from services.database.partnerships import Partnership, lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.workflow import Stage


def begin_case(work: UnitOfWork, act: Act, said: Command) -> Partnership:
    """Return the partnership, locked, if the actor may open a case by this act and has not yet.

    Raises NotPermitted, AlreadyDone for the same form sent again, FormUsedOtherwise.
    """
    work.actor.must(act.permission)
    must_need_no_person(work.actor, act)
    put_due_policy_in_force(work)
    partnership = lock_partnership(work.session)
    refuse_repeat(work, act.name, said, None)
    return partnership


def open_case(
    work: UnitOfWork,
    partnership: Partnership,
    stage: Stage,
    received_at: datetime,
    aware_at: datetime | None,
) -> Case:
    """Open a case under the next reference, counted on the locked partnership.

    ``aware_at`` is when the local authority was told, as who opens the case says it.
    """
    case = Case(
        tenant_id=work.actor.partnership_id,
        reference=partnership.next_reference(work.today.year),
        stage=stage,
        opened_at=work.now,
        referred_by_agency_id=work.actor.agency_id,
        referred_at=received_at,
        aware_at=aware_at,
        awareness_stated=aware_at is not None and is_of_authority(work),
        policy=partnership.policy,
        policy_version=partnership.policy_version,
    )
    work.session.add_all((partnership, case))
    work.session.flush()
    return case


def is_of_authority(work: UnitOfWork) -> bool:
    """Tell whether the actor speaks for the local authority: only its people state (NOT-03)."""
    return work.actor.may(Permission.DECIDE_TO_NOTIFY)
