"""What a question between people of a case may be about, and what its task is known by."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from services.domain.personal_todos import MARK


class AskedAbout(StrEnum):
    """What of a case a question is about, where it is about one thing of it."""

    RETURN = "return"
    DECISION = "decision"
    DOCUMENT = "document"
    ACTION = "action"


class QuestionState(StrEnum):
    """How a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingAsked:
    """One thing of a case: its kind, and what it is known by for as long as the case is kept.

    That is the agency of a return, the code of a decision, the id of a document or an action.
    """

    kind: AskedAbout
    key: str

    @property
    def code(self) -> str:
        """Return how the history names it."""
        return f"{self.kind}{MARK}{self.key}"

    def id_on(self, case_id: UUID) -> UUID:
        """Return the id by which a form of the case names it."""
        return uuid5(case_id, self.code)


def subject_of(question: UUID, person: UUID | None) -> str:
    """Return the subject of the task to answer it, which names the one person who is asked."""
    return str(question) if person is None else f"{person}{MARK}{question}"


def question_in(subject: str) -> str:
    """Return the id of the question that a task to answer is about."""
    return subject.rpartition(MARK)[2]
