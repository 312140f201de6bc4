"""The pages of a return that came by telephone: entered for one agency, and confirmed by it."""

import pytest

from services.casework.steps.scoping import return_entered, scoping
from services.casework.steps.scoping.returns_on_record import ConfirmReturn
from services.domain.roles import Role
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from tests import factories as say
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL, World

CALLER = "Sam Field, practice manager"
NOT_YET = "Received, not yet confirmed"
TO_CONFIRM = "The agency has yet to confirm it"


def rung_up(world: World) -> Driven:
    """Return a case on which two agencies are asked, and what the hospital said is entered."""
    case = Driven(world).decide().notify()
    both = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, both, Role.BUSINESS_MANAGER, "2025-12-15")
    rang = say.enter_return(case.agency(), key_events="Seen once, in March.")
    case.do(return_entered.enter_return, rang, Role.BUSINESS_MANAGER, "2025-12-16 11:00")
    return case


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(rung_up)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-16")


def test_the_case_says_how_it_came_and_leads_to_the_form_of_that_one_agency(case, place):
    """K6: received, on its clock and among the agencies; the other one is still asked."""
    manager = place.manager()
    shown = manager.get(f"/cases/{case.case_id}/agencies")
    beside_clock = manager.get(f"/cases/{case.case_id}/clocks")
    assert beside_clock.text.count(NOT_YET) == 1
    assert shown.text.count(TO_CONFIRM) == 1
    assert f"By telephone, Tuesday 16 December 2025 at 10am, from {CALLER}" in shown.text
    pack = manager.get(f"/cases/{case.case_id}/meeting/pack")
    assert f"by email or telephone, and not yet confirmed: {HOSPITAL}." in pack.text
    ways = {one.get_text(): one["href"] for one in shown.page.select('a[href*="entered?of="]')}
    assert ways.keys() == {
        f"Enter for them: {HOSPITAL}",
        f"Enter for them: {SCHOOL}",
    }
    form = manager.get(ways[f"Enter for them: {HOSPITAL}"])
    offered = [one["value"] for one in form.page.select("input[type=radio][name=agency]")]
    assert offered == [str(case.agency())]
    assert form.value("key_events") == "Seen once, in March."
    fresh = manager.get(f"/cases/{case.case_id}/scoping/entered")
    assert len(fresh.page.select("input[type=radio][name=agency]")) == 2
    assert fresh.value("family-0-name") == "Robin Example"
    assert not fresh.value("key_events")


def test_who_reads_nothing_of_the_family_reads_how_the_answer_stands_and_not_from_whom(case, place):
    """Who does not read the return reads as little of it as before (rules.md 4)."""
    shown = place.person(Role.INDEPENDENT_SCRUTINEER).get(f"/cases/{case.case_id}/agencies")
    assert TO_CONFIRM in shown.text
    assert CALLER not in shown.text


def test_the_agency_reads_what_was_entered_and_how_it_came_and_says_the_rest(case, place):
    """RR-41: what only it can say is asked there; LC-01: so is whether anybody has a conflict."""
    where = f"/cases/{case.case_id}/scoping/confirmation"
    agency = place.person(Role.AGENCY_LEAD, HOSPITAL)
    form = agency.get(where)
    assert CALLER in form.text
    assert form.value("key_events") == "Seen once, in March."
    assert form.value("representative") == ""
    assert form.page.find(attrs={"name": "conflict"}) is not None
    typed = as_posted(say.confirm_return(), questions(ConfirmReturn)).answers
    again = agency.post(where, {**form.hidden, **typed})
    assert again.problems == ["You changed what was entered: say what, and why."]
    sent = agency.post(where, {**again.hidden, **typed, "reason": "It was heard wrongly."})
    assert sent.status == 303
    assert NOT_YET not in agency.get(f"/cases/{case.case_id}").text
