"""One page of each template in Chromium, as narrow as a telephone, by axe with target size on.

`./keyline check pages` looks at every page that the journeys see, at two widths.
"""

from collections.abc import Iterator

import pytest

from services.domain.errors import Unavailable
from services.domain.labels.own_words import framework_words_in
from services.web.rendering import TEMPLATES
from tests.looks.looker import WIDTHS, Looker, looker
from tests.page_words import bad_words_in, codes_of_rules_in, read, unexplained_in
from tests.web.conftest import World
from tests.web.scene_of_pages import pages_of

pytestmark = pytest.mark.slow
NARROW = WIDTHS[:1]
STYLES = ("govuk", "keyline")
FOLDER = TEMPLATES / "pages"
# They stand on what costs much to have: papers that were sent, a guest's code, a practitioner's, a
# provider that runs, a case that is shared. The journeys come to them.
IN_THE_JOURNEYS = {
    "pages/collection.html",
    "pages/collection_code.html",
    "pages/cases/learning_event.html",
    "pages/guest_who.html",
    "pages/organisation_way.html",
    "pages/shown_case.html",
}
# Who reads them has not signed in or acts in no partnership; or they tell what others call it.
OF_NOBODY = {
    "pages/administration/founded.html",
    "pages/administration/set_up.html",
    "pages/error.html",
    "pages/invitation_answer.html",
    "pages/operator_run.html",
    "pages/policy_example.html",
    "pages/policy_version.html",
}
# What somebody typed, and a partnership's own name of a body.
OF_PEOPLE = {"pages/directory.html": {"LCSPR"}, "pages/own_templates.html": {"Panel"}}


@pytest.fixture(scope="module")
def kept(world: World) -> dict[str, str]:
    return pages_of(world)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Looker]:
    try:
        with looker() as lent:
            yield lent
    except Unavailable as missing:
        pytest.skip(f"not run: {missing}")


def test_each_template_has_a_page_that_is_looked_at(kept: dict[str, str]):
    there = {f"pages/{one.relative_to(FOLDER).as_posix()}" for one in FOLDER.rglob("*.html")}
    assert there - kept.keys() == IN_THE_JOURNEYS


def test_no_page_calls_a_body_otherwise_than_its_partnership_does(kept: dict[str, str]):
    """E-10: each template, in the words of its reader's partnership, and none says how it is so."""
    said = {name: framework_words_in(read(html)) for name, html in kept.items()}
    assert {name for name, words in said.items() if words} == OF_NOBODY
    assert {name for name, html in kept.items() if "in_own_words" in html} == set()


def test_no_page_says_a_rule_by_its_code(kept: dict[str, str]):
    """0129: a rule stands behind "why", in words, and in no sentence of a page."""
    others = {name: html for name, html in kept.items() if name != "pages/rule.html"}
    said = {name: codes_of_rules_in(html) for name, html in others.items()}
    assert {name: codes for name, codes in said.items() if codes} == {}
    assert sum("keyline-why" in html for html in kept.values()) > 5


def test_pages_say_the_fields_words_and_explain_each_short_form_once(kept: dict[str, str]):
    said = {name: bad_words_in(html) for name, html in kept.items()}
    assert {name: words for name, words in said.items() if words} == {}
    short = {name: unexplained_in(html) - OF_PEOPLE.get(name, set()) for name, html in kept.items()}
    assert {name: forms for name, forms in short.items() if forms} == {}


def test_axe_finds_nothing_and_no_page_is_wider_than_a_telephone(
    kept: dict[str, str], chromium: Looker
):
    found = {name: chromium.look(html, NARROW) for name, html in sorted(kept.items())}
    assert {name: told for name, told in found.items() if told} == {}


def test_a_digest_or_an_address_in_a_hint_a_choice_or_a_note_makes_no_page_wider(chromium: Looker):
    word = "unit@partnership." + "c1c3c9cd7d7f58e0" * 4
    styles = "".join(f'<link rel="stylesheet" href="/static/{one}.css">' for one in STYLES)
    hint = f'<div class="govuk-hint govuk-radios__hint" id="h">{word}</div>'
    label = f'<label class="govuk-label govuk-radios__label" for="a">{word}</label>'
    answer = '<input class="govuk-radios__input" id="a" type="radio" aria-describedby="h">'
    choice = f'<div class="govuk-radios"><div class="govuk-radios__item">{answer}{label}{hint}'
    notes = f'<div class="govuk-inset-text">{word}</div><p class="govuk-body">{word}</p>'
    main = f"<h1>A</h1>{notes}{choice}</div></div>"
    body = f'<body class="govuk-template__body"><main class="govuk-main-wrapper">{main}</main>'
    page = f'<!doctype html><html lang="en"><title>A</title>{styles}{body}'
    assert [one for one in chromium.look(page, NARROW) if "wide" in one] == []


def test_what_is_wrong_is_found(chromium: Looker):
    wide = '<html lang="en"><title>A</title><main><h1>A</h1><p style="width:999px">A</p></main>'
    small = "<a href='/a' style='font-size:6px'>a</a><a href='/b' style='font-size:6px'>b</a>"
    (one,) = chromium.look(f"<!doctype html>{wide}", NARROW)
    assert one.startswith("at 375: the page is")
    assert any("target-size" in told for told in chromium.look(f"<!doctype html>{wide}{small}"))
    assert any("label" in told for told in chromium.look(f"<!doctype html>{wide}<input>"))
