"""The method that the terms say drives what is asked for, who leads, and who is heard."""

import pytest

from services.casework.steps.learning_event import conversations, planning
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.local_review.reports_wanted import asked_by_terms
from services.casework.steps.local_review.review_method import must_have_heard_practitioners
from services.casework.steps.local_review.reviewer_appointment import appoint_reviewer
from services.casework.steps.local_review.terms_of_reference import agree_terms
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests import learning_factories as event
from tests.driven import Driven
from tests.put_terms import put_terms
from tests.team_factories import meet_as_team
from tests.words import SAID
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
WHEN, LATE = "2026-02-03", "2026-03-03"
WORKSHOP = {"method": "systems_workshop", "without_practitioners": None}
SHORTER = {"method": "proportionate", "without_practitioners": None}
LOCAL = {"capacity": "local", "why_none": "A shorter review of one question."}


def amend(case: Driven, **said: object) -> None:
    """Have the partners endorse terms of this method in place of those before."""
    put_terms(case, WHEN, **said, changed=SAID, why_changed=SAID)
    case.sign(sign_off.sign_terms, WHEN)


def has_turn(case: Driven) -> bool:
    return Todo.PLAN_LEARNING_EVENT in {one.todo for one in case.turns()}


def gate(case: Driven) -> None:
    with case.world.act(CHAIR, LATE) as work:
        must_have_heard_practitioners(work, get_case(work.session, case.case_id))


def wanted(case: Driven) -> list[str]:
    with case.world.act(MANAGER, LATE) as work:
        begun = asked_by_terms(work, get_case(work.session, case.case_id))
    return [] if begun is None else [one.value for one in begun.wanted]


def test_a_workshop_is_asked_for_and_the_report_waits_for_what_it_owes(case_at):
    """LC-28, LC-37, LC-39, LC-40: planned, held, or called off with conversations instead."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    gate(case)
    assert (wanted(case), has_turn(case)) == ([], False), "the terms say why nobody takes part"
    amend(case, **WORKSHOP)
    assert wanted(case) == ["chronology", "information_report", "participants"]
    assert has_turn(case)
    with pytest.raises(RuleBroken, match="LC-39"):
        gate(case)
    case.do(planning.plan_learning_event, event.plan_learning_event(case.agency()), MANAGER, WHEN)
    assert not has_turn(case), "it is planned"
    case.do(
        planning.call_off_learning_event, event.call_off_learning_event(), MANAGER, "2026-02-04"
    )
    with pytest.raises(RuleBroken, match="LC-40"):
        gate(case)
    spoken = event.record_conversation(case.agency(), held_on=WHEN, occasion="no_event")
    case.do(conversations.record_conversation, spoken, REVIEWER, "2026-02-05")
    gate(case)


def test_by_another_method_somebody_is_heard_or_the_terms_say_why_not(case_at):
    """LC-28, LC-40: a proportionate review hears practitioners too, or says why it does not."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    amend(case, **SHORTER)
    assert (wanted(case), has_turn(case)) == (["participants"], False)
    with pytest.raises(RuleBroken, match="No practitioner was heard"):
        gate(case)
    event.hold_learning_event(case, WHEN)
    gate(case)


def test_a_workshop_has_a_lead_reviewer(case_at):
    """LC-23: only a shorter review, by another method, does without a lead reviewer."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    amend(case, **WORKSHOP)
    second = case.world.ours.second_reviewer().person_id
    alone = say.appoint_reviewer(second, beside=False, **LOCAL)
    with pytest.raises(AnswerRefused, match="LC-23") as found:
        case.do(appoint_reviewer, alone, MANAGER, WHEN)
    assert found.value.field == "capacity"
    amend(case, **SHORTER)
    case.do(appoint_reviewer, alone, MANAGER, WHEN)
    terms = say.agree_terms(
        *map(case.agency, (HOSPITAL, SCHOOL)), **WORKSHOP, changed=SAID, why_changed=SAID
    )
    with pytest.raises(AnswerRefused, match="facilitates") as found:
        case.do(agree_terms, terms, CHAIR, WHEN)
    assert found.value.field == "method"


def test_terms_of_a_workshop_give_no_reason_why_nobody_takes_part(case_at):
    """LC-28, LC-36: practitioners take part in a workshop; the gate stands before the partners."""
    case = case_at(Stage.LOCAL_REVIEW, meet_as_team)
    said = WORKSHOP | {"without_practitioners": SAID, "changed": SAID, "why_changed": SAID}
    with pytest.raises(AnswerRefused) as found:
        case.do(agree_terms, say.agree_terms(case.agency(), **said), CHAIR, WHEN)
    assert found.value.field == "without_practitioners"
    amend(case, **WORKSHOP)
    case.report("2026-04-01").do(submit_draft, say.submit_draft(), REVIEWER, "2026-05-01")
    with pytest.raises(RuleBroken, match="systems workshop"):
        case.do(quality_assure, say.quality_assure(), CHAIR, "2026-05-01")


def test_terms_from_before_it_was_asked_owe_nothing_by_it():
    """Entries without the method stay readable."""
    said = say.agree_terms().model_dump(mode="json", exclude={"method", "without_practitioners"})
    assert TermsKept.model_validate(said).method is None
