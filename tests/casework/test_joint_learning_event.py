"""LC-37 to LC-40 in a joint review: practitioners of both sides' agencies are invited, and come."""

from typing import Any

import pytest

from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint.change_answer import ANSWER_CHANGE
from services.casework.steps.joint.change_proposal import PROPOSE_CHANGE
from services.casework.steps.learning_event.beside_lead import (
    INVITE_PRACTITIONERS,
    RECORD_PRACTITIONERS_THERE,
)
from services.casework.steps.learning_event.plan import event_of
from services.casework.steps.learning_event.planning import (
    CALL_OFF_LEARNING_EVENT,
    PLAN_LEARNING_EVENT,
)
from services.casework.steps.local_review.agency_reports import REQUEST_REPORTS
from services.database.cases import get_case
from services.database.outbox import case_emails
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.web.view_models.learning_event import learning_event_view
from tests import factories as say
from tests.joint_factories import answer_change, propose_change
from tests.joint_publishing import Publishing
from tests.learning_factories import (
    POST,
    SITTING,
    call_off_learning_event,
    invite_practitioners,
    plan_learning_event,
    record_practitioners_there,
)
from tests.team_factories import meet_as_team
from tests.words import SAID
from tests.world import HOSPITAL, PROBATION

MANAGER = Role.BUSINESS_MANAGER
HELD = f"{SITTING['held_on']} 14:00"


class WithEvent(Publishing):
    """A joint review whose lead holds a learning event."""

    def plan_event(self, on: str = "", when: str = "", **but: Any) -> None:
        """Plan it as the lead's manager, or plan it anew."""
        sitting = {**SITTING, "held_on": on or SITTING["held_on"]}
        why = {"why_changed": "The room is not free."} if on else {}
        said = plan_learning_event(self.driven.agency(), sittings=(sitting,), **why, **but)
        self.do(PLAN_LEARNING_EVENT, said, MANAGER, when or self.when)

    def invite_theirs(self, name: str = HOSPITAL) -> None:
        """Invite practitioners of an agency over there."""
        said = invite_practitioners(self.theirs.agency(name))
        self.over_there(INVITE_PRACTITIONERS, said, self.when)

    def record_theirs(self, when: str, *names: str, **but: Any) -> None:
        """Record over there who of these agencies came."""
        said = record_practitioners_there(*map(self.theirs.agency, names), **but)
        self.over_there(RECORD_PRACTITIONERS_THERE, said, when)

    def elsewhere(self) -> tuple[str, ...]:
        """Return who of the other partnership the lead's case page tells of."""
        with self.world.act(MANAGER, self.when) as work:
            view = learning_event_view(work, get_case(work.session, self.case_id))
            assert view is not None
            return view.elsewhere

    def written_there(self) -> list[EmailTrigger]:
        """Return of what their hospital was written to about the event."""
        mine = {EmailTrigger.LEARNING_EVENT_PLANNED, EmailTrigger.LEARNING_EVENT_CALLED_OFF}
        with self.world.act(self.theirs.actor(MANAGER), self.when) as work:
            sent = case_emails(work.session, self.theirs_case)
            return [one.event for one in sent if one.event in mine]

    def standing_there(self) -> EntryType:
        """Return how the event stands over there."""
        with self.world.act(self.theirs.actor(MANAGER), self.when) as work:
            event = event_of(work, get_case(work.session, self.theirs_case))
            assert event is not None
            return event.newest.entry_type


def contributing(joint: WithEvent) -> None:
    """Carry a review to which the other side contributes to where its own agency is asked."""
    joint.begun(JointPart.CONTRIBUTING).sent_to_panel().opened_locally()
    asked = say.request_reports(joint.theirs.agency(HOSPITAL), due="2026-03-02")
    joint.over_there(REQUEST_REPORTS, asked, joint.when)
    joint.declare(joint.theirs_case, Role.AGENCY_LEAD)


@pytest.fixture
def joint(ready_by) -> WithEvent:
    return ready_by(WithEvent, contributing)


def test_practitioners_of_both_sides_are_invited_to_the_leads_event(joint):
    """LC-37, LC-38: each side invites its own, who have papers of their own; the lead knows it."""
    joint.plan_event()
    (asked,) = (one for one in joint.own.turns() if one.todo is Todo.INVITE_PRACTITIONERS)
    assert str(asked.last_day) == SITTING["held_on"]
    joint.invite_theirs()
    assert Todo.INVITE_PRACTITIONERS not in joint.todos(joint.own)
    assert joint.written_there() == [EmailTrigger.LEARNING_EVENT_PLANNED]
    for kind in ("learning_invitation", "learning_briefing", "learning_agenda"):
        assert any("Council House" in one for one in joint.papers(kind)), kind
    (told,) = joint.elsewhere()
    assert told.startswith(f"{POST}, {HOSPITAL}")


