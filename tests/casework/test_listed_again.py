"""An organisation of one case only that was asked and is listed again, and what ends its asking.

The days: the case is referred on Friday 12 December 2025; two working days from Monday 15 are
Wednesday 17 December.
"""

import pytest

from services.casework.steps import declaration, guests, reopening
from services.casework.steps.rapid_review import submission
from services.casework.steps.scoping import scoping
from services.casework.steps.sign_off import sign_off
from services.database.guests import guests as guests_on
from services.database.guests import links_of
from services.database.partnerships import listed_for
from services.domain.errors import AnswerRefused
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.listed import listed_lines
from tests import factories as say
from tests.driven import Driven
from tests.guest_factories import say_invite_guest
from tests.guests import AtTheDoor
from tests.kept import emails, kept_of
from tests.listed import (
    CHAIR,
    LEAD,
    MANAGER,
    a_practice_lead,
    answered,
    ask_a_practice,
    listed,
    listed_through,
)
from tests.post_office import Office, our_world
from tests.scoping_factories import PRACTICE
from tests.world import HOSPITAL, SURGERY

__all__ = ["our_world"]
WHEN, LATER, THEN = "2025-12-15", "2025-12-16", "2025-12-17"
CONFLICT = say.declare(has_conflict=True, particulars="A patient of ours.")
ELSEWHERE = "post@elm-practice.example"


@pytest.fixture
def case(world) -> Driven:
    return Driven(world).decide().notify()


def ask(case: Driven, *which, when: str = WHEN) -> None:
    case.do(scoping.request_returns, say.request_returns(*which), MANAGER, when)


def standing(case: Driven) -> str:
    """Return what the case says of its only listed organisation."""
    with case.world.act(MANAGER, LATER) as work:
        (line,) = listed_lines(work, case.row())
        return line.standing


def asked_of(case: Driven, *which: Todo) -> list[str]:
    return [f"{one.todo} {one.role} {one.last_day}" for one in case.turns() if one.todo in which]


def test_one_that_was_asked_is_written_to_where_it_is_listed_again(case, admin_engine):
    """RR-40: it still owes its return; nobody leaves it unreached and nothing says otherwise."""
    agency = ask_a_practice(case, WHEN)
    listed(case, LATER, email=ELSEWHERE)
    with pytest.raises(AnswerRefused, match="No email reaches it now"):
        case.do(scoping.chase, say.chase(agency), MANAGER, LATER)
    waits = "Waits for a second person. It was asked elsewhere, and is reached nowhere now"
    assert standing(case) == waits
    answered(case, agency, LATER, is_confirmed=False)
    assert standing(case) == "Asked, and reached nowhere now: list it again with another address"
    assert asked_of(case, Todo.LIST_AGAIN) == ["list_again business_manager None"]
    listed(case, THEN, email=ELSEWHERE)
    assert asked_of(case, Todo.LIST_AGAIN) == []
    answered(case, agency, THEN)
    sent = [one for one in kept_of(admin_engine, case).emails if ELSEWHERE in one]
    assert sent == emails("agency_chased", ELSEWHERE)


def test_one_that_was_asked_is_written_to_through_the_lead_through_whom_it_is_listed_again(
    case, admin_engine
):
    """RR-40"""
    ask_a_practice(case, WHEN)
    listed_through(case, a_practice_lead(case, LATER), LATER, practices=({"name": PRACTICE},))
    sent = [one for one in kept_of(admin_engine, case).emails if LEAD in one]
    assert sent == emails("agency_chased", LEAD)


def test_while_one_may_be_asked_the_manager_is_asked_to(case):
    """RR-39: the duty is done once every relevant agency is asked; each has its own last day."""
    agency = listed(case, WHEN)
    answered(case, agency, WHEN)
    ask(case, case.agency(HOSPITAL))
    assert case.clock("K5")["met_on"] == WHEN
    assert asked_of(case, Todo.REQUEST_RETURNS) == [f"request_returns business_manager {THEN}"]
    with pytest.raises(AnswerRefused, match="at least one agency"):
        ask(case)
    ask(case, agency, when=THEN)
    assert asked_of(case, Todo.REQUEST_RETURNS) == []


