"""PUB-21: days that publication keeps clear of, and the steps to the day that is chosen."""

from dataclasses import replace
from datetime import date

import pytest

from services.casework.effects import policy_of
from services.casework.steps.communications import strategy
from services.casework.steps.joint import rounds
from services.casework.steps.other_reviews import processes
from services.casework.steps.publication import (
    pre_publication,
    publication,
    publishing,
    steps_done,
)
from services.casework.steps.publication.days_against import days_to_choose
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.history import facts
from services.domain.clocks.policy_json import policy_to_json
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.joint_changes import is_handed_over
from services.domain.publication_days import DayStanding, PublicationDay, PublicationStep
from services.domain.roles import Role
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage
from services.web.timeline import timeline_of
from services.web.view_models.publication_days import weeks_beside
from tests import factories as say
from tests.communications_factories import plan_communications, record_publication_step
from tests.driven import Driven
from tests.kept import Traces
from tests.process_factories import record_process
from tests.words import SAID

MANAGER, TEAM = Role.BUSINESS_MANAGER, Role.COMMUNICATIONS_LEAD
WHEN = "2026-06-08"
ELECTION = {
    "against": "election",
    "first": "2026-06-29",
    "last": "2026-07-02",
    "words": "A by-election",
    "source": "The elections office",
    "standing": "to_avoid",
}
ORDER = ELECTION | {
    "against": "other",
    "first": "2026-07-07",
    "last": None,
    "words": "A court order",
    "standing": "not_possible",
}


@pytest.fixture
def signed(case_at) -> Driven:
    """A case whose report is signed."""
    return case_at(Stage.PUBLICATION)


def days_of(case: Driven, when: str = WHEN, who: Role = MANAGER) -> dict[str, PublicationDay]:
    with case.world.act(who, when) as work:
        found = days_to_choose(work, get_case(work.session, case.case_id))
    return {one.day.isoformat(): one for one in found}


def test_each_day_ahead_is_clear_or_says_why_not(signed):
    """PUB-21: from the case, the register, the strategy, the calendar and the clocks."""
    trial = {"first": "2026-07-09", "last": "2026-07-10", "what": "The trial"}
    said = record_process(kind="criminal", called="Operation X", days=(trial,))
    signed.do(processes.record_process, said, MANAGER, WHEN)
    kept = plan_communications(kept_clear=(ELECTION, ORDER))
    signed.do(strategy.plan_communications, kept, TEAM, WHEN)
    days = days_of(signed)
    assert "the text would have had to be sent by" in days["2026-06-09"].why
    assert days["2026-06-09"].standing is DayStanding.NOT_POSSIBLE
    assert days["2026-06-30"].why == "A by-election (The elections office)"
    assert days["2026-07-03"].standing is DayStanding.CLEAR
    assert days["2026-07-04"].why == "Saturday (the calendar)"
    assert days["2026-07-07"].standing is DayStanding.NOT_POSSIBLE
    assert "The trial (the register" in days["2026-07-10"].why
    assert "by which the review is to be published" in days["2026-08-20"].why
    assert len(days) == 12 * 7


def test_the_days_are_shown_in_few_rows(signed):
    """PUB-21: days in a row of which the same is told are told once."""
    with signed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, signed.case_id)
        weeks = weeks_beside(work, publication.PLAN_PUBLICATION, case)
    too_soon, *_, last = weeks
    assert [one.day for one in too_soon.days] == ["Monday 8 to Sunday 14 June 2026"]
    assert too_soon.days[0].why.startswith("Too soon")
    assert [one.day for one in last.days] == [
        "Monday 24 to Friday 28 August 2026",
        "Saturday 29 August 2026",
        "Sunday 30 August 2026",
    ]
    assert weeks[3].days[0].day == "Monday 29 June to Friday 3 July 2026"
    assert sum(len(week.days) for week in weeks) < 40


