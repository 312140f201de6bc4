"""A long form goes out as a Word file with what stands in it, and comes back to be checked."""

import pytest

from services.casework.steps.scoping.return_questions import SubmitReturn
from services.domain.roles import Role
from services.storage.checking import LARGEST
from services.web.act_pages.registry import ACT_PAGES
from services.web.act_pages.sections import sections_of
from services.web.word_form import FORMS
from tests.driven import Driven
from tests.matrix import PNG
from tests.web import test_guests as guests
from tests.web.bringing_in import asked_of_two, returns_of
from tests.web.collections_sent import Place
from tests.web.visitors import Answer, Visitor
from tests.word_form_files import changed, fields_in, typed_into, without_fields
from tests.world import HOSPITAL

RECORD = "rapid-review/record"
FACTS = "Two lines.\nThe second has “quotes” and an é."


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(asked_of_two)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-17")


@pytest.fixture
def manager(place) -> Visitor:
    return place.person(Role.BUSINESS_MANAGER)


@pytest.fixture
def record(case) -> str:
    return f"/cases/{case.case_id}/{RECORD}"


def take(visitor: Visitor, form: str) -> bytes:
    """Take the Word form from its page."""
    page = visitor.get(f"{form}/word-form")
    link = page.page.select_one("main a.govuk-button")["href"]
    assert link == f"{form}/word-form/file"
    return visitor.get(link).response.content


def bring(visitor: Visitor, form: str, content: bytes, name: str = "form.docx") -> Answer:
    return visitor.upload(f"{form}/word-form", {}, name, content)


def row(check: Answer, name: str) -> str:
    return " ".join(check.page.find(id=f"answer-{name}").get_text(" ").split())


def test_each_of_these_forms_is_filled_in_by_sections_as_well():
    assert {name for name in FORMS if sections_of(ACT_PAGES[name])} == FORMS


def test_a_record_goes_out_with_what_is_saved_and_comes_back_to_be_checked(manager, record):
    page = f"{record}/sections?part=2"
    manager.send(page, {"facts": "As saved.", "learning": "To be kept."})
    link = manager.get(f"{record}/sections").page.select_one(f"main a[href='{record}/word-form']")
    assert link is not None
    content = take(manager, record)
    back = bring(manager, record, typed_into(content, {"facts": FACTS, "family": "A mother."}))
    assert (back.status, back.where) == (303, f"{record}/sections?part=check"), back.problems
    check = manager.get(back.where)
    assert "Changed in the Word form Before that: As saved." in row(check, "facts")
    assert "Changed in the Word form Nothing stood here before" in row(check, "family")
    assert "Changed" not in row(check, "learning").replace("Change the answer", "")
    assert "Not answered" not in row(check, "learning")
    one_page = manager.get(record)
    assert one_page.value("facts") == FACTS
    assert one_page.value("learning") == "To be kept."
    assert "Nothing is sent yet" in check.text


def test_what_was_typed_here_meanwhile_stays_and_what_both_changed_is_shown(manager, record):
    page = f"{record}/sections?part=2"
    manager.send(page, {"facts": "First.", "learning": "First."})
    content = take(manager, record)
    manager.send(page, {"facts": "Second.", "learning": "Second."})
    back = bring(manager, record, typed_into(content, {"facts": "In the file."}))
    check = manager.get(back.where)
    assert "Before that: Second." in row(check, "facts")
    assert manager.get(record).value("learning") == "Second.", "the file left it as it went out"
    again = bring(manager, record, typed_into(take(manager, record), {"facts": ""}))
    told = row(manager.get(again.where), "facts")
    assert "Before that: Second." in told
    assert "Before that: In the file." in told
    assert manager.get(record).value("facts") == ""
    manager.send(page, {"facts": "Typed again."})
    assert "Before that: Second." in row(manager.get(back.where), "facts"), "nothing is lost"


def test_an_agencys_return_comes_back_with_its_lists_and_days(case, place):
    lead, form = place.person(Role.AGENCY_LEAD, HOSPITAL), f"/cases/{case.case_id}/scoping/return"
    said = {
        "involved": "yes",
        "key_events": "12 March: seen.",
        "family-0-involved": "No",
        "family-2-name": "Gran Example",
        "family-2-involved": "Yes",
        "secured_at": "12 December 2025 at 09:00",
        "conflict": "perhaps",
    }
    content = take(lead, form)
    asked = {name for name in said if "-" not in name}
    assert asked <= set(SubmitReturn.model_fields)
    back = bring(lead, form, typed_into(content, said))
    assert back.status == 303, back.problems
    check = lead.get(back.where)
    assert "Yes" in row(check, "involved")
    assert "12 December 2025" in row(check, "secured_at")
    assert "Gran Example" in row(check, "family")
    assert returns_of(case) == 0


def test_what_cannot_be_matched_is_said_by_the_name_of_its_question(case, place):
    lead, form = place.person(Role.AGENCY_LEAD, HOSPITAL), f"/cases/{case.case_id}/scoping/return"

    def spoilt(page) -> None:
        fields = fields_in(page)
        learning = fields["learning"]
        learning.getparent().remove(learning)

    content = typed_into(take(lead, form), {"involved": "perhaps", "secured_at": "soon"})
    check = lead.get(bring(lead, form, changed(content, spoilt)).where)
    told = " ".join(check.page.find(id="came-back").get_text(" ").split())
    assert "Has your agency been involved with anybody named in the letter? perhaps" in told
    assert "soon" in told
    assert "Not found in the file Early learning" in told


def test_a_file_without_its_fields_is_read_by_its_questions(manager, record):
    content = typed_into(take(manager, record), {"facts": FACTS})
    back = bring(manager, record, without_fields(content))
    assert back.status == 303, back.problems
    assert manager.get(record).value("facts") == FACTS


def test_a_file_that_is_no_such_form_is_refused_and_nothing_is_changed(manager, record):
    manager.send(f"{record}/sections?part=2", {"facts": "As saved."})
    good = take(manager, record)

    def of_another_case(page) -> None:
        (told,) = (one for one in page.paragraphs if one.text.startswith("Form write_record"))
        told.text = told.text.replace(told.text.rpartition(" ")[2], "QQQ-2020-001")

    for name, content, said in (
        ("scan.png", PNG, "Choose the filled Word form (.docx)."),
        ("form.docx", b"PK\x03\x04 nothing", ""),
        ("form.docx", good[: len(good) // 2], ""),
        ("form.docx", changed(good, of_another_case), "This form was made for another case."),
        ("form.docx", b"\0" * (LARGEST + 1), ""),
        ("form.docm", good, ""),
    ):
        refused = bring(manager, record, content, name)
        assert refused.status in {413, 422}, name
        if refused.status == 422:
            assert refused.beside("file")
            assert said in refused.beside("file")
    without = manager.send(f"{record}/word-form", {})
    assert without.status == 422
    assert manager.get(record).value("facts") == "As saved."


def test_a_guest_takes_and_brings_back_their_agencys_return(ready_by):
    asked = ready_by(guests.asked_by_email)
    place = Place(asked.world, asked.mailer, when=guests.ASKED)
    visitor = guests.stranger(place)
    guests.ask(place, visitor)
    where = guests.come_in(place, visitor).where
    visitor.get(where)
    form = f"{where}/scoping/return"
    back = bring(visitor, form, typed_into(take(visitor, form), {"key_events": "Seen."}))
    assert back.status == 303, back.problems
    assert "Seen." in visitor.get(back.where).text
