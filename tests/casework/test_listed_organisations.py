"""An organisation that is asked on one case only: two people know its address, and no other case.

The days: the case is referred on Friday 12 December 2025; two working days from it are Tuesday 16,
from Monday 15 Wednesday 17, from Monday 22 Wednesday 24 December.
"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.casework.steps import declaration
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.scoping.listed_addresses import has_waiting
from services.database.cases import get_case
from services.database.partnerships import agencies, agencies_on, agency_names
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.web.act_form import options_for
from services.web.act_pages.registry import ACT_PAGES, CASE_PAGES
from tests import factories as say
from tests.driven import Driven
from tests.guests import AtTheDoor
from tests.kept import emails, kept_of
from tests.listed import CHAIR, MANAGER, answered, ask_a_practice, listed
from tests.post_office import Office, our_world
from tests.scoping_factories import PRACTICE
from tests.world import HOSPITAL, SCHOOL, someone_else

__all__ = ["our_world"]
WHEN = "2025-12-15"
PLANTED = (
    "insert into agencies (tenant_id, id, name, kind, address)"
    " select tenant_id, gen_random_uuid(), 'Planted', '', 'x@x.example' from cases"
)
CONFIRMED = "update agencies set confirmed_by = {} where case_id is not null"
SOMEBODY_ELSE = "(select id from people where id not in (listed_by, sec.person()) limit 1)"


@pytest.fixture
def case(world) -> Driven:
    return Driven(world).decide().notify()


def ask(case: Driven, *agencies_, when: str = WHEN) -> None:
    case.do(scoping.request_returns, say.request_returns(*agencies_), MANAGER, when)


def offered(case: Driven, name: str, when: str = WHEN) -> dict[str, set[str]]:
    """Return by question what may be chosen on the page of the act, by its words."""
    page = ACT_PAGES[name]
    with case.world.act(MANAGER, when) as work:
        options = options_for(work, page, get_case(work.session, case.case_id))
    return {question: {one.label for one in found} for question, found in options.items()}


def test_nothing_goes_to_its_address_until_a_second_person_has_confirmed_it(case, admin_engine):
    """RR-39: it is asked like every agency, once two people know where."""
    agency = listed(case, WHEN)
    assert PRACTICE not in offered(case, "request_returns")["agencies"]
    with pytest.raises(AnswerRefused, match="a second person confirms its address first"):
        ask(case, agency)
    with pytest.raises(AnswerRefused, match="Another person answers it"):
        answered(case, agency, WHEN, who=MANAGER)
    told = kept_of(admin_engine, case).emails
    assert [one for one in told if "elm-practice" in one] == []
    assert emails("address_to_confirm", "review.group.chair")[0] in told
    asked = [(one.todo, one.role) for one in case.turns() if one.subject == str(agency)]
    assert asked == [(Todo.ANSWER_LISTED_ADDRESS, CHAIR)]
    answered(case, agency, WHEN)
    assert PRACTICE in offered(case, "request_returns")["agencies"]
    assert [one for one in case.turns() if one.subject == str(agency)] == []
    ask(case, agency)
    sent = [one for one in kept_of(admin_engine, case).emails if "elm-practice" in one]
    assert sent == emails("scoping_requested", "desk@elm-practice.example")


def test_who_lists_it_may_be_the_chair_and_then_the_manager_confirms(case):
    agency = listed(case, WHEN, who=CHAIR)
    with pytest.raises(AnswerRefused, match="Another person answers it"):
        answered(case, agency, WHEN, who=CHAIR)
    assert {one.role for one in case.turns() if one.subject == str(agency)} == {MANAGER}
    answered(case, agency, WHEN, who=MANAGER)
    with pytest.raises(AlreadyDone, match="The first answer stands"):
        answered(case, agency, WHEN, is_confirmed=False)


def test_its_last_day_to_be_asked_counts_from_being_listed_and_the_others_have_theirs(case):
    """K5: met once every relevant agency is asked; one that is found later has its own day."""
    assert case.clock("K5")["due"] == "2025-12-16"
    agency = listed(case, WHEN)
    assert case.clock("K5", str(agency))["due"] == "2025-12-17"
    ask(case, case.agency(HOSPITAL))
    assert case.clock("K5")["met_on"] == WHEN
    assert case.clock("K5", str(agency))["met_on"] == ""
    answered(case, agency, "2025-12-16")
    waits = [one.last_day for one in case.turns() if one.todo is Todo.REQUEST_RETURNS]
    assert [str(one) for one in waits] == ["2025-12-17"], "the manager is asked to send its form"
    ask(case, agency, when="2025-12-17")
    assert case.clock("K5", str(agency))["met_on"] == "2025-12-17"
    later = listed(case, "2025-12-22", name="Oak School, Tidewick", kind="school")
    assert case.clock("K5", str(later))["due"] == "2025-12-24"


def test_a_wrong_address_is_not_written_to_and_wins_no_time(case, admin_engine):
    agency = listed(case, WHEN)
    answered(case, agency, "2025-12-16", is_confirmed=False)
    assert case.clock("K5", str(agency))["ended_on"] == "2025-12-16"
    with pytest.raises(AnswerRefused, match="a second person confirms its address first"):
        ask(case, agency, when="2025-12-16")
    again = listed(case, "2025-12-17", email="post@elm-practice.example")
    assert again == agency
    with case.world.act(MANAGER, "2025-12-17") as work:
        assert has_waiting(work, get_case(work.session, case.case_id))
    answered(case, agency, "2025-12-17")
    ask(case, agency, when="2025-12-17")
    sent = [one for one in kept_of(admin_engine, case).emails if "elm-practice" in one]
    assert sent == emails("scoping_requested", "post@elm-practice.example")
    assert case.clock("K5", str(agency))["due"] == "2025-12-17", "two days from when first listed"
    assert case.clock("K5", str(agency))["met_on"] == "2025-12-17"


def test_it_is_no_choice_on_another_case_and_no_agency_of_the_partnership(case):
    agency = ask_a_practice(case, WHEN)
    other = Driven(case.world, when="2025-12-15 11:00").decide("2025-12-15 12:00")
    other.notify("2025-12-15 13:00")
    with case.world.act(MANAGER, WHEN) as work:
        assert agency not in {one.id for one in agencies(work.session)}
        assert agency in {one.id for one in agencies_on(work.session, case.case_id)}
    with pytest.raises(NotFound):
        ask(other, agency, when="2025-12-16")
    for page in CASE_PAGES:
        assert not any(
            PRACTICE in found for found in offered(other, page.act.name, "2025-12-16").values()
        ), page.path
    assert listed(other, "2025-12-16") != agency, "each case has its own"


def test_a_name_that_the_partnership_has_is_asked_as_what_it_is(case):
    with pytest.raises(AnswerRefused, match="It is an agency of the partnership"):
        listed(case, WHEN, name=SCHOOL.upper())
    listed(case, WHEN)
    with pytest.raises(AnswerRefused, match="waits for a second person already"):
        listed(case, WHEN, email="other@elm-practice.example")


def test_a_conflict_closes_it_with_the_case(case):
    """LC-02: whoever has a conflict reads not even its name."""
    agency = listed(case, WHEN)
    member = someone_else(case.world.ours.actor(Role.REVIEW_GROUP_MEMBER))
    conflict = say.declare(has_conflict=True, particulars="A patient there.")
    for is_known in (True, False):
        with case.world.act(member, WHEN) as work:
            assert (agency in agency_names(work.session)) is is_known
        if is_known:
            case.do(declaration.declare, conflict, member, WHEN)


def test_nobody_but_the_manager_and_the_chair_lists_one(case):
    with pytest.raises(NotPermitted):
        listed(case, WHEN, who=Role.SAFEGUARDING_PARTNER)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (PLANTED, "row-level security"),
        (CONFIRMED.format("listed_by"), "two_people"),
        (CONFIRMED.format(SOMEBODY_ELSE), "row-level security"),
    ],
)
def test_the_database_takes_no_agency_and_no_address_on_one_persons_word(case, change, refused):
    listed(case, WHEN)
    with (
        pytest.raises(DBAPIError, match=refused),
        case.world.act(MANAGER, WHEN) as work,
    ):
        work.session.execute(text(change))


def test_the_application_changes_no_agency_of_the_partnership(case):
    listed(case, WHEN)
    change = text("update agencies set address = 'x@x.example' where case_id is null")
    with case.world.act(MANAGER, WHEN) as work:
        assert work.session.execute(change).rowcount == 0


def test_its_people_come_in_without_an_account_and_answer_for_it_alone(our_world):
    """RR-40: a return of its own, with its own last day (K6)."""
    case = Driven(our_world).decide().notify()
    agency = ask_a_practice(case, "2025-12-16 09:00")
    door = AtTheDoor(Office(our_world, when="2025-12-16 12:00"), mailbox="desk@elm-practice")
    door.deliver()
    door.ask()
    guest = door.enter()
    assert guest is not None
    actor = Actor(
        person_id=guest.person_id,
        partnership_id=our_world.ours.partnership_id,
        role=Role.GUEST,
        agency_id=agency,
    )
    case.do(declaration.declare, say.declare(), actor, "2025-12-16 12:30")
    case.do(scoping_returns.submit_return, say.submit_return(), actor, "2025-12-17")
    assert case.clock("K6", str(agency))["met_on"] == "2025-12-17"
