"""Clocks that a partnership adds for itself: counted, met, told and recounted like the others."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.casework.effects import steps_to_take
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps import extra_steps
from services.casework.steps.notification import awareness
from services.casework.steps.notification.notification_decision import DECIDE_TO_NOTIFY
from services.casework.steps.rapid_review import panel_reply
from services.casework.steps.rapid_review.rapid_review import PROPOSE_DECISION
from services.database.cases import get_case
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.errors import AnswerRefused
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.workflow import PanelAnswer
from services.web.view_models.clocks import clock_line
from services.web.view_models.policy import own_clock_lines
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.holidays import notified, platform, platform_of
from tests.panel_factories import lodge_challenge
from tests.policy_factories import WITH_STEPS, record_extra_step
from tests.post_office import Office, office, our_world
from tests.world import World, make_world

__all__ = ["office", "our_world", "platform", "platform_of"]
MANAGER = Role.BUSINESS_MANAGER
HUDDLE = ExtraClock(code="huddle", name="Hold the huddle", anchor=Anchor.AWARE, length=2)
THANK = ExtraClock(code="thank", name="Thank the agencies", anchor=Anchor.SUBMISSION, length=20)
WITH_MORE = replace(WITH_STEPS, extra_clocks={one.code: one for one in (HUDDLE, THANK)})


def step_of(case: Driven, code: str, when: str) -> UUID:
    """Return the id of the open clock of a step."""
    with case.world.act(MANAGER, when) as work:
        found = steps_to_take(work, get_case(work.session, case.case_id))
        return next(one.id for one in found if one.subject == code)


def take(case: Driven, code: str, done_on: str, when: str) -> None:
    """Say that a step was done."""
    said = record_extra_step(step_of(case, code, when), done_on=done_on)
    case.do(extra_steps.record_extra_step, said, MANAGER, when)


def with_own_steps(world: World) -> Driven:
    """Notify a case on Monday 15 December 2025, in a partnership with its own steps."""
    return Driven(make_world(world.engine, WITH_STEPS)).decide().notify()


def with_more_steps(world: World) -> Driven:
    return Driven(make_world(world.engine, WITH_MORE)).decide().notify()


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(with_own_steps)


def test_each_starts_with_its_event_and_a_person_says_that_it_was_done(case):
    assert case.due(ClockId.EXTRA, "copy") == "2025-12-15"
    assert case.clock(ClockId.EXTRA, "progress")["opens"] == "2025-12-17"
    before = case.running()
    take(case, "copy", "2025-12-15", "2025-12-15 16:00")
    take(case, "progress", "2025-12-31", "2025-12-31")
    assert case.clock(ClockId.EXTRA, "copy")["met_on"] == "2025-12-15"
    assert case.clock(ClockId.EXTRA, "progress")["met_on"] == "2025-12-31"
    after = [one for one in before if "extra" not in one]
    assert [one for one in case.running() if "extra" not in one] == after, "no other is touched"


def test_of_a_step_that_is_a_meeting_it_is_kept_who_met_and_what_they_advised(world):
    """Rules.md 5A: the partners meet within a day; what they advise binds no decision to notify."""
    meets = ExtraClock(code="meet", name="Meet", anchor=Anchor.REFERRAL, length=1, is_meeting=True)
    policy = replace(WITH_STEPS, extra_clocks={"meet": meets, "huddle": HUDDLE})
    assert policy_from_json(policy_to_json(policy)) == policy
    case, on = Driven(make_world(world.engine, policy)), "2025-12-12"
    advised = {"who_met": "All three", "advised": "To notify."}
    case.be_aware("2025-12-12 11:30")
    for code, said, field in (("meet", {}, "who_met"), ("huddle", advised, "who_met")):
        told = record_extra_step(step_of(case, code, on), done_on=on, **said)
        with pytest.raises(AnswerRefused) as refused:
            case.do(extra_steps.record_extra_step, told, MANAGER, on)
        assert refused.value.field == field
    take(case, "huddle", on, on)
    told = record_extra_step(step_of(case, "meet", on), done_on=on, **advised)
    case.do(extra_steps.record_extra_step, told, MANAGER, on)
    with case.world.act(Role.NOTIFIER, on) as work:
        beside = said_before(work, DECIDE_TO_NOTIFY, get_case(work.session, case.case_id))
        decided = said_before(work, PROPOSE_DECISION, get_case(work.session, case.case_id))
    assert "To notify." in {said.text for one in beside for said in one.said}
    assert "To notify." in {said.text for one in decided for said in one.said}
    assert len(decided) == 1, "a step that is no meeting is told in the history alone"
    case.decide()


def test_the_scrutineer_has_a_copy_of_the_notice_where_the_policy_says_so(world):
    """5A, RR-52: as the partners have it; it tells nothing of a family, and opens none of it."""
    for copied in (True, False):
        policy = replace(NATIONAL, sharing=SharingPolicy(scrutineer_copied=copied))
        case = Driven(make_world(world.engine, policy)).decide().notify()
        found = Office(case.world).emails(case.case_id)
        assert (Recipient.SCRUTINEER in {one.recipient for one in found}) is copied


def test_what_was_not_done_yet_or_is_done_already_is_refused(case):
    take(case, "copy", "2025-12-15", "2025-12-15 16:00")
    for said, field in (
        ({"step": uuid4()}, "step"),
        ({"done_on": "2025-12-17"}, "done_on"),
        ({"done_on": "2025-12-14"}, "done_on"),
    ):
        step = step_of(case, "progress", "2025-12-16")
        command = record_extra_step(**{"step": step, "done_on": "2025-12-16"} | said)
        with pytest.raises(AnswerRefused) as refused:
            case.do(extra_steps.record_extra_step, command, MANAGER, "2025-12-16")
        assert refused.value.field == field


def test_the_panels_answer_ends_its_clock_and_a_challenge_waits_again(case):
    case.scope().review()
    submitted = f"{case.row().submitted_at:%Y-%m-%d}"
    assert case.clock(ClockId.EXTRA, "panel_answer")["anchored_on"] == submitted
    case.answer(PanelAnswer.QUERIES)
    assert case.clock(ClockId.EXTRA, "panel_answer")["met_on"] == "2026-01-19"
    words, partner = lodge_challenge(), Role.SAFEGUARDING_PARTNER
    case.do(panel_reply.lodge_challenge, words, partner, "2026-01-20")
    assert case.clock(ClockId.EXTRA, "panel_answer")["due"] == "2026-02-03"


def test_a_challenge_starts_no_other_step_that_counts_from_the_submission(ready_by):
    case = ready_by(with_more_steps).scope().review()
    before = case.clock(ClockId.EXTRA, "thank")
    case.answer(PanelAnswer.QUERIES)
    words, partner = lodge_challenge(), Role.SAFEGUARDING_PARTNER
    case.do(panel_reply.lodge_challenge, words, partner, "2026-01-20")
    assert case.clock(ClockId.EXTRA, "thank") == before
    assert case.clock(ClockId.EXTRA, "panel_answer")["due"] == "2026-02-03"


def test_a_step_that_turns_late_asks_for_no_reason_of_the_notification(ready_by):
    """NOT-03: awareness is corrected, and only a notification sent late is explained."""
    case = ready_by(with_more_steps)
    take(case, "huddle", "2025-12-15", "2025-12-15 16:00")
    corrected = say.correct_awareness(aware_at="2025-12-10 09:00")
    case.do(awareness.correct_awareness, corrected, Role.NOTIFIER, "2025-12-16")
    assert case.clock(ClockId.EXTRA, "huddle")["due"] == "2025-12-12"


def test_a_page_says_which_calendar_counted_and_no_paper_tells_of_it(case):
    with case.world.act(MANAGER, "2025-12-16") as work:
        row = get_case(work.session, case.case_id)
        (clock,) = [one for one in steps_to_take(work, row) if one.subject == "progress"]
        line = clock_line(work, row, clock, {})
    assert line.calendar == "the bank holidays of England and Wales"
    assert line.told == "the chair of the review group"
    assert line.progress == "working day 1 of 10; 9 working days left"
    told = {one.name: one.counts for one in own_clock_lines(WITH_STEPS)}
    assert told["Hold the progress meeting"] == "2 to 10 working days after notification"


def test_a_nearing_and_a_passed_step_are_told_and_the_panel_is_in_no_breach(office, our_world):
    with our_world.act(MANAGER, "2025-12-01") as work:
        work.partnership.policy = policy_to_json(WITH_STEPS)
        work.session.add(work.partnership)
    case = Driven(our_world).decide().notify()
    assert ("last_day_near_told", "step_of_our_own", "review.group.chair") in told(
        office, case, "2025-12-30"
    )
    assert ("deadline_passed", "step_of_our_own", "business.manager") in told(
        office, case, "2026-01-02"
    )
    case.scope().review()
    after = told(office, case, "2026-03-02")
    assert ("answer_not_come", "ask_panel", "business.manager") in after
    assert not {one for one in after if one[0] != "answer_not_come" and one[1] == "ask_panel"}


def told(office: Office, case: Driven, when: str) -> set[tuple[str, str, str]]:
    office.when = when
    remind_all(office)
    return {
        (one.event.value, str(one.content["matter"]), one.address.partition("@")[0])
        for one in office.emails(case.case_id)
    }


def test_a_proclaimed_holiday_moves_them_too_and_the_entry_names_the_step(platform):
    """C1, scenario P3: recounted like the other local clocks."""
    with platform.world.act(MANAGER, "2026-11-01") as work:
        work.partnership.policy = policy_to_json(WITH_STEPS)
        work.session.add(work.partnership)
    case = notified(platform.world)
    assert case.due(ClockId.EXTRA, "progress") == "2026-12-09"
    with platform.left(case, "2026-11-30 12:00") as left:
        platform.change(held="2026-12-07")
    assert case.due(ClockId.EXTRA, "progress") == "2026-12-10"
    assert case.clock(ClockId.EXTRA, "progress")["first_due"] == "2026-12-09"
    assert left.clocks
