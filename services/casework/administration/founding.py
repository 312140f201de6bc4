"""Founding a partnership from its file, and making what a later file adds; safe to repeat.

First what the provisioning role alone may add, in one transaction; then the directory, in the name
of the platform administrator who founds it. A run that was cut between the two is finished by the
next.
"""

from dataclasses import replace

from sqlalchemy import Engine

from services.casework.administration.founding_directory import begin_directory
from services.casework.administration.founding_plan import (
    PlannedPart,
    plan_of,
)
from services.casework.administration.tenant_file import TenantFile, founding_of_file
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
from services.domain.roles import Actor, Permission
from services.domain.set_up import PartStanding
from services.identity.passwords import STRONG, Passwords


def found_partnership(
    actor: Actor,
    context: TransactionContext,
    founder: Engine,
    founding: tuple[TenantFile, str],
    passwords: Passwords = STRONG,
) -> list[PlannedPart]:
    """Make what the file says and is not on record; return the plan by which it was made.

    ``founding`` is the file, with the first password of its administrator where they have no
    account. ``founder`` is an engine of the provisioning role. What differs is left as it is.
    """
    actor.must(Permission.ADMINISTER_PLATFORM)
    read, password = founding
    plan = plan_of(context, read)
    if any(one.standing is PartStanding.TO_MAKE for one in plan):
        with translated():
            provision(founder, _what_is_new(context, read, password), passwords)
            begin_directory(actor, context, read)
    return plan


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
