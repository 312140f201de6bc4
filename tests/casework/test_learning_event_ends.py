"""A learning event that is not as usual: without a team, moved half-way, left out, given up."""

import pytest

from services.casework.steps.learning_event import conversations, holding, planning
from services.casework.steps.local_review import progress
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.review_team import membership
from services.casework.steps.sign_off.sign_off import sign_rapid_review, sign_report
from services.database.outbox import case_emails
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests import panel_factories
from tests.driven import Driven
from tests.learning_factories import (
    SITTING,
    call_off_learning_event,
    plan_learning_event,
    record_conversation,
    record_learning_event,
)
from tests.team_factories import ask_for_progress, name_the_team

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
WHEN = "2026-02-03"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW)


def plan(case: Driven, when: str, **said: object) -> None:
    command = plan_learning_event(case.agency(), **said)
    case.do(planning.plan_learning_event, command, MANAGER, when)


def refused(field: str, act, *args, **said: object) -> None:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field


def test_a_review_without_a_team_records_its_event_on_its_own_themes(case):
    """LC-36, LC-25: a team that is on record as not needed confirms nothing."""
    team = name_the_team(is_needed=False, members=())
    case.do(membership.name_review_team, team, MANAGER, WHEN)
    plan(case, WHEN)
    act, agency = holding.record_learning_event, case.agency()
    none = record_learning_event(agency, themes=())
    refused("themes", case.do, act, none, REVIEWER, "2026-03-02")
    case.do(act, record_learning_event(agency), REVIEWER, "2026-03-02")


def test_the_second_sitting_is_moved_once_the_first_was_held(case):
    """LC-38: what was held stays in the plan; who is invited is told of the day to come."""
    days = ("2026-02-27", "2026-03-09", "2026-03-16")
    past, later, moved = ({**SITTING, "held_on": one} for one in days)
    plan(case, WHEN, way="two_half_days", sittings=(SITTING, later))
    said = {"way": "two_half_days", "why_changed": "The room is not free."}
    for sittings in ((past, moved), (SITTING, past)):
        refused("sittings", plan, case, "2026-03-03", sittings=sittings, **said)
    plan(case, "2026-03-03", sittings=(SITTING, moved), **said)
    with case.world.act(MANAGER, "2026-03-03") as work:
        told = [one.content.get("due") for one in case_emails(work.session, case.case_id)]
    assert "2026-03-16" in told


def test_a_review_without_an_event_hears_practitioners_one_by_one(case):
    """LC-40: a conversation is of no event where there is none."""
    talk = conversations.record_conversation
    said = record_conversation(case.agency(), occasion="no_event")
    case.do(talk, said, REVIEWER, WHEN)
    plan(case, WHEN)
    refused("occasion", case.do, talk, said, REVIEWER, WHEN)
    case.do(planning.call_off_learning_event, call_off_learning_event(), MANAGER, WHEN)
    case.do(talk, said, REVIEWER, WHEN)


def test_no_draft_goes_to_the_partners_with_an_event_that_was_planned_after_it(case):
    """LC-39: an event between the draft and its test is held or called off first."""
    case.report()
    draft = say.submit_draft()
    case.do(submit_draft, draft, REVIEWER, "2026-02-04")
    plan(case, "2026-02-05")
    with pytest.raises(RuleBroken, match="LC-39"):
        case.do(quality_assure, say.quality_assure(), CHAIR, "2026-02-06")
    case.do(planning.call_off_learning_event, call_off_learning_event(), MANAGER, "2026-02-06")
    case.do(quality_assure, say.quality_assure(), CHAIR, "2026-02-06")
    plan(case, "2026-02-06")
    case.sign(sign_report, "2026-02-07")
    assert case.stage() is Stage.PUBLICATION
    assert Todo.HOLD_LEARNING_EVENT not in {one.todo for one in case.turns()}


def test_a_review_that_is_given_up_leaves_none_of_its_turns_open(case):
    """RR-36: later information reopens the decision, and no local review follows from it."""
    plan(case, WHEN)
    case.do(progress.ask_for_progress, ask_for_progress(), CHAIR, WHEN)
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, WHEN)
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-02-04")
    case.sign(sign_rapid_review, "2026-02-04")
    assert case.stage() is not Stage.LOCAL_REVIEW
    open_still = {one.todo for one in case.turns()}
    assert open_still.isdisjoint({Todo.HOLD_LEARNING_EVENT, Todo.REPORT_PROGRESS})
