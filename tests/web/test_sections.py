"""A long form by sections: each saved by itself, all of them checked, and sent once as one act."""

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.web.act_pages.registry import ACT_PAGES
from services.web.act_pages.sections import LONG_FROM, sections_of
from services.web.drafts import NOT_KEPT
from services.web.forms.parsing import LOOKED
from services.web.section_saving import STOOD
from tests.web.conftest import World
from tests.web.referrals import REFERRAL, be_aware, refer
from tests.web.visitors import Answer, Visitor

FORM = "/refer/sections"
QUIETLY = {"accept": "text/plain"}
LONG = [page for page in ACT_PAGES.values() if sections_of(page)]


@pytest.fixture(autouse=True)
def _nothing_begun(world: World):
    with world.admin.begin() as link:
        link.execute(text("delete from drafts"))


def own(number: int) -> dict[str, str]:
    """Return the answers of a referral that are asked in one of its sections."""
    names = sections_of(ACT_PAGES["refer"])[number - 1].names
    stems = tuple(f"{name}-" for name in names)
    return {
        name: said for name, said in REFERRAL.items() if name in names or name.startswith(stems)
    }


def fill(visitor: Visitor, number: int, form: str = FORM, **said: str) -> Answer:
    page = f"{form}?part={number}"
    return visitor.post(page, {**visitor.get(page).hidden, **own(number), **said})


def states(page: Answer) -> list[str]:
    found = page.page.select(".govuk-task-list__status")
    return [one.get_text(strip=True) for one in found]


def counts(world: World, table: str) -> int:
    with world.admin.connect() as link:
        return link.execute(text(f"select count(*) from {table}")).scalar_one()  # noqa: S608


@pytest.mark.parametrize("page", LONG, ids=lambda one: one.act.name)
def test_every_question_of_a_long_form_stands_in_one_section(page):
    sections, asked = sections_of(page), [one.name for one in page.questions]
    assert [name for one in sections for name in one.names] == asked
    headings = [one.heading for one in sections]
    assert all(headings)
    assert len(headings) == len(set(headings)) >= 3
    assert not {one.kind for one in page.questions} & NOT_KEPT
    assert not {STOOD, LOOKED} & set(asked), "what the page carries of its own is no answer"


def test_a_form_with_more_questions_than_that_has_sections():
    kept = [page for page in ACT_PAGES.values() if page.keeps_draft]
    long = {page.act.name for page in kept if len(page.questions) > LONG_FROM}
    assert long <= {page.act.name for page in LONG}
    assert {"refer", "write_record", "submit_return", "agree_terms"} <= long


def test_a_referral_is_filled_in_by_sections_checked_and_sent_once(world: World):
    manager, cases = world.person("manager"), counts(world, "cases")
    one_page = manager.get("/refer")
    assert one_page.page.select_one(f"main a[href='{FORM}']")
    assert states(manager.get(FORM)) == ["Not started"] * 5
    for number in range(1, 6):
        done = fill(manager, number)
        assert done.status == 303, done.problems
        assert done.where == f"{FORM}?part={number + 1 if number < 5 else 'check'}"
        if number == 3:
            assert states(manager.get(FORM)) == ["Done"] * 3 + ["Not started"] * 2
    assert states(manager.get(FORM)) == ["Done"] * 5
    assert manager.get("/refer").value("place") == "A made-up town", "the same draft"
    assert counts(world, "cases") == cases, "nothing is done by saving"
    check = manager.get(f"{FORM}?part=check")
    assert check.page.h1.get_text() == "Check your answers"
    for told in ("A made-up town", "28 January 2026", "Physical abuse", "Robin Example"):
        assert told in check.text
    change = check.page.select_one("#answer-place a")["href"]
    assert change == f"{FORM}?part=2&then=check#place"
    sent = manager.post(f"{FORM}?part=check", answers_of(check))
    assert sent.status == 303, sent.problems
    assert "done=refer" in sent.where
    again = manager.post(f"{FORM}?part=check", answers_of(check))
    assert again.where == f"{sent.where}&again=1", "one form is one act"
    assert counts(world, "cases") == cases + 1
    assert states(manager.get(FORM)) == ["Not started"] * 5, "the draft ended with the act"


def answers_of(check: Answer) -> dict[str, list[str]]:
    """Return what the form at the end of the check sends, as a browser does."""
    form, found = check.page.select("main form[method=post]")[-1], {}
    for one in form.select("input[type=hidden]"):
        found.setdefault(one["name"], []).append(one["value"])
    return found


def test_a_change_comes_back_to_the_check(world: World):
    manager = world.person("manager")
    fill(manager, 2)
    page = f"{FORM}?part=2&then=check"
    opened = manager.get(page)
    assert opened.page.select_one(".govuk-back-link")["href"] == f"{FORM}?part=check"
    back = manager.post(page, {**opened.hidden, **own(2), "place": "Another town"})
    assert back.where == f"{FORM}?part=check"
    assert "Another town" in manager.get(back.where).text


def test_what_is_missing_is_named_with_its_section_and_nothing_can_be_sent(world: World):
    manager = world.person("manager")
    fill(manager, 2, place="")
    check = manager.get(f"{FORM}?part=check")
    missing = [one.get_text(strip=True) for one in check.page.select("#missing li")]
    assert any(one.startswith("The incident: ") for one in missing)
    assert any(one.startswith("Who refers: ") for one in missing)
    for link in check.page.select("#missing a"):
        page, _, name = link["href"].partition("#")
        assert "then=check" in page
        assert manager.get(page).page.find(id=name)
    assert "Nothing is sent yet" in check.text
    assert states(manager.get(FORM))[:2] == ["Not started", "In progress"]
    refused = manager.post(f"{FORM}?part=check", {**manager.unopened(), **own(2)})
    assert refused.status == 422
    assert any(one.startswith("Who refers: ") for one in refused.problems)


