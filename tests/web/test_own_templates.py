"""The pages of a partnership's own templates: sent, tried, previewed, answered, and listed."""

import pytest

from services.casework.own_template_failures import TemplateToMend
from services.web.rendering import pages
from tests.own_templates import LETTER, OWN_WORDS, a_template, adding
from tests.paper_text import text_of
from tests.web.conftest import World
from tests.web.visitors import Visitor

HERE = "/policy/templates/scoping_letter"
SAID = {
    "reason": "Our own letterhead.",
    "effective_on-day": "1",
    "effective_on-month": "1",
    "effective_on-year": "2040",
}


def send(who: Visitor, content: bytes, **said: str):
    return who.upload(f"{HERE}/propose", SAID | said, "letter.docx", content)


def test_a_template_that_is_wrong_is_refused_with_its_place(world: World):
    manager = world.person("manager")
    assert HERE in {link["href"] for link in manager.get("/policy/templates").page.select("a")}
    begin = manager.get(f"{HERE}/starter").response
    assert begin.content.startswith(b"PK")
    assert "attachment" in begin.headers["content-disposition"]
    wrong = send(manager, a_template(LETTER, adding("Dear {{ nobody }}")))
    assert wrong.status == 422
    assert "In the text, at “Dear {{ nobody }}”" in wrong.beside("file")
    none = manager.send(f"{HERE}/propose", SAID)
    assert "Keyline's own holds already" in none.beside("file")


def test_a_template_is_previewed_and_applied_by_another_person(world: World):
    manager, administrator = world.person("manager"), world.person("administrator")
    assert send(administrator, a_template(LETTER, adding(OWN_WORDS))).where == HERE
    assert "You proposed it: another person applies it." in administrator.get(HERE).text
    assert send(manager, a_template()).status == 409
    for what in ("preview-word", "preview-pdf"):
        said = text_of(manager.get(f"{HERE}/versions/1/{what}").response.content)
        assert OWN_WORDS in said
        assert "EXAMPLE-2030-001" in said
    form = manager.get(HERE)
    address = form.page.select_one("main form")["action"]
    no = manager.post(address, form.hidden | {"is_approved": "no"})
    assert "Say why not" in no.beside("reasons")
    done = manager.post(address, manager.get(HERE).hidden | {"is_approved": "yes"})
    assert done.where == HERE
    assert "From Sunday 1 January 2040, applied by" in manager.get(HERE).text
    assert manager.get(f"{HERE}/versions/1/file").response.content.startswith(b"PK")


def test_what_is_none_is_not_found_and_who_may_not_is_refused(world: World):
    manager, reader = world.person("manager"), world.person("hospital")
    for path in (
        "/policy/templates/referral",
        f"{HERE}/versions/9/file",
        f"{HERE}/versions/01/file",
        f"{HERE}/versions/x/file",
        f"{HERE}/proposal/7",
    ):
        assert manager.get(path).status == 404, path
    assert reader.get(f"{HERE}/propose").status == 403
    assert reader.get(f"{HERE}/proposal/1").status == 403


@pytest.mark.parametrize(
    ("has_next", "words"), [(False, "Propose another version"), (True, "waits for a second person")]
)
def test_a_template_that_failed_is_asked_for_on_the_first_page(has_next, words):
    failed = TemplateToMend(kind=LETTER, version=2, has_next=has_next)
    shown = str(pages().get_template("parts/mend.html").module.to_mend([failed]))
    assert f'href="{HERE}"' in shown
    assert "Version 2 could not be filled in" in shown
    assert words in shown
