"""The sittings of a learning event: on which day, from when until when, and where."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import TypeVar

from pydantic import Field

from services.casework.commands import ClockTime, Command, Day, ShortText
from services.domain.errors import AnswerRefused
from services.domain.working_days import NoSuchTime, at_london

_BEGINS, _ENDS = "From when?", "Until when?"


class SittingSaid(Command):
    """One sitting of the event, as it is typed and as it is kept."""

    held_on: Day = Field(title="On which day?")
    begins: ClockTime | None = Field(default=None, title=_BEGINS)
    ends: ClockTime | None = Field(default=None, title=_ENDS)
    place: ShortText = Field(
        title="Where?", description="The room and its address, or how it is joined online."
    )

    @property
    def when(self) -> str:
        """Return from when until when, as papers tell it."""
        return f"{self.begins} to {self.ends}"

    @property
    def spell(self) -> tuple[datetime, datetime] | None:
        """Return when it begins and ends; nothing where only words were kept of it.

        Raises NoSuchTime where the clocks go forward over one of the two.
        """
        if self.begins is None or self.ends is None:
            return None
        begins, ends = (
            at_london(datetime.combine(self.held_on, time.fromisoformat(one)))
            for one in (self.begins, self.ends)
        )
        return begins, ends


class Sitting(SittingSaid):
    """One sitting of the event: when and where."""

    begins: ClockTime = Field(title=_BEGINS, description="For example 09:30.")
    ends: ClockTime = Field(title=_ENDS, description="For example 13:00.")


class SittingKept(SittingSaid):
    """A sitting as it is kept; before its times were asked it was said in words."""

    hours: ShortText | None = Field(default=None, title="From when until when?")

    @property
    def when(self) -> str:
        """Return from when until when, as papers tell it."""
        return super().when if self.hours is None else self.hours


S = TypeVar("S", bound=SittingSaid)


def in_order(sittings: Iterable[S]) -> list[S]:
    """Return the sittings in the order in which they are held."""
    return sorted(sittings, key=lambda one: (one.held_on, one.begins or ""))


def must_end_after_it_begins(sittings: Sequence[Sitting]) -> None:
    """Refuse a sitting that ends before it begins, or at a time that there is not on its day."""
    for number, one in enumerate(sittings):
        try:
            spell = one.spell
        except NoSuchTime as never:
            raise AnswerRefused(f"sittings.{number}.begins", str(never)) from never
        if spell is None or spell[1] <= spell[0]:
            raise AnswerRefused(f"sittings.{number}.ends", "A sitting ends after it begins.")
