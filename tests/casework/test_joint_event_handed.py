"""A learning event that is planned while the lead of a joint review changes (LC-37 to LC-40)."""

import pytest

from services.casework.steps.learning_event.beside_lead import RECORD_PRACTITIONERS_THERE
from services.casework.steps.learning_event.leads_event import leads_event
from services.casework.steps.local_review.agency_reports import REQUEST_REPORTS
from services.database.cases import get_case
from services.database.shown import known_partnerships
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.todos import Todo
from services.web.view_models.learning_event import EventView, learning_event_view
from tests import factories as say
from tests.casework.test_joint_learning_event import HELD, MANAGER, WithEvent
from tests.joint_changes import Changing
from tests.learning_factories import POST, SITTING, record_practitioners_there
from tests.world import HOSPITAL


class HandedOn(WithEvent, Changing):
    """A joint review whose lead changes while its learning event is to come."""

    def seen_there(self) -> EventView:
        """Return the event as the other side's case page tells it."""
        with self.world.act(self.theirs.actor(MANAGER), self.when) as work:
            view = learning_event_view(work, get_case(work.session, self.theirs_case))
        assert view is not None
        return view


def planned_by_the_first_lead(joint: HandedOn) -> None:
    """Have both sides' practitioners invited to the event of the partnership that leads first."""
    joint.begun().sent_to_panel().opened_locally()
    asked = say.request_reports(joint.theirs.agency(HOSPITAL), due="2026-03-02")
    joint.over_there(REQUEST_REPORTS, asked, joint.when)
    joint.declare(joint.theirs_case, Role.AGENCY_LEAD)
    joint.plan_event()


@pytest.fixture
def joint(ready_by) -> HandedOn:
    return ready_by(HandedOn, planned_by_the_first_lead, HandedOn.shared_back)


def test_the_event_goes_on_and_the_new_lead_holds_it(joint):
    """LC-37 to LC-39: nobody is told that it is off, and whoever led takes part in it."""
    joint.invite_theirs()
    written = joint.written_there()
    joint.change_lead()
    assert joint.written_there() == written
    assert joint.standing_there() is EntryType.LEARNING_EVENT_PLANNED
    assert Todo.HOLD_LEARNING_EVENT in joint.todos(joint.own)
    assert Todo.HOLD_LEARNING_EVENT not in joint.todos(joint.driven)
    with joint.world.act(MANAGER, joint.when) as work:
        told = leads_event(work, get_case(work.session, joint.case_id))
        assert told is not None
        assert [str(one.held_on) for one in told.sittings] == [SITTING["held_on"]]
        assert told.partnership == known_partnerships(work.session)[joint.theirs.partnership_id]
    seen = joint.seen_there()
    assert seen.invited == (f"{POST}, {HOSPITAL}",)
    assert [one.partition(",")[0] for one in seen.elsewhere] == [POST], "those of the lead before"
    came = record_practitioners_there(joint.driven.agency())
    joint.do(RECORD_PRACTITIONERS_THERE, came, MANAGER, HELD)
    assert joint.seen_there().elsewhere[-1].endswith("came")


def test_a_new_lead_that_invited_nobody_holds_it_all_the_same(joint):
    """LC-38: its days stand on the new lead's case, which is asked to hold it."""
    joint.change_lead()
    assert Todo.INVITE_PRACTITIONERS not in joint.todos(joint.own)
    assert Todo.HOLD_LEARNING_EVENT in joint.todos(joint.own)
    assert joint.standing_there() is EntryType.LEARNING_EVENT_PLANNED
    assert joint.written_there() == []
