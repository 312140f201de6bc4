"""The door of collections: who is let in, what is handed out, and what is on record of it."""

import io
from hashlib import sha256

import pikepdf
import pytest
from sqlalchemy import text

from services.casework.collecting.handing_out import hand_out, offered
from services.domain.dispatches import DispatchState
from services.domain.todos import Todo
from services.domain.working_days import london_date
from tests.audited import links
from tests.collecting import (
    MANAGER,
    MONDAY,
    Sending,
    brought,
    code_for,
    deliver_from,
    newest,
    sent_for_p7,
    signed_for_p7,
    submit,
)
from tests.driven import Driven
from tests.kept import OF_THE_DOOR
from tests.post_office import Office
from tests.servers import QUICK_PASSWORDS
from tests.world import make_world

WEDNESDAY, THURSDAY = "2026-09-23", "2026-09-24"


@pytest.fixture
def signed(ready_by) -> Driven:
    return ready_by(signed_for_p7)


@pytest.fixture
def office(signed) -> Office:
    return Office(signed.world)


@pytest.fixture
def sent(ready_by) -> Sending:
    """Sent on Monday 21 September by the act, by the courier, and with a code."""
    return ready_by(sent_for_p7)


def test_what_is_handed_out_is_on_record(sent):
    """RR-49: the record goes to the Panel, and that it was opened there is kept."""
    assert sent.open(WEDNESDAY, 0) is not None
    assert len(sent.openings()) == 1


def test_the_email_holds_a_new_address_and_the_database_only_its_hash(sent):
    (email,) = [one for one in sent.office.mailer.emails if "/collect/" in one.body_text]
    assert email.attachments == ()
    assert sent.case.row().reference in email.subject
    assert f"http://keyline.example/collect/{sent.token}" in email.body_text
    assert len(sent.token) == 43, "256 bits"
    with sent.case.world.act(MANAGER) as work:
        tables = work.session.execute(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).scalars()
        for table in [*tables]:
            if table in OF_THE_DOOR:
                continue
            held = text(f"select count(*) from {table} t where t::text like :it")  # noqa: S608
            for secret in (sent.token, sent.code):
                assert not work.session.execute(held, {"it": f"%{secret}%"}).scalar_one(), table


def test_each_opening_is_on_record_with_both_digests_and_in_the_audit_chain(sent):
    before = len(links(sent.case.world))
    handed = sent.open(WEDNESDAY, 0)
    again = sent.open(THURSDAY, 1)
    assert handed is not None
    assert again is not None
    first, second = sent.openings()
    told = newest(sent.case).documents
    assert [str(one.document_id) for one in (first, second)] == [one["id"] for one in told]
    assert (first.sha256, second.sha256) == (told[0]["sha256"], told[1]["sha256"])
    assert first.collected_sha256 == sha256(handed.content).hexdigest() != first.sha256
    assert london_date(second.at).isoformat() == THURSDAY
    opened = [
        one.body
        for one in links(sent.case.world)[before:]
        if one.body and one.body["kind"] == "collection"
    ]
    assert [(one["what"], one["object"], one["to"]) for one in opened] == [
        ("opened", told[0]["id"], "panel"),
        ("opened", told[1]["id"], "panel"),
    ]


def test_the_copy_has_a_watermark_on_each_page_and_the_record_has_none(sent):
    handed = sent.open(WEDNESDAY)
    assert handed is not None
    line = f"{sent.case.row().reference}: collected by the Panel on Wednesday 23 September 2026"
    with pikepdf.open(io.BytesIO(handed.content)) as pdf:
        drawn = [page.Contents[-1].read_bytes() for page in pdf.pages]
    assert all(line.encode() in each for each in drawn)
    assert sent.open(THURSDAY) is not None, "the record is as it was kept: its SHA-256 is proven"


def test_five_wrong_codes_lock_the_address_until_another_code_is_given(sent):
    for _ in range(4):
        assert sent.titles(MONDAY, "00000000") == []
    assert sent.titles(MONDAY) != [], "four are not yet five"
    assert sent.titles(MONDAY, "00000000") == []
    assert sent.titles(MONDAY) == []
    assert Todo.RING_RECIPIENT in sent.todos(), "the manager learns of it that day"
    events = [
        one.body["what"] for one in links(sent.case.world) if one.body["kind"] == "collection"
    ]
    assert events == ["code_refused"] * 4 + ["locked"]
    assert sent.titles(MONDAY, "00000000") == []
    assert len(at_the_address(sent)) == 5, "a door that is shut counts nothing"
    old, sent.code = sent.code, code_for(sent.case, MONDAY)
    assert sent.titles(MONDAY, old) == []
    assert sent.titles(MONDAY) != []


def at_the_address(sent: Sending) -> list[str]:
    """Return what the audit tells of the address."""
    bodies = [one.body for one in links(sent.case.world) if one.body]
    return [body["what"] for body in bodies if body["kind"] == "collection"]


def test_nothing_opens_before_a_code_was_given_or_before_the_email_went(signed, office):
    submit(signed)
    code = code_for(signed, MONDAY)
    assert newest(signed).state is DispatchState.ON_ITS_WAY
    assert offered(office, brought("", code), QUICK_PASSWORDS) is None
    deliver_from(office, MONDAY)
    assert Sending(signed, office, code).titles(MONDAY) != []
    with signed.world.act(MANAGER, MONDAY) as work:
        work.session.execute(text("update collections set code_hash = ''"))
    assert Sending(signed, office, code).titles(MONDAY) == []


@pytest.mark.whole
def test_a_code_of_another_partnerships_address_opens_nothing_here(sent):
    """Each address leads to its own dispatch, and a document of another one is not there."""
    office = Office(make_world(sent.case.world.engine))
    other = signed_for_p7(office.world)
    submit(other)
    deliver_from(office, MONDAY)
    theirs = Sending(other, office, code_for(other, MONDAY))
    assert theirs.titles(MONDAY) != []
    assert theirs.titles(MONDAY, sent.code) == []
    ours = newest(sent.case).document_ids[0]
    key = brought(theirs.token, theirs.code)
    assert hand_out(office, key, QUICK_PASSWORDS, ours) is None
    assert newest(other).state is DispatchState.TO_COLLECT
