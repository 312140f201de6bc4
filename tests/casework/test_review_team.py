"""LC-25: a complex review has a team, with somebody for each partner and experts of the subject."""

import pytest

from services.casework.steps.review_team.membership import name_review_team, team_on_record
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.kept import Traces
from tests.team_factories import FOR_EACH_PARTNER, name_the_team

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-10"


def refused(case: Driven, says: str, **said: object) -> None:
    with pytest.raises(AnswerRefused, match=says) as found:
        case.do(name_review_team, name_the_team(**said), MANAGER, WHEN)
    assert found.value.field == "members"


def test_each_partner_has_somebody_and_each_expert_a_subject(case_at, left_by):
    """LC-25: a representative of each safeguarding partner, along with subject experts."""
    case = case_at(Stage.LOCAL_REVIEW)
    refused(case, "police", members=FOR_EACH_PARTNER[:2])
    nobodys = {"name": "Ada Field, nurse"}
    refused(case, "in which subject", members=(*FOR_EACH_PARTNER, nobodys))
    expert = {**nobodys, "subject": "Feeding of infants"}
    said = name_the_team(members=(*FOR_EACH_PARTNER, expert))
    left = left_by(case, name_review_team, said, who=MANAGER, when=WHEN)
    assert left == Traces(entries=["team_named"])
    with case.world.act(MANAGER, WHEN) as work:
        assert team_on_record(work, get_case(work.session, case.case_id)) == said


def test_a_review_without_a_team_says_why(case_at):
    """LC-25: shorter reviews may do without; nobody is named then."""
    case = case_at(Stage.LOCAL_REVIEW)
    refused(case, "no team", is_needed=False)
    alone = name_the_team(is_needed=False, members=(), why="It is short.")
    case.do(name_review_team, alone, MANAGER, WHEN)


def test_there_is_no_team_before_a_local_review_is_decided_on(case_at):
    """LC-25: the team is of a local review."""
    case = case_at(Stage.NATIONAL_REVIEW)
    with pytest.raises(StepNotOpen):
        case.do(name_review_team, name_the_team(), MANAGER, "2026-12-01")
