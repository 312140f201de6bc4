"""What is said of a question on a case: as its forms ask it, and as it is kept."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, InAList, Kind, LongText, ShortText

QuestionChoice = Annotated[UUID, Kind.PROPOSAL]


class AskQuestion(Command):
    """A question to somebody of the case. The email to them holds the reference and no word of it.

    Who has no account gets a link of their own to this case. The question and its answer are read
    by the two of you, and by who reads of the child and the family on this case.
    """

    whom: Annotated[UUID, Kind.PROPOSAL] = Field(title="Whom do you ask?")
    about: Annotated[UUID | None, Kind.PROPOSAL, InAList("The case as a whole")] = Field(
        default=None, title="What is it about?"
    )
    question: LongText = Field(title="What do you ask?")
    answer_by: Day | None = Field(
        default=None,
        title="By when do you need an answer?",
        description="No time limit of the guidance hangs on it.",
    )


class AnswerQuestion(Command):
    """What is answered to a question; whoever asked is told that it is answered."""

    question: QuestionChoice = Field(title="Which question?")
    answer: LongText = Field(title="What do you answer?")


class QuestionAnswered(Command):
    """What is kept of an answer; which question it is about is what its entry is about."""

    answer: LongText = Field(title="What do you answer?")


class WithdrawQuestion(Command):
    """A question that is asked no longer: it was settled in another way, or need not be answered.

    It stays on record, and nobody is asked to answer it any more.
    """

    question: QuestionChoice = Field(title="Which question?")
    reason: LongText = Field(title="Why is it no longer asked?")


class QuestionWithdrawn(Command):
    """What is kept of a withdrawal."""

    reason: LongText = Field(title="Why is it no longer asked?")


class RemindOfQuestion(Command):
    """A reminder of a question that is not answered: an email with the reference alone."""

    question: QuestionChoice = Field(title="Which question?")


class QuestionReminded(Command):
    """What is kept of a reminder: that it was sent, and of which question by its entry."""


class QuestionAsked(Command):
    """What is kept of a question: who is asked what, about which thing as it was called then."""

    whom: UUID = Field(title="Whom do you ask?")
    about: ShortText | None = Field(default=None, title="What is it about?")
    question: LongText = Field(title="What do you ask?")
    answer_by: Day | None = Field(default=None, title="By when do you need an answer?")
