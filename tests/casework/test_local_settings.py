"""What a partnership settles for its meeting and for the presentation, and when it is to meet."""

from datetime import date

import pytest

from services.casework.steps.decision_grounds import must_have_key_lines
from services.casework.steps.publication import publication
from services.casework.steps.rapid_review import meeting, meeting_pack
from services.casework.steps.rapid_review.meeting_window import plan_from, when_to_meet
from services.casework.steps.sign_off import sign_off
from services.database.cases import Case, get_case
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.policy_json import policy_to_json
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import tell_staff
from tests.driven import Driven
from tests.reached import reach
from tests.words import SAID
from tests.world import HOSPITAL, World, make_world

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


@pytest.fixture
def otherwise(app_engine) -> World:
    """A partnership in which anybody may chair, and nothing is presented before it is published."""
    chosen = {"review_group_chair_chairs": False, "presented_before_publication": False}
    return make_world(app_engine, PartnershipPolicy(**chosen))


def test_a_meeting_is_planned_for_a_day_on_which_its_papers_can_have_been_read(world):
    """E-14: asked on day 2 and back on day 7, when the window opens, so that day 8 is planned."""
    case = Driven(world)
    with world.act(MANAGER, "2025-12-12 12:00") as work:
        found = get_case(work.session, case.case_id)
        assert plan_from(work, found) == date(2025, 12, 24)
        assert "Wed 24 Dec 2025 or later" in when_to_meet(work, found)
    case.decide().notify().scope(sent="2025-12-15")
    with world.act(MANAGER, "2025-12-15 12:00") as work:
        found = get_case(work.session, case.case_id)
        assert plan_from(work, found) == date(2025, 12, 23)  # they are asked a day sooner


def test_where_the_policy_has_it_so_another_person_chairs_the_meeting(otherwise):
    """RR-48: the refusal is a local rule, which the partnership's policy may lift."""
    case = reach(otherwise, Stage.RAPID_REVIEW)
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    lead = otherwise.ours.actor(Role.AGENCY_LEAD, agency=HOSPITAL).person_id
    held = say.hold_meeting(present=(lead,), chaired_by=lead)
    case.do(meeting.hold_meeting, held, CHAIR, "2025-12-30 16:00")
    assert case.row().met_on == date(2025, 12, 30)


def test_where_the_policy_has_it_so_a_fifth_key_line_stands_with_its_reason():
    """LC-07: four at most by the guidance; a partnership may take the fifth as a warning."""
    warns = PartnershipPolicy(fifth_key_line=True)

    def tried(policy: PartnershipPolicy, lines: int, why: str | None) -> str:
        case = Case(policy=policy_to_json(policy))
        try:
            must_have_key_lines(case, say.key_lines(lines), why, is_needed=True)
        except AnswerRefused as found:
            return f"{found.field}: {found}"
        return ""

    assert "no more than four" in tried(NATIONAL, 5, SAID)
    assert "no more than five" in tried(warns, 6, SAID)
    assert tried(warns, 5, None).startswith("why_fifth: Say why")
    assert tried(warns, 4, SAID).startswith("why_fifth: There are no more")
    assert tried(warns, 5, SAID) == tried(NATIONAL, 4, None) == ""


def test_where_the_policy_has_it_so_a_report_is_published_without_its_presentation(otherwise):
    """GOV-18: the presentation is a local rule, which the partnership's policy may leave out."""
    case = reach(otherwise, Stage.PUBLICATION)
    case.do(publication.plan_publication, say.plan_publication(), MANAGER, "2026-06-08")
    case.sign(sign_off.sign_publication, "2026-06-08")
    tell_staff(case, "2026-06-08").publish()
    assert case.stage() is Stage.EMBEDDING