def test_who_does_not_read_of_the_family_is_told_the_kind_of_day_alone(signed):
    """PUB-21: the communications lead sees that a day is taken, and no words of the register."""
    trial = {"first": "2026-07-09", "last": "2026-07-10", "what": "The trial of Sam Example"}
    said = record_process(kind="criminal", called="Operation X", days=(trial,))
    signed.do(processes.record_process, said, MANAGER, WHEN)
    assert "Operation X, The trial" in days_of(signed)["2026-07-10"].why
    told = days_of(signed, who=TEAM)["2026-07-10"]
    assert told.standing is DayStanding.TO_AVOID
    kind = "a trial, an inquest or another hearing (the register of other proceedings); "
    assert told.why.startswith(kind)
    assert "Operation X" not in told.why


def test_a_day_to_be_avoided_is_taken_only_for_a_reason(signed):
    """PUB-21: what is not possible is refused, for improvements as for the report."""
    kept = plan_communications(kept_clear=(ELECTION, ORDER))
    signed.do(strategy.plan_communications, kept, TEAM, WHEN)
    for make, act in (
        (say.plan_publication, publication.plan_publication),
        (say.withhold_report, publication.withhold_report),
    ):
        with pytest.raises(AnswerRefused, match="Saturday") as refused:
            signed.do(act, make(publish_on="2026-07-04", why_this_day=None), MANAGER, WHEN)
        assert refused.value.field == "why_this_day"
        with pytest.raises(AnswerRefused, match="court order") as refused:
            signed.do(act, make(publish_on="2026-07-07"), MANAGER, WHEN)
        assert refused.value.field == "publish_on"
    signed.do(
        publication.plan_publication, say.plan_publication(publish_on="2026-06-30"), MANAGER, WHEN
    )


def test_days_named_run_forward(signed):
    """PUB-21: the strategy and the register take no days that end before they begin."""
    back = plan_communications(kept_clear=(ELECTION | {"last": "2026-06-28"},))
    with pytest.raises(AnswerRefused, match="before the first"):
        signed.do(strategy.plan_communications, back, TEAM, WHEN)
    wrong = record_process(days=({"first": "2026-07-02", "last": "2026-07-01", "what": SAID},))
    with pytest.raises(AnswerRefused, match="before the first"):
        signed.do(processes.record_process, wrong, MANAGER, WHEN)


def steps_of(case: Driven) -> dict[str, date]:
    return {one.subject: one.last_day for one in case.turns() if one.todo == "publication_step"}


def test_the_plan_is_made_backwards_and_each_step_is_somebodys(signed, left_by):
    """PUB-21, PUB-31: a task for each step with its day, once the partners approve."""
    plan = say.plan_publication()
    for saying, timetable in (
        ("who sees to it", plan.timetable[1:]),
        ("passed", _but(plan, PublicationStep.MEDIA, "2026-06-07")),
        ("2026", _but(plan, PublicationStep.FAMILY, "2026-06-25")),
        ("comes after publication", _but(plan, PublicationStep.REPOSITORY, "2026-07-02")),
        ("by the day of publication", _but(plan, PublicationStep.WEBSITE, "2026-07-04")),
    ):
        command = say.plan_publication(timetable=timetable)
        with pytest.raises(AnswerRefused, match=saying) as refused:
            signed.do(publication.plan_publication, command, MANAGER, WHEN)
        assert refused.value.field == "timetable"
    named = say.plan_publication(timetable=_but(plan, PublicationStep.MEMBERS, "2026-06-30"))
    signed.do(publication.plan_publication, named, MANAGER, WHEN)
    assert steps_of(signed) == {}
    signed.sign(sign_off.sign_publication, WHEN)
    assert {step: str(day) for step, day in steps_of(signed).items()} == {
        "family": "2026-06-24",
        "partners": "2026-06-24",
        "members": "2026-06-30",
        "media": "2026-07-02",
        "website": "2026-07-03",
    }
    for on, saying in (("2026-06-09", "in the future"), ("2026-06-07", "was set on")):
        wrong = record_publication_step(done_on=on)
        with pytest.raises(AnswerRefused, match=saying):
            signed.do(steps_done.record_publication_step, wrong, MANAGER, WHEN)
    said = record_publication_step()
    left = left_by(signed, steps_done.record_publication_step, said, who=TEAM, when=WHEN)
    assert left == Traces(
        entries=["publication_step_done"], closed=["publication_step | business_manager"]
    )
    assert "family" not in steps_of(signed)


