"""A referral that waits for the authority calls who is on duty, and then the next (NOT-07)."""

import pytest

from services.casework.directory.duty import PutOnDuty, put_on_duty
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps import declaration
from services.casework.steps.referral import leads, referral_from_log
from services.domain.directory import ContactRole
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from tests import factories
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.post_office import Office, office, our_world
from tests.world import at

__all__ = ["office", "our_world"]
MANAGER = Role.BUSINESS_MANAGER
SINCE = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}


def turn(place: int, first: str = "2025-12-12", last: str = "2025-12-15") -> PutOnDuty:
    return PutOnDuty(place=place, from_at=at(f"{first} 00:00"), until_at=at(f"{last} 09:00"))


def put(world, contact, command: PutOnDuty, when: str = "2025-12-11") -> None:
    with world.act(MANAGER, when) as work:
        put_on_duty(work, contact, command)


@pytest.fixture
def roster(our_world) -> dict[str, object]:
    """Two people on duty from Friday to Monday, and one who was replaced as the first."""
    team = placed(our_world, "2025-06-02", valid_from="2025-06-02")
    people = {
        name: contacted(
            our_world,
            team,
            "2025-06-02",
            role=ContactRole.OUT_OF_HOURS_TEAM,
            holder=name,
            address=f"{name}@council.example",
            **SINCE,
        )
        for name in ("replaced", "first", "second")
    }
    put(our_world, people["replaced"], turn(1), "2025-12-10")
    for place, name in enumerate(("first", "second"), 1):
        put(our_world, people[name], turn(place))
    return people


@pytest.fixture
def waiting(our_world, roster) -> Driven:
    """Referred on Friday 12 December 2025 in the evening; nobody of the authority knows."""
    assert roster
    words = factories.refer(received_at="2025-12-12 20:00", aware_at=None)
    return Driven(our_world, words, "2025-12-12 20:00", all_declare=False)


@pytest.fixture
def logged(our_world, roster) -> Driven:
    """A lead of what was heard in the afternoon, logged on Friday 12 December 2025 at 20:00."""
    assert roster
    with our_world.act(MANAGER, "2025-12-12 20:00") as work:
        words = factories.log_lead(heard_at="2025-12-12 15:00", told_at="2025-12-12 15:30")
        return Driven.of(our_world, CaseId(leads.log_lead(work, words).id))


def called(office: Office, case: Driven, when: str) -> list[str]:
    office.when = when
    remind_all(office)
    return [
        one.address.partition("@")[0]
        for one in office.emails(case.case_id)
        if one.event.value == "on_duty_called"
    ]


def test_the_first_is_called_at_once_and_the_next_after_the_policys_hours(office, waiting):
    assert called(office, waiting, "2025-12-12 20:01") == ["first"]
    assert called(office, waiting, "2025-12-12 21:59") == ["first"]
    assert called(office, waiting, "2025-12-12 22:00") == ["first", "second"]
    assert called(office, waiting, "2025-12-13 22:00") == ["first", "second"]


def test_a_decision_maker_with_an_interest_has_not_opened_it_and_the_next_is_called(
    office, waiting
):
    """G7, K1, NOT-07: a declared interest stops no call; a decision maker who opens it does."""
    interest = factories.declare(has_conflict=True, particulars="A cousin.")
    waiting.do(declaration.declare, interest, Role.NOTIFIER, "2025-12-12 20:30")
    assert set(called(office, waiting, "2025-12-12 22:00")) == {"first", "second"}


def test_a_lead_calls_who_is_on_duty_from_when_it_was_logged(office, logged):
    """NOT-07, NOT-08: on a Friday night nobody waits until Monday for a lead to be read."""
    assert called(office, logged, "2025-12-12 20:01") == ["first"]
    assert called(office, logged, "2025-12-12 22:00") == ["first", "second"]
    (one, *_) = [o for o in office.emails(logged.case_id) if o.event.value == "on_duty_called"]
    assert one.content["todo"] == "decide_lead"


