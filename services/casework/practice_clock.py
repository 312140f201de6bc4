"""The practice clock: a demonstration partnership may live through a case's months in an hour.

Partnerships that carry a joint review together share its time: moving one clock moves the others.
"""

from collections.abc import Iterable
from datetime import timedelta

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, Moment
from services.casework.engine.transactions import TransactionContext, acting, translated
from services.database.partnerships import lock_partnership
from services.database.shown import partnerships_beside
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission

YEARS = timedelta(days=3 * 366)


class MovePracticeClock(Command):
    """To which moment the partnership's time is moved."""

    to: Moment | None = Field(
        default=None,
        title="What time shall it be?",
        description="Leave it empty to go back to the real time. Partnerships that carry a joint "
        "review with yours are moved to the same time.",
    )


def move_practice_clock(
    actor: Actor, context: TransactionContext, command: MovePracticeClock
) -> None:
    """Move the time of a demonstration partnership; a real one always lives in the present.

    The partnerships with which it carries a joint review go first, each in a transaction of its
    own: where one fails the person sees their own clock unmoved, and moves it again.
    """
    actor.must(Permission.MOVE_PRACTICE_CLOCK)
    with translated(), unit_of_work(context.engine, actor, context.now(), context.calendar) as work:
        offset = _offset(work, command)
    for other in _beside(context, actor.partnership_id):
        with acting(context, other) as theirs:
            _move(theirs, offset, moved_from=actor.partnership_id)
    with translated(), unit_of_work(context.engine, actor, context.now(), context.calendar) as work:
        _move(work, offset)


def _offset(work: UnitOfWork, command: MovePracticeClock) -> timedelta:
    """Return how far the asked time is from the real one; refuse what cannot be."""
    if not work.partnership.is_demonstration:
        raise RuleBroken("Only a demonstration partnership has a practice clock.")
    real = work.now - timedelta(seconds=work.partnership.practice_offset)
    offset = timedelta(0) if command.to is None else command.to - real
    if abs(offset) > YEARS:
        raise AnswerRefused("to", "Choose a time within three years of today.")
    return offset


def _beside(context: TransactionContext, own: PartnershipId) -> Iterable[PartnershipId]:
    """Yield the partnerships in joint reviews with ours, and those beside them in turn."""
    known, waiting = {own}, [own]
    while waiting:
        with acting(context, waiting.pop()) as work:
            found = partnerships_beside(work.session) - known
        known |= found
        waiting += sorted(found)
    return sorted(known - {own})


def _move(work: UnitOfWork, offset: timedelta, *, moved_from: PartnershipId | None = None) -> None:
    """Move one partnership's time and note it, also by whose clock it was moved."""
    partnership = lock_partnership(work.session)
    if not partnership.is_demonstration:
        return
    partnership.practice_offset = offset.total_seconds()
    work.session.add(partnership)
    told = {
        "seconds": round(offset.total_seconds()),
        "partnership": str(moved_from) if moved_from else None,
    }
    note_administration(work, AdministrativeEvent.PRACTICE_CLOCK_MOVED, told)
