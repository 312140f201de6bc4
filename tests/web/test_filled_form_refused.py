"""Whose filled Word form is brought in where, and which files are refused, with nothing changed."""

import pytest
from docx.document import Document as Page

from services.casework.steps.scoping import return_entered
from services.domain.filled_forms import MOST_CHARACTERS
from services.domain.roles import Role
from services.storage.checking import LARGEST
from tests import factories as say
from tests.driven import Driven
from tests.filled_in import blank_form, changed, filled
from tests.guests import ask_surgery
from tests.matrix import PNG
from tests.storage.test_office import REFUSED, part_of
from tests.web import test_guests as guests
from tests.web.bringing_in import ROWS, SAID, asked_of_two, bring, returns_of, standing, under
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL, SCHOOL, SURGERY


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(asked_of_two)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-17")


@pytest.fixture
def lead(place) -> Visitor:
    return place.person(Role.AGENCY_LEAD, HOSPITAL)


@pytest.fixture
def form(case) -> str:
    return f"/cases/{case.case_id}/scoping/return"


NO_FORM = "This is no scoping form: no question of the form is in it."


def of_another_case(page: Page) -> None:
    at = [one.text for one in page.paragraphs].index("Case reference")
    page.paragraphs[at + 1].text = "QQQ-2020-001"


def headless(page: Page) -> None:
    at = [one.text for one in page.paragraphs].index("Case reference")
    page.element.body.remove(page.paragraphs[at]._p)


def emptied(page: Page) -> None:
    for one in (*page.tables, *page.paragraphs):
        one._element.getparent().remove(one._element)
    page.add_paragraph("Canary words of a letter.")


def test_a_file_that_is_no_form_of_this_case_and_agency_is_refused_and_changes_nothing(
    case, lead, form
):
    """U2 to U8: checked as every upload; no error repeats what stands in the file."""
    good = filled(blank_form(case), SAID, ROWS)
    school = filled(blank_form(case, SCHOOL), SAID, ROWS)

    for name, content, says in (
        ("form.docx", school, "This form was made for another agency."),
        ("form.docx", changed(good, of_another_case), "This form was made for another case."),
        ("form.docx", changed(good, headless), "does not say for which case"),
        ("form.docx", changed(good, emptied), NO_FORM),
        ("form.docx", blank_form(case), "The form in this file is blank."),
        ("form.png", PNG, "Choose the filled Word form (.docx)."),
        ("form.docx", REFUSED["a project of macros"][0](), "holds macros"),
        ("form.docx", part_of("word/document.xml"), "Choose a PDF, Word"),
        ("form.docx", good[:2000], "Choose a PDF, Word"),
        ("form.docx", good + b"\0" * LARGEST, "of 25 MB or smaller"),
    ):
        answer = lead.upload(f"{form}/word", {}, name, content)
        assert (answer.status, len(answer.problems)) == (422, 1), says
        assert says in answer.problems[0]
        assert not any(words in answer.text for words in ("QQQ-2020", "Canary", "Head of records"))
    without = lead.send(f"{form}/word", {})
    assert without.problems == ["Choose a file: the filled Word form"]
    page = lead.get(form)
    assert page.page.select_one("#brought-in, #draft") is None
    assert lead.get("/").page.find(id="begun") is None
    macros = lead.upload(f"{form}/word", {}, "form.docm", good)
    assert macros.status == 422


def test_a_file_that_holds_more_than_a_form_can_is_refused_and_changes_nothing(case, lead, form):
    """What is read of a file is bounded, and what is kept of it can be saved and sent."""
    blank = blank_form(case)
    fresh = {**lead.get(form).hidden, "family-0-name": "Robin", "current": "Typed here."}
    draft = f"/cases/{case.case_id}/drafts/submit_return"
    assert lead.post(draft, fresh, accept="text/plain").status == 200
    for said, words in (
        ({"risk": "x" * (MOST_CHARACTERS + 1)}, "holds more text than a scoping form can"),
        ({"risk": "\ufdfa" * 100_000}, "Together with what stands in the form already"),
    ):
        answer = bring(lead, form, filled(blank, said))
        assert answer.status == 422
        assert words in answer.problems[0]
    page = lead.get(form)
    assert page.page.find(id="brought-in") is None
    assert standing(page)["current"] == "Typed here."


