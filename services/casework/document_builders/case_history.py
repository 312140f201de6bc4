"""The case history up to the entry that ordered a document.

People act on while the flow is away. A document that is made late still says what stood when it
was ordered, so it is built as of the entry of the act that ordered it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

from pydantic import BaseModel

from services.casework.steps.rounds.sign_off_rounds import is_opening
from services.database.history import Entry, entries
from services.database.police_marks import PoliceMark
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.police_marks import NEVER_HIDDEN
from services.domain.sign_off import SignOffMatter

W = TypeVar("W", bound=BaseModel)
NOT_ON_RECORD: Final = "What this document is made from is not on record."


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """The case's entries, oldest first, up to one of them.

    ``said`` are those that were asked for, in the order in which they were: what the document holds
    words of. Where one of them is hidden by a police mark, so is the document.
    """

    entries: tuple[Entry, ...]
    said: dict[UUID, None] = field(default_factory=dict, compare=False)

    @property
    def newest(self) -> Entry:
        """Return the entry of the act that ordered the document."""
        if not self.entries:
            raise NotFound(NOT_ON_RECORD)
        self.said.setdefault(self.entries[-1].id)
        return self.entries[-1]

    def all(self, *entry_type: EntryType) -> tuple[Entry, ...]:
        """Return every entry of these types, oldest first."""
        found = tuple(entry for entry in self.entries if entry.entry_type in entry_type)
        self.said.update(dict.fromkeys(entry.id for entry in found))
        return found

    def last(self, *entry_type: EntryType) -> Entry:
        """Return the newest entry of these types; a document cannot be made without it."""
        found = self.all(*entry_type)
        if not found:
            raise NotFound(NOT_ON_RECORD)
        return found[-1]

    def numbered(self, number: int) -> Entry:
        """Return the entry of that number."""
        (found,) = (entry for entry in self.entries if entry.number == number)
        self.said.setdefault(found.id)
        return found

    def rounds(self, matter: SignOffMatter) -> int:
        """Return how often the matter was put to the partners."""
        return sum(is_opening(entry, matter) for entry in self.entries)

    def names(self) -> dict[UUID, str]:
        """Return what ids stand for in the entries that another partnership handed over."""
        return {
            one: name for entry in self.entries for one, name in entry.names_handed_over.items()
        }

    def as_of(self, number: int) -> "CaseHistory":
        """Return the history up to the entry of that number."""
        up_to = tuple(entry for entry in self.entries if entry.number <= number)
        return CaseHistory(up_to, self.said)

    def without(self, marks: Sequence[PoliceMark]) -> "CaseHistory":
        """Return the history without what these police marks hide."""
        kept = tuple(
            entry
            for entry in self.entries
            if entry.entry_type in NEVER_HIDDEN or not any(_hides(mark, entry) for mark in marks)
        )
        return CaseHistory(kept, self.said)

    def command(self, entry_type: EntryType, kind: type[W]) -> W:
        """Return the command of the newest entry of the type."""
        return kind.model_validate(self.last(entry_type).command)


def history_of(work: UnitOfWork, case_id: CaseId) -> CaseHistory:
    """Return the whole history of the case."""
    return CaseHistory(tuple(reversed(entries(work.session, case_id))))


def _hides(mark: PoliceMark, entry: Entry) -> bool:
    """Tell whether the mark is on the entry or its section, or the entry says why it is marked."""
    return (
        mark.entry_id == entry.id or mark.section is entry.section or entry.subject == str(mark.id)
    )
