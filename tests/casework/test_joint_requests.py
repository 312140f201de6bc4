"""A local review that was asked for is carried by two partnerships, without any notification."""

import pytest

from services.casework.engine.progress import standings
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.clocks import clocks
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.domain.workflow import Stage, Step, StepState
from tests import factories as say
from tests.driven import Driven
from tests.joint_publishing import DAY, MANAGER, Publishing
from tests.logged import a_request
from tests.world import practising

CHAIR = Role.REVIEW_GROUP_CHAIR


class Asked(Publishing):
    """Two partnerships on the way into a review that an agency asked one of them for."""

    def __post_init__(self) -> None:
        self.world = practising(self.world, self.when)
        self.driven = Driven.of(self.world, a_request(self.world))
        said = say.consider_request()
        self.driven.do(request_consideration.consider_request, said, CHAIR, "2025-12-15")
        self.driven.sign(sign_off.sign_request, "2025-12-16")

    def drafted(self, part: JointPart = JointPart.JOINTLY_PUBLISHING) -> "Asked":
        self.theirs_case = self.joined(part)
        self._commission("2026-02-02 10:00")
        self.drafted_by_lead()
        return self


def test_rr_29_both_sides_sign_its_terms_and_its_report_and_publish_it(world):
    """RR-29, NOT-23: from its terms on, since there is no rapid review and no K10."""
    several = Asked(world)
    several.planned()
    for send in (several.send, several.send_theirs):
        send()
    several.publish()
    several.publish_theirs(DAY)
    for case in (several.driven, several.own):
        assert case.stage() is Stage.EMBEDDING
        with case.world.act(MANAGER, several.when) as work:
            counted = {one.clock for one in clocks(work.session, case.case_id)}
        assert not counted & {"K1", "K7", "K10"}
    with several.world.act(MANAGER, several.when) as work:
        found = standings(work, get_case(work.session, several.case_id))
        unneeded = {one.step for one in found if one.state is StepState.NOT_NEEDED}
    assert unneeded == {Step.NOTIFY, Step.SCOPE, Step.MEET, Step.SUBMIT}
    assert several.driven.clock("K11")["met_on"] == DAY[:10]


def test_a_review_that_was_asked_for_is_led_where_it_was_asked_for(world):
    several = Asked(world)
    theirs = several.theirs.partnership_id
    with pytest.raises(AnswerRefused, match="where it was asked for"):
        several.invite(lead=theirs)


def test_after_a_rapid_review_no_other_partnership_joins(case_at):
    case = case_at(Stage.COMMISSIONING)
    several = Publishing(case.world)
    several.driven = Driven.of(several.world, case.case_id)
    several.when = "2026-01-20 10:00"
    with pytest.raises(StepNotOpen, match="before its decision"):
        several.invite()