def test_an_address_that_waits_is_asked_about_again_once_the_case_is_reopened(world, admin_engine):
    """RR-39: new facts, new days; none lies before the new information came."""
    case = Driven(world)
    agency = listed(case, "2025-12-12 11:30", who=CHAIR)
    case.decide(notify=False)
    assert asked_of(case, Todo.ANSWER_LISTED_ADDRESS) == []
    case.do(reopening.reopen, say.reopen(aware_at=WHEN), MANAGER, f"{WHEN} 12:00")
    waits = asked_of(case, Todo.ANSWER_LISTED_ADDRESS)
    assert waits == [f"answer_listed_address business_manager {THEN}"]
    assert case.clock("K5", str(agency))["anchored_on"] == WHEN
    told = [one for one in kept_of(admin_engine, case).emails if "address_to_confirm" in one]
    assert len(told) == 2
    answered(case, agency, LATER, who=MANAGER)
    ask(case, agency, when=LATER)
    assert case.clock("K5", str(agency))["met_on"] == LATER


def test_what_was_listed_and_not_asked_ends_with_the_submission(case_at):
    """RR-39: nobody is asked from then on, and nothing stays open that nobody can do."""
    case = case_at(Stage.RAPID_REVIEW, Driven.meet)
    free = listed(case, "2026-01-02")
    answered(case, free, "2026-01-02")
    waits = listed(case, "2026-01-02", name="Oak School, Tidewick", kind="school")
    case.propose().sign(sign_off.sign_rapid_review, "2026-01-05")
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    assert asked_of(case, Todo.ANSWER_LISTED_ADDRESS, Todo.REQUEST_RETURNS) == []
    for one in (waits, free):
        assert case.clock("K5", str(one))["ended_on"] == "2026-01-07"


def as_guest(case: Driven, when: str) -> Actor:
    """Return the only guest of the case as they act."""
    with case.world.act(MANAGER, when) as work:
        (guest,) = guests_on(work.session, case.case_id)
        return Actor(
            person_id=guest.person_id,
            partnership_id=case.world.ours.partnership_id,
            role=Role.GUEST,
            agency_id=guest.agency_id,
        )


def test_an_address_is_not_confirmed_that_a_conflict_has_closed_since_it_was_listed(case):
    """LC-02: who declared a conflict is not written to, whatever for."""
    invited = say_invite_guest(case.agency(SURGERY))
    agency = listed(case, WHEN, email=invited.email)
    case.do(guests.invite_guest, invited, MANAGER, WHEN)
    case.do(declaration.declare, CONFLICT, as_guest(case, WHEN), WHEN)
    with pytest.raises(AnswerRefused, match="declared a conflict"):
        answered(case, agency, WHEN)
    answered(case, agency, WHEN, is_confirmed=False)


def test_nobody_is_invited_for_one_whose_address_waits(case):
    agency = listed(case, WHEN)
    with pytest.raises(AnswerRefused, match="A second person confirms its address first"):
        case.do(guests.invite_guest, say_invite_guest(agency), MANAGER, WHEN)


def came_in(case: Driven, mailbox: str, when: str) -> AtTheDoor:
    door = AtTheDoor(Office(case.world, when=when), mailbox=mailbox)
    door.deliver()
    door.ask()
    return door


def test_who_came_in_by_an_address_that_is_listed_no_longer_is_shut_out(our_world):
    case = Driven(our_world).decide().notify()
    ask_a_practice(case, f"{LATER} 09:00")
    assert came_in(case, "desk@elm-practice", f"{LATER} 12:00").enter() is not None
    listed(case, f"{LATER} 13:00", email=ELSEWHERE)
    with case.world.act(MANAGER, f"{LATER} 14:00") as work:
        assert [one.ended_at is None for one in guests_on(work.session, case.case_id)] == [False]
        assert [one.waits for one in listed_for(work.session, case.case_id)] == [True]


def test_a_lead_with_a_conflict_for_one_practice_comes_in_for_no_other(our_world):
    """LC-02: the same person is no other guest of the same case."""
    case = Driven(our_world).decide().notify()
    ash, birch = listed_through(case, a_practice_lead(case, LATER), f"{LATER} 08:00")
    ask(case, ash, birch, when=f"{LATER} 09:00")
    door = came_in(case, LEAD, f"{LATER} 12:00")
    assert door.enter() is not None
    actor = as_guest(case, f"{LATER} 12:10")
    case.do(declaration.declare, CONFLICT, actor, f"{LATER} 12:30")
    with case.world.act(MANAGER, f"{LATER} 13:00") as work:
        assert {one.agency_id for one in links_of(work.session, case.case_id)} == {ash, birch}
        assert all(one.ended_at for one in links_of(work.session, case.case_id))
    with pytest.raises(AnswerRefused, match="No email reaches it now"):
        case.do(scoping.chase, say.chase(birch), MANAGER, THEN)
