"""Inspection packs: decided item by item, approved by two, made into files, sent."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date
from uuid import uuid4
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy.exc import IntegrityError

from services.casework.engine.audit_checks import check_chain
from services.casework.inspection_packs.access import (
    pack_to_read,
)
from services.casework.inspection_packs.approving import answer_as_partner, approve_as_manager
from services.casework.inspection_packs.deciding import decide_pack_item, include_pack_items
from services.casework.inspection_packs.file_made import open_pack_file
from services.casework.inspection_packs.opening import (
    add_statement,
    close_pack,
    gather_again,
    open_pack,
)
from services.casework.inspection_packs.records import by_form, put_step
from services.casework.inspection_packs.said import (
    AddStatement,
    AnswerPack,
    ApprovePack,
    ClosePack,
    DecidePackItem,
    GatherAgain,
    IncludePackItems,
    RecordPackNotReceived,
)
from services.casework.inspection_packs.sending import (
    record_pack_not_received,
    record_pack_sent,
)
from services.database.inspection import pack_files
from services.domain.audit import InspectionEvent
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    FormUsedOtherwise,
    NotPermitted,
    RuleBroken,
)
from services.domain.inspection import (
    InspectionQuestion,
    PackItemDecision,
    PackState,
)
from services.domain.redaction import LEFT_OUT
from services.domain.roles import Seat
from tests.desk import Desk
from tests.inspection_packs import (
    ADDRESS,
    BODY,
    MANAGER,
    PARTNER,
    WHEN,
    a_pack,
    a_sending,
    approved,
    done,
    include_all,
    inspectorate,
    opened,
    pack_now,
    pack_sent,
    without_words,
)
from tests.paper_text import squeezed, text_of
from tests.world import make_world

YES = ApprovePack(is_right=True)


@pytest.fixture(scope="module")
def world(app_engine):
    return make_world(app_engine)


def test_two_people_approve_it_and_nobody_twice(world):
    pack, manager = opened(world), world.ours.actor(MANAGER)
    with pytest.raises(RuleBroken, match="decided first"):
        done(world, approve_as_manager, pack, YES)
    include_all(world, pack)
    with pytest.raises(AnswerRefused, match="Put right"):
        done(world, approve_as_manager, pack, ApprovePack(is_right=False))
    done(world, approve_as_manager, pack, YES)
    with pytest.raises(RuleBroken, match="approved already"):
        done(world, approve_as_manager, pack, YES)
    with pytest.raises(NotPermitted):
        done(world, answer_as_partner, pack, AnswerPack(is_approved=True))
    both = replace(world.ours.partner(Seat.POLICE), person_id=manager.person_id)
    with pytest.raises(NotPermitted, match="Another person"):
        done(world, answer_as_partner, pack, AnswerPack(is_approved=True), who=both)
    police = {"who": PARTNER, "seat": Seat.POLICE}
    with pytest.raises(AnswerRefused, match="Say why not"):
        done(world, answer_as_partner, pack, AnswerPack(is_approved=False), **police)
    done(world, answer_as_partner, pack, AnswerPack(is_approved=False, reasons="Later."), **police)
    assert pack_now(world, pack).state is PackState.REFUSED
    done(world, approve_as_manager, pack, YES)
    done(world, answer_as_partner, pack, AnswerPack(is_approved=True), **police)
    assert pack_now(world, pack).state is PackState.APPROVED


def test_the_database_refuses_the_approval_of_ones_own(world):
    pack = approved(world, upto=2)
    manager = world.ours.actor(MANAGER)
    event, words = InspectionEvent.PARTNER_APPROVED, AnswerPack(is_approved=True)
    with world.act(manager, WHEN) as work:
        put = pack_to_read(work, pack).last(InspectionEvent.MANAGER_APPROVED)
        step = by_form(work, pack, event, words, put)
        with pytest.raises(IntegrityError, match="two_people_approve_a_pack"):
            put_step(work, pack, step)
        work.session.rollback()


@pytest.mark.parametrize("change", ["statement", "decision", "gathering"])
def test_what_changes_after_an_approval_ends_it(world, change):
    pack = approved(world)
    item = pack_now(world, pack).items[0].step.id
    if change == "statement":
        done(world, add_statement, pack, AddStatement(title="Context", text="Said so."))
    elif change == "decision":
        done(world, decide_pack_item, item, without_words())
    else:
        done(world, gather_again, pack, GatherAgain(reasons="A week has passed."))
    assert pack_now(world, pack).state in {PackState.TO_DECIDE, PackState.TO_APPROVE}
    with pytest.raises(RuleBroken, match="not approved by two"):
        done(world, record_pack_sent, pack, a_sending())


def test_an_item_is_withheld_or_goes_without_words_by_a_named_person(world):
    pack = opened(world, asked=(InspectionQuestion.AUDIT,))
    done(world, add_statement, pack, AddStatement(title="Context", text="A. Nother said it."))
    audit, statement = (one.step.id for one in pack_now(world, pack).items)
    for field, wrong in (
        ("reasons", without_words(reasons=None)),
        ("reasons", DecidePackItem(decision=PackItemDecision.INCLUDE, reasons="x")),
        ("passages.0.passage", without_words("Nobody")),
        ("passages", without_words("A. Nother", instead="Somebody")),
        ("passages", DecidePackItem(decision=PackItemDecision.REDACT, reasons="x")),
        ("instead", without_words(instead="Somebody")),
        ("reasons", without_words("A. Nother", reasons="A. Nother is known.")),
    ):
        with pytest.raises(AnswerRefused) as refused:
            done(world, decide_pack_item, statement, wrong)
        assert refused.value.field == field
    done(world, decide_pack_item, statement, without_words("A. Nother"))
    done(world, decide_pack_item, audit, without_words())
    assert pack_now(world, pack).state is PackState.TO_APPROVE
    pdf, tables = _files(world, _both_approve(world, pack))
    text = squeezed(text_of(pdf))
    assert "Nother" not in text
    assert squeezed(LEFT_OUT) in text
    assert squeezed("Up to where the audit is verified") in text
    assert squeezed("A person would be known by it.") in text
    assert _at_the_foot(pdf, f"for {BODY}".replace("(", r"\(").replace(")", r"\)"))
    withheld = [one for one in tables["manifest.csv"] if one[1].startswith("Withheld by Example")]
    assert len(withheld) == 1
    assert not any(name.startswith("5-audit") for name in tables)


def test_words_that_are_left_out_of_one_item_stand_in_no_other(world):
    pack = opened(world, asked=(InspectionQuestion.AUDIT,))
    for text in ("A. Nother said it.", "So did A. Nother."):
        done(world, add_statement, pack, AddStatement(title="Context", text=text))
    audit, first, second = (one.step.id for one in pack_now(world, pack).items)
    items = IncludePackItems(items=(audit, second), has_read=True)
    unread = IncludePackItems(items=(audit,), has_read=False)
    with pytest.raises(AnswerRefused, match="Read each"):
        done(world, include_pack_items, pack, unread)
    done(world, include_pack_items, pack, items)
    with pytest.raises(AnswerRefused, match="nothing is decided yet"):
        done(world, include_pack_items, pack, items)
    done(world, decide_pack_item, first, without_words("A. Nother"))
    with pytest.raises(RuleBroken, match="left out of another item"):
        done(world, approve_as_manager, pack, YES)
    other_words = without_words(decision=PackItemDecision.REDACT, instead="So did a person.")
    done(world, decide_pack_item, second, other_words)
    pdf, _tables = _files(world, _both_approve(world, pack))
    text = squeezed(text_of(pdf))
    assert squeezed("So did a person.") in text
    assert "Nother" not in text


def _both_approve(world, pack):
    done(world, approve_as_manager, pack, YES)
    police = {"who": PARTNER, "seat": Seat.POLICE}
    done(world, answer_as_partner, pack, AnswerPack(is_approved=True), **police)
    return pack


def _at_the_foot(pdf, said):
    """Tell whether each page draws these words in its newest stream, as a watermark does."""
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        feet = [bytes(page.Contents[-1].read_bytes()) for page in opened_pdf.pages]
    return all(said.encode() in one for one in feet)


def _files(world, pack):
    """Return the newest PDF, and the files of the ZIP beside it, tables as their rows."""
    with world.act(MANAGER, WHEN) as work:
        found = {one.extension: one.id for one in pack_files(work.session, pack)[:2]}
        name, media, pdf = open_pack_file(work, found["pdf"])
        _name, _media, zipped = open_pack_file(work, found["zip"])
    assert name.endswith(".pdf")
    assert media == "application/pdf"
    with ZipFile(io.BytesIO(zipped)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    for one, content in files.items():
        assert one == "SHA256SUMS" or sums[one] == hashlib.sha256(content).hexdigest()
    tables = {
        one: list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        for one, content in files.items()
        if one.endswith(".csv")
    }
    return pdf, tables


def test_it_is_sent_to_a_known_address_with_its_proof_and_stays_as_it_is(world):
    pack = approved(world)
    with pytest.raises(AnswerRefused, match="no known address"):
        done(world, record_pack_sent, pack, a_sending(address="else@where.example"))
    with pytest.raises(AnswerRefused, match="later day"):
        done(world, record_pack_sent, pack, a_sending(sent_on=date(2026, 2, 1)))
    done(world, record_pack_sent, pack, a_sending(address=ADDRESS.upper()))
    assert pack_now(world, pack).state is PackState.SENT
    item = pack_now(world, pack).items[0].step.id
    for act, about, command in (
        (add_statement, pack, AddStatement(title="Late", text="Late.")),
        (decide_pack_item, item, without_words()),
        (gather_again, pack, GatherAgain(reasons="Late.")),
        (close_pack, pack, ClosePack(reasons="Late.")),
    ):
        with pytest.raises(AlreadyDone, match="stays as it is"):
            done(world, act, about, command)
    lost = RecordPackNotReceived(known_on=date(2026, 2, 2), reasons="They rang.")
    done(world, record_pack_not_received, pack, lost)
    with pytest.raises(RuleBroken):
        done(world, record_pack_not_received, pack, lost)
    done(world, record_pack_sent, pack, a_sending())
    assert pack_now(world, pack).state is PackState.SENT


def test_a_newer_pack_takes_its_place_once_and_nothing_is_lost(world):
    pack = pack_sent(world)
    earlier = pack_now(world, pack).opened.reference
    newer = opened(world, replaces=earlier.lower())
    assert pack_now(world, newer).opened.replaced == pack
    assert pack_now(world, pack).state is PackState.SENT
    with pytest.raises(AnswerRefused, match="has replaced it"):
        opened(world, replaces=earlier)


def test_the_same_form_is_one_pack_and_its_key_serves_no_other(world):
    body, once, ids = inspectorate(world), uuid4(), set()
    for _twice in range(2):
        with world.act(MANAGER, WHEN, once=once) as work:
            ids.add(open_pack(work, a_pack(body)))
    (pack,) = ids
    with pytest.raises(FormUsedOtherwise), world.act(MANAGER, WHEN, once=once) as work:
        open_pack(work, a_pack(body, inspection="Another"))
    items = tuple(one.step.id for one in pack_now(world, pack).items)
    again = uuid4()
    for _twice in range(2):
        with world.act(MANAGER, WHEN, once=again) as work:
            include_pack_items(work, pack, IncludePackItems(items=items, has_read=True))
    assert pack_now(world, pack).open_items == ()


def test_the_audit_tells_of_every_step_and_of_every_file(world):
    pack_sent(world)
    whole = check_chain(Desk(world), world.ours.partnership_id)
    assert list(whole.findings) == []
    told = [one.body for one in whole.chain.links if one.body.get("kind") == "inspection"]
    assert {"opened", "gathered", "manager_approved", "partner_approved", "file_made", "sent"} <= {
        one["what"] for one in told
    }
    assert ADDRESS not in str(told)
