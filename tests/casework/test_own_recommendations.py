"""EMB-08: what an agency recommended to itself in its report is taken over, or answered why not."""

import json

import pytest
from sqlalchemy import text

from services.casework.steps.embedding import action_plan
from services.casework.steps.own_recommendations import own_noted, plan_begun, unanswered
from services.database.cases import get_case
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.actions_table import actions_table
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.words import SAID
from tests.world import HOSPITAL, SCHOOL

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-09-01"
ITS_OWN = {"what": "Every ward names a lead.", "whose": "Head of nursing", "by_when": "2026-12-01"}
ADDED = text(
    "update entries set command = jsonb_set(command, '{recommendations}', cast(:rows as jsonb))"
    " where act = 'submit_report' and case_id = :case and subject = :agency"
)


@pytest.fixture
def case(case_at, platform_postgres) -> Driven:
    """A case on which the hospital's report recommended two things to itself."""
    case = case_at(Stage.EMBEDDING)
    given = {
        "rows": json.dumps([ITS_OWN, ITS_OWN | {"what": "A new form is printed."}]),
        "case": case.case_id,
        "agency": str(case.agency(HOSPITAL)),
    }
    with platform_postgres.admin_of(case.world.engine).begin() as link:
        link.execute(ADDED, given)
    return case


def action(case: Driven, agency: str = HOSPITAL, own: int | None = 1) -> dict[str, object]:
    (row,) = say.propose_plan(case.agency(agency)).actions
    return {**dict(row), "own": own, "action": f"Name a lead ({own})."}


def why_not(case: Driven, number: int = 2) -> dict[str, object]:
    return {"agency": case.agency(HOSPITAL), "number": number, "why": "No form is used any more."}


def put(case: Driven, *actions: dict[str, object], not_taken: tuple = ()) -> None:
    plan = say.propose_plan(actions=actions, not_taken=not_taken)
    case.do(action_plan.propose_plan, plan, CHAIR, WHEN)


def test_each_is_taken_over_or_answered_and_none_twice_or_unknown(case):
    """EMB-08: no plan passes over what an agency recommended to itself."""
    faults = (
        ((action(case),), (), "not_taken", "Left: .*number 2"),
        ((action(case), action(case, own=2)), (why_not(case),), "not_taken", "all the same"),
        ((action(case, SCHOOL),), (why_not(case),), "actions", "No report recommends"),
        ((action(case),), (why_not(case, 3),), "not_taken", "No report recommends"),
    )
    for actions, not_taken, field, because in faults:
        with pytest.raises(AnswerRefused, match=because) as refused:
            put(case, *actions, not_taken=not_taken)
        assert refused.value.field == field


def test_what_is_answered_stands_apart_in_plan_and_tracker_and_is_asked_no_more(case):
    """EMB-08: the form opens with them; only what the partners agree on answers them."""
    with case.world.act(CHAIR, WHEN) as work:
        row = get_case(work.session, case.case_id)
        begun, noted = plan_begun(work, row), own_noted(work, row)
    assert [(one.own, one.action, one.owner) for one in begun.actions] == [
        (1, "Every ward names a lead.", "Head of nursing"),
        (2, "A new form is printed.", "Head of nursing"),
    ]
    assert "2: A new form is printed (Head of nursing, by Tue 1 Dec 2026)." in noted
    case.do(
        action_plan.propose_plan,
        say.propose_plan(actions=(action(case),), not_taken=(why_not(case),)),
        CHAIR,
        WHEN,
    )
    with case.world.act(CHAIR, WHEN) as work:
        assert len(unanswered(work, get_case(work.session, case.case_id))) == 2
    plan = say.propose_plan(
        actions=(action(case), action(case, own=None)), not_taken=(why_not(case),)
    )
    case.agree_on(plan, WHEN)
    with case.world.act(CHAIR, WHEN) as work:
        row = get_case(work.session, case.case_id)
        assert (unanswered(work, row), plan_begun(work, row), own_noted(work, row)) == (
            (),
            None,
            "",
        )
        for source, found in (("own", [True]), ("review", [False]), ("", [True, False])):
            lines = actions_table(work, {"source": source}).rows
            own = [bool(one[1].hint) for one in lines if one[0].text == row.reference]
            assert sorted(own) == sorted(found)
    newest = papers(case, DocumentKind.ACTION_PLAN)[-1]
    rows = [row for one in newest.sections if one.table for row in one.table.rows]
    assert rows[0][1] == f"Recommended by the agency to itself (1). {SAID}"
    assert rows[2][1:] == ("2. A new form is printed.", "No form is used any more.")
