"""The emails to the owners of accounts: written as they leave, after what they tell of is kept."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import Engine

from services.database.account_notices import (
    claim_notice,
    forget_notice,
    forget_old_notices,
    mark_sent,
)
from services.database.begun_sign_ins import PasswordReset, forget_old_resets, forget_reset
from services.database.people import Person
from services.database.sessions import at_the_door, roles_held
from services.domain.accounts import WITH_AN_ADDRESS
from services.domain.audit import INSTALLATION
from services.domain.errors import CaseworkError
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import domain_of, in_domain, message_id_for
from services.domain.working_days import london_date
from services.identity import session_ids
from services.mail import Mailer, MailPutOff, MailRefused, MailUncertain
from services.mail.account_emails import AccountEmail, write_account_email

MOST_AT_ONCE: Final = 50
_log = logging.getLogger("keyline.web")


class NoticeContext(Protocol):
    """What an email to an owner needs of the process's neighbours."""

    @property
    def mailer(self) -> Mailer: ...  # noqa: D102 - named for what it is
    @property
    def sender(self) -> str: ...  # noqa: D102 - named for what it is
    @property
    def base_url(self) -> str: ...  # noqa: D102 - named for what it is


class NoticeSender(NoticeContext, Protocol):
    """What sending those that wait needs besides."""

    @property
    def now(self) -> Callable[[], datetime]: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class _Leaving:
    """An email that leaves now, its row, and the hash of the one-time address in it, if any."""

    notice_id: UUID
    written: AccountEmail
    reset_sha256: str


def deliver_notices(context: NoticeSender, engine: Engine) -> int:
    """Send what waits, and return how many left; a mail service that is away is tried again.

    An email of which it is not known whether it left is not sent again, nor one that is refused.
    The engine is that of the sign-in role. No transaction is open while the service is spoken to.
    """
    with at_the_door(engine) as session:
        forget_old_notices(session)
        forget_old_resets(session)
    sent = 0
    for _ in range(MOST_AT_ONCE):
        email = _next(context, engine)
        if email is None:
            break
        try:
            context.mailer.send(write_account_email(email.written))
        except CaseworkError as trouble:
            _log.warning("An email about an account did not go: %s.", type(trouble).__name__)
            _settle(engine, email, trouble)
            if isinstance(trouble, MailRefused | MailPutOff):
                continue
            break
        with at_the_door(engine) as session:
            mark_sent(session, email.notice_id)
        sent += 1
    return sent


def _settle(engine: Engine, email: _Leaving, trouble: CaseworkError) -> None:
    """Keep what became of an email that was not taken; unless it left, its address is void."""
    with at_the_door(engine) as session:
        if isinstance(trouble, MailUncertain):
            mark_sent(session, email.notice_id)
            return
        forget_reset(session, email.reset_sha256)
        if isinstance(trouble, MailRefused):
            forget_notice(session, email.notice_id)


def _next(context: NoticeSender, engine: Engine) -> _Leaving | None:
    """Take the next one; a one-time address is made here, and only its hash is kept."""
    token = session_ids.new()
    with at_the_door(engine) as session:
        notice = claim_notice(session)
        if notice is None:
            return None
        page, kept = "/account", ""
        if notice.what in WITH_AN_ADDRESS:
            page = f"/reset-password/{token}"
            kept = session_ids.kept(token)
            session.add(PasswordReset(address_sha256=kept, person_id=notice.person_id))
        notice_id, person_id, what = notice.id, notice.person_id, notice.what
        recipient = session.get_one(Person, person_id).email
    partnership_id = _partnership_of(engine, person_id, london_date(context.now()))
    message_id = message_id_for(partnership_id, f"account:{notice_id}")
    written = AccountEmail(
        what=what,
        recipient=recipient,
        sender=context.sender,
        message_id=in_domain(message_id, domain_of(context.sender)),
        link=f"{context.base_url}{page}",
    )
    return _Leaving(notice_id, written, kept)


def _partnership_of(engine: Engine, person_id: UUID, today: date) -> PartnershipId:
    """Return a partnership in which the owner holds a role today, else the installation."""
    with at_the_door(engine, person_id) as session:
        held = roles_held(session, person_id, today)
        found = next((partnership.tenant_id for _, partnership in held), INSTALLATION)
        return PartnershipId(found)
