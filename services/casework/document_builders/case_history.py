"""What had been said on a case when a paper of it was ordered; what was said since is not its.

People act on while the flow is away. A paper that is made late still says what stood when it
was ordered, so it is made from the act that ordered it and from what came before.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import BaseModel

from services.database.cases import Case
from services.database.history import Entry, entries
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound

W = TypeVar("W", bound=BaseModel)
NOT_SAID: Final = "What this paper is made from is not on record."


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """The case's entries, oldest first, up to the act that ordered something."""

    entries: tuple[Entry, ...]

    def all(self, *entry_type: EntryType) -> tuple[Entry, ...]:
        """Return every entry of these kinds, oldest first."""
        return tuple(entry for entry in self.entries if entry.entry_type in entry_type)

    def until(self, number: int) -> "CaseHistory":
        """Return what had been said by the entry of that number."""
        return CaseHistory(tuple(entry for entry in self.entries if entry.number <= number))

    def nth(self, place: int, entry_type: EntryType, subject: str | None = None) -> Entry:
        """Return the first, second ... entry of the kind, counted from 1."""
        found = [one for one in self.all(entry_type) if subject in {None, one.subject}]
        if not 1 <= place <= len(found):
            raise NotFound(NOT_SAID)
        return found[place - 1]

    def until_the(self, place: int, entry_type: EntryType) -> "CaseHistory":
        """Return what had been said by the first, second ... entry of the kind."""
        return self.until(self.nth(place, entry_type).number)

    def since_reopened(self) -> "CaseHistory":
        """Return what was said since the case was last reopened, if it ever was."""
        reopened = self.all(EntryType.REOPENED)
        last = reopened[-1].number if reopened else 0
        return CaseHistory(tuple(entry for entry in self.entries if entry.number >= last))

    def until_reopened_after(self, awareness: int) -> "CaseHistory":
        """Return what had been said in this awareness and before: until the next reopening."""
        reopened = self.all(EntryType.REOPENED)
        if len(reopened) < awareness:
            return self
        return self.until(reopened[awareness - 1].number - 1)

    def command(self, entry_type: EntryType, kind: type[W], subject: str | None = None) -> W:
        """Return the newest words of the act; a paper cannot be made without them."""
        found = [one for one in self.all(entry_type) if subject in {None, one.subject}]
        if not found:
            raise NotFound(NOT_SAID)
        return kind.model_validate(found[-1].command)


def so_far(work: UnitOfWork, case: Case) -> CaseHistory:
    """Return everything said on the case until now."""
    return CaseHistory(tuple(reversed(entries(work.session, case.id))))
