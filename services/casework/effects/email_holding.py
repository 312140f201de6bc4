"""Emails that wait as their readers asked: for a daily digest, or for the end of quiet hours."""

from collections.abc import Sequence
from datetime import date, datetime

from services.database.email_settings import habits_at
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.email_matters import EmailMatter
from services.domain.email_waiting import EmailHabits, may_wait, waits_until


def hold_back(work: UnitOfWork, emails: Sequence[OutboxEmail]) -> None:
    """Have those of the new emails wait that may, as whoever gets them asked."""
    held = [one for one in emails if _may_wait(one)]
    settings = habits_at(work.session, {one.address for one in held}) if held else {}
    for one in held:
        setting = settings.get(one.address.lower())
        if setting is not None:
            have_wait(work, one, setting.habits, one.posted_at)


def have_wait(
    work: UnitOfWork, email: OutboxEmail, habits: EmailHabits, posted_at: datetime
) -> None:
    """Have the email wait by these habits as if it were posted then, or go now."""
    due = email.content["due"]
    by = date.fromisoformat(due) if due else None
    email.waits_until = waits_until(habits, posted_at, by, work.calendar)
    waits = email.waits_until is not None
    email.delivery = DeliveryStatus.WAITING if waits else DeliveryStatus.PENDING


def _may_wait(email: OutboxEmail) -> bool:
    """Tell whether it may wait; what is of a guest, or holds an invitation, never does."""
    content, matter = email.content, email.content["matter"]
    if any(content.get(name) for name in ("guest", "guest_of", "invitation")):
        return False
    return may_wait(email.event, EmailMatter(matter) if matter else None)
