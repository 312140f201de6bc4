"""Doc 17, PUB-20, PUB-21: communications are planned while the report is written."""

import pytest

from services.casework.steps.communications import strategy
from services.casework.steps.local_review import (
    agency_report_judgement,
    agency_reports,
    draft_report,
    quality_assurance,
)
from services.casework.steps.publication import publication
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import LEFT_OPEN, plan_communications
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.recommended import recommend
from tests.sent_out import make_checks
from tests.settled_families import settle_family
from tests.settled_teams import settle_team

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
LEAD = Role.COMMUNICATIONS_LEAD
WHEN, DRAFTED, PLANNED = "2026-04-01", "2026-05-01", "2026-06-08"
ACT = strategy.plan_communications


def without_strategy(case: Driven) -> Driven:
    """Submit a draft of a report for which no communications are planned."""
    asked = say.request_reports(case.agency(), due=WHEN)
    for act, command, who in (
        (agency_reports.request_reports, asked, MANAGER),
        (agency_reports.submit_report, say.submit_report(), Role.AGENCY_LEAD),
        (agency_report_judgement.accept_report, say.accept_report(case.agency()), REVIEWER),
    ):
        case.do(act, command, who, WHEN)
    settle_family(case, WHEN)
    return recommend(case, WHEN)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("statement", {"statement": "Robin Example was not seen. Ring 01632 960400."}),
        (
            "questions",
            {"questions": ({"question": "Who was born on 3 March 2024?", "answer": "A"},)},
        ),
    ],
)
def test_a_statement_that_tells_of_the_case_is_not_kept_without_why(case_at, field, told):
    """PUB-16, Doc 17: the statement, questions and answers are compared as the report is."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(AnswerRefused, match="PUB-16") as refused:
        case.do(ACT, plan_communications(**told), MANAGER, WHEN)
    assert refused.value.field == field
    why = "Robin Example, 3 March 2024: as the inquest said in public; her mother agreed."
    case.do(ACT, plan_communications(**told, may_be_said=why), MANAGER, WHEN)
    strategy_paper = papers(case, "publication_strategy")[-1]
    assert "inquest" not in str(strategy_paper)


def test_a_version_is_kept_as_two_papers_and_the_one_before_stays(case_at, left_by):
    """Doc 17: the strategy, and the press statement with its questions and answers."""
    case = case_at(Stage.LOCAL_REVIEW)
    first = plan_communications(**LEFT_OPEN)
    assert left_by(case, ACT, first, who=MANAGER, when=WHEN) == Traces(
        entries=["communications_planned"], ordered=["commission | publication_strategy | v1"]
    )
    assert left_by(case, ACT, plan_communications(), who=MANAGER, when=WHEN) == Traces(
        entries=["communications_planned"],
        ordered=["commission | press_statement | v1", "commission | publication_strategy | v2"],
    )
    assert [one.version for one in papers(case, "publication_strategy")] == [1, 2]
    (statement,) = papers(case, "press_statement")
    assert [one.heading for one in statement.sections] == ["Statement", "Questions and answers"]
    for field in ("audiences", "spokespeople"):
        with pytest.raises(AnswerRefused) as found:
            case.do(ACT, plan_communications(**{field: ()}), MANAGER, WHEN)
        assert found.value.field == field


def test_no_report_goes_to_the_partners_before_its_communications_are_planned(case_at, left_by):
    """PUB-20: planning begins before endorsement; the first draft asks for it once."""
    case = without_strategy(case_at(Stage.LOCAL_REVIEW))
    with pytest.raises(NotFound):
        case.do(ACT, plan_communications(), LEAD, WHEN)
    left = left_by(
        case,
        draft_report.submit_draft,
        say.submit_draft(),
        who=REVIEWER,
        when=DRAFTED,
    )
    asked = [one.rpartition(" | ")[0] for one in left.opened]
    assert "plan_communications | business_manager" in asked
    settle_team(case, DRAFTED)
    make_checks(case.world, case.case_id, DRAFTED)
    with pytest.raises(RuleBroken, match="PUB-20"):
        case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, DRAFTED)
    first = plan_communications(**LEFT_OPEN)
    left = left_by(case, ACT, first, who=LEAD, when=DRAFTED)
    assert left.closed == ["plan_communications | business_manager"]
    case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, DRAFTED)


def test_a_day_is_planned_once_the_strategy_leaves_nothing_open(case_at):
    """PUB-21, G10: what publication means for children, family and practitioners is said."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft().sign(sign_off.sign_report, "2026-06-01")
    case.do(ACT, plan_communications(**LEFT_OPEN), MANAGER, PLANNED)
    with pytest.raises(RuleBroken, match="for practitioners, the risks"):
        case.do(publication.plan_publication, say.plan_publication(), MANAGER, PLANNED)
    with case.world.act(LEAD, PLANNED) as work:
        row = get_case(work.session, case.case_id)
        assert strategy.strategy_on_record(work, row) == plan_communications(**LEFT_OPEN)
    case.do(ACT, plan_communications(for_family=None), MANAGER, PLANNED)
    with pytest.raises(RuleBroken, match=r"open \(Document 17\): what it means for the family\."):
        case.do(publication.plan_publication, say.plan_publication(), MANAGER, PLANNED)
    case.do(ACT, plan_communications(), MANAGER, PLANNED)
    case.plan()
