"""What a new lead is given of a local review that is under way (rules.md 4)."""

from services.casework.steps.communications.strategy import strategy_on_record
from services.casework.steps.learning_event.feedback import not_asked_yet
from services.casework.steps.local_review import progress
from services.database.cases import get_case
from services.database.history import last_fact
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.communications_factories import have_strategy, plan_communications
from tests.joint_changes import Changing
from tests.joint_publishing import Publishing
from tests.team_factories import ask_for_progress


class InLocalReview(Publishing, Changing):
    """A joint review that is carried on to its local review, and whose lead changes there."""


def test_what_was_planned_and_asked_in_the_local_review_is_handed_over(world):
    """PUB-19, PUB-20, LC-21: the new lead goes on with it, and plans nothing anew."""
    joint = InLocalReview(world).begun().sent_to_panel().opened_locally()
    have_strategy(joint.driven, joint.when)
    asked = ask_for_progress(by_when="2026-03-02")
    joint.driven.do(progress.ask_for_progress, asked, Role.REVIEW_GROUP_CHAIR, joint.when)
    joint.shared_back()
    joint.change_lead()
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        theirs = get_case(work.session, joint.theirs_case)
        assert theirs.stage is Stage.LOCAL_REVIEW
        assert strategy_on_record(work, theirs) == plan_communications()
        assert last_fact(work.session, theirs.id, EntryType.PROGRESS_ASKED)
        assert not_asked_yet(work, theirs) == frozenset()
