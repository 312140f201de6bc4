"""The referral on its pages, and a correction that opens with what is on record."""

import pytest

from tests.web.conftest import World
from tests.web.referrals import day, refer
from tests.web.visitors import Visitor

CORRECTION = "notification/referral/correction"


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def test_a_correction_opens_with_what_is_on_record_and_keeps_both(manager: Visitor):
    case = refer(manager)
    page = manager.get(f"{case}/{CORRECTION}")
    assert page.value("children-0-name") == "Robin Example"
    assert page.value("children-0-born_on-day") == "3"
    assert page.value("received_at-time") == "22:40"
    chosen = {one["name"]: one["value"] for one in page.page.select("input[checked]")}
    assert chosen["children-0-statuses"] == "none"
    typed = {
        one["name"]: one.get("value") or one.get_text().removeprefix("\n")
        for one in page.page.select("main input[type=text], main input:not([type]), main textarea")
    }
    wrong = manager.post(f"{case}/{CORRECTION}", page.hidden | typed | chosen)
    assert wrong.beside("reason")
    # A row in which nothing was typed stays folded on the refused form too.
    assert [one.get("open") for one in wrong.page.select("main fieldset details")].count("") == 0
    said = {"children-0-name": "Robin Rightly", "reason": "The name is spelt otherwise."}
    sent = manager.post(f"{case}/{CORRECTION}", page.hidden | typed | chosen | said)
    assert sent.status == 303, sent.problems
    shown = manager.get(case).text
    assert "Robin Rightly" in shown
    again = manager.get(f"{case}/{CORRECTION}")
    assert (again.value("children-0-name"), again.value("reason")) == ("Robin Rightly", "")
    timeline = manager.get(f"{case}/timeline").text
    assert "Referral corrected" in timeline
    assert "Robin Example" in timeline
    assert "Robin Rightly" in timeline


def test_the_family_is_shown_to_who_reads_of_it_and_rows_left_blank_are_left_out(world: World):
    brother = {
        "family_members-2-name": "Ash Madeuply",
        "family_members-2-relations": "sibling",
        "family_members-2-age": "7",
        "family_members-2-lives_with": "no",
    }
    case = refer(world.person("manager"), **brother)
    page = world.person("manager").get(f"{case}/people").page
    shown = [one.get_text() for one in page.select("#family ~ div tbody td")]
    assert shown[:4] == ["Brother or sister", "7 on the day of the incident", "No", ""]
    form = world.person("manager").get(f"{case}/{CORRECTION}")
    assert form.value("family_members-0-name") == "Ash Madeuply"
    seen = world.person("scrutineer").get(f"{case}/people")
    assert seen.page.find(id="family") is None
    assert "Ash Madeuply" not in seen.text


def test_the_name_of_a_child_stands_in_no_address(manager: Visitor):
    case = refer(manager)
    addresses = [one["href"] for one in manager.get(f"{case}/timeline").page.select("a[href]")]
    assert addresses
    assert not [one for one in addresses if "robin" in one.lower()]


def test_a_child_who_is_not_born_yet_is_shown_as_not_verified(manager: Visitor):
    unborn = {
        **dict.fromkeys(day("children-0-born_on", 0, 0, 0), ""),
        **day("children-0-expected_on", 14, 5, 2026),
        "children-0-name": "Unborn child",
    }
    page = manager.get(f"{refer(manager, **unborn)}/people").text
    assert "Expected date of birth" in page
    assert "Not verified" in page


def test_a_second_referral_of_the_incident_is_noticed_by_the_manager_alone(world: World):
    hospital, school, manager = (
        world.person(who, place=2) for who in ("hospital", "schools", "manager")
    )
    incident = {"children-0-name": "Quillon Madeuply"}  # of whom no other test says anything
    first = refer(hospital, **incident)
    assert manager.get(first).page.find(id="same-incident") is None
    second = refer(school, **incident)
    reference = manager.get(first).page.select_one(".keyline-case-head strong").get_text()
    notice = manager.get(second).page.find(id="same-incident")
    assert reference in notice.get_text()
    form = manager.get(f"{second}/notification/duplicate")
    assert form.value("duplicate_of") == reference
    for agency, case in ((hospital, first), (school, second)):
        page = agency.get(case)
        assert page.status == 200
        assert page.page.find(id="same-incident") is None
    assert school.get(first).status == 404


def test_the_notification_is_copied_from_a_sheet_in_the_order_of_the_service(world: World):
    """NOT-03, NOT-06: the page that records it shows what is copied into the service first."""
    case, notifier = refer(world.person("manager")), world.person("notifier")
    page = notifier.get(f"{case}/notification/record")
    sheet = page.page.find(id="copy-sheet")
    assert sheet is not None
    headings = [one.get_text() for one in page.page.select("#copy-sheet ~ h3")]
    assert headings[:3] == ["Who notifies", "Child 1: Robin Example", "The incident"]
