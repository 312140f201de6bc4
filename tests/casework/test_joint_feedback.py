"""PUB-19 in a joint review: practitioners of each partnership say whether the draft is right."""

from typing import Any

import pytest

from services.casework.steps import declaration
from services.casework.steps.learning_event import draft_heard
from services.casework.steps.learning_event.feedback_begun import feedback_begun
from services.casework.steps.learning_event.feedback_there import RECORD_FEEDBACK_THERE
from services.casework.steps.learning_event.holding import RECORD_LEARNING_EVENT
from services.casework.steps.learning_event.participant_invited import INVITE_PARTICIPANT
from services.casework.steps.local_review.draft_report import SUBMIT_DRAFT
from services.casework.steps.local_review.quality_assurance import QUALITY_ASSURE
from services.casework.steps.sign_off.sign_off import SIGN_REPORT
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.at_the_event import practitioner
from tests.casework.test_joint_learning_event import HELD, WithEvent, contributing
from tests.feedback_factories import feedback_there
from tests.learning_factories import POST, record_learning_event
from tests.participant_factories import (
    NAME,
    say_ask_participants,
    say_invite_participant,
    say_of_draft,
)
from tests.settled_practitioners import ask_practitioners
from tests.team_factories import meet_as_team
from tests.world import HOSPITAL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
DRAFTED, WHEN = "2026-05-01 10:00", "2026-05-02 10:00"


class WithDraft(WithEvent):
    """A joint review whose lead held an event, to which somebody came from over there."""

    def say_there(self, *names: str, when: str = WHEN, **but: Any) -> None:
        """Record over there what practitioners of these agencies say of the lead's draft."""
        said = feedback_there(*map(self.theirs.agency, names), **but)
        self.over_there(RECORD_FEEDBACK_THERE, said, when)

    def assure(self, **but: Any) -> None:
        """Have the draft assured, by the lead's chair."""
        self.do(QUALITY_ASSURE, say.quality_assure(**but), CHAIR, WHEN)

    def told(self) -> list[dict[str, Any]]:
        """Return what the lead has on record of what practitioners over there say."""
        with self.world.act(CHAIR, self.when) as work:
            found = all_of(work.session, self.case_id, EntryType.FEEDBACK_ELSEWHERE)
            assert {one.section for one in found} <= {Section.DRAFT_REPORT}
            return [one.command for one in found]


def drafted(joint: WithDraft) -> None:
    """Hold the event with practitioners of both, one of whom is on the list, and draft."""
    contributing(joint)
    meet_as_team(joint.driven)
    joint.plan_event()
    joint.invite_theirs()
    listed = say_invite_participant(joint.theirs.agency(HOSPITAL))
    joint.over_there(INVITE_PARTICIPANT, listed, joint.when)
    actor = practitioner(joint.own, joint.when)
    joint.own.do(declaration.declare, say.declare(), actor, joint.when)
    joint.record_theirs(HELD, HOSPITAL)
    with pytest.raises(StepNotOpen, match="submitted no draft"):
        joint.say_there(when=HELD)
    held = record_learning_event(joint.driven.agency())
    joint.do(RECORD_LEARNING_EVENT, held, REVIEWER, HELD)
    joint.driven.report()
    joint.do(SUBMIT_DRAFT, say.submit_draft(), REVIEWER, DRAFTED)
    ask_practitioners(joint.driven, WHEN)


@pytest.fixture
def joint(ready_by) -> WithDraft:
    return ready_by(WithDraft, drafted)


def refused(field: str, act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field
    return str(found.value)


def test_the_leads_draft_waits_for_practitioners_of_who_contributes(joint):
    """PUB-19: it goes on with what they say through their own partnership, and with an answer."""
    assert Todo.HEAR_OF_DRAFT in joint.todos(joint.own)
    assert "or wait for it (PUB-19)" in refused("elsewhere", joint.assure)
    joint.say_there(HOSPITAL)
    assert Todo.HEAR_OF_DRAFT not in joint.todos(joint.own)
    (told,) = joint.told()
    assert [(one["agency"], one["post"]) for one in told["remarks"]] == [(HOSPITAL, POST)]
    assert "Say what becomes" in refused("elsewhere", joint.assure)
    joint.assure(elsewhere="The page says so now.")
    with joint.world.act(Role.SAFEGUARDING_PARTNER, WHEN) as work:
        read = said_before(work, SIGN_REPORT, get_case(work.session, joint.case_id))
    assert {POST, "The page says so now."} <= {said.text for one in read for said in one.said}


def test_it_goes_on_without_them_only_with_a_reason(joint):
    """PUB-19: over there or by the lead; of who took part and is not asked it is said why."""
    assert HOSPITAL in refused("not_asked", joint.say_there, not_asked=None)
    refused("agencies", joint.say_there, shared="In writing.")
    early = {"asked_on": "2026-04-30"}
    assert "submitted later" in refused("asked_on", joint.say_there, HOSPITAL, **early)
    refused("no_remark", joint.say_there, HOSPITAL, remarks=())
    joint.say_there(not_asked="Has left.")
    assert joint.told()[0]["not_asked"] == "Has left."
    joint.assure()


def test_the_lead_may_say_why_it_goes_on_without_them(joint):
    """PUB-19: a partnership that says nothing holds up nobody for ever."""
    joint.assure(elsewhere="They were asked twice, and did not answer.")


def test_practitioners_on_the_list_over_there_are_asked_by_their_own_partnership(joint):
    """PUB-19: what each says is in what the lead is told, by post; a name is in nothing."""
    asked = say_ask_participants(answer_by="2026-05-08")
    joint.over_there(draft_heard.ASK_PARTICIPANTS, asked, "2026-05-01 11:00")
    remark = say_of_draft(is_right=False, remark="It was in March.")
    actor = practitioner(joint.own, WHEN)
    joint.own.do(draft_heard.say_of_draft, remark, actor, WHEN)
    with joint.world.act(joint.theirs.actor(MANAGER), WHEN) as work:
        begun = feedback_begun(work, get_case(work.session, joint.theirs_case))
    assert begun is not None
    assert [one.remark for one in begun.remarks] == ["It was in March."]
    assert POST in refused("remarks", joint.say_there, HOSPITAL, remarks=(), no_remark="None.")
    joint.say_there(HOSPITAL, remarks=[one.model_dump() for one in begun.remarks])
    (told,) = joint.told()
    assert told["remarks"][0]["remark"] == "It was in March."
    assert NAME not in str(told)
