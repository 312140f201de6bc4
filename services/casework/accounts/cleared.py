"""What is taken from an account whose owner has lost their second factor.

Two administrators have said so (`casework/people/lost_factors.py`). The owner is written to with a
one-time address: whoever has the mailbox and no more chooses a password, and then sets up a second
factor before anything opens.
"""

from uuid import UUID

from sqlalchemy import Engine

from services.casework.audit import account
from services.database import audit, begun_sign_ins
from services.database.account_notices import add_notice
from services.database.people import Credential
from services.database.second_factors import forget_factors
from services.database.sessions import at_the_door, end_sessions
from services.domain.accounts import OwnerNotice
from services.domain.audit import AccountEvent
from services.domain.identifiers import PartnershipId

NO_PASSWORD = ""


def clear_factors(engine: Engine, person_id: UUID, by: UUID, partnership_id: PartnershipId) -> None:
    """Take away what the person proves themselves by, end their sessions, and have them told.

    The engine is that of the sign-in role. It stands in the partnership's chain as done by whoever
    confirmed it, in the same transaction.
    """
    with at_the_door(engine, by, partnership_id) as session:
        forget_factors(session, person_id)
        begun_sign_ins.forget_begun(session, person_id)
        begun_sign_ins.close_resets(session, person_id)
        end_sessions(session, person_id)
        known = session.get(Credential, person_id, with_for_update=True)
        if known is not None:
            known.password_hash = NO_PASSWORD
            session.add(known)
            add_notice(session, person_id, OwnerNotice.FACTORS_CLEARED)
        audit.append(session, [account(AccountEvent.FACTORS_CLEARED, of=person_id)])
