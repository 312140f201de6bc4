"""The door of collections, as somebody without an account meets it at the pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine, text

from services.casework.collecting import tries
from services.domain.dispatches import DispatchState
from services.identity import session_ids
from tests.audited import links
from tests.collecting import MONDAY, newest, signed_for_p7
from tests.driven import Driven
from tests.matrix import PNG
from tests.web.collections_sent import Sent, posted_on_monday
from tests.web.referrals import day
from tests.web.visitors import HOST, Answer, Visitor

WEDNESDAY, LAST_OPEN, CLOSED = "2026-09-23", "2026-10-05", "2026-10-06"
SAME = (
    "The code is not right, or nothing can be opened at this address any more. Check the code, "
    "have another one sent, or phone the business unit that wrote to you"
)


@pytest.fixture
def sent(ready_by) -> Sent:
    """Sent on Monday through the manager's pages, with a code made on its page."""
    return Sent.of(ready_by(posted_on_monday))


@pytest.fixture
def admin(sent, platform_postgres) -> Engine:
    """The administrator's engine on the database of what was sent."""
    return platform_postgres.admin_of(sent.place.world.engine)


def test_the_panel_collects_each_document_and_the_case_shows_when(sent):
    """P7 at the pages: sent on Monday, opened on Wednesday, submitted on Monday."""
    assert "Sent, waiting to be collected" in sent.manager.get(f"{sent.path}/sharing").text
    sent.place.when = WEDNESDAY
    recipient = sent.stranger()
    address = f"/collect/{sent.token}"
    listed = recipient.send(address, {"code": f"{sent.code[:4]} {sent.code[4:]}"})
    assert sent.case.row().reference in listed.text
    assert sent.state() is DispatchState.TO_COLLECT, "a list is no opening"
    told = newest(sent.case).documents
    handed = collected(recipient, address, listed, told)
    copies = [next(handed)]
    assert "1 of 2 opened" in sent.manager.get(f"{sent.path}/sharing").text
    copies += handed
    assert sent.state() is DispatchState.COLLECTED
    assert sent.case.clock("K10")["met_on"] == MONDAY
    shown = sent.manager.get(f"{sent.path}/sharing").text
    assert "Collected" in shown
    assert shown.count("Opened on Wednesday 23 September 2026") == 2
    assert all(copy[:16] in shown for copy in copies)
    audited = sent.manager.get(f"{sent.path}/audit").text
    assert audited.count("opened a document with the one-time address") == 2


def collected(
    recipient: Visitor, address: str, listed: Answer, told: list[dict[str, Any]]
) -> Iterator[str]:
    """Download each document that is listed; yield the SHA-256 of each copy."""
    forms = listed.page.select("main form")
    assert len(forms) == len(told) == 2
    for form, document in zip(forms, told, strict=True):
        answers = {one["name"]: one["value"] for one in form.select("input")}
        assert answers["document"] == document["id"]
        assert document["sha256"] in listed.text
        got = recipient.post(address, answers)
        assert got.status == 200
        assert got.response.headers["content-type"] == "application/pdf"
        assert got.response.headers["content-disposition"].startswith("attachment")
        assert got.response.headers["cache-control"] == "no-store"
        yield sha256(got.response.content).hexdigest()


def test_the_code_is_shown_once_and_another_one_ends_it(sent):
    first = sent.code
    for path in ("", "/timeline", "/dispatches/collection-code"):
        said = sent.manager.get(f"{sent.path}{path}").text
        assert first not in said
        assert f"{first[:4]} {first[4:]}" not in said
    sent.make_code()
    assert sent.tries(first).status == 403
    assert sent.tries(sent.code).status == 200


