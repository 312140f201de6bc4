"""The roster of registered notifiers: who may use the national notification service (NOT-07)."""

from datetime import date
from uuid import UUID

from services.database.directory import Contact
from services.database.directory_entries import contacts_on
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole
from services.domain.errors import AnswerRefused


def roster(work: UnitOfWork, on: date) -> list[Contact]:
    """Return the registered notifiers of the day."""
    return contacts_on(work.session, on, ContactRole.REGISTERED_NOTIFIER)


def notifier_on_roster(
    work: UnitOfWork, chosen: UUID | None, off_roster: str | None, on: date
) -> str | None:
    """Return the name of the registered notifier who sent it, if it was one of them that day.

    Guidance for practice asks for enough registered users; it makes no notification void. So who
    is on no roster is asked about, and the answer kept. Without a roster there is nothing to ask.
    """
    known = roster(work, on)
    for one in known:
        if one.id == chosen:
            return one.holder
    if chosen is not None:
        raise AnswerRefused("notifier", "This notifier was not on the roster on that day.")
    if known and not off_roster:
        raise AnswerRefused(
            "off_roster",
            "Choose the registered notifier, or enter why nobody on the roster sent it (NOT-07).",
        )
    return None
