"""What a partnership may choose, and what it may not."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import deployments
from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.policy import (
    NATIONAL,
    CdopRelease,
    PartnershipPolicy,
)
from services.domain.clocks.policy_json import (
    RETIRED,
    policy_from_json,
    policy_to_json,
    stored_policy,
)
from services.domain.clocks.rules import RULES, ClockId
from services.domain.clocks.standing import warning_days
from services.domain.clocks.versions import LeadArea
from services.domain.errors import AnswerRefused, OutsidePolicy

POLICIES = sorted((Path(deployments.__file__).parent / "demo" / "policies").glob("*.json"))


@pytest.mark.parametrize(
    ("clock", "length", "rule"),
    [
        ("K1", 6, "NOT-03"),
        ("K2", 6, "NOT-04"),
        ("K3", 6, "NOT-05"),
        ("K3b", 6, "K3b"),
        ("K10", 16, "RR-34"),
        ("K11", 7, "LC-13"),
        ("K12", 6, "PUB-26"),
    ],
)
def test_a_national_clock_cannot_be_loosened_and_the_refusal_names_rule_and_limit(
    clock, length, rule
):
    with pytest.raises(OutsidePolicy) as refused:
        policy_from_json({"lengths": {clock: length}})
    assert rule in str(refused.value)
    assert f" {RULES[ClockId(clock)].length} " in str(refused.value)


SAME_DAY = [clock for clock, rule in RULES.items() if rule.may_be_same_day]


@pytest.mark.parametrize("clock", [clock for clock in RULES if clock not in SAME_DAY])
def test_no_national_clock_can_have_no_days_at_all(clock):
    with pytest.raises(OutsidePolicy):
        PartnershipPolicy(lengths={clock: 0})


@pytest.mark.parametrize("clock", RULES)
def test_no_clock_runs_out_before_it_begins(clock):
    with pytest.raises(OutsidePolicy):
        PartnershipPolicy(lengths={clock: -1})


@pytest.mark.parametrize("clock", [one for one in SAME_DAY if one is not ClockId.K7])
def test_a_local_clock_may_run_out_the_same_day(clock):
    policy = policy_from_json({"lengths": {clock: 0}})
    assert policy_from_json(policy_to_json(policy)) == policy
    day = date(2026, 12, 14)
    anchors = Anchors(referral=day, notification=day, receipt=day, meeting=day)
    due = due_date(clock, anchors, england(), policy)
    assert (due.anchored_on, due.due, due.counted, due.skipped) == (day, day, (), ())
    assert "Due the same day: Mon 14 Dec 2026." in due.explain()
    assert set(warning_days(due, england(), policy)) == {day}


def test_the_same_day_may_be_said_of_these_clocks_and_of_no_national_one():
    assert [ClockId(one) for one in ("K4", "K5", "K6", "K7", "K8", "K9")] == SAME_DAY
    with pytest.raises(OutsidePolicy, match="no length to choose"):
        PartnershipPolicy(lengths={ClockId.K7: 0})


def test_every_national_clock_is_locked_and_every_local_one_is_not():
    locked = {str(clock) for clock, rule in RULES.items() if rule.locked}
    assert locked == {"K1", "K2", "K3", "K3b", "K10", "K11", "K12", "K13"}


@pytest.mark.parametrize(
    ("choice", "because"),
    [
        ({"window_closes": 14}, "at most 13 working days"),
        ({"lengths": {"K8": 3}}, "at most 12 working days"),
        ({"lengths": {"K10": 14}}, "at most 12 working days"),
        ({"lengths": {"K10": 10}}, "at most 8 working days"),
        ({"lengths": {"K6": 12}}, "after the last day for the meeting"),
        ({"lengths": {"K4": 16}}, "past the rapid review's 15"),
        ({"lengths": {"K9": 16}}, "past the rapid review's 15"),
        ({"window_opens": 14}, "window cannot run"),
        ({"window_opens": 0}, "window cannot run"),
        ({"lengths": {"K7": 10}}, "no length to choose"),
        ({"lengths": {"K12": 61}}, "at most 60"),
        ({"retention_years": 0}, "from 1 to 125"),
        ({"retention_years": 1000}, "from 1 to 125"),
        ({"next_on_duty_after": 0}, "after 1 to 72 hours"),
        ({"draft_days": 0}, "drafts are kept from 1 to 90 days"),
        ({"withdrawals_since": "2024-12-31"}, "cannot be followed before"),
        ({"dissent_days": 0}, "resolved within 1 to 10 working days"),
        ({"plan_reviewed_every": 13}, "reviewed every 1 to 12 months"),
        ({"warnings": {"K10": [-1]}}, "warnings of “submit the rapid review"),
    ],
)
def test_a_local_choice_may_not_push_a_national_clock_or_make_no_sense(choice, because):
    """RR-02: what lies between is the partnership's, as long as the whole is kept."""
    with pytest.raises(OutsidePolicy, match=because):
        policy_from_json(choice)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"name": 3}, "name"),
        ({"name": " "}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"version": "v" * 501}, "version"),
        ({"lengths": []}, "lengths"),
        ({"lengths": {"K99": 3}}, "lengths"),
        ({"lengths": {"k10": 3}}, "lengths"),
        ({"lengths": {"K10": "14"}}, "lengths K10"),
        ({"lengths": {"K10": True}}, "lengths K10"),
        ({"lengths": {"K10": 14.0}}, "lengths K10"),
        ({"lengths": {"K10": None}}, "lengths K10"),
        ({"window_opens": "7"}, "window_opens"),
        ({"window_closes": None}, "window_closes"),
        ({"clear_days": 1}, "clear_days"),
        ({"clear_days": "yes"}, "clear_days"),
        ({"review_group_chair_chairs": "no"}, "review_group_chair_chairs"),
        ({"presented_before_publication": None}, "presented_before_publication"),
        ({"fifth_key_line": 1}, "fifth_key_line"),
        ({"retention_years": 35.5}, "retention_years"),
        ({"warnings": {"K10": 3}}, "warnings K10"),
        ({"warnings": {"K10": ["3"]}}, "warnings K10"),
        ({"cdop_release": "never"}, "cdop_release"),
        ({"lead_area_moved": "20250901"}, "lead_area_moved"),
        ({"lead_area_moved": "2025-02-30"}, "lead_area_moved"),
        ({"withdrawals_since": True}, "withdrawals_since"),
        ({"plan_reviewed_every": "3"}, "plan_reviewed_every"),
        ({"partners_meet_within": 1}, "partners_meet_within"),
        ({"closed_days": {"29 December": "Closed"}}, "closed_days"),
        ({"closed_days": {"2026-12-29": ""}}, "closed_days 2026-12-29"),
        ({"closed_days": ["2026-12-29"]}, "closed_days"),
        ({"units": {"K8": "days"}}, "units K8"),
        ({"units": ["K8"]}, "units"),
        ({"panel_answer_within": "10"}, "panel_answer_within"),
        ({"extra_clocks": {"a": None}}, "extra_clocks a"),
        ({"labels": {"review group": "CRG"}}, "labels"),
    ],
)
def test_unknown_words_and_wrong_kinds_are_refused_at_their_field(words, field):
    with pytest.raises(AnswerRefused) as refused:
        policy_from_json(words)
    assert refused.value.field == field
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_the_example_policies_are_read_and_written_back(path):
    policy = policy_from_json(json.loads(path.read_text()))
    assert policy_from_json(json.loads(json.dumps(policy_to_json(policy)))) == policy
    assert policy != NATIONAL


