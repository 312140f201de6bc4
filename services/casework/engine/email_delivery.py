"""The courier: hands the outbox's letters to the mail service, each once (P3).

A letter is claimed and kept as being sent before the mail service is spoken to. One that is
found so later may have gone: the mail service is asked, and if it cannot say, the letter's
class decides between sending it again with the same Message-ID and holding it for a person.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import func, select

from services.casework.engine.work_runner import KEYLINE_ITSELF
from services.casework.steps.held_emails import have_looked_at
from services.database import outbox, watch
from services.database.cases import get_case
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.backoff import after_nobody_answered
from services.domain.emails import EmailMatter, EmailTrigger, Recipient
from services.domain.errors import CaseworkError, MailUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.mailboxes import Mailboxes
from services.domain.working_days import Calendar
from services.identity.actors import service_actor
from services.mail import Letter, Mailer, MailPutOff, MailRefused, MailUncertain
from services.mail.writing import LetterWords, write

MOST = 50

_log = logging.getLogger("keyline.courier")


class Post(Protocol):
    """What the courier needs of the process's neighbours."""

    @property
    def engine(self) -> Engine: ...  # noqa: D102 - named for what it is
    @property
    def calendar(self) -> Calendar: ...  # noqa: D102 - named for what it is
    @property
    def mailer(self) -> Mailer: ...  # noqa: D102 - named for what it is
    @property
    def mailboxes(self) -> Mailboxes: ...  # noqa: D102 - named for what it is
    @property
    def sender(self) -> str: ...  # noqa: D102 - named for what it is
    @property
    def base_url(self) -> str: ...  # noqa: D102 - named for what it is
    @property
    def now(self) -> Callable[[], datetime]: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """One claimed letter, to be handed over outside any transaction; none if it has no words."""

    parcel_id: UUID
    claim: int
    event: EmailTrigger
    is_doubtful: bool
    letter: Letter | None


class MailAway(Exception):
    """The mail service is away for everybody: the round ends, and nobody waits for it."""


def deliver(post: Post) -> int:
    """Hand over what waits in every partnership's outbox; return how many letters went.

    One partnership's trouble is counted and does not stop the others' letters.
    """
    sent = 0
    for partnership_id in watch.partnerships_with_letters(post.engine):
        try:
            with outbox.only_courier(post.engine, partnership_id) as is_ours:
                for _ in range(MOST if is_ours else 0):
                    delivery = _deliver_one(post, partnership_id)
                    if delivery is None:
                        break
                    sent += delivery is DeliveryStatus.SENT
        except MailAway:
            break
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Letters of %s wait: %s.", partnership_id, type(trouble).__name__)
    return sent


def _deliver_one(post: Post, partnership_id: PartnershipId) -> DeliveryStatus | None:
    """Claim one letter, hand it over, keep what became of it; nothing when none waits.

    One at a time: what is claimed is being handed over, and nothing else is.
    """
    with _acting(post, partnership_id) as work:
        doubtful = outbox.claim_doubtful(work.session)
        parcel = doubtful or outbox.claim(work.session)
        if parcel is None:
            return None
        held = _in_hand(post, work, parcel, is_doubtful=doubtful is not None)
    delivery, trouble = _try(post.mailer, held)
    with _acting(post, partnership_id) as work:
        kept = outbox.claimed(work.session, held.parcel_id, held.claim)
        if kept is None:
            return delivery
        settled = _keep(work, kept, delivery, type(trouble).__name__ if trouble else "")
    if trouble is not None:
        _log.warning("Letter %s: %s (%s).", held.parcel_id, settled, type(trouble).__name__)
    if isinstance(trouble, MailUnavailable) and not isinstance(trouble, MailPutOff):
        raise MailAway
    return settled


def _acting(post: Post, partnership_id: PartnershipId) -> AbstractContextManager[UnitOfWork]:
    actor = service_actor(partnership_id, KEYLINE_ITSELF)
    return unit_of_work(post.engine, actor, post.now(), post.calendar)


def _in_hand(post: Post, work: UnitOfWork, parcel: OutboxEmail, *, is_doubtful: bool) -> InHand:
    """Write the letter; one that cannot be written is refused, and stops no other."""
    try:
        letter = _written(post, work, parcel)
    except (CaseworkError, ValueError, LookupError):
        letter = None
    return InHand(
        parcel_id=parcel.id,
        claim=parcel.claim,
        event=EmailTrigger(parcel.event),
        is_doubtful=is_doubtful,
        letter=letter,
    )


def _written(post: Post, work: UnitOfWork, parcel: OutboxEmail) -> Letter:
    """Write the letter from the few words it may hold, to the address as it is now."""
    case = get_case(work.session, CaseId(parcel.case_id))
    address = post.mailboxes.address_of(Recipient(parcel.recipient)) or parcel.address
    parcel.address = address
    due, matter = parcel.content["due"], parcel.content["matter"]
    command = LetterWords(
        reference=case.reference,
        partnership=work.partnership.name,
        link=f"{post.base_url}{parcel.content['page']}",
        due=date.fromisoformat(due) if due else None,
        what=EmailMatter(matter) if matter else None,
    )
    name = EmailTrigger(parcel.event).sending.letter
    return write(name, command, address, post.sender, parcel.message_id)


class CannotBeWritten(Exception):
    """The parcel's own address or words do not make a letter; a person must look."""


class Unsure(Exception):
    """Nobody can tell whether the letter went, and its kind is not sent twice."""


def _try(mailer: Mailer, held: InHand) -> tuple[DeliveryStatus, Exception | None]:
    """Say what became of the letter, and the trouble if there was any."""
    try:
        if held.letter is None:
            return DeliveryStatus.FAILED, CannotBeWritten()
        if held.is_doubtful:
            return _settle(mailer, held.event, held.letter)
        mailer.send(held.letter)
    except MailUncertain as trouble:
        return DeliveryStatus.SENDING, trouble
    except MailUnavailable as trouble:
        return DeliveryStatus.PENDING, trouble
    except MailRefused as trouble:
        return DeliveryStatus.FAILED, trouble
    return DeliveryStatus.SENT, None


def _settle(
    mailer: Mailer, event: EmailTrigger, letter: Letter
) -> tuple[DeliveryStatus, Exception | None]:
    """Decide about a letter that may have gone: ask, or follow the rule of its class."""
    gone = mailer.was_accepted(letter.message_id)
    if gone is None and event.sending.delivery.held_when_unsure:
        return DeliveryStatus.HELD, Unsure()
    if not gone:
        mailer.send(letter)
    return DeliveryStatus.SENT, None


def _keep(
    work: UnitOfWork, parcel: OutboxEmail, delivery: DeliveryStatus, trouble: str
) -> DeliveryStatus:
    """Keep what became of the letter, and have a person look where only a person can."""
    if delivery is DeliveryStatus.PENDING:
        wait = after_nobody_answered(parcel.claim)
        delivery = DeliveryStatus.HELD if wait is None else delivery
        clock: datetime = work.session.exec(select(func.clock_timestamp())).one()
        parcel.not_before = None if wait is None else clock + wait
    if delivery is DeliveryStatus.SENT:
        parcel.sent_at = work.now
    parcel.delivery = delivery
    parcel.last_error = trouble
    work.session.add(parcel)
    work.session.flush()
    if parcel.claim > 1 or delivery is not DeliveryStatus.SENT:
        have_looked_at(work, CaseId(parcel.case_id))
    return delivery
