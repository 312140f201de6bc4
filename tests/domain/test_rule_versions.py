"""Which national rules a case is counted by."""

from datetime import date, timedelta

import pytest

from services.calendars import england
from services.domain.clocks import versions
from services.domain.clocks.counting import NoSuchDuty, due_date, due_dates
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.rules import RULES, ClockId, Force
from services.domain.clocks.versions import (
    VERSIONS,
    LeadArea,
    advisories_on,
    default_lead_area,
    panel_guidance_on,
    version_on,
)


@pytest.mark.parametrize(
    ("clock", "day", "version"),
    [
        ("K1", "2018-06-28", "before WT2018"),
        ("K1", "2018-06-29", "WT2018"),
        ("K1", "2020-04-15", "WT2018"),
        ("K10", "2020-03-29", "WT2018"),
        ("K10", "2020-03-30", "WT2018, COVID-19 relaxation"),
        ("K10", "2020-10-01", "WT2018"),
        ("K1", "2023-12-14", "WT2018"),
        ("K1", "2023-12-15", "WT2023"),
        ("K10", "2025-05-31", "WT2023"),
        ("K10", "2025-06-01", "WT2023, Panel guidance 2025"),
        ("K11", "2026-04-01", "WT2023"),
    ],
)
def test_the_version_in_force_on_the_trigger_date_is_counted_by(clock, day, version):
    found = version_on(ClockId(clock), date.fromisoformat(day))
    assert found is not None
    assert found.name == version


def test_every_due_date_carries_its_version_and_local_ones_their_policy():
    day = date(2026, 4, 2)
    anchors = Anchors(aware=day, referral=day, notification=day)
    versions = {str(due.clock): due.version for due in due_dates(anchors, england())}
    assert versions["K1"] == "WT2023"
    assert versions["K10"] == "WT2023, Panel guidance 2025"
    assert versions["K5"] == "Framework of March 2023, 2023-03"


def test_what_follows_a_decision_is_counted_by_the_rules_of_the_decision_day():
    anchors = Anchors(decision=date(2023, 12, 1), publication=date(2024, 5, 20))
    assert due_date(ClockId.K12, anchors, england()).version == "WT2018"
    alone = Anchors(publication=date(2024, 5, 20))
    assert due_date(ClockId.K12, alone, england()).version == "WT2023"


def test_a_care_leavers_death_is_a_duty_for_events_from_15_december_2023():
    first = date(2023, 12, 15)
    assert due_date(ClockId.K3B, Anchors(aware=first), england()).due == date(2023, 12, 22)
    with pytest.raises(NoSuchDuty, match="did not exist"):
        due_date(ClockId.K3B, Anchors(aware=first - timedelta(days=1)), england())
    heard_later = Anchors(aware=date(2024, 1, 10), incident=date(2023, 12, 1))
    assert ClockId.K3B not in {due.clock for due in due_dates(heard_later, england())}


def test_the_relaxation_ends_and_is_marked_as_not_confirmed():
    relaxed = due_date(ClockId.K10, Anchors(notification=date(2020, 4, 15)), england())
    usual = due_date(ClockId.K1, Anchors(aware=date(2020, 4, 15)), england())
    assert "Lateness was allowed for" in relaxed.explain()
    assert "Lateness" not in usual.explain()


def test_a_version_whose_text_was_not_read_is_advice_and_never_counted_by():
    assert [version.name for version in advisories_on(ClockId.K10, date(2026, 4, 1))] == ["WT2026"]
    assert advisories_on(ClockId.K10, date(2026, 3, 18)) == ()
    assert all(not version.confirmed for version in VERSIONS if version.advisory)


def test_every_national_clock_has_a_version_on_every_day_and_no_local_clock_has_one():
    for clock, rule in RULES.items():
        found = version_on(clock, date(2026, 1, 1))
        assert (found is not None) == rule.locked


def test_every_version_ends_after_it_begins_and_says_where_it_comes_from():
    assert all(version.since <= version.until and version.source for version in VERSIONS)


def test_every_clock_says_how_binding_it_is_in_the_letters_of_the_rules():
    assert RULES[ClockId.K10].forces == (Force.SG, Force.P)
    assert all(rule.forces and rule.rule and rule.duty for rule in RULES.values())
    assert list(RULES) == [one for one in ClockId if one is not ClockId.EXTRA]


def test_the_lead_moves_from_residence_to_the_place_of_the_incident():
    moved = versions.LEAD_AREA_MOVED
    assert default_lead_area(moved - timedelta(days=1)) is LeadArea.USUAL_RESIDENCE
    assert default_lead_area(moved) is LeadArea.INCIDENT


@pytest.mark.parametrize(
    ("day", "edition"), [("2018-01-01", "none"), ("2022-08-31", "2019"), ("2026-01-01", "2025")]
)
def test_the_panels_guidance_has_editions(day, edition):
    assert panel_guidance_on(date.fromisoformat(day)).endswith(edition)
