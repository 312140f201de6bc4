"""The practice clock: a demonstration partnership may live through a case's months in an hour."""

from datetime import timedelta

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, Moment
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Permission

YEARS = timedelta(days=3 * 366)


class MovePracticeClock(Command):
    """To which moment the partnership's time is moved."""

    to: Moment | None = Field(
        default=None,
        title="What time shall it be?",
        description="Leave it empty to go back to the real time.",
    )


def move_practice_clock(work: UnitOfWork, command: MovePracticeClock) -> None:
    """Move the time of a demonstration partnership; a real one always lives in the present."""
    work.actor.must(Permission.MOVE_PRACTICE_CLOCK)
    if not work.partnership.is_demonstration:
        raise RuleBroken("Only a demonstration partnership has a practice clock.")
    real = work.now - timedelta(seconds=work.partnership.practice_offset)
    offset = timedelta(0) if command.to is None else command.to - real
    if abs(offset) > YEARS:
        raise AnswerRefused("to", "Choose a time within three years of today.")
    work.partnership.practice_offset = offset.total_seconds()
    work.session.add(work.partnership)
    told = {"seconds": round(offset.total_seconds())}
    note_administration(work, AdministrativeEvent.PRACTICE_CLOCK_MOVED, told)
