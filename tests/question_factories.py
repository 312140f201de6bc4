"""Questions on a case and their answers, as tests say them."""

from typing import Any
from uuid import UUID

from services.casework.steps.notes.question_said import (
    AnswerQuestion,
    AskQuestion,
    RemindOfQuestion,
    WithdrawQuestion,
)
from tests.words import words_of


def ask_question(whom: UUID, **but: Any) -> AskQuestion:
    """Return a question about the whole case, with no day."""
    return words_of(AskQuestion, {"whom": whom, "about": None, "answer_by": None} | but)


def answer_question(question: UUID, **but: Any) -> AnswerQuestion:
    """Return an answer."""
    return words_of(AnswerQuestion, {"question": question} | but)


def withdraw_question(question: UUID, **but: Any) -> WithdrawQuestion:
    """Return a withdrawal, with why."""
    return words_of(WithdrawQuestion, {"question": question} | but)


def remind_of_question(question: UUID) -> RemindOfQuestion:
    """Return a reminder of the question."""
    return RemindOfQuestion(question=question)
