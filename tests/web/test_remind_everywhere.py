"""All who are late on one's cases are reminded from one page: one act and one entry a case."""

from uuid import uuid4

import pytest

from services.database.cases import list_cases
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from tests.driven import Driven
from tests.post_office import Office
from tests.web.collections_sent import Place
from tests.web.test_return_entered import rung_up
from tests.web.visitors import Answer
from tests.world import HOSPITAL, SCHOOL


@pytest.fixture
def cases(ready_by) -> tuple[Driven, Driven]:
    """On both cases the school owes its return since 22 December."""
    second = ready_by(lambda world: (rung_up(world), rung_up(world))[1])
    with second.world.act(Role.BUSINESS_MANAGER, "2026-01-05") as work:
        ids = [one.id for one in list_cases(work.session) if one.id != second.case_id]
    return Driven.of(second.world, CaseId(ids[0])), second


@pytest.fixture
def place(cases) -> Place:
    return Place(cases[0].world, when="2026-01-05")


def offered(shown: Answer) -> dict[str, list[str]]:
    """Return whom each case offers, by its reference, and whether they are ticked."""
    found = {}
    for fieldset in shown.page.select("form fieldset"):
        legend = fieldset.legend.get_text(strip=True).partition(",")[0]
        found[legend] = [
            f"{label.get_text(strip=True)} {'yes' if box.has_attr('checked') else 'no'}"
            for box, label in zip(fieldset.select("input"), fieldset.select("label"), strict=True)
        ]
    return found


def sent_to_schools(case: Driven) -> int:
    emails = Office(case.world).emails(case.case_id)
    return sum(one.event == "agency_chased" for one in emails)


def test_each_case_is_reminded_by_an_act_of_its_own_and_once(cases, place):
    manager = place.manager()
    form = manager.get("/remind")
    late = offered(form)
    assert set(late) == {case.row().reference for case in cases}
    assert all(f"{SCHOOL}: Return the scoping form yes" in who for who in late.values())
    assert not any(HOSPITAL in one for who in late.values() for one in who), "it is not late"
    assert form.page.get_text().count("has not arrived") == 2, "each names its own case"
    chosen = [one["value"] for one in form.page.select("input[name=waits_on][checked]")]
    said = {**form.hidden, "waits_on": chosen}
    for _twice in range(2):
        answer = manager.post("/remind", said)
        assert answer.where == "/remind?done=2&left=0"
    assert [sent_to_schools(case) for case in cases] == [1, 1]
    for case in cases:
        told = manager.get(f"/cases/{case.case_id}/timeline").page.select("ol h3")
        titles = [one.get_text(strip=True) for one in told]
        assert titles.count("People and agencies reminded") == 1
    after = manager.get("/remind?done=2&left=0")
    assert "The reminders of 2 cases are on their way." in after.text
    assert all(one.endswith(" no") for who in offered(after).values() for one in who)


def test_what_nobody_waits_for_stops_no_other_case(cases, place):
    manager = place.manager()
    form = manager.get("/remind")
    one = form.page.select_one("input[name=waits_on][checked]")["value"]
    said = {**form.hidden, "waits_on": [one, str(uuid4())]}
    answer = manager.post("/remind", said)
    assert answer.where == "/remind?done=1&left=1"
    assert sorted(sent_to_schools(case) for case in cases) == [0, 1]
    left = manager.get(answer.where)
    assert "no longer waited for" in left.text
    assert manager.post("/remind", {**form.hidden, "waits_on": "x' or 1=1"}).status == 404


def test_nothing_ticked_sends_nothing_and_others_may_not(cases, place):
    manager = place.manager()
    assert manager.send("/remind", {}).where == "/remind?done=0&left=0"
    assert place.person(Role.REVIEW_GROUP_MEMBER).get("/remind").status == 403
    assert not any(map(sent_to_schools, cases))


def test_where_nobody_is_late_the_page_says_what_comes_next(ready_by):
    case = ready_by(lambda world: Driven(world).decide())
    shown = Place(case.world, when="2025-12-12").manager().get("/remind")
    assert "Nobody on whom your cases wait is overdue" in shown.text
