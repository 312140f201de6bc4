"""A program asks for a calendar by its address: it is read as its owner, and as far as they see."""

from typing import Protocol

from sqlalchemy import Engine

from services.casework.calendar_feeds.addresses import feed_at
from services.casework.calendar_feeds.days import calendar_of
from services.casework.engine.transactions import TransactionContext, translated
from services.database.unit_of_work import unit_of_work
from services.domain.labels.own_words import speak_with
from services.domain.working_days import london_date


class CalendarContext(TransactionContext, Protocol):
    """What a calendar needs of the process's neighbours besides: where its links lead."""

    @property
    def base_url(self) -> str: ...  # noqa: D102 - named for what it is


def calendar_at(context: CalendarContext, door: Engine, secret: str, place: str) -> bytes:
    """Return the calendar at the address; ``place`` is from where it is asked for.

    Raises NotFound where it opens nothing (any more), TooManyTries where it is asked too often.
    """
    found = feed_at(door, secret, place, london_date(context.now()))
    speak_with(found.held.own_words)
    opened = unit_of_work(context.engine, found.held.actor, context.now(), context.calendar)
    with translated(), opened as work:
        return calendar_of(work, found.kind, context.base_url)
