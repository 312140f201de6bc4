"""A question on a case is answered, withdrawn, or reminded of by whoever asked it (0122)."""

from typing import Final
from uuid import UUID

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import EmailContext, close_todos
from services.casework.effects.emails import copies_of_people, post
from services.casework.steps.notes.asking import STAGES
from services.casework.steps.notes.question_said import (
    AnswerQuestion,
    QuestionAnswered,
    QuestionReminded,
    QuestionWithdrawn,
    RemindOfQuestion,
    WithdrawQuestion,
)
from services.casework.steps.notes.questions_on_record import AskedOnCase, questions_on
from services.casework.steps.waited_for import reminders_to
from services.database.cases import Case
from services.database.outbox import add_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission, Role
from services.domain.todos import Todo

_GONE: Final = "This question waits for no answer any more. Look at how it stands."


def answer_question(work: UnitOfWork, case_id: CaseId, command: AnswerQuestion) -> Case:
    """Answer a question that the actor, or the actor's agency, is asked; whoever asked is told."""
    case = begin(work, case_id, ANSWER_QUESTION, command)
    found = _found(to_answer(work, case), command.question)
    kept = QuestionAnswered(answer=command.answer)
    entered = Entered(subject=str(found.entry.id), kept=kept)
    entry = record_entry_as(work, case, ANSWER_QUESTION, command, entered)
    _close(work, case, found)
    asker = copies_of_people(work, case, [found.entry.person_id])
    copies = [(Recipient.ASKER, to) for _, to in asker]
    told = EmailContext(part=str(entry.number))
    post(work, case, EmailTrigger.QUESTION_ANSWERED, told, copies)
    return case


def withdraw_question(work: UnitOfWork, case_id: CaseId, command: WithdrawQuestion) -> Case:
    """Ask a question no longer: whoever asked it says why, or the business manager does."""
    case = begin(work, case_id, WITHDRAW_QUESTION, command)
    found = _found(may_withdraw(work, case), command.question)
    kept = QuestionWithdrawn(reason=command.reason)
    entered = Entered(subject=str(found.entry.id), kept=kept)
    record_entry_as(work, case, WITHDRAW_QUESTION, command, entered)
    _close(work, case, found)
    return case


def remind_of_question(work: UnitOfWork, case_id: CaseId, command: RemindOfQuestion) -> Case:
    """Remind whoever was asked by the actor and has not answered, by one email (0111)."""
    case = begin(work, case_id, REMIND_OF_QUESTION, command)
    found = _found(may_remind(work, case), command.question)
    entered = Entered(subject=str(found.entry.id), kept=QuestionReminded())
    entry = record_entry_as(work, case, REMIND_OF_QUESTION, command, entered)
    waits = (found.waits,) if found.waits is not None else ()
    add_emails(work.session, reminders_to(work, case, waits, (), str(entry.number)))
    return case


def to_answer(work: UnitOfWork, case: Case) -> list[AskedOnCase]:
    """Return the questions that wait for the actor's answer."""
    return [one for one in questions_on(work, case) if one.waits_for_actor(work)]


def may_remind(work: UnitOfWork, case: Case) -> list[AskedOnCase]:
    """Return the actor's own questions that wait for an answer."""
    return [one for one in questions_on(work, case) if one.waits and one.is_asked_by(work)]


def may_withdraw(work: UnitOfWork, case: Case) -> list[AskedOnCase]:
    """Return the questions that wait and that the actor may withdraw: their own, or as manager."""
    may_all = work.actor.role is Role.BUSINESS_MANAGER
    waiting = [one for one in questions_on(work, case) if one.waits]
    return [one for one in waiting if may_all or one.is_asked_by(work)]


ANSWER_QUESTION = Act(
    name="answer_question",
    command=AnswerQuestion,
    which="question",
    perform=answer_question,
    permission=Permission.ASK_QUESTIONS,
    doing="answer a question",
    stages=STAGES,
    entry=EntryType.QUESTION_ANSWERED,
    kept=QuestionAnswered,
    todo=Todo.ANSWER_QUESTION,
    is_listed=False,
    holds_family_data=True,
)
WITHDRAW_QUESTION = Act(
    name="withdraw_question",
    command=WithdrawQuestion,
    which="question",
    perform=withdraw_question,
    permission=Permission.ASK_QUESTIONS,
    doing="withdraw a question",
    stages=STAGES,
    entry=EntryType.QUESTION_WITHDRAWN,
    kept=QuestionWithdrawn,
    is_offered=lambda work, case: bool(may_withdraw(work, case)),
    holds_family_data=True,
)
REMIND_OF_QUESTION = Act(
    name="remind_of_question",
    command=RemindOfQuestion,
    which="question",
    perform=remind_of_question,
    permission=Permission.ASK_QUESTIONS,
    doing="remind of a question",
    stages=STAGES,
    entry=EntryType.QUESTION_REMINDED,
    kept=QuestionReminded,
    is_offered=lambda work, case: bool(may_remind(work, case)),
)


def _found(questions: list[AskedOnCase], question: UUID) -> AskedOnCase:
    for one in questions:
        if one.entry.id == question:
            return one
    raise AnswerRefused("question", _GONE)


def _close(work: UnitOfWork, case: Case, found: AskedOnCase) -> None:
    if found.waits is not None:
        close_todos(work, case, Todo.ANSWER_QUESTION, subject=found.waits.subject)
