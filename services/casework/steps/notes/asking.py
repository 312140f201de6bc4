"""Somebody of a case is asked a question about it, or about one thing of it (0122).

A question is no request of the guidance: what an agency is asked to return, and what a partner is
asked to sign, have acts of their own, and no time limit hangs on a question.
"""

from typing import Final

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import AboutTodo, EmailContext, open_todo_of
from services.casework.effects.emails import post
from services.casework.steps.notes.question_said import AskQuestion, QuestionAsked
from services.casework.steps.notes.things_asked import ThingOnCase, things_on
from services.casework.steps.notes.who_is_asked import MayBeAsked, copies_for, may_be_asked
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.questions import subject_of
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

STAGES: Final = frozenset(Stage) - {Stage.CLOSED}


def ask_question(work: UnitOfWork, case_id: CaseId, command: AskQuestion) -> Case:
    """Ask somebody of the case; they are asked to answer, and written to."""
    case = begin(work, case_id, ASK_QUESTION, command)
    asked = may_be_asked(work, case).get(command.whom)
    if asked is None:
        raise AnswerRefused("whom", "Choose somebody who works on this case.")
    thing = _thing(work, case, command, asked)
    if command.answer_by is not None and command.answer_by < work.today:
        raise AnswerRefused("answer_by", "The day cannot be in the past.")
    copies = copies_for(work, case, asked)
    if not copies:
        raise AnswerRefused("whom", "No email reaches them about this case. Ask somebody else.")
    kept = QuestionAsked(
        whom=asked.id,
        about=thing.title if thing else None,
        question=command.question,
        answer_by=command.answer_by,
    )
    entered = Entered(subject=thing.thing.code if thing else "", kept=kept)
    entry = record_entry_as(work, case, ASK_QUESTION, command, entered)
    about = AboutTodo(subject_of(entry.id, asked.person), command.answer_by)
    open_todo_of(work, case, Todo.ANSWER_QUESTION, asked.seat, about)
    told = EmailContext(due=command.answer_by, todo=Todo.ANSWER_QUESTION, part=str(entry.number))
    post(work, case, EmailTrigger.QUESTION_ASKED, told, copies)
    return case


ASK_QUESTION = Act(
    name="ask_question",
    command=AskQuestion,
    perform=ask_question,
    permission=Permission.ASK_QUESTIONS,
    doing="ask a question",
    stages=STAGES,
    entry=EntryType.QUESTION_ASKED,
    kept=QuestionAsked,
    holds_family_data=True,
)


def _thing(
    work: UnitOfWork, case: Case, command: AskQuestion, asked: MayBeAsked
) -> ThingOnCase | None:
    if command.about is None:
        return None
    found = things_on(work, case).get(command.about)
    if found is None:
        raise AnswerRefused("about", "Choose something of this case that you may open.")
    if not found.is_open_to(asked):
        raise AnswerRefused(
            "about", "They may not open this. Ask about the case as a whole, and say what you mean."
        )
    return found