def test_what_the_family_answered_is_read_by_who_reads_of_the_family(signed):
    """PUB-21, FAM-12: by no scrutineer without a grant, and shown to no other partnership."""
    kept = plan_communications(kept_clear=(ELECTION | {"against": "sibling_birthday"},))
    signed.do(strategy.plan_communications, kept, TEAM, WHEN)
    signed.plan()
    for step in ("family", "partners"):
        said = record_publication_step(step=step)
        signed.do(steps_done.record_publication_step, said, MANAGER, WHEN)
    for who, is_told in ((MANAGER, True), (Role.INDEPENDENT_SCRUTINEER, False)):
        with signed.world.act(who, WHEN) as work:
            case = get_case(work.session, signed.case_id)
            told = timeline_of(work, case)
            known = facts(work.session, case.id, EntryType.PUBLICATION_STEP_DONE)
        words = {"Step to publication recorded", "Communications strategy kept"}
        found = [one for one in told if one.entry_type in words]
        assert len(found) > 2
        assert all(bool(one.said) is is_told for one in found)
    assert {one.subject: one.section for one in known} == {
        "family": Section.INTERNAL,
        "partners": Section.PUBLICATION,
    }
    handed = [is_handed_over(one.entry_type, one.section) for one in known]
    assert handed == [False, True]


def test_another_day_has_the_steps_taken_anew(signed):
    """PUB-21: who was told of one day is told of the other; improvements have no such steps."""
    signed.plan()
    signed.do(steps_done.record_publication_step, record_publication_step(), MANAGER, WHEN)
    moved = say.plan_publication(publish_on="2026-07-10")
    signed.do(publication.plan_publication, moved, MANAGER, "2026-06-15")
    assert steps_of(signed) == {}
    signed.sign(sign_off.sign_publication, "2026-06-15")
    assert str(steps_of(signed)["family"]) == "2026-07-01"
    withheld = say.withhold_report(publish_on="2026-07-10")
    signed.do(publication.withhold_report, withheld, MANAGER, "2026-06-16")
    with pytest.raises(AnswerRefused, match="no such step"):
        signed.do(
            steps_done.record_publication_step, record_publication_step(), MANAGER, "2026-06-16"
        )


def test_the_same_plan_signed_again_asks_only_for_the_steps_that_are_left(signed):
    """PUB-21: where who must sign has changed, what was done for the day stays done."""
    signed.plan()
    signed.do(steps_done.record_publication_step, record_publication_step(), MANAGER, WHEN)
    with signed.world.act(MANAGER, "2026-06-09") as work:
        again = rounds.TurnRound(matter=SignOffMatter.PUBLICATION)
        rounds.turn_round(work, get_case(work.session, signed.case_id), again)
    signed.sign(sign_off.sign_publication, "2026-06-09")
    assert set(steps_of(signed)) == {"partners", "members", "media", "website"}


def test_no_step_is_counted_to_a_day_on_which_the_partnership_is_closed(signed):
    """PUB-21, C1: K12 stays the same for everybody, and people here are asked before."""
    days = {date(2026, 6, 24): "Council closed", date(2026, 7, 2): "Council closed"}
    with signed.world.act(MANAGER, WHEN) as work:
        case = get_case(work.session, signed.case_id)
        case.policy = policy_to_json(replace(policy_of(case), closed_days=days))
        work.session.add(case)
    signed.plan()
    assert signed.due("K12") == "2026-06-24"
    steps = steps_of(signed)
    assert (steps["family"], steps["media"]) == (date(2026, 6, 23), date(2026, 7, 1))


def test_publication_on_another_day_than_approved_says_why(signed):
    """PUB-21: a day to come is planned anew; what happened is recorded with the partners' word."""
    signed.plan()
    signed.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    signed.send_out("2026-06-24")
    later = say.publish(published_on="2026-07-06", why_other_day=None)
    with pytest.raises(AnswerRefused, match="approved another day"):
        signed.do(publishing.publish, later, MANAGER, "2026-07-06")
    signed.do(publishing.publish, say.publish(published_on="2026-07-06"), MANAGER, "2026-07-06")
    assert signed.stage() is Stage.EMBEDDING


def _but(plan, step: PublicationStep, by: str) -> tuple:
    return tuple(
        one.model_dump() | ({"by": by} if one.step is step else {}) for one in plan.timetable
    )
