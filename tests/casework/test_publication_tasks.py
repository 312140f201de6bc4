"""A step to publication is somebody's task; another day goes back to the partners (PUB-21)."""

from datetime import date

import pytest

from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps.publication import other_day, publication, steps_done
from services.casework.steps.publication.publishing_conditions import is_other_day
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.publication_days import PublicationStep, StepOwner
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import all_answer_other_day, record_publication_step
from tests.driven import Driven
from tests.post_office import Office

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-06-08"


@pytest.fixture
def signed(case_at) -> Driven:
    """A case whose report is signed."""
    return case_at(Stage.PUBLICATION)


def test_a_step_is_asked_of_whose_task_it_is_who_is_reminded_and_records_it(signed):
    """PUB-21: the chair tells the family; no other step is theirs; a week before, an email goes."""
    plan = say.plan_publication()
    timetable = tuple(
        one.model_copy(update={"whose": StepOwner.REVIEW_GROUP_CHAIR})
        if one.step is PublicationStep.FAMILY
        else one
        for one in plan.timetable
    )
    plan = say.plan_publication(timetable=timetable)
    signed.do(publication.plan_publication, plan, MANAGER, WHEN)
    signed.sign(sign_off.sign_publication, WHEN)
    asked = {one.role for one in signed.turns() if one.subject == PublicationStep.FAMILY}
    assert asked == {Role.REVIEW_GROUP_CHAIR}
    office = Office(signed.world)
    for office.when in ("2026-06-16", "2026-06-17", "2026-06-18"):
        remind_all(office)
    told = [one for one in office.emails(signed.case_id) if one.event == "publication_step_due"]
    assert {str(one.address).partition("@")[0] for one in told} >= {"review.group.chair"}
    assert len({one.key for one in told}) == len(told)
    members = record_publication_step(step="members", done_on="2026-06-18")
    with pytest.raises(AnswerRefused, match="somebody else"):
        signed.do(
            steps_done.record_publication_step, members, Role.REVIEW_GROUP_CHAIR, "2026-06-18"
        )
    said = record_publication_step(done_on="2026-06-18")
    signed.do(steps_done.record_publication_step, said, Role.REVIEW_GROUP_CHAIR, "2026-06-18")
    assert PublicationStep.FAMILY not in {one.subject for one in signed.turns()}


def test_another_day_than_the_approved_one_goes_back_to_each_partner(signed):
    """PUB-21: it is held against the key days, K11 is met, and each partner says a word to it."""
    signed.plan().publish(on="2026-07-04")
    assert signed.clock("K11")["met_on"] == "2026-07-04"
    asked = [one.seat for one in signed.turns() if one.todo is Todo.ANSWER_OTHER_DAY]
    assert set(asked) == set(Seat)
    with signed.world.act(Role.SAFEGUARDING_PARTNER, "2026-07-06") as work:
        case = get_case(work.session, signed.case_id)
        assert "Saturday" in other_day.what_speaks_against(work, case)
        with pytest.raises(RuleBroken, match="PUB-21"):
            other_day.must_be_answered(work, case)
    all_answer_other_day(signed, "2026-07-06")
    assert Todo.ANSWER_OTHER_DAY not in {one.todo for one in signed.turns()}
    with pytest.raises(StepNotOpen, match="is not asked"):
        all_answer_other_day(signed, "2026-07-06")
    with signed.world.act(Role.SAFEGUARDING_PARTNER, "2026-07-06") as work:
        other_day.must_be_answered(work, get_case(work.session, signed.case_id))


def test_why_another_day_is_asked_with_what_speaks_against_it(signed):
    """PUB-21: a birthday is named before anybody says why it was that day."""
    signed.plan()
    with signed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, signed.case_id)
        with pytest.raises(AnswerRefused, match="Saturday"):
            is_other_day(work, case, date(2026, 7, 4), None)
