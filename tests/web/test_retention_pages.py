"""The retention page: what comes up, by whom it is decided, and what is left of it afterwards."""

import pytest

from services.casework.engine.disposal_rounds import settle_disposals
from services.domain.roles import Role
from tests.information_requests import entered
from tests.retained import LATER, closed_unreviewed
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

HERE = "/retention"
MANAGER, CONTACT = Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT


@pytest.fixture
def place(ready_by) -> Place:
    return Place(ready_by(closed_unreviewed).world, when=LATER)


def link(visitor: Visitor, path: str) -> str:
    """Return the one link of the page whose address ends so."""
    found = [one["href"] for one in visitor.get(HERE).page.select("main a") if path in one["href"]]
    assert len(found) == 1, found
    return str(found[0])


def does(visitor: Visitor, path: str, **said: str) -> None:
    answer = visitor.send(path, said)
    assert answer.where == HERE, answer.problems


def test_two_people_dispose_of_what_came_up_and_the_certificate_is_there(place):
    manager, contact = place.person(MANAGER), place.person(CONTACT)
    text = manager.get(HERE).text
    assert "Due for review" in text
    assert "It is local policy; no national period is set." in text
    does(manager, link(manager, "/dispose"), reasons="No proceedings concern it.")
    assert "Decide" not in manager.get(HERE).text
    decide = link(contact, "/answer")
    assert "No proceedings concern it." in contact.get(decide).text
    hold = {"ground": "inquest", "reasons": "The coroner asked."}
    does(contact, f"{HERE}/holds/place", **hold)
    refused = contact.send(decide, {"is_approved": "yes"})
    assert refused.status == 409
    assert "The record is held" in " ".join(refused.problems)
    does(contact, link(contact, "/release"), reasons="The inquest has ended.")
    does(contact, decide, is_approved="yes")
    shown = link(manager, "/disposals/")
    assert "certificate is made once" in manager.get(shown).text
    assert manager.get(f"{shown}/certificate").status == 404
    settle_disposals(place.neighbours())
    assert "Certificate (PDF)" in manager.get(shown).text
    paper = manager.get(f"{shown}/certificate")
    assert paper.status == 200
    assert paper.response.content.startswith(b"%PDF")
    assert "record of a case disposed of" in manager.get("/audit").text.lower()


def test_a_schedule_and_a_longer_day_by_page(place):
    manager, contact = place.person(MANAGER), place.person(CONTACT)
    years = {"not_reviewed": "6", "rapid_review": "25", "local_review": "35"}
    wrong = manager.send(f"{HERE}/schedules/propose", years | {"not_reviewed": "0"})
    assert wrong.status == 422
    assert {*wrong.page.select("#not_reviewed")} != set()
    said = {"reasons": "The host council's schedule.", "agreed": "The executive"}
    does(manager, f"{HERE}/schedules/propose", **years, **said)
    assert "Waits for a second person" in manager.get(HERE).text
    answer = link(contact, "/answer")
    unsaid = contact.send(answer, {"is_approved": "no"})
    assert "Say why not" in unsaid.beside("reasons")
    does(contact, answer, is_approved="yes")
    assert "6 years" in manager.get(HERE).text
    day = {"review_on-day": "1", "review_on-month": "1", "review_on-year": "2080"}
    does(manager, link(manager, "/keep"), **day, reasons="A sibling may ask.")
    assert "1 January 2080" in manager.get(HERE).text


def test_a_record_is_said_to_be_held_and_by_what(place):
    manager, administrator = place.person(MANAGER), place.person(Role.PARTNERSHIP_ADMINISTRATOR)
    does(manager, f"{HERE}/holds/place", ground="inquest", reasons="The coroner asked.")
    request_id = entered(place.world, LATER)
    shown = manager.get(HERE)
    assert "Held: may not be disposed of" in shown.text
    assert "Due for review" not in shown.text
    hold, request = shown.page.select("td[data-label=Status] a")
    assert "Legal hold for an inquest" in hold.text
    assert shown.page.select_one(hold["href"])["class"] == ["govuk-table__row"]
    assert request["href"] == f"/information-requests/{request_id}"
    assert manager.get(request["href"]).status == 200
    told = administrator.get(HERE)
    assert "Open request for information" in told.text
    assert told.page.select(f"a[href='{request['href']}']") == []


def test_who_may_see_and_do_what(place):
    administrator = place.person(Role.PARTNERSHIP_ADMINISTRATOR)
    shown = administrator.get(HERE)
    assert shown.status == 200
    assert [one for one in shown.page.select("main a") if HERE in one["href"]] == []
    for path in ("/schedules/propose", "/holds/place"):
        assert administrator.get(f"{HERE}{path}").status == 403
    member = place.person(Role.REVIEW_GROUP_MEMBER)
    assert member.get(HERE).status == 403
