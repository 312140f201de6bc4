"""The scoping forms: records are secured before a return is taken, and what is new waits for it."""

from dataclasses import replace

import pytest

from services.casework.steps.attendance import attendees
from services.casework.steps.rapid_review import meeting_pack
from services.casework.steps.scoping import scoping, scoping_returns
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.domain.todos import Todo
from tests import factories
from tests.attendance_factories import name_attendees
from tests.driven import Driven
from tests.world import PROBATION

MANAGER = Role.BUSINESS_MANAGER


def test_a_return_is_taken_once_all_records_are_secured_and_not_before(world):
    """RR-41: the agency confirms it with the return; without, the return is refused."""
    case = Driven(world).decide().notify()
    asked = factories.request_returns(case.agency())
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    unsecured = factories.submit_return(records_secured=False)
    with pytest.raises(AnswerRefused, match="Secure all records first"):
        case.do(scoping_returns.submit_return, unsecured, Role.AGENCY_LEAD, "2025-12-16")
    case.do(
        scoping_returns.submit_return, factories.submit_return(), Role.AGENCY_LEAD, "2025-12-16"
    )


def test_a_return_is_taken_only_from_who_acts_for_an_agency(world):
    """The form is an agency's own; somebody who was invited to the meeting has none."""
    case = Driven(world).decide().notify().scope()
    lead = world.ours.actor(Role.AGENCY_LEAD)
    again = factories.submit_return()
    alone = replace(lead, agency_id=None)
    named = name_attendees(lead.person_id)
    case.do(attendees.name_attendees, named, MANAGER, "2025-12-18")
    with pytest.raises(NotPermitted, match="Only a person who acts for an agency"):
        case.do(scoping_returns.submit_return, again, alone, "2025-12-19")


def test_an_agency_found_later_has_the_pack_of_the_meeting_put_together_again(world):
    """RR-43: the meeting is prepared from the forms, and again when another one is asked for."""
    case = Driven(world).decide().notify().scope()
    case.do(meeting_pack.accept_pack, factories.accept_pack(), MANAGER, "2025-12-19")
    assert case.row().pack_accepted_on is not None
    later = factories.request_returns(case.agency(PROBATION))
    case.do(scoping.request_returns, later, MANAGER, "2025-12-22")
    assert case.row().pack_accepted_on is None
    assert Todo.ACCEPT_PACK in {one.todo for one in case.turns()}
