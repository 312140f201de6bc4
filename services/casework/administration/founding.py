"""Founding a partnership from its file, and making what a later file adds; safe to repeat.

First what the provisioning role alone may add: the partnership with its agencies, then who vouches
for its people. Then, in the name of the platform administrator who founds it, the directory and the
appointment of its first administrator. A run that was cut between them is finished by the next.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Engine

from services.casework.accounts.identity_providers import let_vouch, must_be_on_record
from services.casework.administration.founding_administrator import appoint_first
from services.casework.administration.founding_directory import begin_directory
from services.casework.administration.founding_plan import plan_of
from services.casework.administration.planned_part import PlannedPart
from services.casework.administration.tenant_file import TenantFile, founding_of_file
from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, as_keyline, translated
from services.casework.provisioning import Founding, provision, same_address
from services.database import watch
from services.database.appointments import is_own_address
from services.database.partnerships import agencies
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused
from services.domain.roles import Actor, Permission
from services.domain.set_up import PartStanding


@dataclass(frozen=True, slots=True)
class Founded:
    """Each part as it was made, is there or differs."""

    plan: list[PlannedPart]

    @property
    def made_something(self) -> bool:
        """Tell whether anything was made."""
        return any(one.standing is PartStanding.MADE for one in self.plan)


def plan_founding(actor: Actor, context: TransactionContext, read: TenantFile) -> Founded:
    """Say what would be made, and make nothing; refuse whoever would appoint themselves."""
    actor.must(Permission.ADMINISTER_PLATFORM)
    with (
        translated(),
        unit_of_work(context.engine, actor, context.now(), context.calendar) as work,
    ):
        if is_own_address(work.session, same_address(read.administrator.email)):
            raise AnswerRefused(
                "file", "administrator.email: it is your own address: nobody appoints themselves."
            )
    return Founded(plan_of(context, read))


def found_partnership(
    actor: Actor, context: TransactionContext, founder: Engine, read: TenantFile
) -> Founded:
    """Make what the file says and is not on record; what differs is left as it is.

    ``founder`` is an engine of the provisioning role. It stands in the installation's chain first,
    then in the partnership's.
    """
    tried = plan_founding(actor, context, read).plan
    if not any(one.standing is PartStanding.TO_MAKE for one in tried):
        return Founded(tried)
    with translated():
        must_be_on_record(founder, read.identity_providers)
        _note_founding(actor, context, read)
        provision(founder, _what_is_new(context, read))
        let_vouch(founder, read.partnership_id, read.identity_providers)
        begin_directory(actor, context, read)
        appoint_first(actor, context, read)
    return Founded([_made(one) for one in tried])


def _made(one: PlannedPart) -> PlannedPart:
    is_made = one.standing is PartStanding.TO_MAKE
    return replace(one, standing=PartStanding.MADE) if is_made else one


def _note_founding(actor: Actor, context: TransactionContext, read: TenantFile) -> None:
    """Note in the installation's own chain which partnership is founded, by whom."""
    with unit_of_work(context.engine, actor, context.now(), context.calendar) as work:
        told = {"object": str(read.partnership_id)}
        note_administration(work, AdministrativeEvent.PARTNERSHIP_FOUNDED, told)


def _what_is_new(context: TransactionContext, read: TenantFile) -> Founding:
    """Return what the provisioning role adds: all of it, or to a known partnership its agencies."""
    founding = founding_of_file(read)
    if read.partnership_id not in watch.partnerships(context.engine):
        return founding
    with as_keyline(context, read.partnership_id) as work:
        known = {one.name for one in agencies(work.session)}
    new = tuple(one for one in founding.agencies if one.name not in known)
    return replace(founding, agencies=new)
