"""Founding a partnership from its file, and making what a later file adds; safe to repeat.

First what the provisioning role alone may add, in one transaction; then the directory, in the name
of the platform administrator who founds it. A run that was cut between the two is finished by the
next.
"""

import secrets
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Engine

from services.casework.administration.founding_directory import begin_directory
from services.casework.administration.founding_plan import (
    PlannedPart,
    plan_of,
)
from services.casework.administration.tenant_file import (
    TenantFile,
    founding_of_file,
)
from services.casework.audit import note_administration
from services.casework.engine.transactions import TransactionContext, as_keyline, translated
from services.casework.provisioning import (
    Founding,
    in_its_name,
    provision,
    same_address,
)
from services.database import watch
from services.database.partnerships import agencies
from services.database.people import with_addresses
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.roles import Actor, Permission
from services.domain.set_up import PartStanding
from services.identity.passwords import STRONG, Passwords

LONG: Final = 15  # bytes of a first password


@dataclass(frozen=True, slots=True)
class Founded:
    """Each part as it was made, there or different; the first password of a new account, once."""

    plan: list[PlannedPart]
    first_password: str = field(default="", repr=False)

    @property
    def made_something(self) -> bool:
        """Tell whether anything was made."""
        return any(one.standing is PartStanding.MADE for one in self.plan)


def plan_founding(actor: Actor, context: TransactionContext, read: TenantFile) -> Founded:
    """Say what would be made, and make nothing."""
    actor.must(Permission.ADMINISTER_PLATFORM)
    return Founded(plan_of(context, read))


def found_partnership(
    actor: Actor,
    context: TransactionContext,
    founder: Engine,
    read: TenantFile,
    passwords: Passwords = STRONG,
) -> Founded:
    """Make what the file says and is not on record; what differs is left as it is.

    ``founder`` is an engine of the provisioning role. An administrator without an account gets a
    first password. It stands in the installation's chain first, then in the partnership's.
    """
    tried = plan_founding(actor, context, read).plan
    if not any(one.standing is PartStanding.TO_MAKE for one in tried):
        return Founded(tried)
    is_new = read.partnership_id not in watch.partnerships(context.engine)
    with translated():
        password = secrets.token_urlsafe(LONG) if is_new and not has_account(founder, read) else ""
        _note_founding(actor, context, read)
        provision(founder, _what_is_new(context, read, password), passwords)
        begin_directory(actor, context, read)
    return Founded([_made(one) for one in tried], password)


def _made(one: PlannedPart) -> PlannedPart:
    is_made = one.standing is PartStanding.TO_MAKE
    return replace(one, standing=PartStanding.MADE) if is_made else one


def _note_founding(actor: Actor, context: TransactionContext, read: TenantFile) -> None:
    """Note in the installation's own chain which partnership is founded, by whom."""
    with unit_of_work(context.engine, actor, context.now(), context.calendar) as work:
        told = {"object": str(read.partnership_id)}
        note_administration(work, AdministrativeEvent.PARTNERSHIP_FOUNDED, told)


def has_account(founder: Engine, read: TenantFile) -> bool:
    """Tell whether the administrator that the file names can sign in already."""
    email = same_address(read.administrator.email)
    with in_its_name(founder, read.partnership_id) as session:
        return any(not one.is_guest for one in with_addresses(session, {email}))


def _what_is_new(context: TransactionContext, read: TenantFile, password: str) -> Founding:
    """Return what the provisioning role adds: all of it, or to a known partnership its agencies.

    Who administers it is then granted by its own people, and never by a file.
    """
    founding = founding_of_file(read, password)
    if read.partnership_id not in watch.partnerships(context.engine):
        return founding
    with as_keyline(context, read.partnership_id) as work:
        known = {one.name for one in agencies(work.session)}
    new = tuple(one for one in founding.agencies if one.name not in known)
    return replace(founding, people=(), agencies=new)
