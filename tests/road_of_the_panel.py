"""A Panel that queries a rapid review, is challenged, and takes up a review of its own."""

from uuid import UUID

from services.casework.steps.rapid_review import (
    local_course,
    panel,
    panel_reply,
    pending_followed,
    supplement,
)
from services.casework.steps.rapid_review.pending_items import awaited_on
from services.database.cases import get_case
from services.domain.roles import Role
from services.domain.workflow import PanelAnswer
from tests import factories as say
from tests import panel_factories
from tests.driven import Driven
from tests.world import World

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER


def challenged(world: World, drive: type[Driven] = Driven) -> Driven:
    """Challenge the Panel's answer, supplement the review, and settle it beside a national one."""
    case = drive(world)
    waits = (panel_factories.pending_item(),)
    case.decide().notify().scope().review(pending=waits).answer(PanelAnswer.QUERIES)
    case.do(panel_reply.lodge_challenge, panel_factories.lodge_challenge(), PARTNER, "2026-01-20")
    item = the_awaited(case, "2026-01-21")
    asked = panel_factories.follow_up_pending(item, expected_on="2026-02-09")
    case.do(pending_followed.follow_up_pending, asked, MANAGER, "2026-01-21")
    case.answer(PanelAnswer.RUNS_NATIONAL, "2026-01-26")
    more = panel_factories.supplement_review(reopens=False, answers=(item,))
    case.do(supplement.supplement_review, more, CHAIR, "2026-01-27")
    course = panel_factories.propose_local_course()
    case.do(local_course.propose_local_course, course, CHAIR, "2026-01-28")
    case.do(panel.end_national_review, say.end_national_review(), MANAGER, "2026-02-02")
    return case


def the_awaited(case: Driven, when: str) -> UUID:
    """Return the one thing that is awaited: its id is of its words, which a road may change."""
    with case.world.act(MANAGER, when) as work:
        (item,) = awaited_on(work, get_case(work.session, case.case_id))
        return item.id
