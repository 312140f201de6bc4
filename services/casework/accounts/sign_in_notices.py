"""The email to the owner of an account at which too many passwords were tried."""

import logging
from datetime import datetime

from sqlalchemy import Engine

from services.casework.accounts.owner_notices import NoticeContext
from services.casework.accounts.sign_in_tries import first_in_window, take_back_try
from services.database import sessions
from services.database.sessions import at_the_door
from services.domain.errors import CaseworkError, MailUnavailable
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import domain_of, in_domain, message_id_for
from services.domain.working_days import london_date
from services.mail import MailUncertain
from services.mail.account_emails import write_sign_in_blocked

_log = logging.getLogger("keyline.web")


def tell_owner(context: NoticeContext, engine: Engine, account: str, now: datetime) -> None:
    """Tell the owner once in a quarter of an hour, if there is one.

    The engine is that of the sign-in role. The email holds no word of any case. A mail service
    that is away is logged, and the next try at the door tells the owner instead.
    """
    partnership_id = _partnership_of(engine, account, now)
    if partnership_id is None:
        return
    noted = first_in_window(engine, account)
    if not noted:
        return
    key = f"sign-in:{account}:{now.isoformat()}"
    email = write_sign_in_blocked(
        recipient=account,
        sender=context.sender,
        message_id=in_domain(message_id_for(partnership_id, key), domain_of(context.sender)),
        link=f"{context.base_url}/sign-in",
    )
    try:
        context.mailer.send(email)
    except CaseworkError as trouble:
        if isinstance(trouble, MailUnavailable) and not isinstance(trouble, MailUncertain):
            take_back_try(engine, noted)
        _log.warning("A notice of blocked sign-ins did not go: %s.", type(trouble).__name__)


def _partnership_of(engine: Engine, account: str, now: datetime) -> PartnershipId | None:
    """Return a partnership in which the owner holds a role today; without one, none is told."""
    with at_the_door(engine) as session:
        known = sessions.credential_of(session, account)
        person_id = known.person_id if known else None
    if person_id is None:
        return None
    with at_the_door(engine, person_id) as session:
        held = sessions.roles_held(session, person_id, london_date(now))
        return next((PartnershipId(partnership.tenant_id) for _, partnership in held), None)
