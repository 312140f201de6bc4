"""What each agency says of its own staff: the agency itself, or the manager records its word."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from services.casework.commands import Command
from services.casework.effects import close_todos, order_document
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.todos import TODO, Todo


@dataclass(frozen=True, slots=True)
class SaidByAgencies:
    """By which todo agencies are asked, the paper of what they say, and who has yet to say it."""

    todo: Todo
    paper: DocumentKind
    unsaid: Callable[[UnitOfWork, Case], Collection[object]]

    def is_said(self, work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID) -> None:
        """Ask that agency no more; once none has to say it any more, the paper is made."""
        close_todos(work, case, self.todo, subject=str(agency_id))
        if not self.unsaid(work, case):
            order_document(work, entry, TODO[self.todo].step, self.paper)


def own_agency(work: UnitOfWork) -> UUID:
    """Return the agency that the actor acts for. Raises NotPermitted for who acts for none."""
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may confirm this for it.")
    return work.actor.agency_id


def must_say(said: Command, *fields: str, rule: str) -> None:
    """Refuse what leaves one of these answers open, with the rule by which it is needed."""
    for field in fields:
        if getattr(said, field) is None:
            raise AnswerRefused(field, f"Enter this ({rule}).")
