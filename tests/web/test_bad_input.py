"""Whatever is sent to a page, the answer is plain and nothing is kept."""

import time
from urllib.parse import quote

import pytest

from services.web.act_pages.registry import CASE_PAGES
from tests.matrix import some
from tests.web.answering import answered, attempt
from tests.web.conftest import World
from tests.web.referrals import REFERRAL, day, refer
from tests.web.test_routes import counts as counts_of_all
from tests.web.visitors import FORM, Visitor

BROTHER = {"family_members-0-name": "Ash", "family_members-0-relations": "sibling"}
REFUSED = {
    "a day that does not exist": (day("incident_on", 30, 2, 2026), "incident_on"),
    "an incident after the referral": (day("incident_on", 31, 1, 2026), "incident_on"),
    "awareness in the future": (day("aware_at", 1, 3, 2026, "10:00"), "aware_at"),
    "awareness before the incident": (day("aware_at", 1, 1, 2026, "10:00"), "aware_at"),
    "a referral in the future": (day("received_at", 1, 3, 2026, "10:00"), "received_at"),
    "a time that never happened": (day("received_at", 30, 3, 2025, "01:30"), "received_at"),
    "no child": (
        {"children-0-name": "", **day("children-0-born_on", 0, 0, 0)},
        "children",
    ),
    "a birth in the future": (day("children-0-born_on", 1, 1, 2027), "children-0-born_on"),
    "a child of forty": (day("children-0-born_on", 1, 1, 1986), "children-0-born_on"),
    "a birth after the incident": (
        day("children-0-born_on", 29, 1, 2026),
        "children-0-before_birth",
    ),
    "a care leaver of five": ({"children-0-statuses": "care_leaver"}, "children-0-statuses"),
    "a brother without a relation": (
        {"family_members-0-name": "Ash"},
        "family_members-0-relations",
    ),
    "a brother born in the future": (
        {**BROTHER, **day("family_members-0-born_on", 1, 1, 2027)},
        "family_members-0-born_on",
    ),
    "a brother with a date of birth and an age": (
        {**BROTHER, **day("family_members-0-born_on", 1, 1, 2019), "family_members-0-age": "7"},
        "family_members-0-age",
    ),
    "a word that is not offered": ({"area": "the moon"}, "area"),
    "nothing": (dict.fromkeys(REFERRAL, ""), "referrer_post"),
    "a control character": ({"place": "a\x07b"}, "place"),
    "a NUL": ({"place": "a\0b"}, "place"),
    "a turned text": ({"place": "\u202egnp.exe"}, "place"),
    "two lines in one": ({"place": "a\nb"}, "place"),
    "a long text": ({"place": "a" * 201}, "place"),
}


def counts(world: World) -> dict[str, tuple[object, ...]]:
    """Return how many rows each table holds, but for what was typed, which a refusal keeps."""
    return {name: told for name, told in counts_of_all(world).items() if name != "drafts"}


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.mark.parametrize("what", REFUSED)
def test_a_referral_with_something_wrong_says_so_beside_it_and_opens_no_case(
    world: World, manager: Visitor, what: str
):
    changes, field = REFUSED[what]
    before = counts(world)
    answers = {**REFERRAL, "siblings_safety": "First line\nSecond line", **changes}
    if what == "no child":
        answers = {name: one for name, one in answers.items() if "children-0" not in name}
    answer = manager.post("/refer", {**manager.unopened(), **answers})
    assert answer.status == 422
    assert answer.problems
    assert answer.beside(field), answer.problems
    assert counts(world) == before
    if what != "nothing":
        assert answer.value("siblings_safety") == "First line\nSecond line"


@pytest.mark.parametrize(
    "raw",
    [b"place=%ED%A0%80", b"place=%FF%FE", b"place=\xff", b"%ff%fe=1", b"place=%", b"place=a%00b"],
)
def test_bytes_that_are_no_text_are_refused_plainly(manager: Visitor, raw: bytes):
    hidden = manager.unopened()
    body = "&".join(f"{name}={quote(value)}" for name, value in hidden.items()).encode()
    headers = {"content-type": FORM}
    answer = manager.ask("POST", "/refer", content=body + b"&" + raw, headers=headers)
    assert answer.status == 422


