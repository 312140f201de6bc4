"""The team is on record and agrees on themes; agencies say whom to invite (LC-25, LC-36, LC-37)."""

import pytest

from services.casework.steps.learning_event.plan import plan_on_record
from services.casework.steps.learning_event.planning import plan_learning_event
from services.casework.steps.local_review.agency_reports import request_reports, submit_report
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.review_team.membership import name_review_team
from services.casework.steps.review_team.team_meetings import record_team_meeting
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests import team_factories
from tests.communications_factories import have_strategy
from tests.driven import Driven
from tests.kept import emails
from tests.learning_factories import plan_learning_event as say_plan
from tests.marked import Marked
from tests.recommended import recommend
from tests.report_factories import A_POST
from tests.reported import ask_and_accept
from tests.settled_families import settle_family
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
AGENCY, WHEN, DRAFTED, LATE = Role.AGENCY_LEAD, "2026-02-03", "2026-05-01", "2026-06-01"


def drafted(case: Driven) -> Driven:
    """Have a draft of the report of a review of whose team nothing is on record."""
    settle_family(case, WHEN)
    have_strategy(case, WHEN)
    recommend(ask_and_accept(case, (HOSPITAL, SCHOOL), "2026-04-01"), "2026-04-01")
    case.do(submit_draft, say.submit_draft(), REVIEWER, DRAFTED)
    return case


def assure(case: Driven) -> None:
    case.do(quality_assure, say.quality_assure(), CHAIR, DRAFTED)


def test_a_report_waits_for_who_is_of_the_team_and_for_the_themes_that_it_confirms(case_at):
    """LC-25, LC-36, LC-10: nobody signs a report on which no team, or none needed, agreed."""
    case = drafted(case_at(Stage.LOCAL_REVIEW))
    with pytest.raises(RuleBroken, match="LC-25"):
        assure(case)
    case.do(name_review_team, team_factories.name_the_team(), MANAGER, DRAFTED)
    with pytest.raises(RuleBroken, match="LC-36"):
        assure(case)
    chair = case.world.ours.actor(CHAIR).person_id
    episode = {"episode": "The visit in March.", "why": "What was known of it."}
    met = team_factories.record_team_meeting(
        chair, themes=({"theme": "Time for children"},), episodes=(episode,)
    )
    case.do(record_team_meeting, met, MANAGER, DRAFTED)
    assure(case)
    assert "sign_report" in {one.todo for one in case.turns()}


def test_themes_that_a_mark_hides_from_the_chair_are_not_said_to_be_missing(case_at):
    """LC-36: the refusal says that a mark hides them, and who lets the chair read them."""
    lent = case_at(Stage.LOCAL_REVIEW)
    case = Marked.of(lent.world, lent.case_id)
    drafted(case).do(name_review_team, team_factories.name_the_team(), MANAGER, DRAFTED)
    episode = {"episode": "The visit in March.", "why": "What was known of it."}
    met = team_factories.record_team_meeting(
        case.world.ours.actor(CHAIR).person_id,
        themes=({"theme": "Time for children"},),
        episodes=(episode,),
    )
    case.do(record_team_meeting, met, MANAGER, DRAFTED)
    case.mark(who=MANAGER, when=DRAFTED, about=case.entry(EntryType.TEAM_MET), section=None)
    with pytest.raises(RuleBroken, match="Who marked it lists your seat"):
        assure(case)


def test_an_agency_names_the_posts_that_may_be_invited_and_the_plan_opens_with_them(case_at):
    """LC-37, LC-34: asked for with the report; direct involvement is said, and nobody is named."""
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), due="2026-03-02")
    case.do(request_reports, asked, MANAGER, WHEN)
    named = {**A_POST, "post": "Example business.manager"}
    for field, said in (
        ("participants", {"participants": ()}),
        ("no_participant", {"no_participant": "Nobody is left."}),
        ("participants", {"participants": (named,)}),
    ):
        with pytest.raises(AnswerRefused) as refused:
            case.do(submit_report, say.submit_report(**said), AGENCY, WHEN)
        assert refused.value.field == field
    case.do(submit_report, say.submit_report(), AGENCY, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        begun = plan_on_record(work, get_case(work.session, case.case_id))
    (post,) = begun.model_dump()["invited"]
    assert post == {"agency": case.agency(), **A_POST}


def test_an_event_that_is_planned_while_the_partners_sign_is_told_off_when_the_review_ends(
    case_at, left_by
):
    """LC-38, LC-39: its agencies are not left waiting for an event that nobody holds any more."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    later = {"held_on": "2026-09-01", "begins": "09:30", "ends": "13:00", "place": "Room 1"}
    planned = say_plan(case.agency(), sittings=(later,))
    case.do(plan_learning_event, planned, MANAGER, "2026-05-02")
    first, second, third = case.world.ours.parties
    case.sign(sign_off.sign_report, LATE, first, second)
    left = left_by(
        case, sign_off.sign_report, say.sign(), who=case.world.ours.partner(third), when=LATE
    )
    assert emails("learning_event_called_off", "hospital.desk")[0] in left.emails
    assert case.stage() is Stage.PUBLICATION
