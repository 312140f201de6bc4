"""Looks at the trends and national reviews, as people record and read them (EMB-10, EMB-11)."""

import pytest

from services.domain.themes import Theme, shipped_id
from tests.web.conftest import World
from tests.web.referrals import day
from tests.web.visitors import Visitor

REVIEWS = "/national-reviews"


LOOK = {
    "present": "The chair, and each agency's lead",
    "looked_at": ["notifications", "themes"],
    "recurring": ["neglect"],
    "found": "Neglect recurs.",
    "decided": "The health lead audits missed visits.",
    **day("looked_on", 2, 2),
    **day("next_on", 13, 2),
}
NOTED = {
    "kind": "national_review",
    "title": "Babies unseen",
    "address": "https://www.gov.uk/example-review",
    **day("published_on", 12, 1),
}
CONSIDERED = {
    "present": "The chair, and each agency's lead",
    "learning": "Babies are not seen.",
    "means": "Visits are late here.",
    "is_anything_to_do": "yes",
    "actions-0-action": "Count visits.",
    "actions-0-owner": "Health, head of nursing",
    **day("considered_on", 2, 2),
    **day("actions-0-last_day", 20, 2),
}


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def test_a_look_is_recorded_read_by_partners_and_asked_for_again(world, manager):
    """EMB-10: the page of trends tells it; who runs the learning is asked by the next day."""
    refused = manager.send("/trends/look", LOOK | day("next_on", 2, 2))
    assert refused.status == 422
    assert "still to come" in refused.beside("next_on")
    assert manager.send("/trends/look", LOOK).where == "/trends"
    council = world.person("council")
    text = council.get("/trends").text
    for told in ("Neglect recurs.", "The health lead audits missed visits.", "13 Feb"):
        assert told in text
    assert "/trends/look" not in council.get("/trends").text
    assert council.get("/trends/look").status == 403
    assert "Neglect recurs." not in council.get("/trends?told=outside").text
    assert "Look at the trends" in manager.get("/").text
    assert "Look at the trends" not in council.get("/").text


def test_a_national_review_is_noted_considered_and_its_action_done(world, manager):
    """EMB-11: it stands on the first page until it is considered, and each action until done."""
    assert manager.send(f"{REVIEWS}/note", NOTED | {"address": "gov.uk"}).status == 422
    assert manager.send(f"{REVIEWS}/note", NOTED).where == REVIEWS
    assert "Consider “Babies unseen”" in manager.get("/").text
    (where,) = {
        link["href"]
        for link in manager.get(REVIEWS).page.select("main a")
        if link["href"].startswith(f"{REVIEWS}/") and "note" not in link["href"]
    }
    assert manager.send(f"{where}/consider", CONSIDERED | {"is_anything_to_do": "no"}).status == 422
    assert manager.send(f"{where}/consider", CONSIDERED).where == where
    assert "Babies unseen" not in manager.get(where).page.title.get_text()
    assert "Action 1 from “Babies unseen”" in manager.get("/").text
    done = {"number": "1", "evidence": "Visits are on time.", **day("done_on", 2, 2)}
    done |= {"recheck": "none", "no_recheck": "It is counted each month."}
    assert manager.get(f"{where}/done?number=1").hidden
    assert manager.send(f"{where}/done", done).where == where
    assert "Action 1 from" not in manager.get("/").text
    looked = {"number": "1", "looked_by": "audit", "finding": "sustained", "seen": "Ten of ten."}
    looked |= {"recheck": "after_3_months", **day("looked_on", 2, 2)}
    assert manager.send(f"{where}/check", looked).where == where
    page = manager.get(where).text
    assert "Ten of ten." in page
    assert "Looked at again by" in page
    told = world.person("council").get(REVIEWS).text
    assert "For the yearly report: 2026" in told
    assert "Babies unseen: Visits are late here." in told
    assert "Visits are on time." in told
    assert world.person("council").get(f"{where}/done").status == 403


def test_what_is_none_is_not_found(manager):
    """EMB-11: neither read nor acted on, whatever is posted."""
    nobodys = f"{REVIEWS}/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
    for path in (nobodys, f"{nobodys}/consider", f"{nobodys}/done", f"{REVIEWS}/none"):
        assert manager.get(path).status == 404, path


def test_the_section_for_the_yearly_report_is_read_and_downloaded(world, manager):
    """EMB-10: who runs the learning downloads it; the partners read the page with its words."""
    manager.send("/trends/look", LOOK)
    council = world.person("council")
    shown = council.get("/yearly-report?year=2025")
    assert "The health lead audits missed visits." in shown.text
    assert "What is not counted" in shown.text
    links = "main a[href*='section.pdf?year=2025']"
    assert not shown.page.select(links)
    assert manager.get("/yearly-report?year=2025").page.select(links)
    for extension, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        sent = manager.ask("GET", f"/yearly-report/section.{extension}?year=2025")
        assert sent.response.content.startswith(begins)
        assert f"learning-2025.{extension}" in sent.response.headers["content-disposition"]
        assert council.get(f"/yearly-report/section.{extension}").status == 403
    for year in ("1999", "none", "20255"):
        assert manager.get(f"/yearly-report?year={year}").status == 404
    assert world.person("hospital").get("/yearly-report").status == 403


def test_the_list_of_themes_is_changed_by_who_keeps_the_policy_and_read_with_the_trends(
    world, manager
):
    """EMB-10: an added theme is offered from then on, and an ended one no longer."""
    said = {"name": "Dogs in the home", "reason": "It recurs here."}
    assert manager.send("/trends/themes/add", said).where == "/trends/themes"
    refused = manager.send("/trends/themes/add", said)
    assert refused.status == 422
    assert "on the list" in refused.beside("name")
    ended = {"theme": str(shipped_id(Theme.NEGLECT)), "reason": "It is too wide."}
    assert manager.send("/trends/themes/end", ended).where == "/trends/themes"
    look = manager.get("/trends/look")
    assert "Dogs in the home" in look.text
    assert not look.page.select("input[value=neglect]")
    assert manager.send("/trends/look", LOOK).status == 422
    council = world.person("council")
    assert "It is too wide." in council.get("/trends/themes").text
    assert not council.get("/trends/themes").page.select("main a[href*='themes/']")
    assert council.get("/trends/themes/add").status == 403
