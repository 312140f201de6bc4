"""The learning event of a review that another partnership leads, as it is told to ours (LC-37)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Rows
from services.casework.steps.learning_event.sittings import SittingKept
from services.database.cases import Case
from services.database.history import entries_of_review
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.learning_events import EventWay, Presence


class SharedTheme(Command):
    """A key theme that is shared with those who come (LC-36)."""

    theme: str = Field(title="Key theme")


class LeadsEvent(Command):
    """What the partnership that leads has planned, or that it has called off."""

    partnership: str = Field(title="Which partnership leads?")
    way: EventWay | None = Field(default=None, title="How is it held?")
    sittings: Annotated[tuple[SittingKept, ...], Rows(2, "sitting")] = Field(
        default=(), title="When and where?"
    )
    facilitated_by: str | None = Field(default=None, title="Who facilitates it?")
    themes: Annotated[tuple[SharedTheme, ...], Rows(3, "key theme")] = Field(
        default=(), title="Key themes that are shared with those who come"
    )
    reasons: str | None = Field(default=None, title="Why is it changed, or not held?")

    @property
    def key_themes(self) -> tuple[str, ...]:
        """Return the key themes that the lead shares with those who come (LC-36)."""
        return tuple(one.theme for one in self.themes)


def leads_event(work: UnitOfWork, case: Case) -> LeadsEvent | None:
    """Return the event that the lead has planned and not called off, if we were told of one."""
    kinds = (EntryType.LEARNING_EVENT_TOLD, EntryType.LEARNING_EVENT_CALLED_OFF)
    told = entries_of_review(work.session, case.id, *kinds)
    if not told or told[-1].entry_type is not EntryType.LEARNING_EVENT_TOLD:
        return None
    return LeadsEvent.model_validate(told[-1].command)


def who_came_there(work: UnitOfWork, case: Case) -> set[UUID] | None:
    """Return the agencies of ours of which somebody came to the lead's event.

    None where it is not on record who came.
    """
    there = entries_of_review(work.session, case.id, EntryType.PRACTITIONERS_THERE)
    if not there:
        return None
    people = there[-1].command["people"]
    return {UUID(row["agency"]) for row in people if row["presence"] == Presence.CAME}
