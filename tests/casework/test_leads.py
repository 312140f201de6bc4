"""NOT-08: what is heard is logged and decided: referred, not to be notified, or waiting."""

import pytest

from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps import reopening
from services.casework.steps.notification import looked_after_death
from services.casework.steps.referral import leads, referral_correction, referral_from_log
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces, kept_of, refused
from tests.logged import a_lead
from tests.world import World

NOTIFIER, MANAGER = Role.NOTIFIER, Role.BUSINESS_MANAGER
TOLD = "2025-12-11 23:10"


def lead(world: World, who: Role = MANAGER, **said: object) -> Driven:
    return Driven.of(world, a_lead(world, say.log_lead(**said), who))


def decide(case: Driven, when: str = "2025-12-12 12:00", **said: object) -> None:
    case.do(leads.decide_lead, say.decide_lead(**said), NOTIFIER, when)


def refer(case: Driven, when: str, **said: object) -> None:
    case.do(referral_from_log.refer_on, say.refer_on(**said), MANAGER, when)


def test_a_lead_is_asked_about_and_its_clock_counts_from_when_the_authority_was_told(
    world, admin_engine
):
    kept = kept_of(admin_engine, lead(world, told_at=TOLD))
    assert kept.opened == ["decide_lead | notifier | 2025-12-18"]
    assert kept.clocks == ["K1 due 2025-12-18", "K2 due 2025-12-18"]
    assert "lead_logged | business.manager" in kept.emails


NOT_SUSPECTED = {"told_at": TOLD, "suspicion": "neither", "died": True}
OF_AGE = {"told_at": TOLD, "died": True, "born_on": "2006-01-01"}


@pytest.mark.parametrize(
    ("said", "clocks"),
    [
        (NOT_SUSPECTED | {"statuses": ("looked_after",)}, ["K3"]),
        (NOT_SUSPECTED | {"statuses": ("care_leaver",), "born_on": "2008-01-01"}, ["K3b"]),
        (OF_AGE | {"statuses": ("care_leaver",)}, ["K3b"]),
        (NOT_SUSPECTED | {"statuses": ("looked_after",), "suspicion": "known"}, ["K1", "K2", "K3"]),
        (NOT_SUSPECTED | {"statuses": ("child_in_need",)}, []),
    ],
)
def test_a_death_in_care_logged_on_a_thursday_night_has_its_clock_before_any_referral(
    said, clocks, world, admin_engine
):
    """NOT-05, K3, K3b: it is told of whether or not abuse is suspected; at 18 K3b counts alone."""
    case = lead(world, **said)
    assert case.running() == [f"{one} 2025-12-18" for one in clocks]
    day = "2025-12-18" if clocks else None
    assert kept_of(admin_engine, case).opened == [
        f"decide_lead | notifier{f' | {day}' if day else ''}"
    ]


def test_a_lead_of_a_death_in_care_is_referred_or_said_to_be_none(world, admin_engine):
    case = lead(world, **NOT_SUSPECTED, statuses=("looked_after",))
    with refused(admin_engine, world, AnswerRefused, field="not_in_care", saying="Refer it"):
        decide(case)
    waits = {"decision": "wait", "ask_again_on": "2025-12-19"}
    with refused(admin_engine, world, AnswerRefused, field="ask_again_on", saying="last day"):
        decide(case, **waits)
    sent = say.record_looked_after_death()
    with pytest.raises(StepNotOpen, match="Refer what was logged"):
        case.do(looked_after_death.record_looked_after_death, sent, NOTIFIER, "2025-12-12 13:00")
    decide(case, not_in_care="The child lived with the family: another child was meant.")
    assert (case.stage(), case.row().is_looked_after_death) == (Stage.CLOSED, False)


def test_a_death_in_care_of_which_nobody_said_when_the_authority_was_told_ends_no_lead_unasked(
    world, admin_engine
):
    """NOT-05: its clock does not run yet, and it is to be told of all the same."""
    case = lead(world, **(NOT_SUSPECTED | {"told_at": None}), statuses=("looked_after",))
    assert case.running() == []
    with refused(admin_engine, world, AnswerRefused, field="not_in_care", saying="Refer it"):
        decide(case)
    decide(case, not_in_care="The child lived with the family: another child was meant.")
    assert (case.stage(), case.row().is_looked_after_death) == (Stage.CLOSED, False)


def test_that_a_death_was_not_in_care_is_said_only_of_one_that_was_logged(world, admin_engine):
    case = lead(world)
    with refused(admin_engine, world, AnswerRefused, field="not_in_care", saying="such a death"):
        decide(case, not_in_care="The child is alive.")


@pytest.mark.parametrize("bears_out", [True, False])
def test_the_clock_of_a_death_goes_on_with_the_referral_that_bears_it_out(bears_out, world):
    case = lead(world, **NOT_SUSPECTED, statuses=("looked_after",))
    child = say.child(statuses=("looked_after",) if bears_out else ("none",))
    said = {"harm": "death", "suspicion": "neither", "aware_at": "2025-12-10 09:00"}
    refer(case, "2025-12-12 15:00", children=(child,), **said)
    assert case.running() == (["K3 2025-12-17"] if bears_out else [])
    assert case.clock("K3")["first_due"] == "2025-12-18"
    asked = {one.todo: one.last_day for one in case.turns()}
    assert ("record_looked_after_death" in asked) is bears_out
    if bears_out:
        assert str(asked[Todo.RECORD_LOOKED_AFTER_DEATH]) == "2025-12-17"