def test_a_lead_that_is_referred_calls_who_is_on_duty_for_the_referral_too(office, logged):
    """NOT-07: what was called about the lead does not stand for what the referral asks."""
    assert called(office, logged, "2025-12-12 20:01") == ["first"]
    words = factories.refer_on(received_at="2025-12-12 20:30", aware_at=None)
    logged.do(referral_from_log.refer_on, words, MANAGER, "2025-12-12 20:30")
    assert called(office, logged, "2025-12-12 20:31") == ["first", "first"]
    on_duty = [o for o in office.emails(logged.case_id) if o.event.value == "on_duty_called"]
    assert [one.content["todo"] for one in on_duty] == ["decide_lead", "record_awareness"]


def test_who_has_an_account_is_called_to_declare_first_and_the_next_after_the_same_hours(
    office, our_world, roster
):
    """LC-01, G7, NOT-07: they are told that they are on duty now, and of the case nothing more.

    The one task is the declaration, which is the first page; no step, no date and no other task.
    """
    assert roster
    team = placed(our_world, "2025-06-02", name="A Team", valid_from="2025-06-02")
    address = our_world.ours.email(Role.NOTIFIER)
    post = {"role": ContactRole.REGISTERED_NOTIFIER, "address": address, **SINCE}
    put(our_world, contacted(our_world, team, "2025-06-02", **post), turn(1), "2025-12-11 12:00")
    words = factories.refer(received_at="2025-12-12 20:00", aware_at=None)
    case = Driven(our_world, words, "2025-12-12 20:00", all_declare=False)
    assert called(office, case, "2025-12-12 20:01") == []
    on_duty = [one for one in office.emails(case.case_id) if one.recipient == "on_duty"]
    assert [(one.event, one.address) for one in on_duty] == [("on_duty_to_declare", address)]
    assert [one.content["todo"] for one in on_duty] == ["declare"]
    assert [one.content["due"] for one in on_duty] == [None]
    office.deliver()
    (sent,) = [
        one for one in office.mailer.emails if one.recipient == address and "duty" in one.subject
    ]
    assert sent.subject == f"On duty now: declare your interests in {case.row().reference}"
    assert f"/cases/{case.case_id}/todo/declare" in sent.body_text
    assert "on duty for the local authority now" in sent.body_text
    for words in ("referred", "logged", "notify", "aware", "safe"):
        assert words not in sent.body_text
    assert called(office, case, "2025-12-12 22:00") == ["second"]


def test_nobody_else_is_called_once_a_decision_maker_has_opened_the_case(office, waiting):
    called(office, waiting, "2025-12-12 20:01")
    waiting.do(declaration.declare, factories.declare(), Role.NOTIFIER, "2025-12-12 20:30")
    assert called(office, waiting, "2025-12-12 23:00") == ["first"]


def test_after_its_turn_nobody_is_on_duty(office, waiting):
    assert called(office, waiting, "2025-12-15 09:00") == []


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (turn(1, "2025-12-15", "2025-12-12"), "until_at"),
        (turn(1, "2025-12-01", "2026-06-01"), "until_at"),
        (turn(1, "2025-11-01", "2025-11-03"), "until_at"),
    ],
)
def test_a_turn_that_cannot_be_is_refused(our_world, roster, command, field):
    with pytest.raises(AnswerRefused) as error:
        put(our_world, roster["first"], command)
    assert error.value.field == field


def test_who_can_do_nothing_about_it_is_not_put_on_duty(our_world):
    place = placed(our_world, "2025-06-02", valid_from="2025-06-02")
    press = contacted(our_world, place, "2025-06-02", role=ContactRole.PRESS_OFFICE, **SINCE)
    with pytest.raises(RuleBroken, match="on duty"):
        put(our_world, press, turn(1))
