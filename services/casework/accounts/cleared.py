"""What is taken from an account whose owner has lost their second factor.

Two administrators have said so (`casework/people/lost_factors.py`); for a platform administrator,
another one and whoever administers the machine. The owner is written to with a one-time address:
whoever has the mailbox and no more chooses a password, and then sets up a second factor before
anything opens.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from services.casework.audit import account_of, administered
from services.casework.provisioning import same_address
from services.database import audit, begun_sign_ins
from services.database.account_notices import add_notice
from services.database.audit import NewLink
from services.database.people import Credential, with_addresses
from services.database.second_factors import forget_factors
from services.database.sessions import at_the_door, roles_held, shut_out
from services.domain.accounts import OwnerNotice
from services.domain.audit import INSTALLATION, AccountEvent, AdministrativeEvent
from services.domain.errors import NotFound, RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.roles import OF_INSTALLATION, Role

NO_PASSWORD = ""
_WHO: Final = {"email": OF_INSTALLATION, "by": frozenset({Role.PLATFORM_ADMINISTRATOR})}
_MISSING: Final = {
    "email": "a platform administrator or an operator",
    "by": "a platform administrator",
}


def clear_who_serves(engine: Engine, address: str, by: str, today: date) -> None:
    """Do so for who serves the installation, on the word of a platform administrator.

    ``by`` is the address of who says so. Raises NotFound where either is none on the day, and
    RuleBroken where they are one.
    """
    person_id = _serving(engine, address, today, "email")
    said_by = _serving(engine, by, today, "by")
    if person_id == said_by:
        raise RuleBroken("Another platform administrator says so: name them in --by.")
    at_machine = administered(AdministrativeEvent.COMMAND_LINE_USED)
    clear_factors(engine, person_id, said_by, INSTALLATION, (at_machine,))


def clear_factors(
    engine: Engine,
    person_id: UUID,
    by: UUID,
    partnership_id: PartnershipId,
    noted: tuple[NewLink, ...] = (),
) -> None:
    """Take away what the person proves themselves by, end their sessions, and have them told.

    The engine is that of the sign-in role. It stands in the chain of every partnership that the
    person serves, as done by whoever confirmed it, in the same transaction; what is ``noted``
    stands before it in the chain of the partnership where it was confirmed.
    """
    with at_the_door(engine, by, partnership_id) as session:
        forget_factors(session, person_id)
        begun_sign_ins.forget_begun(session, person_id)
        begun_sign_ins.close_resets(session, person_id)
        shut_out(session, person_id)
        known = session.get(Credential, person_id, with_for_update=True)
        if known is not None:
            known.password_hash = NO_PASSWORD
            session.add(known)
            add_notice(session, person_id, OwnerNotice.FACTORS_CLEARED)
        cleared = account_of(person_id, AccountEvent.FACTORS_CLEARED)
        audit.append(session, [*noted, cleared], account=person_id)


def _serving(engine: Engine, address: str, today: date, option: str) -> UUID:
    """Return the person of that address, who serves the installation on the day.

    Who says so (``--by``) is a platform administrator.
    """
    with at_the_door(engine) as session:
        there = with_addresses(session, [same_address(address)])
        found = next((one.id for one in there if not one.is_guest), None)
    if found is not None:
        with at_the_door(engine, found) as session:
            roles = roles_held(session, found, today)
            held = {one.role for one, _ in roles if one.tenant_id == INSTALLATION}
        if held & _WHO[option]:
            return found
    raise NotFound(f"Nobody of the address in --{option} is {_MISSING[option]} today.")