def test_a_get_opens_nothing_and_tells_nothing_of_the_address(sent):
    """Mail scanners follow links: what they get is the same page whatever the address is."""
    before = len(links(sent.place.world))
    pages = []
    for token in (sent.token, session_ids.new(), "no-address"):
        got = sent.stranger().get(f"/collect/{token}")
        assert got.status == 200
        csrf = got.hidden["csrf"]
        pages.append(got.response.text.replace(csrf, "").replace(token, ""))
    assert len(set(pages)) == 1
    assert sent.case.row().reference not in pages[0]
    assert sent.state() is DispatchState.TO_COLLECT
    assert len(links(sent.place.world)) == before


def wrong_code(sent: Sent) -> Answer:
    return sent.tries("00000000")


def no_code(sent: Sent) -> Answer:
    return sent.tries("")


def unknown(sent: Sent) -> Answer:
    return sent.tries(sent.code, session_ids.new())


def expired(sent: Sent) -> Answer:
    sent.place.when = LAST_OPEN
    assert sent.tries(sent.code).status == 200
    sent.place.when = CLOSED
    return sent.tries(sent.code)


def revoked(sent: Sent) -> Answer:
    said = {"dispatch": newest(sent.case).id, "reasons": "A wrong mailbox."}
    assert sent.manager.send(f"{sent.path}/dispatches/take-back", said).status == 303
    return sent.tries(sent.code)


def locked(sent: Sent) -> Answer:
    assert {wrong_code(sent).status for _ in range(5)} == {403}
    assert "Locked after wrong codes" in sent.manager.get(f"{sent.path}/sharing").text
    return sent.tries(sent.code)


def with_what(sent: Sent, refuse: Callable[[Sent], Answer]) -> tuple[str, str]:
    """Return the code and the address with which a document is asked for in vain."""
    if refuse is unknown:
        return sent.code, session_ids.new()
    return ("00000000" if refuse in {wrong_code, no_code} else sent.code), sent.token


@pytest.mark.parametrize("refuse", [wrong_code, no_code, unknown, expired, revoked, locked])
def test_whatever_is_wrong_the_answer_is_the_same_words(sent, refuse: Callable[[Sent], Answer]):
    answer = refuse(sent)
    assert answer.status == 403
    assert answer.problems == [SAME]
    assert answer.page.main.get_text() == unknown(sent).page.main.get_text()
    assert sent.case.row().reference not in answer.text
    document = newest(sent.case).documents[0]["id"]
    again = sent.tries(*with_what(sent, refuse), document=document)
    assert again.status == 403
    assert b"%PDF" not in again.response.content
    assert sent.state() in {DispatchState.TO_COLLECT, DispatchState.REVOKED}


@pytest.mark.whole
@pytest.mark.parametrize(
    "code",
    [
        "\x00",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "x" * 100_000,
        "'; select 1",
        "\ufffd",
    ],
)
def test_what_is_no_code_is_a_wrong_code(sent, code: str):
    answer = sent.tries(code)
    assert answer.status == 403
    assert answer.problems == [SAME]
    assert sent.tries(sent.code).status == 200


def test_no_other_document_opens_with_the_code(sent, admin):
    """No other of the same case or partnership, and none of another partnership's collection."""
    mine, world = {one["id"] for one in newest(sent.case).documents}, sent.place.world
    other = f"/cases/{Driven(world).case_id}/documents"
    assert sent.manager.upload(other, {"title": "A scan"}, "scan.png", PNG).status == 303
    signed_for_p7(replace(world, ours=world.theirs, theirs=world.ours))
    with admin.connect() as link:
        others = link.execute(text("select id::text from documents")).scalars()
        foreign = sorted({*others} - mine)
    assert len(foreign) == 2 + 1 + 4
    for document in (*foreign, "no id"):
        assert sent.tries(sent.code, document=document).status == 403
    assert sent.state() is DispatchState.TO_COLLECT


