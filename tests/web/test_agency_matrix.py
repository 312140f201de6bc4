"""The agencies of a case in one table: how far each has come, what may be done, its return."""

import pytest

from services.domain.roles import Role
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.web.test_return_entered import rung_up
from tests.web.visitors import Answer
from tests.world import HOSPITAL, SCHOOL

HEAD = ["Asked", "Opened", "Returned", "Records secured", "Checked", "What you can do"]


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(rung_up)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2026-01-05")


def rows(shown: Answer) -> dict[str, dict[str, str]]:
    """Return the cells of the first table by agency and by the name of the column."""
    table = shown.page.select_one("table.keyline-cards tbody")
    return {
        row.th.get_text(" ", strip=True): {
            cell["data-label"]: " ".join(cell.get_text(" ").split()) for cell in row.select("td")
        }
        for row in table.select("tr")
    }


def links(shown: Answer) -> dict[str, str]:
    return {one.get_text(" ", strip=True): one["href"] for one in shown.page.select("td a")}


def test_each_agency_is_a_row_of_words_and_days_and_the_late_ones_stand_first(case, place):
    shown = place.manager().get(f"/cases/{case.case_id}/agencies")
    assert "1 of 2 returned. 1 overdue." in " ".join(shown.page.main.get_text(" ").split())
    found = rows(shown)
    assert list(found) == [SCHOOL, HOSPITAL]
    assert all(list(one) == HEAD for one in found.values())
    school, hospital = found[SCHOOL], found[HOSPITAL]
    assert school["Asked"] == "Monday 15 December 2025"
    assert school["Opened"] == "No look recorded"
    assert "working days late" in school["Returned"]
    assert school["Checked"] == "Nothing has come"
    assert "Tuesday 16 December 2025" in hospital["Returned"]
    assert hospital["Checked"] == "The agency has yet to confirm it"
    assert hospital["Records secured"] == "Not confirmed"


def test_who_of_an_agency_looked_is_told_with_the_day(case, place):
    """A look counts once the agency was asked; who may not read looks is told none."""
    place.person(Role.AGENCY_LEAD, SCHOOL).get(f"/cases/{case.case_id}")
    shown = rows(place.manager().get(f"/cases/{case.case_id}/agencies"))
    assert shown[SCHOOL]["Opened"] == "Monday 5 January 2026"
    assert shown[HOSPITAL]["Opened"] == "No look recorded"
    member = place.person(Role.REVIEW_GROUP_MEMBER).get(f"/cases/{case.case_id}/agencies")
    told = {one["Opened"] for one in rows(member).values()}
    assert told == {"Shown to who may read who saw the case"}
    assert "What you can do" in rows(member)[SCHOOL]
    assert not links(member), "neither acts nor the words of a return"


def test_each_row_leads_to_what_may_be_done_about_that_agency(case, place):
    manager = place.manager()
    found = links(manager.get(f"/cases/{case.case_id}/agencies"))
    assert {one for one in found if SCHOOL in one} == {
        f"Remind : {SCHOOL}",
        f"More time : {SCHOOL}",
        f"Enter for them : {SCHOOL}",
        f"Not expected : {SCHOOL}",
    }
    for words, address in found.items():
        if SCHOOL not in words or "Remind" in words:
            continue
        form = manager.get(address)
        offered = [one["value"] for one in form.page.select("input[type=radio][name=agency]")]
        assert offered == [str(case.agency(SCHOOL))], words
    more = manager.get(found[f"More time : {SCHOOL}"])
    asked = more.page.select_one("input[name=asked][checked]")
    assert asked["value"] == "scoping_return"


def test_the_whole_return_is_read_with_its_versions_and_by_its_own_agency(case, place):
    manager = place.manager()
    found = links(manager.get(f"/cases/{case.case_id}/agencies"))
    address = found[f"View the return of {HOSPITAL}"]
    shown = manager.get(address)
    assert "Seen once, in March." in shown.text
    assert HOSPITAL not in shown.page.title.get_text()
    own = place.person(Role.AGENCY_LEAD, HOSPITAL)
    own.get(f"/cases/{case.case_id}")
    assert "Seen once, in March." in own.get(address).text
    other = place.person(Role.AGENCY_LEAD, SCHOOL)
    other.get(f"/cases/{case.case_id}")
    member = place.person(Role.REVIEW_GROUP_MEMBER)
    assert other.get(address).status == 404
    assert member.get(address).status == 404, "who reads nothing of the family reads no return"
    nothing_came = f"/cases/{case.case_id}/agencies/{case.agency(SCHOOL)}/return"
    assert manager.get(nothing_came).status == 404


def test_a_case_on_which_nobody_was_asked_says_what_comes_next(ready_by):
    case = ready_by(lambda world: Driven(world).decide().notify())
    shown = Place(case.world, when="2025-12-16").manager().get(f"/cases/{case.case_id}/agencies")
    (way,) = shown.page.select(f'main a[href="/cases/{case.case_id}/scoping/request"]')
    assert way.get_text() == "Send the scoping forms"