def test_a_form_of_ten_megabytes_is_too_large(manager: Visitor):
    much = {**manager.unopened(), **REFERRAL, "family": "a" * 10_000_000}
    answer = manager.post("/refer", much)
    assert answer.status == 413
    assert "1 MB" in answer.text


def test_more_than_is_taken_is_not_read_even_without_a_length(manager: Visitor):
    async def endless():
        for _ in range(400):
            yield b"a" * 10_000

    answer = manager.ask("POST", "/refer", content=endless(), headers={"content-type": FORM})
    assert answer.status == 413


def test_ten_thousand_answers_are_no_form(manager: Visitor):
    many = {f"answer{number}": "x" for number in range(10_000)}
    assert manager.post("/refer", {**manager.unopened(), **many}).status == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", b"\0" * 100],
)
def test_parts_that_are_none_are_no_form(manager: Visitor, body: bytes):
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = manager.ask("POST", "/refer", content=body, headers=headers)
    assert answer.status in {403, 415}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_only_reading_and_sending_are_known(manager: Visitor, method: str):
    assert manager.ask(method, "/refer").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/cases/",
        "http://keyline.test//cases",
        "/CASES",
        "/cases/%2e%2e/policy",
        "/cases;x=1",
        "/nothing",
        "/%00",
    ],
)
def test_an_address_that_is_none_is_not_found(manager: Visitor, path: str):
    assert manager.get(path).status == 404


@pytest.mark.parametrize(
    "question",
    [
        "/cases?stage=no-such-stage",
        "/cases?reference=%25_%27%3B--",
        "/cases?reference=" + "x" * 5000,
        "/cases?reference=a%00b%ED%A0%80",
        "/cases?stage=%00&stage=closed",
        "/inbox?words=%00%25",
        "/inbox/999999999999",
        "/inbox/x",
        "/sign-in?next=%00",
    ],
)
def test_a_question_in_the_address_is_taken_as_it_is(manager: Visitor, question: str):
    answer = manager.get(question)
    assert answer.status in {200, 404} or answer.where == "/"


def test_no_act_fails_on_an_empty_or_an_absurd_form(world: World, manager: Visitor, is_whole):
    """By each who is shown the form; in the short form every tenth, by the first of them."""
    case = refer(manager)
    people = [world.person(who) for who in ("manager", "notifier", "council", "chair")]
    assert [person.get(case).status for person in people] == [200] * 4, "all have declared"
    before, tried = counts(world), set()
    paths = sorted(one.path for one in CASE_PAGES)
    for path in some(paths, "an absurd form", whole=is_whole):
        for person in people:
            page = person.get(f"{case}/{path}")
            if page.status != 200:
                continue
            odd = dict.fromkeys(answered(page.page, world.now.date()), "\u202e\ud83d\0'<")
            for answers in ({}, {name: one for name, one in odd.items() if name != "csrf"}):
                sent = person.post(f"{case}/{path}", {**page.hidden, **_whole(answers, page)})
                assert 400 <= sent.status < 500, (path, sent.status)
            tried.add(path)
            if not is_whole:
                break
    assert counts(world) == before
    assert len(tried) > 1


def _whole(answers: dict[str, str], page) -> dict[str, str]:
    typed = {name: one.encode("utf-8", "replace").decode() for name, one in answers.items()}
    return typed | page.hidden


@pytest.mark.parametrize("path", ["/static/govuk.css", "/cases"])
def test_five_thousand_ranges_of_one_answer_are_answered_at_once(manager: Visitor, path: str):
    ranges = "bytes=" + ",".join(f"{number}-{number}" for number in range(5_000))
    began = time.perf_counter()
    answer = manager.ask("GET", path, headers={"range": ranges})
    assert answer.status in {200, 206, 400, 416}
    assert len(answer.response.content) < 1_000_000
    assert time.perf_counter() - began < 2


def test_an_act_whose_step_is_not_open_says_when_it_is(world: World, manager: Visitor):
    case = refer(manager)
    answer = attempt(world.person("chair"), f"{case}/rapid-review/record", world.now.date())
    assert answer.status == 409
    assert "It can be done at “rapid review”" in answer.problems[0]


def test_a_partner_may_not_sign_for_another_seat(world: World):
    case = refer(world.person("manager"))
    council = world.person("council")
    answer = attempt(council, f"{case}/sign-off/rapid-review", world.now.date(), seat="police")
    assert answer.status in {409, 422}