def test_the_manager_brings_in_the_words_of_a_form_that_came_by_email(case, place):
    """RR-40, RR-41: the words alone; what only the agency says of itself is named and stays out."""
    manager, form = place.manager(), f"/cases/{case.case_id}/scoping/entered"
    hospital, school = str(case.agency(HOSPITAL)), str(case.agency(SCHOOL))
    content = filled(blank_form(case), SAID, ROWS)
    begun = standing(manager.get(f"{form}?of={hospital}")) | {"current": "She rang."}
    on = manager.post(f"/cases/{case.case_id}/drafts/enter_return?then=word", begun)
    assert (on.status, on.where) == (303, f"{form}/word?of={hospital}")
    offered = manager.get(on.where).page.select("input[name=agency]")
    assert [one["value"] for one in offered] == [hospital]
    unsaid = manager.upload(f"{form}/word", {}, "form.docx", content)
    assert (unsaid.status, len(unsaid.page.select("input[name=agency]"))) == (422, 2)
    wrong = bring(manager, form, content, agency=school)
    assert wrong.problems == ["This form was made for another agency."]
    brought = bring(manager, form, content, agency=hospital)
    assert (brought.status, brought.where) == (303, f"{form}?of={hospital}"), brought.problems
    page = manager.get(brought.where)
    typed = standing(page)
    assert typed["key_events"] == SAID["key_events"]
    assert typed["current"] == "She rang."
    assert "records_secured" not in typed
    assert "Are all of them secured?" in under(page, "Answered in the file, and not entered here")
    assert manager.get(f"{form}?of={school}").page.find(id="brought-in") is None


def test_who_may_not_return_the_form_brings_nothing_in(case, place, form):
    """rules.md 4: the door is that of the form itself; another agency's lead has its own."""
    content = filled(blank_form(case), SAID, ROWS)
    scrutineer = place.person(Role.INDEPENDENT_SCRUTINEER)
    files, said = {"file": ("form.docx", content)}, scrutineer.unopened()
    for page in (f"{form}/word", f"/cases/{case.case_id}/scoping/entered/word"):
        answer = scrutineer.ask("POST", page, data=said, files=files)
        assert answer.status in {403, 404}, page
    school = place.person(Role.AGENCY_LEAD, SCHOOL)
    assert bring(school, form, content).problems == ["This form was made for another agency."]


def test_an_agency_confirms_what_was_entered_with_the_form_that_it_filled_in(case, place):
    """RR-41: what was entered stays, and what only the agency says comes out of its own file."""
    rang = say.enter_return(case.agency(), key_events="Seen once, in March.")
    case.do(return_entered.enter_return, rang, Role.BUSINESS_MANAGER, "2025-12-17 11:00")
    lead, form = (
        place.person(Role.AGENCY_LEAD, HOSPITAL),
        f"/cases/{case.case_id}/scoping/confirmation",
    )
    brought = bring(lead, form, filled(blank_form(case), SAID, ROWS))
    assert (brought.status, brought.where) == (303, form), brought.problems
    page = lead.get(form)
    typed = standing(page)
    assert typed["key_events"] == "Seen once, in March."
    assert SAID["key_events"] in "".join(under(page, "Answered otherwise in the file"))
    assert (typed["representative"], typed["records_secured"]) == ("Head of records", "yes")


def test_a_guest_brings_in_the_form_of_their_agency(case, place):
    """U9: who answers without an account fills in the same paper; LC-01, G7 before anything."""
    ask_surgery(case, f"{guests.ASKED} 09:00")
    place.when = guests.ASKED
    place.deliver()
    guest = guests.stranger(place)
    guests.ask(place, guest)
    assert guests.come_in(place, guest).status == 303
    form = f"/cases/{case.case_id}/scoping/return"
    brought = bring(guest, form, filled(blank_form(case, SURGERY), SAID, ROWS))
    assert (brought.status, brought.where) == (303, form), brought.problems
    page = guest.get(form)
    assert standing(page)["key_events"] == SAID["key_events"]
    assert standing(page)["author"] == guests.WHO["post"]
    assert SAID["author"] in "".join(under(page, "Answered otherwise in the file"))
    assert returns_of(case) == 0
