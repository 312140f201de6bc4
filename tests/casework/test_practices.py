"""GP practices that are asked on one case through a named lead of the directory (RR-39, RR-40).

The days: the case is referred on Friday 12 December 2025; two working days from Monday 15 are
Wednesday 17, five from Tuesday 16 are Tuesday 23 December.
"""

import pytest

from services.casework.alerts import alerts_for
from services.casework.directory.contacts import end_contact
from services.casework.directory.entries import EndEntry
from services.casework.steps import declaration
from services.casework.steps.scoping import scoping, scoping_returns
from services.database.agency_requests import requests
from services.database.cases import get_case
from services.database.partnerships import agencies, agencies_on
from services.domain.agency_requests import Answered, Asked
from services.domain.alerts import AlertCode
from services.domain.errors import AnswerRefused
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.web.view_models.listed import listed_lines
from tests import factories as say
from tests.driven import Driven
from tests.guests import AtTheDoor
from tests.kept import kept_of
from tests.listed import LEAD, MANAGER, a_practice_lead, answered, listed, listed_through
from tests.post_office import Office, our_world
from tests.scoping_factories import PRACTICE
from tests.world import SCHOOL

__all__ = ["our_world"]
WHEN, LATER = "2025-12-15", "2025-12-16"


@pytest.fixture
def case(world) -> Driven:
    return Driven(world).decide().notify()


def ask(case: Driven, *which, when: str = WHEN) -> None:
    case.do(scoping.request_returns, say.request_returns(*which), MANAGER, when)


def sent_to_lead(case: Driven, admin_engine) -> list[str]:
    return [one for one in kept_of(admin_engine, case).emails if LEAD in one]


def test_each_practice_is_asked_by_itself_at_the_address_that_the_directory_has_of_the_lead(
    case, admin_engine
):
    """RR-39: a letter, a clock of being asked and one of answering for each (K5, K6)."""
    ash, birch = listed_through(case, a_practice_lead(case, WHEN), WHEN)
    waits = [one.last_day for one in case.turns() if one.todo is Todo.REQUEST_RETURNS]
    assert [str(one) for one in waits] == ["2025-12-16"], "the earlier of both days counts"
    for one in (ash, birch):
        assert case.clock("K5", str(one))["due"] == "2025-12-17"
    ask(case, ash)
    assert case.clock("K5", str(ash))["met_on"] == WHEN
    assert case.clock("K5", str(birch))["met_on"] == "", "each has its own day"
    ask(case, birch, when=LATER)
    assert case.clock("K6", str(birch))["due"] == "2025-12-23"
    assert len(sent_to_lead(case, admin_engine)) == 2


def test_the_lead_comes_in_for_each_by_an_address_of_its_own_and_answers_for_it_alone(our_world):
    """RR-40: each practice has a return of its own; one answer is none of the other."""
    case = Driven(our_world).decide().notify()
    ash, birch = listed_through(case, a_practice_lead(case, WHEN), WHEN)
    ask(case, ash, when=f"{LATER} 09:00")
    door = AtTheDoor(Office(case.world, when=f"{LATER} 12:00"), mailbox=LEAD)
    door.deliver()
    door.ask()
    guest = door.enter()
    assert guest is not None
    actor = Actor(
        person_id=guest.person_id,
        partnership_id=case.world.ours.partnership_id,
        role=Role.GUEST,
        agency_id=ash,
    )
    ask(case, birch, when=f"{LATER} 13:00")
    case.do(declaration.declare, say.declare(), actor, f"{LATER} 14:00")
    case.do(scoping_returns.submit_return, say.submit_return(), actor, "2025-12-17")
    with case.world.act(MANAGER, "2025-12-17") as work:
        found = requests(work.session, case.case_id, Asked.SCOPING_RETURN)
        answers = {one.agency_id: one.answered for one in found}
    assert (answers[ash], answers[birch]) == (Answered.RECEIVED, Answered.ASKED)
    door.office.when = "2025-12-17 12:00"
    door.deliver()
    door.ask()
    again = door.enter()
    assert again is not None
    assert again.person_id != guest.person_id, "who comes for the other practice"


def test_they_are_of_this_case_alone_and_an_own_address_takes_the_place_of_the_lead(case):
    lead = a_practice_lead(case, WHEN)
    ash, _birch = listed_through(case, lead, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        assert ash not in {one.id for one in agencies(work.session)}
        assert ash in {one.id for one in agencies_on(work.session, case.case_id)}
    own = listed(case, WHEN, name="Ash Surgery, Tidewick")
    assert own == ash
    with pytest.raises(AnswerRefused, match="a second person confirms its address first"):
        ask(case, ash)
    answered(case, ash, WHEN)
    ask(case, ash)
    with case.world.act(MANAGER, WHEN) as work:
        lines = {one.name: one for one in listed_lines(work, get_case(work.session, case.case_id))}
    assert lines["Ash Surgery, Tidewick"].standing == "Confirmed by a second person"
    assert lines["Birch Surgery, Tidewick"].address == f"Through Named GP, {LEAD}"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"practices": ()}, "practices"),
        ({"practices": ({"name": "Oak Surgery"}, {"name": SCHOOL})}, "practices.1.name"),
        ({"practices": ({"name": PRACTICE},)}, "practices.0.name"),
    ],
)
def test_what_cannot_be_listed_is_refused_beside_its_row(case, said, field):
    lead = a_practice_lead(case, WHEN)
    listed(case, WHEN)
    with pytest.raises(AnswerRefused) as refused:
        listed_through(case, lead, WHEN, **said)
    assert refused.value.field == field


def test_without_a_lead_nobody_is_written_to_and_the_manager_is_alerted(case, admin_engine):
    lead = a_practice_lead(case, WHEN)
    ash, birch = listed_through(case, lead, WHEN)
    ask(case, ash)
    with case.world.act(MANAGER, LATER) as work:
        end_contact(work, lead, EndEntry(last_day=WHEN, reasons="They left."))
    ask(case, birch, when=LATER)
    assert len(sent_to_lead(case, admin_engine)) == 1, "none of the second practice"
    with case.world.act(MANAGER, LATER) as work:
        assert AlertCode.POST_NOT_HELD in {one.code for one in alerts_for(work)}
    with pytest.raises(AnswerRefused, match="who is in the directory today"):
        listed_through(case, lead, LATER)
