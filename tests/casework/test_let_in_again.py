"""Who is let in again after an interest arose is asked of the record only what they still owe."""

import pytest

from services.casework.access.meeting import is_settled
from services.casework.steps import declaration, interests
from services.casework.steps.attendance import attendees, record_agreement
from services.casework.steps.rapid_review import record_writing, submission
from services.casework.steps.sign_off import sign_off
from services.database.history import last_fact
from services.domain.entry_types import EntryType
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.attendance_factories import answer_record, name_attendees
from tests.driven import Driven
from tests.interest_factories import decide_on_interest, declare_again
from tests.silent import told

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
WHEN = "2026-01-02"


def record_agreed(case: Driven) -> None:
    """Have the police named as the one attendee, the meeting held and its record agreed."""
    listed = name_attendees(police(case).person_id)
    case.do(attendees.name_attendees, listed, MANAGER, "2025-12-22")
    write(case.meet(), facts="She was seen on the Monday.")
    with case.world.act(MANAGER, WHEN) as work:
        newest = last_fact(work.session, case.case_id, EntryType.RECORD_WRITTEN)
    assert newest is not None
    case.do(record_agreement.answer_record, answer_record(newest.number), police(case), WHEN)


@pytest.fixture
def case(case_at) -> Driven:
    """A rapid review of which the record of the meeting is agreed."""
    return case_at(Stage.RAPID_REVIEW, record_agreed)


def police(case: Driven) -> Actor:
    return case.world.ours.partner(Seat.POLICE)


def write(case: Driven, **but: object) -> None:
    case.do(record_writing.write_record, say.write_record(**but), CHAIR, WHEN)


def arises(case: Driven, when: str = WHEN) -> None:
    case.do(declaration.declare_again, declare_again(), police(case), when)


def let_in(case: Driven, when: str = WHEN) -> None:
    decided = decide_on_interest(police(case).person_id)
    case.do(interests.decide_on_interest, decided, MANAGER, when)


def waits(case: Driven) -> tuple[bool, int]:
    """Tell whether an answer of the record is awaited, and how often it was asked by email."""
    with case.world.act(MANAGER, WHEN) as work:
        return not is_settled(work, case.row()), len(told(case, "record_to_agree"))


def test_what_they_agreed_stays_agreed_and_the_pack_stays_shut(case):
    """RR-45, RR-47: the words are those that they agreed, so that nobody reads the pack again."""
    assert waits(case) == (False, 1)
    arises(case)
    let_in(case)
    assert waits(case) == (False, 1)


def test_of_words_that_changed_meanwhile_they_are_asked(case):
    """RR-47: they owe an answer to what was written while the case was closed to them."""
    arises(case)
    write(case, facts="He was seen on the Tuesday.")
    assert waits(case) == (False, 1), "to whom the case is closed is asked nothing (LC-02)"
    let_in(case)
    assert waits(case) == (True, 2)


def test_once_the_panel_has_the_record_they_are_told_of_no_todo(case):
    """RR-47: nobody is asked then, whether or not they answered the newest words."""
    case.propose(when=WHEN).sign(sign_off.sign_rapid_review, "2026-01-05")
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    asked = waits(case)
    arises(case, "2026-01-08")
    let_in(case, "2026-01-08")
    assert waits(case) == asked == (False, 2)