def test_the_national_default_is_what_an_empty_policy_says():
    assert policy_from_json({}) == NATIONAL
    assert hash(policy_from_json({})) == hash(NATIONAL)
    assert len(POLICIES) == 3


def test_a_version_that_is_kept_is_read_without_what_policies_say_no_longer():
    kept = {"lengths": {"K10": 14}, "window_closes": 12, "partners_meet_within": 1, "labels": {}}
    still_said = {"lengths": {"K10": 14}, "window_closes": 12}
    assert stored_policy(kept) == policy_from_json(still_said)
    for retired in RETIRED:
        with pytest.raises(AnswerRefused, match=retired):
            policy_from_json({retired: kept[retired]})
    with pytest.raises(AnswerRefused, match="colour"):
        stored_policy({"colour": "red"})


def test_clear_days_send_the_report_one_working_day_sooner():
    anchors = Anchors(publication=date(2028, 4, 20))
    plain = due_date(ClockId.K12, anchors, england())
    stricter = due_date(ClockId.K12, anchors, england(), replace(NATIONAL, clear_days=True))
    assert stricter.due == england().subtract_working_days(plain.due, 1) == date(2028, 4, 6)
    assert "clear days" in stricter.explain()


def test_retention_runs_for_the_years_the_partnership_chose():
    kept = replace(NATIONAL, retention_years=75)
    closed = Anchors(closure=date(2028, 2, 29))
    assert due_date(ClockId.K15, closed, england(), kept).due == date(2103, 2, 28)


def test_the_window_closes_in_time_for_a_tighter_review():
    tight = PartnershipPolicy(name="Tight", lengths={ClockId.K10: 12}, window_closes=10)
    anchors = Anchors(notification=date(2026, 6, 1), referral=date(2026, 6, 4))
    window = due_date(ClockId.K7, anchors, england(), tight)
    assert window.due == england().add_working_days(date(2026, 6, 1), 10)


def test_a_policy_is_not_changed_by_whoever_made_it():
    lengths = {ClockId.K10: 14}
    policy = PartnershipPolicy(lengths=lengths, window_closes=12)
    lengths[ClockId.K10] = 99
    assert policy.length(ClockId.K10) == 14


def test_the_lead_area_and_the_release_of_the_hold_are_choices():
    policy = policy_from_json(
        {
            "lead_area_moved": "2026-01-01",
            "cdop_release": "submission",
        }
    )
    assert policy.cdop_release is CdopRelease.SUBMISSION
    assert policy.lead_area(date(2025, 12, 31)) is LeadArea.USUAL_RESIDENCE
    assert policy.lead_area(date(2026, 1, 1)) is LeadArea.INCIDENT


def test_a_notification_is_withdrawn_only_from_the_day_that_the_policy_says():
    """The Panel's page is no statute: a policy that says nothing of it does not follow it (5B)."""
    policy = policy_from_json({"withdrawals_since": "2026-01-01"})
    assert [policy.lets_withdraw(date(*one)) for one in ((2025, 12, 31), (2026, 1, 1))] == [
        False,
        True,
    ]
    assert policy_from_json(policy_to_json(policy)) == policy
    assert not NATIONAL.lets_withdraw(date(2026, 1, 1))


@pytest.mark.parametrize(
    "said",
    [
        {"sharing_formats": ["workshop", "workshop"]},
        {"sharing_formats": ["other"]},
        {"website": "http://reviews.example"},
        {"website": "https://[reviews"},
        {"scrutineer": True},
    ],
)
def test_who_is_told_and_where_learning_is_found_are_said_plainly(said):
    """5A: a way that names nothing, an address that is none and a word that is unknown."""
    with pytest.raises((AnswerRefused, OutsidePolicy)):
        policy_from_json({"sharing": said})
