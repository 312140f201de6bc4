"""Questions that people of a case ask each other: who is asked, who reads them, what ends them."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.casework.access.parts import todos_seen
from services.casework.steps import declaration
from services.casework.steps.notes.answering import (
    answer_question,
    remind_of_question,
    withdraw_question,
)
from services.casework.steps.notes.asking import ask_question
from services.casework.steps.notes.questions_on_record import questions_on, reads_words
from services.casework.steps.notes.things_asked import things_on
from services.casework.steps.notes.who_is_asked import may_be_asked
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.history import Entry, last_entry
from services.database.outbox import OutboxEmail
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.questions import AskedAbout, QuestionState, ThingAsked
from services.domain.roles import Actor, Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import question_factories as say
from tests.driven import Driven
from tests.post_office import Office
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
AGENCY, MEMBER = Role.AGENCY_LEAD, Role.REVIEW_GROUP_MEMBER
WHEN = "2025-12-16 11:00"
WORDS = "Was the school told of the strategy meeting?"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW)


def person(case: Driven, role: Role, seat: Seat | None = None) -> UUID:
    return case.world.ours.actor(role, seat).person_id


def ask(case: Driven, whom: UUID, who: Role | Actor = MANAGER, **but: object) -> UUID:
    """Ask, and return the question's id."""
    case.do(ask_question, say.ask_question(whom, question=WORDS, **but), who, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        return questions_on(work, get_case(work.session, case.case_id))[-1].entry.id


def waiting(case: Driven, who: Role | Actor) -> list[str]:
    """Return the subjects of the questions that wait for the actor."""
    with case.world.act(who, WHEN) as work:
        mine = todos_seen(work).mine
        return [one.subject for one in mine if one.todo is Todo.ANSWER_QUESTION]


def state(case: Driven, question: UUID) -> QuestionState:
    with case.world.act(MANAGER, WHEN) as work:
        found = questions_on(work, get_case(work.session, case.case_id))
        return next(one.state for one in found if one.entry.id == question)


def words_read(case: Driven, who: Role | Actor) -> list[bool]:
    """Return of each question that the actor knows of whether they read its words."""
    with case.world.act(who, WHEN) as work:
        row = get_case(work.session, case.case_id)
        return [reads_words(work, row, one) for one in questions_on(work, row)]


def emails(case: Driven, *events: EmailTrigger) -> list[OutboxEmail]:
    found = Office(case.world).emails(case.case_id)
    return [one for one in found if one.event in events]


def entry(case: Driven, kind: EntryType, subject: str = "") -> Entry:
    with case.world.act(MANAGER, WHEN) as work:
        found = last_entry(work.session, case.case_id, kind, subject)
        work.session.expunge_all()
    assert found is not None
    return found


def test_one_person_is_asked_by_name_and_their_answer_is_told_to_who_asked(case):
    question = ask(case, person(case, PARTNER, Seat.POLICE), answer_by=date(2025, 12, 19))
    police = case.world.ours.actor(PARTNER, Seat.POLICE)
    assert waiting(case, police) == [f"{police.person_id}:{question}"]
    for other in (
        case.world.ours.actor(PARTNER, Seat.INTEGRATED_CARE_BOARD),
        MANAGER,
        CHAIR,
        AGENCY,
    ):
        assert waiting(case, other) == []
    (asked,) = emails(case, EmailTrigger.QUESTION_ASKED)
    assert WORDS not in str(asked.content)
    assert (asked.content["due"], asked.content["todo"]) == ("2025-12-19", "answer_question")
    assert state(case, question) is QuestionState.OPEN
    case.do(answer_question, say.answer_question(question), police, WHEN)
    assert state(case, question) is QuestionState.ANSWERED
    assert waiting(case, police) == []
    (told,) = emails(case, EmailTrigger.QUESTION_ANSWERED)
    assert told.recipient == "asker"
    kept = entry(case, EntryType.QUESTION_ANSWERED, str(question))
    assert (kept.section, set(kept.command)) == (Section.INTERNAL, {"answer"})
    with pytest.raises(AnswerRefused, match="waits for no answer"):
        case.do(answer_question, say.answer_question(question), police, WHEN)


def test_nobody_else_answers_and_two_questions_to_one_person_stand_beside_each_other(case):
    first, second = (ask(case, person(case, CHAIR)) for _ in range(2))
    assert len(waiting(case, CHAIR)) == 2
    for other in (MANAGER, PARTNER):
        with pytest.raises(AnswerRefused, match="waits for no answer"):
            case.do(answer_question, say.answer_question(first), other, WHEN)
    case.do(answer_question, say.answer_question(second), CHAIR, WHEN)
    assert [state(case, one) for one in (first, second)] == ["open", "answered"]


def test_an_agency_is_asked_at_its_own_address_and_any_of_its_people_answers(case):
    """RR-41: of the case it reads its own part, and the question with it."""
    question = ask(case, case.agency(HOSPITAL))
    hospital = case.world.ours.actor(AGENCY, agency=HOSPITAL)
    school = case.world.ours.actor(AGENCY, agency=SCHOOL)
    assert waiting(case, hospital) == [str(question)]
    assert waiting(case, school) == []
    (asked,) = emails(case, EmailTrigger.QUESTION_ASKED)
    assert asked.address.startswith("hospital")
    assert words_read(case, hospital) == [True]
    assert words_read(case, school) == []
    case.do(answer_question, say.answer_question(question), hospital, WHEN)
    assert state(case, question) is QuestionState.ANSWERED


def test_what_an_agency_may_not_open_it_is_not_asked_about(case):
    hospital, school = case.agency(HOSPITAL), case.agency(SCHOOL)
    about = ThingAsked(kind=AskedAbout.RETURN, key=str(school)).id_on(case.case_id)
    with pytest.raises(AnswerRefused) as refused:
        ask(case, hospital, about=about)
    assert refused.value.field == "about"
    ask(case, school, about=about)
    assert entry_about(case) == f"return:{school}"
    with pytest.raises(AnswerRefused, match="Choose something"):
        ask(case, school, about=uuid4())


def entry_about(case: Driven) -> str:
    with case.world.act(MANAGER, WHEN) as work:
        found = questions_on(work, get_case(work.session, case.case_id))
        return found[-1].thing


def test_an_agency_asks_those_who_run_the_review_and_nobody_else(case):
    hospital = case.world.ours.actor(AGENCY, agency=HOSPITAL)
    with case.world.act(hospital, WHEN) as work:
        row = get_case(work.session, case.case_id)
        offered = {one.seat.role for one in may_be_asked(work, row).values()}
        own = {one.agency for one in things_on(work, row).values()}
    assert offered == {MANAGER, CHAIR}
    assert own <= {case.agency(HOSPITAL), None}
    with pytest.raises(AnswerRefused, match="works on this case"):
        ask(case, case.agency(SCHOOL), hospital)
    question = ask(case, person(case, MANAGER), hospital)
    case.do(answer_question, say.answer_question(question), MANAGER, WHEN)
    (told,) = emails(case, EmailTrigger.QUESTION_ANSWERED)
    assert told.recipient == "asker"


def test_its_words_are_read_by_the_two_and_by_who_reads_of_the_family(case):
    """Rules 4: who reads nothing of the child and the family learns that there is a question."""
    ask(case, person(case, CHAIR))
    assert words_read(case, Role.NOTIFIER) == [True]
    assert words_read(case, MEMBER) == [False]
    assert words_read(case, Role.INDEPENDENT_SCRUTINEER) == [False]
    assert words_read(case, case.world.ours.actor(AGENCY, agency=HOSPITAL)) == []
    for who in (MEMBER, Role.INDEPENDENT_SCRUTINEER):
        with pytest.raises(NotPermitted):
            case.do(ask_question, say.ask_question(person(case, CHAIR)), who, WHEN)
        with pytest.raises(AnswerRefused, match="works on this case"):
            ask(case, person(case, who))


def test_who_asked_reminds_and_withdraws_and_the_manager_may_close_it(case):
    question = ask(case, person(case, CHAIR), PARTNER)
    for who in (MANAGER, CHAIR):
        with pytest.raises(AnswerRefused, match="waits for no answer"):
            case.do(remind_of_question, say.remind_of_question(question), who, WHEN)
    case.do(remind_of_question, say.remind_of_question(question), PARTNER, WHEN)
    (reminded,) = emails(case, EmailTrigger.TODO_REMINDED)
    assert reminded.content["todo"] == "answer_question"
    with pytest.raises(AnswerRefused, match="waits for no answer"):
        case.do(withdraw_question, say.withdraw_question(question), CHAIR, WHEN)
    case.do(withdraw_question, say.withdraw_question(question), PARTNER, WHEN)
    assert state(case, question) is QuestionState.WITHDRAWN
    assert waiting(case, CHAIR) == []
    other = ask(case, person(case, CHAIR), PARTNER)
    case.do(withdraw_question, say.withdraw_question(other), MANAGER, WHEN)
    assert state(case, other) is QuestionState.WITHDRAWN


def test_a_day_that_has_passed_is_refused(case):
    with pytest.raises(AnswerRefused) as refused:
        ask(case, person(case, CHAIR), answer_by=date(2025, 12, 15))
    assert refused.value.field == "answer_by"


def test_lc_02_to_whom_a_conflict_closes_the_case_nothing_is_asked_any_more(case):
    question = ask(case, person(case, CHAIR))
    command = declaration.DeclareAgain(particulars="An interest that arose.")
    case.do(declaration.declare_again, command, CHAIR, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        left = {one.todo for one in open_assignments(work.session, row.id)}
        assert Todo.ANSWER_QUESTION not in left
        assert person(case, CHAIR) not in may_be_asked(work, row)
    assert state(case, question) is QuestionState.ENDED
