"""The register of a case: what the newest entry about each other process says.

It is read from the history. Of a process whose newest entry is hidden from the reader by a police
mark nothing is told, for an older entry would be told as if it still stood.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.casework.steps.other_reviews.said import (
    LiaisonKept,
    ProcessSaid,
    ReportRequirement,
    RequirementsListed,
)
from services.database.history import Entry, Fact, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_RETURN, EntryType
from services.domain.other_reviews import OF_A_PROCESS, OF_REGISTER, Primacy


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProcess:
    """One process as it stands, the entry that says so, and what it asks of a joint report."""

    id: UUID
    said: ProcessSaid
    entry: Entry
    listed: Entry | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries whose words these are."""
        return (self.entry,) if self.listed is None else (self.entry, self.listed)

    @property
    def requirements(self) -> tuple[ReportRequirement, ...]:
        """Return what it asks of a joint report."""
        if self.listed is None:
            return ()
        return RequirementsListed.model_validate(self.listed.command).requirements

    @property
    def is_joint(self) -> bool:
        """Tell whether one report is to cover it and this review."""
        return self.said.goes_first is Primacy.ONE_REPORT and not self.said.state.is_over

    @property
    def unmet(self) -> int:
        """Return how many of its requirements the joint report is not said to meet yet."""
        return sum(one.met_by is None for one in self.requirements)


@dataclass(frozen=True, slots=True)
class Register:
    """The other processes in the order in which they came up, and the contacts about them."""

    processes: tuple[OtherProcess, ...] = ()
    contacts: tuple[tuple[Entry, LiaisonKept], ...] = ()


def register_of(work: UnitOfWork, case_id: UUID) -> Register:
    """Return the register of the case, as far as the actor reads it."""
    known = facts(work.session, case_id, *OF_REGISTER)
    return register_in(all_of(work.session, case_id, *OF_REGISTER), known) if known else Register()


def register_in(read: Iterable[Entry], known: Sequence[Fact]) -> Register:
    """Return the register that these entries tell, oldest first; ``known`` are all there are."""
    by_number = {one.number: one for one in read}
    listed = {one.subject: one for one in _newest(by_number, known, EntryType.REQUIREMENTS_LISTED)}
    contacts = (one for one in by_number.values() if one.entry_type is EntryType.LIAISON_RECORDED)
    return Register(
        tuple(
            OtherProcess(
                id=UUID(one.subject),
                said=_said(one),
                entry=one,
                listed=listed.get(one.subject),
            )
            for one in _newest(by_number, known, *OF_A_PROCESS)
        ),
        tuple((one, LiaisonKept.model_validate(one.command)) for one in contacts),
    )


def processes_on(work: UnitOfWork, case_id: UUID) -> tuple[OtherProcess, ...]:
    """Return the other processes of the case that the actor reads."""
    return register_of(work, case_id).processes


def told_in_returns(work: UnitOfWork, case_id: UUID) -> dict[UUID, str]:
    """Return which other processes each agency said in its newest scoping return that it knows."""
    known = facts(work.session, case_id, *THE_RETURN)
    if not known:
        return {}
    read = {one.number: one for one in all_of(work.session, case_id, *THE_RETURN)}
    newest = _newest(read, known, *THE_RETURN)
    said = ((one.subject, one.command.get("processes")) for one in newest)
    return {UUID(agency): words for agency, words in said if words}


def _newest(by_number: dict[int, Entry], known: Sequence[Fact], *types: EntryType) -> list[Entry]:
    """Return of each subject the newest entry of these types, where it is among those read."""
    newest = {one.subject: one.number for one in known if one.entry_type in types}
    return [by_number[number] for number in newest.values() if number in by_number]


def _said(entry: Entry) -> ProcessSaid:
    """Return what the entry says of its process, without why it was changed."""
    fields = ProcessSaid.model_fields
    return ProcessSaid.model_validate(
        {name: value for name, value in entry.command.items() if name in fields}
    )
