"""The rows of a chronology, of events and of changes in an organisation (LC-33, Doc 10)."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints

from services.casework.commands import Command, Day, Kind, LongText, NeededWhen, Rows, ShortText
from services.casework.steps.local_review.practitioners_named import FalseAlarm
from services.domain.chronologies import ChildSeen, DateCertainty, SourceKind

MOST_PASTED = 150_000
PastedTable = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_PASTED),
    Kind.LONG_TEXT,
]
Clock = Annotated[ShortText, StringConstraints(pattern="^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$")]


class DatedRow(Command):
    """What each row of a chronology says first: when it was, and from which record that is."""

    on: Day = Field(title="Date")
    certainty: DateCertainty = Field(title="Date certain")
    source: ShortText = Field(title="Source", description="The record that it is taken from.")
    source_kind: SourceKind | None = Field(default=None, title="Kind of source")

    @property
    def minutes(self) -> int:
        """Return the minute of the day at which it happened; -1 where no time is known."""
        return -1


class ChronologyEvent(DatedRow):
    """One event of an agency's involvement (Doc 10)."""

    time: Clock | None = Field(default=None, title="Time", description="As 14:30.")
    event: LongText = Field(title="Event", description="What happened, as the record has it.")
    about: ShortText | None = Field(
        default=None,
        title="About whom",
        description="The child or the member of the family whom it concerns.",
    )
    role: ShortText = Field(
        title="Agency and role",
        description="The role and its responsibility, never a practitioner's name (LC-34).",
    )
    action: LongText | None = Field(
        default=None,
        title="Action or decision",
        description="What was done or decided, and what was not.",
    )
    child: ChildSeen = Field(title="Child seen or heard")
    voice: LongText | None = Field(default=None, title="What the child said or showed")
    analysis: LongText | None = Field(
        default=None,
        title="Comment and analysis",
        description="Why it was so, by what was known at the time and not in hindsight.",
    )

    @property
    def minutes(self) -> int:
        """Return the minute of the day at which it happened; -1 where no time is known."""
        if self.time is None:
            return -1
        hours, minutes = self.time.replace(".", ":").split(":")
        return int(hours) * 60 + int(minutes)


class OrganisationalChange(DatedRow):
    """One change in an organisation that may have affected frontline practice (LC-33)."""

    change: LongText = Field(
        title="Change",
        description="Of structure, leadership, staffing, caseload, policy or systems.",
    )
    service: ShortText = Field(title="Service or team", description="Which it touched.")
    effect: LongText = Field(
        title="Effect on frontline practice",
        description="How it may have affected practice with the child and the family.",
    )


R = TypeVar("R", bound=DatedRow)


class ChronologySaid(Command):
    """The events of one agency's involvement, in their order."""

    events: tuple[ChronologyEvent, ...] = Field(title="Events")
    false_alarm: FalseAlarm = None


class ChangesSaid(Command):
    """The changes in one organisation, in their order."""

    changes: tuple[OrganisationalChange, ...] = Field(title="Changes")
    false_alarm: FalseAlarm = None


class Pasted(Command):
    """Rows that are copied out of a spreadsheet or a CSV file."""

    pasted: Annotated[PastedTable | None, NeededWhen("no row is typed above")] = Field(
        default=None,
        title="Rows from a spreadsheet or a CSV file",
        description="Copy the whole table with its heading row and paste it here. The columns are "
        "named as the questions of a row above. One row that cannot be read keeps all of them out.",
    )


class SubmitChronology(Pasted):
    """One agency's chronology of its involvement: all of it, in place of what it sent before."""

    events: Annotated[tuple[ChronologyEvent, ...], Rows(3, "event")] = Field(
        default=(), title="Events"
    )
    false_alarm: FalseAlarm = None


class SubmitChanges(Pasted):
    """One agency's chronology of changes in its organisation: all of it, in place of the last."""

    changes: Annotated[tuple[OrganisationalChange, ...], Rows(3, "change")] = Field(
        default=(), title="Changes"
    )
    false_alarm: FalseAlarm = None


def in_order(rows: Iterable[R]) -> tuple[R, ...]:
    """Return rows by their day, and events of a day by their time; what has none comes first."""
    return tuple(sorted(rows, key=lambda one: (one.on, one.minutes)))