def test_the_address_is_told_to_no_other_site_and_to_no_index(sent):
    answer = sent.stranger().get(f"/collect/{sent.token}")
    headers = answer.response.headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["cache-control"] == "no-store"
    assert [*answer.response.cookies] == ["keyline-visitor"]
    assert sent.manager.get(sent.path).response.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null"}, 200),
        pytest.param({"origin": HOST}, 200, marks=pytest.mark.whole),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
    ],
    ids=str,
)
def test_a_browser_that_tells_no_site_where_it_was_is_let_in_by_its_token(sent, headers, status):
    visitor, address = sent.stranger(), f"/collect/{sent.token}"
    hidden = visitor.get(address).hidden
    assert visitor.post(address, {**hidden, "code": sent.code}, **headers).status == status


def test_a_form_that_is_not_ours_is_refused_and_nobody_is_sent_to_sign_in(sent):
    visitor, address = sent.stranger(), f"/collect/{sent.token}"
    assert visitor.post(address, {"code": sent.code}).status == 403
    visitor.get(address)
    assert visitor.post(address, {"code": sent.code, "csrf": "x"}).status == 403
    assert sent.manager.send(address, {"code": sent.code}).status == 200


@pytest.mark.whole
def test_one_address_and_one_place_are_tried_so_often_and_no_more(sent):
    visitor, address = sent.stranger(), f"/collect/{sent.token}"
    hidden = visitor.get(address).hidden
    answers = {**hidden, "code": sent.code}
    for _ in range(tries.POSTINGS_AT_AN_ADDRESS):
        assert visitor.post(address, answers).status == 200
    assert visitor.post(address, answers).status == 429
    assert sent.tries(sent.code).status == 429, "from another place as well"
    for _ in range(tries.POSTINGS_FROM_A_PLACE - tries.POSTINGS_AT_AN_ADDRESS):
        assert visitor.post(f"/collect/{session_ids.new()}", answers).status == 403
    assert visitor.post(f"/collect/{session_ids.new()}", answers).status == 429


def test_a_record_that_is_not_as_it_was_kept_is_not_handed_out(sent, admin):
    document = newest(sent.case).documents[0]["id"]
    with admin.begin() as link:
        key = link.execute(
            text("select key from documents where id = :id"), {"id": document}
        ).scalar_one()
    versions = sent.place.world.store.versions[key]
    versions[-1] = (versions[-1][0], b"%PDF-1.7 something else %%EOF")
    answer = sent.tries(sent.code, document=document)
    assert answer.status == 409
    assert sent.state() is DispatchState.TO_COLLECT
    assert "A stored document is not as it was kept" in sent.manager.get("/alerts").text


def test_what_went_to_the_wrong_person_shows_its_hours_and_is_decided_on_at_the_pages(sent):
    """UK GDPR, art. 33: the case shows the minute, who is concerned, and what was opened."""
    sent.place.when = WEDNESDAY
    assert "It went to the wrong person" in sent.manager.get(f"{sent.path}/sharing").text
    said = {
        "dispatch": newest(sent.case).id,
        "address": "somebody@elsewhere.example",
        **day("aware_at", 23, 9, 2026, "10:50"),
        "what_happened": "A letter was left out of the address.",
        "writes_to_them": "yes",
    }
    answer = sent.manager.send(f"{sent.path}/dispatches/wrong-person", said)
    assert answer.status == 303, answer.problems
    assert sent.tries(sent.code).status == 403
    shown = sent.manager.get(f"{sent.path}/sharing").text
    hours = ("Saturday 26 September 2026 at 10:50am", "70 hours left")
    for words in (*hours, "Robin Example", "Nothing was opened at the one-time address"):
        assert words in shown
    page = f"{sent.path}/dispatches/breach"
    (breach,) = sent.manager.get(page).page.select("input[name=breach]")
    decided = {
        "breach": breach["value"],
        "destroyed": "confirmed",
        "risk": "unlikely",
        "advice": "Nothing was opened.",
        "people_told": "no",
        "reasons": "The address was closed before it was used.",
    }
    assert sent.manager.send(page, decided).status == 303
    assert (
        "Not reported to the Information Commissioner"
        in sent.manager.get(f"{sent.path}/sharing").text
    )
