"""A question to an agency without an account: its own guarded link, and an answer by its guest."""

from services.casework.access.parts import case_todos_seen
from services.casework.steps.guests import end_guest_access
from services.casework.steps.notes.answering import answer_question
from services.casework.steps.notes.asking import ask_question
from services.casework.steps.notes.questions_on_record import questions_on
from services.casework.steps.notes.who_is_asked import may_be_asked
from services.database.cases import get_case
from services.database.guests import guest_of
from services.domain.questions import QuestionState
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from tests import question_factories as say
from tests.driven import Driven
from tests.guest_factories import say_end_guest_access
from tests.guests import ASKED, address_for, asked, case, door, entered, invite_guest
from tests.post_office import our_world
from tests.road_of_questions import newest_question
from tests.world import SURGERY

__all__ = ["asked", "case", "door", "our_world"]
MANAGER = Role.BUSINESS_MANAGER
WHEN = f"{ASKED} 13:00"
WORDS = "When was she seen last?"


def waits(case: Driven, who: Actor) -> list[Todo]:
    with case.world.act(who, WHEN) as work:
        found = case_todos_seen(work, get_case(work.session, case.case_id))
        return [one.todo for one in found if one.todo is Todo.ANSWER_QUESTION]


def state(case: Driven) -> QuestionState:
    with case.world.act(MANAGER, WHEN) as work:
        return questions_on(work, get_case(work.session, case.case_id))[-1].state


def test_an_agency_without_an_account_gets_a_link_of_its_own_and_its_guest_answers(case, door):
    """As for its return: a one-time address, and the code by another email (0044)."""
    before = door.token
    asked_of = say.ask_question(case.agency(SURGERY), question=WORDS)
    case.do(ask_question, asked_of, MANAGER, WHEN)
    door.deliver()
    (email,) = [one for one in door.office.mailer.emails if "question" in one.subject]
    assert door.token != before
    assert door.token in email.body_text
    assert "You need no account" in email.body_text
    assert WORDS not in email.body_text + email.subject
    assert f"/cases/{case.case_id}" not in email.body_text
    guest = entered(case, door)
    assert waits(case, guest) == [Todo.ANSWER_QUESTION]
    case.do(answer_question, say.answer_question(newest_question(case, WHEN)), guest, WHEN)
    assert state(case) is QuestionState.ANSWERED


def test_an_invited_guest_is_asked_by_name_and_no_longer_once_they_are_shut_out(case, door):
    invite_guest(case, WHEN)
    door.deliver()
    with case.world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        (guest,) = [one for one in may_be_asked(work, row).values() if one.agency and one.is_person]
        held = guest_of(work.session, guest.id)
        assert held is not None
        guest_id, mailbox = held.id, held.address.partition("@")[0]
    case.do(ask_question, say.ask_question(guest.id, question=WORDS), MANAGER, WHEN)
    door.deliver()
    assert address_for(door.office.mailer, mailbox)
    assert state(case) is QuestionState.OPEN
    case.do(end_guest_access, say_end_guest_access(guest_id), MANAGER, WHEN)
    assert state(case) is QuestionState.ENDED
