"""What is typed into a form is found again by its author: saved, signed out, sent, discarded."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.casework.drafts import seal
from services.casework.provisioning import person_id_of
from services.database.drafts import DraftPlace
from tests.web.conftest import START, World
from tests.web.referrals import REFERRAL, refer
from tests.web.visitors import Answer, Visitor

VIEW, DRAFT = "notification/view", "drafts/give_view"
REASONS = "Robin Example was\nseen twice."
TYPED = {"position": "agrees", "reasons": REASONS}
QUIETLY = {"accept": "text/plain"}


@pytest.fixture
def case(world: World) -> str:
    return refer(world.person("manager"))


def save(visitor: Visitor, case: str, **said: str) -> Answer:
    """Open the form of a view, and save what is typed as the script does."""
    hidden = visitor.get(f"{case}/{VIEW}").hidden
    return visitor.post(f"{case}/{DRAFT}", {**hidden, **TYPED, **said}, **QUIETLY)


def begun(visitor: Visitor) -> list[str]:
    """Return where the first page says that work goes on."""
    heading = visitor.get("/").page.find(id="begun")
    links = heading.find_next("ul").select("a") if heading else []
    return [one["href"] for one in links]


def run(world: World, statement: str, **values: object) -> None:
    with world.admin.begin() as link:
        link.execute(text(statement), values)


def test_what_is_typed_is_saved_and_shown_again_to_its_author_alone(world: World, case: str):
    council, icb = world.person("council"), world.person("icb")
    saved = save(council, case)
    assert saved.status == 200
    assert re.fullmatch(r"Draft saved at \d\d:\d\d", saved.response.text)
    form = council.get(f"{case}/{VIEW}")
    assert form.value("reasons") == REASONS
    assert form.page.find("input", attrs={"name": "position", "value": "agrees"}).has_attr(
        "checked"
    )
    assert "You began this on" in form.text
    assert f"{case}/{VIEW}" in begun(council)
    other = icb.get(f"{case}/{VIEW}")
    assert other.value("reasons") == ""
    assert "You began this on" not in other.text
    assert begun(icb) == []


def test_a_sign_that_no_pdf_has_is_named_with_the_draft_and_after_the_act(world: World, case: str):
    council, lost = world.person("council"), "Wei \u4f1f \U0001f600"
    told = "will mark instead: cjk unified ideograph-4f1f, grinning face."
    assert told in save(council, case, reasons=lost).response.text
    form = council.get(f"{case}/{VIEW}")
    done = council.post(f"{case}/{VIEW}", {**form.hidden, **TYPED, "reasons": lost})
    assert done.where == f"{case}?done=give_view&unshown=1"
    after = council.get(done.where).text
    assert "a letter or sign that a PDF cannot show" in after
    assert "grinning face" not in after
    assert "PDF cannot show" not in council.get(f"{case}?done=give_view&unshown=41").text


def test_without_a_script_a_button_saves_and_another_discards(world: World, case: str):
    council = world.person("council")
    page = council.get(f"{case}/{VIEW}")
    button = page.page.select_one(f"button[formaction='{case}/{DRAFT}']")
    assert button.get_text(strip=True) == "Save and come back later"
    assert council.post(f"{case}/{DRAFT}", {**page.hidden, **TYPED}).where == "/#begun"
    form = council.get(f"{case}/{VIEW}")
    discard = f"{case}/{DRAFT}/discard"
    assert form.page.select_one(f"form[action='{discard}']")
    assert council.post(discard, form.hidden).where == f"{case}/{VIEW}"
    assert council.get(f"{case}/{VIEW}").value("reasons") == ""
    assert f"{case}/{VIEW}" not in begun(council)


def test_it_ends_when_the_form_is_sent_and_who_did_the_same_is_told(world: World, case: str):
    council, icb = world.person("council"), world.person("icb")
    save(council, case)
    save(icb, case)
    world.now = START + timedelta(hours=1)
    sent = icb.post(f"{case}/{VIEW}", {**icb.get(f"{case}/{VIEW}").hidden, **TYPED})
    assert sent.status == 303
    assert "This was done on the case on" in council.get(f"{case}/{VIEW}").text
    assert f"{case}/{VIEW}" in begun(council)
    assert begun(icb) == []
    assert icb.get(f"{case}/{VIEW}").value("reasons") == ""


def test_a_form_that_is_refused_goes_on_as_the_same_draft(world: World, case: str):
    council = world.person("council")
    hidden = council.get(f"{case}/{VIEW}").hidden
    council.post(f"{case}/{DRAFT}", {**hidden, **TYPED}, **QUIETLY)
    again = council.post(f"{case}/{VIEW}", {**hidden, "reasons": REASONS})
    assert again.status == 422
    more = {**again.hidden, **TYPED, "reasons": "More."}
    assert council.post(f"{case}/{DRAFT}", more, **QUIETLY).status == 200
    other_window = {**hidden, "once": str(uuid4()), **TYPED}
    answer = council.post(f"{case}/{DRAFT}", other_window, **QUIETLY)
    assert answer.status == 409
    assert "in another window" in answer.text
    assert council.get(f"{case}/{VIEW}").value("reasons") == "More."


@pytest.mark.parametrize("way", ["sent", "saved"])
def test_what_is_sent_after_the_sign_in_ended_is_found_after_signing_in(world: World, way: str):
    schools = world.person("schools")
    hidden = schools.unopened()
    run(world, "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'")
    path = "/refer" if way == "sent" else "/drafts/refer"
    late = schools.post(path, {**hidden, **REFERRAL, "place": "A far town"})
    assert late.where == "/sign-in?next=/refer"
    assert schools.get("/refer").where == "/sign-in?next=/refer"
    on = schools.get(late.where).hidden
    entered = schools.post(
        "/sign-in", {**on, "email": PLACES[0].email("schools"), "password": PASSWORD}
    )
    assert entered.where == "/refer"
    form = schools.get("/refer")
    assert form.value("place") == "A far town"
    assert schools.post("/drafts/refer/discard", form.hidden).where == "/refer"


def test_a_late_form_without_the_ended_sessions_token_is_kept_for_nobody(world: World):
    schools, other = world.person("schools"), world.person("hospital")
    theirs = other.unopened()
    run(world, "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'")
    for csrf in (theirs["csrf"], "", "x"):
        late = schools.post("/refer", {**theirs, **REFERRAL, "csrf": csrf})
        assert late.where == "/sign-in?next=/refer"
    schools.cookies.clear()
    schools.sign_in(PLACES[0].email("schools"))
    assert begun(schools) == []


def test_a_form_that_asks_otherwise_now_is_filled_and_tells_what_is_left(world: World, case: str):
    council = world.person("council")
    save(council, case)
    person = person_id_of(PLACES[0].email("council"))
    place = DraftPlace(PLACES[0].partnership_id, person, "give_view", UUID(case[-36:]))
    answers = {"reasons": (REASONS,), "in_short": ("No longer asked.",), "kind": ("a_code",)}
    run(
        world,
        "update drafts set sealed = :sealed, form_version = 'before' where id = :id",
        sealed=seal(world.store, place, answers),
        id=place.id,
    )
    form = council.get(f"{case}/{VIEW}")
    assert form.value("reasons") == REASONS
    assert "The form has changed since" in form.text
    assert "No longer asked." in form.text
    assert "a_code" not in form.text
    run(world, "update drafts set sealed = 'x' where id = :id", id=place.id)
    form = council.get(f"{case}/{VIEW}")
    assert (form.status, form.value("reasons")) == (200, "")
    assert "cannot be opened just now" in form.text


def test_bad_input_is_answered_in_plain_words_and_keeps_what_was_saved(world: World, case: str):
    council = world.person("council")
    save(council, case)
    hidden = council.get(f"{case}/{VIEW}").hidden
    for said, status, words in (
        ({"a_field": "x"}, 422, "does not ask for"),
        ({"position": "", "reasons": " \n"}, 422, "nothing to save yet"),
        ({"reasons": "x" * 1_000_000}, 413, "Forms may hold 1 MB"),
    ):
        answer = council.post(f"{case}/{DRAFT}", {**hidden, **TYPED, **said}, **QUIETLY)
        assert answer.status == status
        assert words in answer.text
    assert council.get(f"{case}/{VIEW}").value("reasons") == REASONS
    odd = council.post(f"{case}/{DRAFT}", {**hidden, "reasons": "a\0b\ufffe"}, **QUIETLY)
    assert odd.status == 200
    assert council.get(f"{case}/{VIEW}").value("reasons") == "ab"
    assert council.post(f"{case}/drafts/no_such_act", {**hidden, **TYPED}).status == 404
    assert council.post(f"{case}/drafts/declare", {**hidden, **TYPED}).status == 404
    assert council.post(f"{case}/{DRAFT}", {**TYPED, "csrf": hidden["csrf"]}).status == 415


def test_no_draft_is_saved_on_a_case_that_does_not_open(world: World, case: str):
    police = Visitor(world.app, world.person("scrutineer").cookies, declares=False)
    csrf = police.get("/").page.find("input", attrs={"name": "csrf"})["value"]
    answer = police.post(f"{case}/{DRAFT}", {"csrf": csrf, "once": str(uuid4()), **TYPED})
    assert answer.status == 403
    with world.admin.connect() as link:
        question = text("select count(*) from drafts where case_id = :case")
        assert link.execute(question, {"case": UUID(case[-36:])}).scalar_one() == 0
