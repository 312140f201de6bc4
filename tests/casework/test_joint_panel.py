"""The Panel's part in a joint review: it writes to the lead, and every deciding side signs."""

import pytest

from services.casework.steps.child_death.review_hold import review_of_death
from services.casework.steps.rapid_review.local_course import PROPOSE_LOCAL_COURSE
from services.casework.steps.rapid_review.panel_reply import REPLY_TO_PANEL
from services.casework.steps.sign_off.sign_off import SIGN_RAPID_REVIEW
from services.database.cases import get_case
from services.domain.errors import StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.workflow import LocalCourse, PanelAnswer, Stage
from tests import panel_factories
from tests.joint_changes import Changing
from tests.joint_publishing import Publishing

PARTNER, WHEN = Role.SAFEGUARDING_PARTNER, "2026-01-26 10:00"


@pytest.fixture
def with_panel(ready_by) -> Publishing:
    """A joint rapid review that both sides have signed and the lead has sent."""
    return ready_by(Publishing, Publishing.begun, Publishing.sent_to_panel)


def test_the_lead_replies_to_the_panel_and_no_other_side_does(with_panel):
    """GOV-14: one review has one correspondent of the Panel (rules.md 4)."""
    with_panel.driven.answer(PanelAnswer.QUERIES)
    reply = panel_factories.reply_to_panel()
    with pytest.raises(StepNotOpen, match="another partnership leads"):
        with_panel.do_theirs(REPLY_TO_PANEL, with_panel.theirs_case, reply, PARTNER)
    with_panel.do(REPLY_TO_PANEL, reply, PARTNER, WHEN)
    assert with_panel.driven.stage() is Stage.COMMISSIONING


def test_every_deciding_side_signs_what_becomes_of_the_local_review(with_panel):
    """GOV-14, K11: the seats of both partnerships end it, and those of the lead alone do not."""
    driven = with_panel.driven.answer(PanelAnswer.RUNS_NATIONAL)
    course = panel_factories.propose_local_course(LocalCourse.ENDS)
    with_panel.do(PROPOSE_LOCAL_COURSE, course, Role.REVIEW_GROUP_CHAIR, WHEN)
    driven.sign(SIGN_RAPID_REVIEW.perform, WHEN, *Seat)
    assert "K11 2026-07-05" in driven.running()
    with_panel.sign_theirs(SIGN_RAPID_REVIEW, WHEN)
    assert not any(one.startswith("K11") for one in driven.running())
    assert driven.stage() is Stage.NATIONAL_REVIEW


def test_a_former_lead_awaits_no_answer_of_the_panel_and_holds_no_death_review_for_it(with_panel):
    """GOV-06: the Panel answers the lead; what the former one sent is no longer its own."""
    swapped = Changing.of(with_panel)
    swapped.when = "2026-01-26 10:00"
    assert awaited(swapped) == (True, False)
    swapped.shared_back()
    swapped.change_lead()
    assert awaited(swapped) == (False, True)


def awaited(several: Changing) -> tuple[bool, bool]:
    """Tell of ours and of theirs whether it awaits the Panel, as the hold on a death has it."""
    found = []
    for side, case_id in (
        (several.world.ours, several.case_id),
        (several.theirs, several.theirs_case),
    ):
        with several.world.act(side.actor(Role.BUSINESS_MANAGER), several.when) as work:
            found.append(review_of_death(work, get_case(work.session, case_id)).awaits_panel)
    ours, theirs = found
    return ours, theirs
