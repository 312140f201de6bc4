"""What is decided for each person of the family, read from the newest entry about them.

Of a person whose newest entry a police mark hides from the reader nothing is told: an older one
would be told as if it still stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    ProcessChoice,
    Rows,
    ShortText,
    Under,
)
from services.casework.steps.families.relatives import Relative, relatives
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.families import SupportNeed, TakesPart, WhyNotInvolved
from services.domain.family import Relation


class NotBeforeSaid(Command):
    """Something for which speaking with the person waits, and who asked for it (FAM-03)."""

    until: Day | None = Field(default=None, title="Not before which day, if it is known?")
    event: ShortText | None = Field(
        default=None, title="Or not before which event?", description="Such as a plea or a verdict."
    )
    source: ShortText = Field(
        title="Who asked for it, in which proceedings?",
        description="Such as the senior investigating officer, about the criminal trial.",
    )


class NotBefore(NotBeforeSaid):
    """The same, for a process on the register of the case."""

    process: ProcessChoice | None = Field(
        default=None,
        title="Or until which review or proceeding on record has ended?",
        description="Once it is recorded as ended, the business manager is asked to have them "
        "spoken to.",
    )


class NotBeforeKept(NotBeforeSaid):
    """What is kept of it: the process by its name."""

    process: str | None = Field(default=None, title="Until it has ended")


_WAITS: Final = Rows(2, "reason to wait")
_FOR_WHAT: Final = Field(
    default=(), title="For which proceedings does speaking with them wait? (FAM-03)"
)


class PersonSaid(Command):
    """Whether one person takes part, why not, what they need, and for what it waits."""

    takes_part: TakesPart = Field(
        title="Do they take part? (FAM-01)",
        description="The family, and a child who lives, are invited unless there is a strong "
        "reason not to.",
    )
    because: Annotated[WhyNotInvolved | None, NeededWhen("if they do not take part")] = Field(
        default=None, title="Of which kind is the reason?"
    )
    reason: Annotated[LongText | None, NeededWhen("if they do not take part")] = Field(
        default=None, title="What is the reason?", description="It stays within this case."
    )
    in_report: Annotated[LongText | None, NeededWhen("if they do not take part")] = Field(
        default=None,
        title="How does the report say it? (FAM-10)",
        description="These words go into the report. Name nobody in them, and say nothing by "
        "which somebody is recognised.",
    )
    needs: Annotated[tuple[SupportNeed, ...], Under("What they need")] = Field(
        title="Which support do they need? (FAM-02)",
        description="Select all that are true.",
        min_length=1,
    )
    support: Annotated[LongText | None, NeededWhen("if they need any")] = Field(
        default=None, title="What is arranged, and by whom?"
    )
    letter_to: ShortText | None = Field(
        default=None,
        title="To whom is the letter written, if not to them?",
        description="For a young child, whoever looks after them. A letter is made to each who is "
        "invited.",
    )
    waits: Annotated[tuple[NotBeforeSaid, ...], _WAITS, Under("For what it waits")] = _FOR_WHAT


class PersonDecided(PersonSaid):
    """What is kept of it: the person by name and relation."""

    waits: Annotated[tuple[NotBeforeKept, ...], _WAITS, Under("For what it waits")] = _FOR_WHAT
    name: str = Field(title="Who")
    relations: tuple[Relation, ...] = Field(default=(), title="Relation to the child")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRelative:
    """One person, with what was last decided for them and the entry that says so, if any."""

    person: Relative
    said: PersonDecided | None = None
    entry: Entry | None = None
    is_on_record: bool = True


def decided_for_each(work: UnitOfWork, case: Case) -> tuple[DecidedRelative, ...]:
    """Return each person on record, then those decided about under a name that has gone."""
    newest, on_record = dict(_newest(work, case)), relatives(work, case)
    gone = [
        Relative(id=id_, name=said.name, relations=said.relations)
        for id_, said in ((id_, _said(entry)) for id_, entry in newest.items())
        if id_ not in {one.id for one in on_record}
    ]
    return (
        *(_decided(one, newest.get(one.id)) for one in on_record),
        *(_decided(one, newest[one.id], is_on_record=False) for one in gone),
    )


def _decided(
    person: Relative, entry: Entry | None, *, is_on_record: bool = True
) -> DecidedRelative:
    said = None if entry is None else _said(entry)
    return DecidedRelative(person=person, said=said, entry=entry, is_on_record=is_on_record)


def _said(entry: Entry) -> PersonDecided:
    return PersonDecided.model_validate(entry.command)


def _newest(work: UnitOfWork, case: Case) -> Iterator[tuple[UUID, Entry]]:
    """Yield of each person the newest entry about them, where the actor reads it."""
    kind = EntryType.INVOLVEMENT_DECIDED
    newest = {one.subject: one.number for one in facts(work.session, case.id, kind)}
    for entry in all_of(work.session, case.id, kind) if newest else ():
        if newest[entry.subject] == entry.number:
            yield UUID(entry.subject), entry


def was_reached(work: UnitOfWork, case: Case, person: Relative) -> bool:
    """Tell whether a contact with the person is on record."""
    contacts = facts(work.session, case.id, EntryType.FAMILY_CONTACTED)
    return any(one.subject == str(person.id) for one in contacts)
