"""FAM-04, FAM-07, EMB-01, EMB-02: each meeting of the review team has its standing items."""

import pytest

from services.casework.steps.review_team import team_meetings
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.kept import Traces
from tests.team_factories import immediate_action, record_team_meeting

MANAGER = Role.BUSINESS_MANAGER
FIRST, SECOND = "2026-04-01", "2026-04-15"


def minutes(case: Driven, **but):
    """Return the minutes of a meeting of the chair and the lead reviewer."""
    team = (Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER)
    people = (case.world.ours.actor(one).person_id for one in team)
    return record_team_meeting(*people, **{"held_on": FIRST} | but)


def meet(case: Driven, when: str = FIRST, **but) -> None:
    command = minutes(case, **{"held_on": when} | but)
    case.do(team_meetings.record_team_meeting, command, MANAGER, when)


def act_at_once(case: Driven, **but) -> dict:
    return {"actions": (immediate_action(case.agency(), by_when=SECOND, **but),)}


def test_the_minutes_are_kept_and_made_as_a_paper(case_at, left_by):
    """FAM-04, EMB-01: the lead reviewer may be among those who met."""
    case = case_at(Stage.LOCAL_REVIEW)
    left = left_by(case, team_meetings.record_team_meeting, minutes(case), who=MANAGER, when=FIRST)
    assert [one.rpartition(" | ")[0] for one in left.ordered] == ["commission | team_minutes"]
    assert left == Traces(entries=["team_met"], ordered=left.ordered)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("held_on", {"held_on": SECOND}),
        ("present", {"present": ()}),
        ("meets_on", {"meets_on": FIRST}),
    ],
)
def test_minutes_say_who_met_and_when(case_at, field, said):
    """FAM-04: of a meeting that was held."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(AnswerRefused) as refused:
        case.do(team_meetings.record_team_meeting, minutes(case, **said), MANAGER, FIRST)
    assert refused.value.field == field


def test_what_is_done_at_once_is_weighed_and_followed(case_at):
    """EMB-01, EMB-02: before the team acts it weighs, and at its next meetings says what came."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(AnswerRefused) as refused:
        meet(case, **act_at_once(case))
    assert refused.value.field == "weighed"
    meet(case, weighed="The trial hears nothing of it.", **act_at_once(case))
    with pytest.raises(AnswerRefused) as refused:
        meet(case, SECOND)
    assert refused.value.field == "followed"
    meet(case, SECOND, followed="It was done.")
    with pytest.raises(AnswerRefused):
        meet(case, SECOND)


def test_an_immediate_action_has_an_agency_and_a_day_to_come(case_at):
    """EMB-01: somebody does it, and not before it was agreed."""
    case = case_at(Stage.LOCAL_REVIEW)
    for action in (immediate_action(), immediate_action(case.agency(), by_when="2026-03-31")):
        with pytest.raises(AnswerRefused) as refused:
            meet(case, actions=(action,), weighed="Nothing.")
        assert refused.value.field == "actions"


def test_a_planning_meeting_is_held_while_the_review_is_set_up(case_at):
    """FAM-07: the family's part is planned before the terms are endorsed."""
    case = case_at(Stage.COMMISSIONING)
    people = (case.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id,)
    command = record_team_meeting(*people, meeting="planning", held_on="2026-02-02")
    case.do(team_meetings.record_team_meeting, command, MANAGER, "2026-02-02")


def test_there_is_no_team_where_no_local_review_was_decided_on(case_at):
    """FAM-07: with the Panel on another decision nothing is planned."""
    case = case_at(Stage.REFERRED)
    with pytest.raises(StepNotOpen):
        meet(case)
