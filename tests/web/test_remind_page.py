"""The check page before a reminder: who gets which email, who is ticked, and then one act."""

import pytest

from services.domain.roles import Role
from tests.driven import Driven
from tests.post_office import Office
from tests.web.collections_sent import Place
from tests.web.test_return_entered import rung_up
from tests.web.visitors import Answer
from tests.world import HOSPITAL, SCHOOL


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(rung_up)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2026-01-05")


def boxes(shown: Answer) -> dict[str, bool]:
    """Return whom the page offers, and whether they are ticked."""
    found = shown.page.select("input[name=waits_on]")
    labels = {one["id"]: shown.page.select_one(f"label[for='{one['id']}']") for one in found}
    return {labels[one["id"]].get_text(strip=True): one.has_attr("checked") for one in found}


def words(shown: Answer) -> str:
    return " ".join(shown.page.main.get_text(" ").split())


def test_late_ones_are_ticked_and_the_emails_own_words_stand_beside(case, place):
    shown = place.manager().get(f"/cases/{case.case_id}/remind")
    found = boxes(shown)
    assert found[f"{SCHOOL}: Return the scoping form"]
    assert not found[f"{HOSPITAL}: Confirm the scoping return that came by email or telephone"]
    said = words(shown)
    assert "Reminder: scoping return needed, was due by Monday 22 December 2025" in said
    assert "The scoping return of your agency has not arrived." in said
    assert "Due Monday 22 December 2025 (7 working days late). To school.desk@" in said
    assert "Robin Example" not in said, "no name of the family stands among the emails"


def test_a_row_of_the_agencies_leads_to_the_page_with_that_agency_alone_ticked(case, place):
    manager = place.manager()
    shown = manager.get(f"/cases/{case.case_id}/agencies")
    ways = {" ".join(one.get_text().split()): one["href"] for one in shown.page.select("td a")}
    ticked = boxes(manager.get(ways[f"Remind: {HOSPITAL}"]))
    assert [who for who, is_ticked in ticked.items() if is_ticked] == [
        f"{HOSPITAL}: Confirm the scoping return that came by email or telephone"
    ]
    assert len(ticked) > 1, "the others may be ticked as well"


def test_once_sent_they_are_said_to_be_written_to_and_left_unticked(case, place):
    manager, path = place.manager(), f"/cases/{case.case_id}/remind"
    before = len(Office(case.world).emails(case.case_id))
    form = manager.get(path)
    chosen = [one["value"] for one in form.page.select("input[name=waits_on][checked]")]
    said = {**form.hidden, "waits_on": chosen}
    assert manager.post(path, said).where == f"/cases/{case.case_id}?done=remind"
    assert manager.post(path, said).where == f"/cases/{case.case_id}?done=remind&again=1"
    assert len(Office(case.world).emails(case.case_id)) == before + len(chosen)
    again = manager.get(path)
    assert not any(boxes(again).values())
    assert "Written to about this on Monday 5 January 2026" in words(again)
    log = words(manager.get(f"/cases/{case.case_id}/requests"))
    assert "People and agencies reminded" in log


def test_who_may_not_remind_is_shown_no_way_to_it(case, place):
    member = place.person(Role.REVIEW_GROUP_MEMBER)
    assert member.get(f"/cases/{case.case_id}/remind").status == 403
    assert "/remind" not in member.get(f"/cases/{case.case_id}").response.text