def test_only_who_was_asked_is_invited_and_only_to_an_event_that_there_is(joint):
    """LC-37: an agency that was asked nothing cannot read its invitation."""
    with pytest.raises(StepNotOpen, match="planned no learning event"):
        joint.invite_theirs()
    joint.plan_event()
    with pytest.raises(AnswerRefused, match="asked on this case"):
        joint.invite_theirs(PROBATION)


def test_themes_that_the_lead_shares_stand_in_the_papers_over_there(joint):
    """LC-36: its review team confirmed them, whoever's agencies are invited."""
    meet_as_team(joint.driven)
    joint.plan_event(shares_themes=True)
    joint.invite_theirs()
    assert any(f"Key theme: {SAID}" in one for one in joint.papers("learning_worksheets"))


def test_who_leaves_the_review_tells_its_agencies_that_theirs_are_not_expected(joint):
    """LC-38: the event goes on without them."""
    joint.plan_event()
    joint.invite_theirs()
    leaves = propose_change(joint.theirs.partnership_id, change=JointChange.LEAVES)
    joint.do(PROPOSE_CHANGE, leaves, MANAGER, joint.when)
    with joint.world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
        (asked,) = waiting_proposals(work, get_case(work.session, joint.theirs_case))
        ANSWER_CHANGE.perform(work, joint.theirs_case, answer_change(asked.id))
    joint.at(joint.when)
    assert EmailTrigger.LEARNING_EVENT_CALLED_OFF in joint.written_there()


def test_an_event_that_is_called_off_is_off_for_both_and_another_is_asked_about(joint):
    """LC-38: who was invited over there is told as well."""
    joint.plan_event()
    joint.invite_theirs()
    joint.do(CALL_OFF_LEARNING_EVENT, call_off_learning_event(), MANAGER, joint.when)
    assert joint.standing_there() is EntryType.LEARNING_EVENT_CALLED_OFF
    assert EmailTrigger.LEARNING_EVENT_CALLED_OFF in joint.written_there()
    with pytest.raises(StepNotOpen, match="planned no learning event"):
        joint.invite_theirs()
    joint.plan_event()
    assert Todo.INVITE_PRACTITIONERS in joint.todos(joint.own)


def test_an_event_that_is_moved_is_put_to_them_again(joint):
    """LC-38: each agency gets a new invitation for the new day."""
    joint.plan_event()
    joint.invite_theirs()
    joint.plan_event(on="2026-03-09")
    assert Todo.INVITE_PRACTITIONERS in joint.todos(joint.own)
    with pytest.raises(StepNotOpen, match="still to come"):
        joint.record_theirs(HELD, HOSPITAL)
    joint.invite_theirs()
    assert any("9 March 2026" in one for one in joint.papers("learning_invitation"))


def test_who_came_of_theirs_is_recorded_there_and_told_to_the_lead(joint):
    """LC-39, LC-40: each post that was invited is told of, once the event was held."""
    joint.plan_event()
    joint.invite_theirs()
    with pytest.raises(StepNotOpen, match="still to come"):
        joint.record_theirs(joint.when, HOSPITAL)
    with pytest.raises(AnswerRefused, match="each post"):
        joint.record_theirs(HELD, HOSPITAL, people=())
    joint.record_theirs(HELD, HOSPITAL)
    assert joint.standing_there() is EntryType.PRACTITIONERS_THERE
    (told,) = joint.elsewhere()
    assert told.endswith("came")
    with pytest.raises(StepNotOpen, match="on record already"):
        joint.record_theirs(HELD, HOSPITAL)


def test_why_nobody_of_theirs_is_invited_is_on_record(joint):
    """LC-37, LC-40: how they are heard instead; the lead reads it."""
    with pytest.raises(StepNotOpen, match="planned no learning event"):
        joint.record_theirs(joint.when)
    joint.plan_event()
    with pytest.raises(AnswerRefused, match="why nobody"):
        joint.record_theirs(joint.when, nobody=None)
    joint.record_theirs(joint.when)
    assert Todo.INVITE_PRACTITIONERS not in joint.todos(joint.own)


def test_a_partnership_that_is_only_consulted_is_not_asked(ready_by):
    """LC-37, rules.md 4: it asks no agency, so none of its practitioners is invited."""
    joint = ready_by(WithEvent)
    joint.begun(JointPart.CONSULTED).sent_to_panel().opened_locally()
    joint.plan_event()
    assert Todo.INVITE_PRACTITIONERS not in joint.todos(joint.own)
