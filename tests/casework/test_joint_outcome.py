"""DEC-14: agencies of a partnership that joins a review read its outcome and its reasons."""

import pytest

from services.casework.access.cases import whose
from services.casework.steps.rapid_review.local_course import PROPOSE_LOCAL_COURSE
from services.casework.steps.scoping.scoping import REQUEST_RETURNS
from services.casework.steps.sign_off.sign_off import SIGN_RAPID_REVIEW
from services.database.audit import OtherChain
from services.database.cases import get_case
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer
from services.web.view_models.own_part import OwnPartView, own_part_view
from tests import factories as say
from tests.joint_publishing import Publishing
from tests.panel_factories import propose_local_course
from tests.world import HOSPITAL

AGENCY, CHAIR = Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR
WORDS, OTHER = say.SAID, "A national review takes its place in part."


class WithAgencies(Publishing):
    """A joint review whose joining partnership has asked an agency of its own."""

    def asked(self) -> None:
        """Have their manager ask the hospital over there for a return."""
        command = say.request_returns(self.theirs.agency(HOSPITAL))
        self.over_there(REQUEST_RETURNS, command, self.when)

    def part(self) -> OwnPartView:
        """Return what the hospital over there reads on its own case."""
        who = self.theirs.actor(AGENCY, agency=HOSPITAL)
        with self.world.act(who, self.when) as work:
            found = own_part_view(work, get_case(work.session, self.theirs_case))
            assert found is not None
            work.session.expunge_all()
            return found


def contributing(joint: WithAgencies) -> None:
    """Put the decision to the lead's partners, where the other partnership contributes."""
    joint.begun(JointPart.CONTRIBUTING).asked()


def deciding(joint: WithAgencies) -> None:
    """Put the decision to the partners of both, and have it sent to the Panel."""
    joint.begun(JointPart.JOINTLY_DECIDING).sent_to_panel().asked()


def test_an_agency_over_there_reads_the_outcome_and_the_reasons_that_are_shared(ready_by):
    """DEC-14, RR-50: not before all have signed it and the Panel has it."""
    joint = ready_by(WithAgencies, contributing)
    assert joint.part().outcome is None
    joint.sent_to_panel()
    told = joint.part().outcome
    assert told is not None
    assert (told.outcome, str(told.decided_on)) == (Outcome.LOCAL_REVIEW, "2026-01-05")
    assert told.reasons == (WORDS,)
    assert told.learning == (), "what the lead's own agencies learn is theirs"


def test_what_the_lead_shows_no_more_is_told_to_no_agency_over_there(ready_by):
    """DEC-14, RR-29: the words are the lead's, and are read while it shows them."""
    joint = ready_by(WithAgencies, deciding)
    assert joint.part().outcome is not None
    joint.end_sharing()
    assert joint.part().outcome is None
    assert joint.part().is_joint


def test_the_lead_knows_that_its_words_were_looked_at(ready_by):
    """DEC-14, rules.md 4: who reads another partnership's words does so in both audit chains."""
    joint = ready_by(WithAgencies, deciding)
    said = joint.part().of_lead
    assert said
    chain = OtherChain(joint.world.ours.partnership_id, joint.case_id)
    assert whose(joint.their_case(joint.theirs_case), said) == (chain,)


@pytest.mark.parametrize(
    ("course", "reads"),
    [
        (LocalCourse.GOES_ON, (Outcome.LOCAL_REVIEW, (WORDS, OTHER))),
        (LocalCourse.ENDS, (Outcome.NO_FURTHER_REVIEW, (OTHER,))),
    ],
)
def test_what_all_decide_beside_a_national_review_is_told_with_its_reasons(course, reads, ready_by):
    """DEC-14, GOV-14: never with the reasons for a review that is no more."""
    joint = ready_by(WithAgencies, deciding)
    joint.driven.answer(PanelAnswer.RUNS_NATIONAL)
    said = propose_local_course(course, agencies_words=OTHER)
    joint.do(PROPOSE_LOCAL_COURSE, said, CHAIR, "2026-01-26 10:00")
    assert joint.part().outcome is None, "it is being decided"
    joint.both(SIGN_RAPID_REVIEW, "2026-01-26 11:00")
    told = joint.part().outcome
    assert told is not None
    assert (told.outcome, told.reasons) == reads
