"""The day of publication once it is chosen: the last day to send the text follows (K12)."""

from datetime import date

from services.casework.effects import (
    cancel_clock,
    compute_due_date,
    drop_text_before_publication,
    start_clock,
    start_extra_clocks,
)
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.working_days import written


def set_day(work: UnitOfWork, case: Case, day: date, *, publishes: bool) -> None:
    """Set the day of publication if there is still time to send the text before it (K12)."""
    _must_not_be_published(work, case)
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    if limit < work.today:
        raise AnswerRefused(
            "publish_on",
            f"Too soon: the text would have had to be sent by {written(limit)} (PUB-26, K12). "
            "Choose a later day.",
        )
    case.publish_on = day
    case.publishes = publishes
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    cancel_clock(work, case, ClockId.K12, because=ClockEnding.DAY_SET_ANEW)
    start_clock(work, case, ClockId.K12)
    start_extra_clocks(work, case, Anchor.PUBLICATION)


def _must_not_be_published(work: UnitOfWork, case: Case) -> None:
    """Refuse another day once a publisher has published: what is public stays so (PUB-29)."""
    if case.published_on or all_of(work.session, case.id, EntryType.PUBLISHER_PUBLISHED):
        raise AlreadyDone("It is published already, by one of the publishers: its day stays.")
