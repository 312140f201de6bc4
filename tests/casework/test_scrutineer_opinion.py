"""GOV-13: the scrutineer's opinion stands beside what the partners sign, and never counts."""

import pytest

from services.casework.steps.embedding import action_plan
from services.casework.steps.sign_off import scrutineer_opinion, sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from services.web.view_models.sign_offs import matter_lines
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.reached import decision_put

SCRUTINEER, CHAIR, PARTNER = (
    Role.INDEPENDENT_SCRUTINEER,
    Role.REVIEW_GROUP_CHAIR,
    Role.SAFEGUARDING_PARTNER,
)
WHEN = "2026-01-05"


def opine(case: Driven, **said) -> None:
    command = say.give_opinion(**said)
    case.do(scrutineer_opinion.give_opinion, command, SCRUTINEER, WHEN)


def shown(case: Driven, act=sign_off.SIGN_RAPID_REVIEW) -> tuple[str, str]:
    """Return what a partner reads before they sign, and beside the matter on the case's page."""
    with case.world.act(PARTNER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        before = " ".join(
            answer.text for told in said_before(work, act, row) for answer in told.said
        )
        beside = " ".join(one.opinion for line in matter_lines(work, row) for one in line.opinions)
        return before, beside


def test_an_opinion_is_read_before_a_partner_signs_and_is_never_needed(case_at, left_by):
    """GOV-13, GOV-11: the three agree without it, and it fills no seat."""
    case = case_at(Stage.RAPID_REVIEW, Driven.meet)
    with pytest.raises(AnswerRefused, match="not asked to sign this now"):
        opine(case)
    case.propose()
    left = left_by(
        case,
        scrutineer_opinion.give_opinion,
        say.give_opinion(opinion="I would have asked the school."),
        who=SCRUTINEER,
        when=WHEN,
    )
    assert left == Traces(entries=["opinion_given"])
    assert all("I would have asked the school." in one for one in shown(case))
    assert len([one for one in case.turns() if one.todo == "sign_rapid_review"]) == 3
    case.sign(sign_off.sign_rapid_review, WHEN)
    assert str(case.row().decided_on) == WHEN
    with pytest.raises(AnswerRefused, match="not asked to sign this now"):
        opine(case)


def test_an_opinion_is_of_one_version_and_of_one_matter(case_at):
    """GOV-13: on the LCSPR's decisions as on the rapid review's."""
    case = case_at(Stage.EMBEDDING)
    plan = say.propose_plan(case.agency())
    case.do(action_plan.propose_plan, plan, CHAIR, "2026-09-01")
    opine(case, matter=SignOffMatter.PROPOSED_PLAN, opinion="Too many actions.")
    assert all("Too many actions." in one for one in shown(case, sign_off.SIGN_PROPOSED_PLAN))
    assert "Too many" not in shown(case, sign_off.SIGN_PLAN)[0]
    case.do(action_plan.propose_plan, plan, CHAIR, "2026-09-02")
    assert not any("Too many" in one for one in shown(case, sign_off.SIGN_PROPOSED_PLAN))


def test_nobody_but_the_scrutineer_gives_one(case_at):
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    for role in (PARTNER, CHAIR):
        with pytest.raises(NotPermitted):
            case.do(scrutineer_opinion.give_opinion, say.give_opinion(), role, WHEN)
