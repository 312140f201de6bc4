"""EMB-07, LC-09: the learning is shared by a plan, and by a briefing that tells of nobody."""

import pytest

from services.casework.steps.embedding import briefings
from services.casework.steps.embedding.briefings import briefing_on_record
from services.database.cases import get_case
from services.domain.briefings import SharingWay
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces, emails
from tests.plan_factories import write_briefing
from tests.words import SAID

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-09-01"


def planned(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency()), WHEN)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, planned)


def write(case: Driven, **but) -> None:
    case.do(briefings.write_briefing, write_briefing(**but), CHAIR, WHEN)


def test_a_plan_has_each_way_in_which_the_partnership_shares_learning():
    """EMB-07, 5A: what the policy names is not left out."""
    chosen = SharingPolicy(sharing_formats=(SharingWay.TEAM_MEETING, SharingWay.NEWSLETTER))
    with pytest.raises(AnswerRefused, match="in a newsletter or on a website: add it") as refused:
        briefings.must_have_each_format(chosen, {SharingWay.TEAM_MEETING})
    assert refused.value.field == "sharing"
    only = SharingPolicy(sharing_formats=(SharingWay.TEAM_MEETING,))
    briefings.must_have_each_format(only, {SharingWay.TEAM_MEETING, SharingWay.OTHER})


def test_a_briefing_and_the_plan_of_its_sharing_are_made_and_the_form_opens_with_it(case, left_by):
    """EMB-07: a clear plan, and a note for team meetings and supervision."""
    said = write_briefing()
    left = left_by(case, briefings.write_briefing, said, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["briefing_written"],
        opened=[
            "confirm_briefing | hospital | 2026-12-01",
            "confirm_briefing | school | 2026-12-01",
            "share_learning | business_manager | 2026-12-01",
        ],
        emails=emails("briefing_to_confirm", "hospital.desk", "school.desk"),
        ordered=["embed | dissemination_plan | v1", "embed | practice_briefing | v1"],
    )
    with case.world.act(CHAIR, WHEN) as work:
        assert briefing_on_record(work, get_case(work.session, case.case_id)) == said


def test_the_briefing_says_its_seven_parts_and_leads_to_no_case(case):
    """EMB-07, LC-09: it has no reference of the case, and is not called a review."""
    write(case, title="Babies who are not seen", learnt="Nobody asked.\n\nAsk.")
    (briefing,) = papers(case, DocumentKind.PRACTICE_BRIEFING)
    assert len(briefing.sections) == 7
    assert briefing.sections[2].paragraphs == ("Nobody asked.", "Ask.")
    assert briefing.kind.particulars.is_public
    (plan,) = papers(case, DocumentKind.DISSEMINATION_PLAN)
    assert plan.sections[0].table.rows[0][1:3] == ("Every team", "Health, head of nursing")
    assert plan.sections[1].paragraphs == (SAID,)


@pytest.mark.parametrize("field", ["title", "happened", "more", "sharing"])
def test_a_briefing_that_tells_of_the_case_is_refused(case, field):
    """EMB-07, PUB-16: it leaves for every team, so it names nobody of the case."""
    told = "Robin Example was not seen."
    way = dict(write_briefing().sharing[0]) | {"audience": told}
    but = {"sharing": (way,)} if field == "sharing" else {field: told}
    with pytest.raises(AnswerRefused, match="tells of the case") as refused:
        write(case, **but)
    assert refused.value.field == field


def test_a_briefing_that_reaches_nobody_or_by_a_day_gone_by_is_refused(case):
    """EMB-07: who is reached, by whom and by when."""
    way = dict(write_briefing().sharing[0]) | {"last_day": "2026-08-31"}
    for sharing in ((), (way,)):
        with pytest.raises(AnswerRefused) as refused:
            write(case, sharing=sharing)
        assert refused.value.field == "sharing"