def test_what_cannot_be_read_is_saved_and_said_at_once(world: World):
    manager = world.person("manager")
    page = f"{FORM}?part=2"
    typed = {**own(2), "incident_on-month": "13"}
    again = manager.post(page, {**manager.get(page).hidden, **typed})
    assert again.status == 422
    assert again.beside("incident_on")
    assert manager.get("/refer").value("incident_on-month") == "13"
    mended = manager.post(page, {**again.hidden, **own(2)})
    assert mended.where == f"{FORM}?part=3"


def test_a_script_saves_one_section_and_leaves_the_others(world: World):
    manager, elsewhere = world.person("manager"), world.person("manager")
    fill(manager, 1)
    page = f"{FORM}?part=2"
    opened = elsewhere.get(page)
    saved = elsewhere.post(page, {**opened.hidden, "place": "Half"}, **QUIETLY)
    assert saved.status == 200
    assert saved.response.text.startswith("Draft saved at ")
    on = manager.get("/refer")
    assert on.value("place") == "Half"
    assert on.value("referrer_post") == REFERRAL["referrer_post"]
    empty = manager.get(f"{FORM}?part=3").hidden
    later = manager.post(f"{FORM}?part=2&then=later", {**empty, **own(2)})
    assert later.where == "/#begun"


def test_two_windows_on_different_sections_keep_both(world: World):
    manager = world.person("manager")
    first, second = (manager.get(f"{FORM}?part={number}").hidden for number in (1, 2))
    assert manager.post(f"{FORM}?part=2", {**second, **own(2)}).status == 303
    assert manager.post(f"{FORM}?part=1", {**first, **own(1)}).status == 303
    on = manager.get("/refer")
    assert (on.value("place"), on.value("referrer_post")) == (
        REFERRAL["place"],
        REFERRAL["referrer_post"],
    )


def test_two_windows_on_one_section_overwrite_nothing_unasked(world: World):
    manager, page = world.person("manager"), f"{FORM}?part=2"
    first, second = manager.get(page).hidden, manager.get(page).hidden
    manager.post(page, {**second, **own(2), "place": "By the second"})
    quiet = manager.post(page, {**first, **own(2), "place": "By the first"}, **QUIETLY)
    assert quiet.status == 409
    told = manager.post(page, {**first, **own(2), "place": "By the first"})
    assert told.status == 409
    assert told.value("place") == "By the first"
    assert "in another window" in told.problems[0]
    assert manager.get("/refer").value("place") == "By the second"
    assert manager.post(page, {**told.hidden, **own(2), "place": "By the first"}).status == 303
    assert manager.get("/refer").value("place") == "By the first"


def test_a_section_that_is_sent_after_the_sign_in_ended_is_kept_with_the_others(world: World):
    manager = world.person("manager")
    fill(manager, 1)
    page = f"{FORM}?part=2"
    hidden = manager.get(page).hidden
    ended = "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'"
    with world.admin.begin() as link:
        link.execute(text(ended))
    late = manager.post(page, {**hidden, **own(2)})
    assert late.status == 303
    assert late.where.startswith("/sign-in")
    email = {"email": PLACES[0].email("manager"), "password": PASSWORD}
    on = manager.post(late.where, {**manager.get(late.where).hidden, **email})
    assert on.where == FORM
    assert states(manager.get(FORM))[:3] == ["Done", "Done", "Not started"]


@pytest.mark.parametrize("text", ["\0", "\ud800", "\u202e", "a" * 250_000, "a\u0301" * 40, "<b>&"])
def test_bad_input_is_kept_or_refused_in_a_section_and_never_an_error(world: World, text: str):
    manager, page = world.person("manager"), f"{FORM}?part=2"
    for name in ("place", "incident_on-day", "kinds", "children-0-name", "children-99-name", "x"):
        typed = {**own(2), name: [text.encode("utf-8", "surrogatepass"), "again"]}
        answer = manager.post(page, {**manager.unopened(), **typed})
        assert answer.status in {303, 409, 413, 422}, name
    assert manager.get(f"{FORM}?part=check").status == 200
    whole = {**manager.unopened(), **REFERRAL, "place": text.encode("utf-8", "surrogatepass")}
    assert manager.post(f"{FORM}?part=check", whole).status in {303, 413, 422}


def test_no_section_beside_those_is_found_and_nobody_else_may_fill_one_in(world: World):
    manager = world.person("manager")
    for part in ("6", "0", "x", "-1", "999", "²"):
        assert manager.get(f"{FORM}?part={part}").status == 404
    assert manager.post(FORM, manager.unopened()).status == 404
    assert world.person("reviewer").get(FORM).status == 403


def test_what_the_act_itself_refuses_is_said_on_the_check(world: World):
    manager = world.person("manager")
    case = refer(manager)
    be_aware(world.person("notifier"), case)
    form = f"{case}/other-reviews/record"
    said = {
        "kind": "criminal",
        "body": "The police",
        "contact": "01632 960001",
        "state": "under_way",
        "since-day": "1",
        "since-month": "1",
        "since-year": "2026",
        "goes_first": "other_process",
    }
    refused = manager.post(f"{form}/sections?part=check", {**manager.unopened(), **said})
    assert refused.status in {409, 422}
    assert refused.problems
    assert refused.page.h1.get_text() == "Check your answers"
