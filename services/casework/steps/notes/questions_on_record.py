"""The questions of a case as they stand on record, and who reads their words.

Those read them who read of the child and the family, and besides whoever asked and whoever is
asked: an agency's people those that their agency is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import col, select

from services.casework.access.parts import is_for, reads_family
from services.casework.steps.notes.question_said import QuestionAsked
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.questions import QuestionState, question_in
from services.domain.roles import Permission
from services.domain.todos import Todo

ABOUT_QUESTIONS: Final = (
    EntryType.QUESTION_ASKED,
    EntryType.QUESTION_ANSWERED,
    EntryType.QUESTION_WITHDRAWN,
    EntryType.QUESTION_REMINDED,
)
_STATE: Final[Mapping[EntryType, QuestionState]] = {
    EntryType.QUESTION_ANSWERED: QuestionState.ANSWERED,
    EntryType.QUESTION_WITHDRAWN: QuestionState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOnCase:
    """One question: its entry, what was entered about it since, and the task while one waits."""

    entry: Entry
    later: Sequence[Entry]
    waits: Assignment | None

    @property
    def said(self) -> QuestionAsked:
        """Return what was asked, of whom."""
        return QuestionAsked.model_validate(self.entry.command)

    @property
    def thing(self) -> str:
        """Return the code of the thing that it is about; none where it is the whole case."""
        return self.entry.subject

    @property
    def state(self) -> QuestionState:
        """Return how it stands: whom nobody asks any more and nobody answered has ended."""
        if self.waits is not None:
            return QuestionState.OPEN
        found = [_STATE[one.entry_type] for one in self.later if one.entry_type in _STATE]
        return found[-1] if found else QuestionState.ENDED

    def is_asked_by(self, work: UnitOfWork) -> bool:
        """Tell whether the actor asked it."""
        return self.entry.person_id == work.actor.person_id

    def waits_for_actor(self, work: UnitOfWork) -> bool:
        """Tell whether it is the actor's to answer now."""
        return self.waits is not None and is_for(self.waits, work.actor)

    def is_between(self, work: UnitOfWork) -> bool:
        """Tell whether the actor asked it, or is asked, in their own person or as their agency."""
        own = {work.actor.person_id, work.actor.agency_id}
        return self.is_asked_by(work) or self.said.whom in own


def questions_on(work: UnitOfWork, case: Case) -> list[AskedOnCase]:
    """Return the questions that the actor may know of, oldest first.

    Who does not see the whole case knows of those that they asked or are asked.
    """
    found = all_of(work.session, case.id, *ABOUT_QUESTIONS)
    waiting = {
        question_in(one.subject): one
        for one in open_assignments(work.session, case.id)
        if one.todo is Todo.ANSWER_QUESTION
    }
    asked = [
        AskedOnCase(
            entry=one,
            later=[each for each in found if each.subject == str(one.id)],
            waits=waiting.get(str(one.id)),
        )
        for one in found
        if one.entry_type is EntryType.QUESTION_ASKED
    ]
    sees_all = work.actor.may(Permission.READ_CASE)
    return [one for one in asked if sees_all or one.is_between(work)]


def own_asked(work: UnitOfWork, waiting: Iterable[Assignment]) -> Mapping[UUID, UUID]:
    """Return the questions that the actor asked and that these tasks are to answer, by task."""
    tasks = {
        UUID(question_in(one.subject)): one.id
        for one in waiting
        if one.todo is Todo.ANSWER_QUESTION
    }
    if not tasks:
        return {}
    own = select(Entry.id).where(col(Entry.id).in_(tasks), Entry.person_id == work.actor.person_id)
    return {tasks[one]: one for one in work.session.exec(own)}


def reads_words(work: UnitOfWork, case: Case, asked: AskedOnCase) -> bool:
    """Tell whether the actor reads what was asked and answered."""
    return asked.is_between(work) or reads_family(work, case.id)