def test_a_lead_refuses_a_care_leaver_of_ten(world, admin_engine):
    with refused(admin_engine, world, AnswerRefused, field="statuses", saying="16 or over"):
        lead(world, statuses=("care_leaver",), born_on="2015-01-01")


@pytest.mark.parametrize("said", [{}, {"told_at": TOLD, "suspicion": "neither"}])
def test_no_clock_runs_before_the_authority_is_told_of_a_suspicion(said, world):
    case = lead(world, **said)
    assert case.running() == []
    assert [(one.todo, one.last_day) for one in case.turns()] == [("decide_lead", None)]


def test_the_authority_says_when_it_was_told_of_what_it_logs_itself(world, admin_engine):
    """NOT-03: its own people state its awareness, and nobody else does."""
    with refused(admin_engine, world, AnswerRefused, field="told_at", saying="first told"):
        lead(world, NOTIFIER)
    assert lead(world, NOTIFIER, told_at=TOLD).row().awareness_stated
    assert not lead(world, told_at=TOLD).row().awareness_stated


def test_a_lead_waits_until_a_day_and_is_asked_about_again(world, left_by):
    waits = say.decide_lead(decision="wait", ask_again_on="2025-12-16")
    left = left_by(lead(world), leads.decide_lead, waits, who=NOTIFIER, when="2025-12-12 12:00")
    assert left == Traces(
        entries=["lead_decided"],
        opened=["decide_lead | notifier | 2025-12-16"],
        closed=["decide_lead | notifier"],
    )


@pytest.mark.parametrize(
    ("day", "saying"),
    [(None, "Enter the day"), ("2025-12-11", "not passed"), ("2025-12-19", "last day to notify")],
)
def test_a_lead_does_not_wait_without_a_day_or_past_the_last_day_to_notify(
    day, saying, world, admin_engine
):
    case = lead(world, told_at=TOLD)
    with refused(admin_engine, world, AnswerRefused, field="ask_again_on", saying=saying):
        decide(case, decision="wait", ask_again_on=day)


def test_a_lead_that_is_not_to_be_notified_is_closed_with_reasons_and_referred_on_new_facts(
    world, left_by
):
    case = lead(world, told_at=TOLD)
    command = say.decide_lead()
    left = left_by(case, leads.decide_lead, command, who=NOTIFIER, when="2025-12-12 12:00")
    assert left == Traces(
        entries=["lead_decided"],
        closed=["decide_lead | notifier"],
        clocks=["K1 ended 2025-12-12", "K15 due 2060-12-12", "K2 ended 2025-12-12"],
    )
    assert case.stage() is Stage.CLOSED
    with pytest.raises(StepNotOpen, match="refer what was logged"):
        case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    refer(case, "2026-01-12", aware_at="2026-01-09", received_at="2026-01-12")
    assert (case.stage(), case.row().awareness, case.due("K1")) == (Stage.REFERRED, 2, "2026-01-16")
    with world.act(MANAGER) as work:
        assert len(all_of(work.session, case.case_id, EntryType.LEAD_DECIDED)) == 1


def test_a_lead_is_referred_under_its_reference_and_its_clock_runs_on(world):
    case = lead(world, told_at=TOLD)
    reference = case.row().reference
    refer(case, "2025-12-12 15:00")
    assert (case.stage(), case.row().reference) == (Stage.REFERRED, reference)
    running = {"K1 2025-12-18", "K2 2025-12-18", "K5 2025-12-16", "K7 2026-01-05"}
    assert set(case.running()) == running
    right = say.correct_referral()
    case.do(referral_correction.correct_referral, right, MANAGER, "2025-12-12 16:00")
    with pytest.raises(StepNotOpen):
        refer(case, "2025-12-13")
    case.decide().notify()
    assert case.stage() is Stage.RAPID_REVIEW


def test_what_the_authority_has_stated_is_not_changed_by_a_referral(world, admin_engine):
    case = lead(world, NOTIFIER, told_at=TOLD)
    with refused(admin_engine, world, AnswerRefused, field="aware_at", saying="its own page"):
        refer(case, "2025-12-12 15:00", aware_at="2025-12-12 10:00")


def test_a_lead_that_nobody_decides_is_asked_about_again_each_week_and_not_twice(
    world, admin_engine
):
    case = lead(world)
    decide(case, decision="wait", ask_again_on="2025-12-16")
    asked = []
    for day in ("2025-12-15", "2025-12-16", "2025-12-17", "2025-12-23", "2025-12-24"):
        with world.act(MANAGER, day) as work:
            enqueue_reminders(work)
        told = kept_of(admin_engine, case).emails
        asked.append(told.count("lead_logged | notifier"))
    assert asked == [0, 1, 1, 2, 2]
