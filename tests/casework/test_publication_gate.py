"""G10: what the gate of publication asks of the record instead of a yes."""

import pytest

from services.casework.steps.local_review import draft_report
from services.casework.steps.other_reviews import liaison, processes
from services.casework.steps.publication import (
    legal_advice,
    pre_publication,
    publication,
    publishing,
    steps_done,
)
from services.casework.steps.publication.plan_agreed import ask_for_plan
from services.casework.steps.publication.publication_said import (
    PublicationPlanned,
    ReportWithheld,
    TextPreSent,
)
from services.casework.steps.sign_off import sign_off
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import (
    decide_legal_advice,
    record_publication_step,
    tell_staff,
)
from tests.driven import Driven
from tests.process_factories import record_liaison, record_process
from tests.road_of_the_register import OBJECTS, prosecution_objects, trial_changes
from tests.words import SAID

REVIEWER = Role.LEAD_REVIEWER
MANAGER, COMMUNICATIONS = Role.BUSINESS_MANAGER, Role.COMMUNICATIONS_LEAD
PLANNED, SENT, DAY = "2026-06-08", "2026-06-22", "2026-07-03"


def asked(case: Driven, when: str) -> None:
    spoken = record_liaison(held_on=when)
    case.do(liaison.record_liaison, spoken, MANAGER, when)


def planned(case: Driven, who: Role = MANAGER, **but: object) -> None:
    case.do(publication.plan_publication, say.plan_publication(**but), who, PLANNED)


def test_whether_legal_advice_is_needed_is_decided_on_the_report_as_it_stands(case_at):
    """LC-12: once more before publication; a later version of the report is decided on anew."""
    case = case_at(Stage.LOCAL_REVIEW)

    def decided(when: str) -> bool:
        with case.world.act(MANAGER, when) as work:
            try:
                legal_advice.must_have_decided_on_advice(work, case.row())
            except RuleBroken:
                return False
            return True

    with pytest.raises(StepNotOpen, match="no draft report"):
        case.do(legal_advice.decide_legal_advice, decide_legal_advice(), MANAGER, "2026-04-01")
    case.report().do(draft_report.submit_draft, say.submit_draft(), REVIEWER, "2026-05-01")
    assert not decided("2026-05-01")
    case.do(legal_advice.decide_legal_advice, decide_legal_advice(), MANAGER, "2026-05-02")
    assert decided("2026-05-02")
    case.do(draft_report.submit_draft, say.submit_draft(), REVIEWER, "2026-05-03")
    assert not decided("2026-05-03")
    with case.world.act(MANAGER, "2026-05-04") as work:
        ask_for_plan(work, case.row(), None)
    asked = Todo.DECIDE_LEGAL_ADVICE
    assert asked in {one.todo for one in case.turns()}, "who must decide it is asked"
    case.do(legal_advice.decide_legal_advice, decide_legal_advice(), MANAGER, "2026-05-05")
    with case.world.act(MANAGER, "2026-05-06") as work:
        ask_for_plan(work, case.row(), None)
    assert asked not in {one.todo for one in case.turns()}


@pytest.mark.parametrize("who", [MANAGER, COMMUNICATIONS])
def test_publication_waits_while_police_or_prosecution_object(case_at, who):
    """G10: the objection is live until the register says that it is withdrawn."""
    case = case_at(Stage.PUBLICATION)
    prosecution_objects(case, PLANNED)
    with pytest.raises(RuleBroken, match="R v A, until The verdict: The whole report"):
        planned(case, who)
    with pytest.raises(RuleBroken, match="object"):
        case.do(publication.withhold_report, say.withhold_report(), MANAGER, PLANNED)
    trial_changes(case, PLANNED)
    with pytest.raises(RuleBroken, match="Ask police or prosecution"):
        planned(case, who)
    asked(case, PLANNED)
    planned(case, who)


def test_a_process_that_is_over_objects_to_nothing(case_at):
    """G10: nor does one of another body, such as an adults board."""
    case = case_at(Stage.PUBLICATION)
    prosecution_objects(case, PLANNED)
    trial_changes(case, PLANNED, state="ended", constraints=OBJECTS)
    case.do(processes.record_process, record_process(), MANAGER, PLANNED)
    planned(case)


def test_an_objection_that_comes_later_stops_the_text_and_the_publication(case_at):
    """G10: asked as the text is sent, and as it is published."""
    case = case_at(Stage.PUBLICATION).plan()
    prosecution_objects(case, SENT)
    with pytest.raises(RuleBroken, match="object"):
        case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    trial_changes(case, SENT)
    asked(case, SENT)
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    case.send_out(SENT)
    trial_changes(case, DAY, constraints=OBJECTS)
    with pytest.raises(RuleBroken, match="object"):
        case.do(publishing.publish, say.publish(), MANAGER, DAY)


def test_the_family_is_on_record_as_told_of_the_day_or_it_is_said_why_not(case_at):
    """G10: by the step of the plan since the day was set, or in words."""
    case = case_at(Stage.PUBLICATION).plan()
    bare = say.pre_send(family_told_how=None)
    with pytest.raises(AnswerRefused, match="not on record") as refused:
        case.do(pre_publication.pre_send, bare, MANAGER, SENT)
    assert refused.value.field == "family_told_how"
    told = record_publication_step(done_on=PLANNED)
    case.do(steps_done.record_publication_step, told, MANAGER, PLANNED)
    planned(case)
    case.sign(sign_off.sign_publication, PLANNED)
    tell_staff(case, PLANNED)
    with pytest.raises(AnswerRefused, match="not on record"):
        case.do(pre_publication.pre_send, bare, MANAGER, SENT)
    case.do(steps_done.record_publication_step, told, MANAGER, PLANNED)
    case.do(pre_publication.pre_send, bare, MANAGER, SENT)


def test_a_family_that_was_told_otherwise_is_told_of_in_words(case_at):
    """G10: where neither the step nor a contact is on record."""
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(family_told_how=SAID), MANAGER, SENT)


def test_what_was_answered_before_is_read_as_it_was():
    """PUB-04, PUB-27, G10: a plan, a decision and a dispatch from before hold a yes to each."""
    plan = say.plan_publication().model_dump()
    del plan["harm_weighed"]
    old = plan | {"does_no_harm": True, "reviewer_named": True, "no_objection": True}
    assert PublicationPlanned.model_validate(old).reviewer_named is True
    withheld = say.withhold_report().model_dump()
    del withheld["harm_weighed"]
    old = withheld | {"does_no_harm": True, "no_objection": True}
    assert ReportWithheld.model_validate(old).no_objection is True
    assert TextPreSent.model_validate({"complete": True, "family_told": True}).family_told is True
