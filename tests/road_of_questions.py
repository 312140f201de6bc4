"""A question is asked, reminded of and answered; another is withdrawn."""

from uuid import UUID

from services.casework.steps.notes.answering import (
    answer_question,
    remind_of_question,
    withdraw_question,
)
from services.casework.steps.notes.asking import ask_question
from services.casework.steps.notes.questions_on_record import questions_on
from services.database.cases import get_case
from services.domain.roles import Role
from tests import question_factories as say
from tests.driven import Driven

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def asked_and_answered(case: Driven, when: str) -> Driven:
    """The manager asks the chair twice: one is reminded of and answered, one withdrawn."""
    chair = case.world.ours.actor(CHAIR).person_id
    case.do(ask_question, say.ask_question(chair), MANAGER, when)
    first = newest_question(case, when)
    case.do(remind_of_question, say.remind_of_question(first), MANAGER, when)
    case.do(answer_question, say.answer_question(first), CHAIR, when)
    case.do(ask_question, say.ask_question(chair), MANAGER, when)
    second = newest_question(case, when)
    case.do(withdraw_question, say.withdraw_question(second), MANAGER, when)
    return case


def newest_question(case: Driven, when: str) -> UUID:
    """Return the id of the question that was asked last."""
    with case.world.act(MANAGER, when) as work:
        return questions_on(work, get_case(work.session, case.case_id))[-1].entry.id
