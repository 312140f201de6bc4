"""The courier: hands the outbox's letters to the mail service, each once (P3).

A letter is claimed and kept as being sent before the mail service is spoken to. One that is
found so later may have gone: the mail service is asked, and if it cannot say, the letter's
class decides between sending it again with the same Message-ID and holding it for a person.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import func, select

from services.casework.carrying import KEYLINE_ITSELF
from services.database import outbox, watch
from services.database.cases import get_case
from services.database.outbox import Delivery, Parcel
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.errors import MailUnavailable
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.letters import Event, Matter, Recipient
from services.domain.mailboxes import Mailboxes
from services.domain.working_days import Calendar
from services.identity.actors import service_actor
from services.mail import Letter, Mailer, MailRefused, MailUncertain
from services.mail.writing import LetterWords, write

MOST = 20
WAITS = (5, 30, 120, 600, 1800)

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
    """One claimed letter, ready to be handed over outside any transaction."""

    parcel_id: UUID
    claim: int
    event: Event
    is_doubtful: bool
    letter: Letter


def deliver(post: Post) -> int:
    """Hand over what waits in every partnership's outbox; return how many letters went."""
    return sum(
        _deliver_for(post, partnership_id)
        for partnership_id in watch.partnerships_with_letters(post.engine)
    )


def _deliver_for(post: Post, partnership_id: PartnershipId) -> int:
    with _acting(post, partnership_id) as work:
        fresh = [_in_hand(post, work, one) for one in outbox.claim(work.session, MOST)]
        doubtful = [
            _in_hand(post, work, one, is_doubtful=True)
            for one in outbox.claim_doubtful(work.session, MOST)
        ]
    return sum(_hand_over(post, partnership_id, one) for one in (*doubtful, *fresh))


def _acting(post: Post, partnership_id: PartnershipId) -> AbstractContextManager[UnitOfWork]:
    actor = service_actor(partnership_id, KEYLINE_ITSELF)
    return unit_of_work(post.engine, actor, post.now(), post.calendar)


def _in_hand(post: Post, work: UnitOfWork, parcel: Parcel, *, is_doubtful: bool = False) -> InHand:
    """Write the letter from the few words it may hold, to the address as it is now."""
    case = get_case(work.session, CaseId(parcel.case_id))
    event = Event(parcel.event)
    address = post.mailboxes.address_of(Recipient(parcel.recipient)) or parcel.address
    parcel.address = address
    due, matter = parcel.words["due"], parcel.words["matter"]
    words = LetterWords(
        reference=case.reference,
        partnership=work.partnership.name,
        link=f"{post.base_url}{parcel.words['page']}",
        due=date.fromisoformat(due) if due else None,
        what=Matter(matter) if matter else None,
    )
    letter = write(event.sending.letter, words, address, post.sender, parcel.message_id)
    return InHand(
        parcel_id=parcel.id,
        claim=parcel.claim,
        event=event,
        is_doubtful=is_doubtful,
        letter=letter,
    )


def _hand_over(post: Post, partnership_id: PartnershipId, held: InHand) -> bool:
    """Send one letter, outside any transaction, then keep what became of it."""
    delivery, trouble = _try(post.mailer, held)
    with _acting(post, partnership_id) as work:
        parcel = outbox.claimed(work.session, held.parcel_id, held.claim)
        if parcel is None:
            return False
        _keep(work, parcel, delivery, trouble)
    if trouble:
        _log.warning("Letter %s: %s (%s).", held.letter.message_id, delivery, trouble)
    return delivery is Delivery.SENT


def _try(mailer: Mailer, held: InHand) -> tuple[Delivery, str]:
    """Say what became of the letter, and the kind of trouble if there was any."""
    try:
        if held.is_doubtful:
            return _settle(mailer, held)
        mailer.send(held.letter)
    except MailUncertain as trouble:
        return Delivery.SENDING, type(trouble).__name__
    except MailUnavailable as trouble:
        return Delivery.PENDING, type(trouble).__name__
    except MailRefused as trouble:
        return Delivery.FAILED, type(trouble).__name__
    return Delivery.SENT, ""


def _settle(mailer: Mailer, held: InHand) -> tuple[Delivery, str]:
    """Decide about a letter that may have gone: ask, or follow the rule of its class."""
    gone = mailer.was_accepted(held.letter.message_id)
    if gone is None and held.event.sending.delivery.held_when_unsure:
        return Delivery.HELD, "Unsure"
    if not gone:
        mailer.send(held.letter)
    return Delivery.SENT, ""


def _keep(work: UnitOfWork, parcel: Parcel, delivery: Delivery, trouble: str) -> None:
    clock: datetime = work.session.exec(select(func.clock_timestamp())).one()
    parcel.delivery = delivery
    parcel.last_error = trouble
    if delivery is Delivery.SENT:
        parcel.sent_at = work.now
    if delivery is Delivery.PENDING:
        wait = WAITS[min(parcel.claim, len(WAITS)) - 1]
        parcel.not_before = clock + timedelta(seconds=wait)
    work.session.add(parcel)
