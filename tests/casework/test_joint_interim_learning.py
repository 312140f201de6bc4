"""LC-22 in a joint review: learning is shared early once the partners of both have agreed."""

import pytest

from services.casework.steps.review_team.interim_learning import (
    PROPOSE_INTERIM_LEARNING,
    SHARE_INTERIM_LEARNING,
)
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off.sign_off import SIGN_INTERIM_LEARNING, SIGN_REPORT
from services.database.cases import get_case
from services.database.history import last_fact
from services.domain.entry_types import EntryType
from services.domain.errors import StepNotOpen
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import Todo
from services.web.view_models.said_before import said_before
from tests.joint_changes import Changing
from tests.joint_publishing import Publishing
from tests.team_factories import propose_interim, share_interim

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
SIGN, PROPOSE, SHARE = (
    Todo.SIGN_INTERIM_LEARNING,
    Todo.PROPOSE_INTERIM_LEARNING,
    Todo.SHARE_INTERIM_LEARNING,
)
LEARNT = "Call the family on the day."


class InReview(Publishing, Changing):
    """A joint review that is carried on to its local review, in which learning is put."""

    def put_learning(self, when: str = "") -> None:
        """Put learning to the partners who decide, as the lead's chair."""
        said = propose_interim(self.driven.agency(), learning=LEARNT)
        self.do(PROPOSE_INTERIM_LEARNING, said, CHAIR, when or self.when)

    def share_learning(self) -> None:
        """Record as the lead's manager that it was shared."""
        said = share_interim(shared_on=self.when[:10])
        self.do(SHARE_INTERIM_LEARNING, said, MANAGER, self.when)

    def round(self) -> int:
        """Return in which round the learning is, as the joining side reads it."""
        with self.world.act(self.theirs.actor(MANAGER), self.when) as work:
            case = get_case(work.session, self.theirs_case)
            return round_of(work, case, SignOffMatter.INTERIM_LEARNING)


def opened(joint: InReview) -> None:
    """Carry a review that two decide on to where it is open."""
    joint.begun().sent_to_panel().opened_locally()


def contributing(joint: InReview) -> None:
    """Carry a review to which the other partnership only contributes to where it is open."""
    joint.begun(JointPart.CONTRIBUTING).sent_to_panel().opened_locally()


@pytest.fixture
def joint(ready_by) -> InReview:
    return ready_by(InReview, opened)


def test_learning_that_two_decide_on_is_put_to_the_partners_of_both(joint):
    """LC-22, GOV-11: five of six have agreed, and nothing is shared yet."""
    joint.put_learning()
    assert SIGN in joint.todos(joint.driven)
    assert SIGN in joint.todos(joint.own)
    joint.driven.sign(SIGN_INTERIM_LEARNING.perform, joint.when)
    joint.sign_theirs(SIGN_INTERIM_LEARNING, joint.when, Seat.LOCAL_AUTHORITY, Seat.POLICE)
    with pytest.raises(StepNotOpen, match="every partner"):
        joint.share_learning()
    joint.sign_theirs(SIGN_INTERIM_LEARNING, joint.when, Seat.INTEGRATED_CARE_BOARD)
    assert SIGN not in joint.todos(joint.own)
    assert SHARE in joint.todos(joint.driven)
    joint.share_learning()
    assert SHARE not in joint.todos(joint.driven)


def test_the_partners_over_there_read_what_they_agree_to_and_have_it_filed(joint):
    """LC-22: they read the lead's words, and what each signed stays on their own case."""
    joint.put_learning()
    joint.sign_theirs(SIGN_INTERIM_LEARNING, joint.when, Seat.POLICE)
    partner = joint.theirs.partner(Seat.POLICE)
    with joint.world.act(partner, joint.when) as work:
        case = get_case(work.session, joint.theirs_case)
        told = said_before(work, SIGN_INTERIM_LEARNING, case)
    assert LEARNT in {answer.text for one in told for answer in one.said}
    assert any(LEARNT in one for one in joint.papers("signed_record"))


def test_a_no_over_there_has_it_put_to_all_again(joint):
    """LC-22, GOV-11: there is no majority; the next words are signed by everybody afresh."""
    joint.put_learning()
    joint.driven.sign(SIGN_INTERIM_LEARNING.perform, joint.when)
    no = {"position": Position.DISAGREES}
    joint.sign_theirs(SIGN_INTERIM_LEARNING, joint.when, Seat.POLICE, **no)
    assert PROPOSE in joint.todos(joint.driven)
    joint.put_learning("2026-02-02 12:00")
    assert joint.round() == 2
    assert SIGN in joint.todos(joint.own)
    joint.both(SIGN_INTERIM_LEARNING, "2026-02-02 13:00")
    joint.share_learning()


def test_a_partnership_that_only_contributes_is_not_asked(ready_by):
    """LC-22, rules.md 4: it signs what it decides, once its part was changed by agreement."""
    joint = ready_by(InReview, contributing)
    joint.put_learning()
    joint.driven.sign(SIGN_INTERIM_LEARNING.perform, joint.when)
    assert SIGN not in joint.todos(joint.own)
    assert SHARE in joint.todos(joint.driven)
    decides(joint)
    assert joint.round() == 2
    assert SHARE not in joint.todos(joint.driven)
    joint.both(SIGN_INTERIM_LEARNING, joint.when)
    joint.share_learning()


def test_learning_that_was_shared_is_put_to_nobody_again(ready_by):
    """LC-22: who comes to decide later has no part in what is done."""
    joint = ready_by(InReview, contributing)
    joint.put_learning()
    joint.driven.sign(SIGN_INTERIM_LEARNING.perform, joint.when)
    joint.share_learning()
    decides(joint)
    assert joint.round() == 1
    assert SIGN not in joint.todos(joint.own)


def decides(joint: InReview) -> None:
    """Have the other partnership decide from now on, by agreement."""
    joint.at("2026-02-03 10:00")
    joint.propose_change(JointChange.OTHER_PART, part=JointPart.JOINTLY_DECIDING)
    joint.answer_change()
    joint.at(joint.when)


@pytest.mark.parametrize(("is_agreed", "asked"), [(True, SHARE), (False, PROPOSE)])
def test_a_new_lead_shares_what_all_agreed_to_and_puts_the_rest_anew(joint, is_agreed, asked):
    """LC-22, rules.md 4: nothing that all agreed to is lost as the lead changes."""
    joint.put_learning()
    if is_agreed:
        joint.both(SIGN_INTERIM_LEARNING, joint.when)
    joint.shared_back()
    joint.change_lead()
    assert {SIGN, PROPOSE, SHARE} & joint.todos(joint.driven) == set()
    assert asked in joint.todos(joint.own)
    with joint.world.act(joint.theirs.actor(MANAGER), joint.when) as work:
        kind = EntryType.INTERIM_LEARNING_PROPOSED
        assert last_fact(work.session, joint.theirs_case, kind) is not None


def test_learning_that_waits_is_put_to_nobody_once_the_report_is_signed(joint):
    """LC-22, PUB-02: it is shared with the report, and nobody over there is asked any more."""
    joint.put_learning()
    joint.drafted_by_lead()
    joint.both(SIGN_REPORT, "2026-06-01 11:00")
    assert SIGN not in joint.todos(joint.driven)
    assert SIGN not in joint.todos(joint.own)
    with pytest.raises(StepNotOpen, match="report is signed"):
        joint.sign_theirs(SIGN_INTERIM_LEARNING, joint.when, Seat.POLICE)
