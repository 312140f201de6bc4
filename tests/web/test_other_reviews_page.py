"""The register of other reviews: recorded on a page, in sight on others, changed one at a time."""

from tests.web.conftest import World
from tests.web.referrals import refer

DAY = {"since-day": "2", "since-month": "2", "since-year": "2026"}
SAID = DAY | {
    "kind": "domestic_homicide",
    "body": "The community safety partnership",
    "contact": "Its manager",
    "state": "considered",
    "goes_first": "not_settled",
    "constraints-0-holds_back": "published",
    "constraints-0-words": "The name of the suspect",
    "constraints-0-until": "The plea",
}


def test_a_process_is_recorded_in_sight_and_changed_apart_from_another(world: World):
    """LC-20, PAR-02, PAR-03: what is known is in sight where it bears, and opens its form."""
    manager = world.person("manager")
    case = refer(manager)
    assert "None stands here" in manager.get(f"{case}/review").page.get_text()
    for called in ("DHR-1", "DHR-2"):
        sent = manager.send(f"{case}/other-reviews/record", SAID | {"called": called})
        assert sent.status == 303, sent.problems
    shown = manager.get(f"{case}/review")
    cards = [one.get_text() for one in shown.page.select(".govuk-summary-card__title")]
    assert [one for one in cards if "DHR" in one] == [
        "Domestic homicide review: DHR-1",
        "Domestic homicide review: DHR-2",
    ]
    assert "The name of the suspect" in manager.get(f"{case}/scoping/request").text
    change = next(
        one["href"]
        for one in shown.page.select("#main-content a")
        if "of: Domestic homicide review: DHR-2" in one.get_text()
    )
    form = manager.get(change)
    assert form.page.select_one("input[name=called]")["value"] == "DHR-2"
    assert len(form.page.select("input[name=process]")) == 1
    process = form.page.select_one("input[name=process]")["value"]
    anew = SAID | {"called": "DHR-2", "process": process, "reason": "Agreed between the chairs."}
    refused = manager.send(f"{case}/other-reviews/change", anew | {"goes_first": "one_report"})
    assert refused.status == 422
    assert "PAR-03" in refused.text
    agreed = {
        "goes_first": "one_report",
        "agreed_by": "Both chairs",
        "agreed_on-day": "2",
        "agreed_on-month": "2",
        "agreed_on-year": "2026",
    }
    sent = manager.send(f"{case}/other-reviews/change", anew | agreed)
    assert sent.status == 303, sent.problems
    assert "No list of its requirements stands here" in manager.get(f"{case}/review").text
    member = world.person("member")
    assert "DHR-1" not in member.get(f"{case}/review").text
