"""EMB-12: by each action it is asked what is seen in practice, by what and on which day."""

import pytest

from services.casework.steps.embedding import action_progress, audits, practice
from services.casework.steps.practice_seen import practice_unseen
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.plan_factories import not_sustained, record_audit
from tests.practice_seen import record_practice

MANAGER, CHAIR, WHEN, LATER = (
    Role.BUSINESS_MANAGER,
    Role.REVIEW_GROUP_CHAIR,
    "2026-09-01",
    "2026-09-20",
)
NOT_YET = {"found": "not_adopted", "again_on": "2026-12-01"}
NONE = {"found": "none_to_see", "looked_by": None, "seen_on": None}


def complete(case: Driven, number: int, when: str = WHEN) -> None:
    done = say.update_action(number)
    case.do(action_progress.update_action, done, Role.AGENCY_LEAD, when)


def two_done(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency(), case.agency()), WHEN)
    complete(case, 1)
    complete(case, 2)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, two_done)


def see(case: Driven, number: int = 1, when: str = LATER, **but) -> None:
    case.do(practice.record_practice, record_practice(number, **but), MANAGER, when)


def unseen(case: Driven) -> set[int]:
    with case.world.act(CHAIR, LATER) as work:
        return set(practice_unseen(work, get_case(work.session, case.case_id)))


def asked(case: Driven) -> list[tuple[str, str]]:
    found = (one for one in case.turns() if one.todo == "see_practice")
    return sorted((one.subject, str(one.last_day or "")) for one in found)


def test_it_is_asked_of_each_action_once_the_plan_is_signed_and_until_practice_is_seen(
    case, left_by
):
    """EMB-12: not yet is looked at again by its day; an audit that lasts says it already."""
    case.sign(sign_off.sign_plan, WHEN)
    assert asked(case) == [("1", ""), ("2", "")]
    said = record_practice(1, seen="Twelve of twelve records.")
    left = left_by(case, practice.record_practice, said, who=MANAGER, when=LATER)
    assert left == Traces(entries=["practice_seen"], closed=["see_practice | business_manager"])
    see(case, 2, **NOT_YET)
    assert (asked(case), unseen(case)) == ([("2", "2026-12-01")], {2})
    case.do(audits.record_audit, record_audit(2, audited_on=LATER), MANAGER, LATER)
    assert unseen(case) == set()
    case.sign(sign_off.sign_plan, LATER)
    assert asked(case) == []
    newest = papers(case, DocumentKind.ACTION_PLAN)[-1]
    tables = {one.heading: one.table for one in newest.sections if one.table}
    assert tables["What was seen in practice"].rows[0][2] == "Twelve of twelve records."


def test_what_is_open_again_is_looked_at_again(case):
    """EMB-12, EMB-09: what was seen before an action was done again says nothing of it now."""
    see(case, 1)
    see(case, 2, **NONE)
    assert unseen(case) == set()
    case.do(audits.record_audit, not_sustained(1), MANAGER, LATER)
    complete(case, 1, LATER)
    assert unseen(case) == {1}


def test_what_is_seen_has_its_day_and_by_what_and_what_is_not_completed_is_not_looked_at(case):
    """EMB-12: on a day since the action was completed."""
    faults = (
        ({"seen_on": None}, "seen_on"),
        ({"looked_by": None}, "looked_by"),
        ({"seen_on": "2026-08-31"}, "seen_on"),
        ({"seen_on": "2026-09-21"}, "seen_on"),
        (NOT_YET | {"again_on": None}, "again_on"),
        (NOT_YET | {"again_on": LATER}, "again_on"),
        ({"again_on": "2026-12-01"}, "again_on"),
        (NONE | {"seen_on": WHEN}, "seen_on"),
    )
    for but, field in faults:
        with pytest.raises(AnswerRefused) as refused:
            see(case, **but)
        assert refused.value.field == field
    case.do(audits.record_audit, not_sustained(1), MANAGER, LATER)
    with pytest.raises(StepNotOpen, match="once the action is completed"):
        see(case, 1)
