"""A disposal leaves its ledger and the chain's links, and no word of the case anywhere."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from services.casework.access.documents import object_name
from services.casework.engine.audit_anchors import anchor_chain, check
from services.casework.engine.audit_checks import check_chain
from services.casework.engine.disposal_rounds import settle_disposals
from services.casework.engine.disposal_store import prefix_of, stored_lines
from services.casework.information_requests.closing import close_request
from services.database import disposals
from services.domain.errors import NotFound
from services.domain.retention import DisposalPaperKind
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage import ObjectName
from services.storage.downloads import fetch
from tests.desk import Desk, real_store
from tests.driven import Driven
from tests.information_requests import TABLES_OF_REQUESTS, a_closing, with_requests
from tests.isolation_drafts import a_draft
from tests.isolation_guests import guest_rows
from tests.kept import a_caught_email, tenant_tables
from tests.paper_text import text_of
from tests.retained import (
    CONTACT,
    LATER,
    MANAGER,
    adopt_years,
    closed_unreviewed,
    dispose_of,
)
from tests.tampering import Tamperer

EVERYWHERE = ("people", "web_sessions", "sign_in_attempts")
# What is said on the case's own request alone: the other that `with_requests` enters names no case.
WHY_ASKED = "The signature is unknown."
GONE = dict(zip(TABLES_OF_REQUESTS, (1, 2, 1), strict=True)) | {"cases": 1, "caught_emails": 1}
KEEPS_ITS_ID = {"audit_links", "disposals"}


def leaves(told: Any) -> Iterator[str]:
    """Yield every text in what an act said."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from leaves(one)
    elif isinstance(told, str) and len(told) > len("Nameless one"):
        yield told


def rows(admin: Engine) -> dict[str, list[str]]:
    """Return every row of every table that could hold a word, as text."""
    with admin.connect() as link:
        return {
            table: list(link.execute(text(f"select t::text from {table} t")).scalars())  # noqa: S608 -- from the catalogue
            for table in (*tenant_tables(admin), *EVERYWHERE)
        }


def found(admin: Engine, words: set[str]) -> set[str]:
    """Return the tables in which a word is found, as it is or as JSON writes it."""
    forms = {form for one in words for form in (one, json.dumps(one)[1:-1])}
    return {
        table
        for table, told in rows(admin).items()
        if any(form in row for row in told for form in forms)
    }


def words_of(admin: Engine, case: Driven) -> set[str]:
    """Return what was said on the case, and on its request for information, and nowhere else."""
    of = {"case": case.case_id}
    with admin.connect() as link:
        said = link.execute(text("select command from entries where case_id = :case"), of)
        words = {WHY_ASKED, *(one for command in said.scalars() for one in leaves(command))}
        named = text("select name from children where case_id = :case")
        words |= set(link.execute(named, of).scalars())
        others = link.execute(text("select name from agencies where case_id is null")).scalars()
        people = link.execute(text("select name from people")).scalars()
        known = " ".join((*others, *people))
    return {one for one in words if one not in known and not one[:4].isdigit() and " " in one}


@pytest.fixture
def case(case_at) -> Driven:
    """A case that has been everywhere, with papers, a draft, a guest and emails."""
    case = case_at(Stage.CLOSED)
    adopt_years(case.world)
    Desk(case.world).carry(case.case_id)
    with case.world.act(MANAGER) as work:
        work.session.add(a_draft(work, case.case_id))
        work.session.add_all(guest_rows(work, case.case_id, case.agency()))
        email = "select message_id from outbox_emails where case_id = :case limit 1"
        caught = a_caught_email(case.world.ours.partnership_id)
        caught.message_id = work.session.execute(text(email), {"case": case.case_id}).scalar_one()
        work.session.add(caught)
    request = with_requests(case.world, case.row(), when="2026-12-01")
    with case.world.act(MANAGER, "2026-12-01", once=uuid4()) as work:
        close_request(work, request, a_closing())
    return case


@pytest.fixture
def admin(case, platform_postgres) -> Engine:
    return platform_postgres.admin_of(case.world.engine)


def test_no_word_of_the_case_is_left_and_the_chain_stays_whole(case, admin):
    desk, ours = Desk(case.world, when=LATER), case.world.ours.partnership_id
    words, keys = words_of(admin, case), {one.key for one in desk.rows(case.case_id)}
    assert len(words) >= 8
    assert {"entries", "children", "information_request_steps"} <= found(admin, words)
    assert keys <= set(desk.store.versions)
    before = {table: len(told) for table, told in rows(admin).items()}
    anchor_chain(desk, ours)
    line = dispose_of(case)
    settle_disposals(desk)
    assert found(admin, words) == set()
    assert found(admin, {str(case.case_id)}) == KEEPS_ITS_ID
    with case.world.act(MANAGER, LATER) as work:
        files = disposals.files_of(work.session, line.id)
        locked = {one.key for one in files if one.locked_until is not None}
    assert keys & set(desk.store.versions) == locked  # the report as it was published
    assert len(locked) == 1
    assert GONE.items() <= line.rows.items()
    assert line.files == len(keys)
    after = rows(admin)
    for table, many in line.rows.items():
        if table not in {"people", "retention_proposals", "outbox_emails"}:
            assert before[table] - len(after[table]) == many, table
    assert check(desk, ours) == ""
    with case.world.act(MANAGER, LATER) as work:
        assert disposals.get_disposal(work.session, line.id).digest == line.digest


def test_the_ledger_and_the_certificate_are_kept_in_the_store(case):
    desk, ours = Desk(case.world, when=LATER), case.world.ours.partnership_id
    line = dispose_of(case)
    settle_disposals(desk)
    settle_disposals(desk)
    assert [one["id"] for one in stored_lines(desk.store, ours)] == [str(line.id)]
    assert next(stored_lines(desk.store, ours)) == line.line
    kept = sorted(key for key in desk.store.versions if key.startswith(prefix_of(ours)))
    assert [key.rpartition(".")[2] for key in kept] == ["json", "pdf"]
    with case.world.act(CONTACT, LATER) as work:
        paper = disposals.paper_of(work.session, line.id, DisposalPaperKind.CERTIFICATE)
        assert paper is not None
        name, digest, version = ObjectName(ours, paper.key), paper.sha256, paper.version_id
    with fetch(desk.store, name, digest, version) as file:
        said = text_of(file.read())
    assert line.reference in said
    assert line.digest in "".join(said.split())
    assert "entries" in said


def test_what_the_ledger_does_not_say_is_still_found_missing(case, admin):
    desk, ours = Desk(case.world, when=LATER), case.world.ours.partnership_id
    other = closed_unreviewed(case.world)
    dispose_of(case)
    anchor_chain(desk, ours)
    tamper = Tamperer(admin, ours)
    tamper.run(f"delete from entries where case_id = '{other.case_id}'")  # noqa: S608 -- ours
    kinds = {one.kind for one in check_chain(desk, ours).findings}
    assert kinds == {"content_gone"}


def test_every_version_goes_but_what_is_locked_until_its_day(world, object_store):
    store = real_store(object_store)
    case = closed_unreviewed(replace(world, store=store))
    desk = Desk(case.world, store=store, when=LATER)
    desk.carry(case.case_id)
    first, second = desk.rows(case.case_id)[:2]
    again = b"the same put, repeated below us"
    digest = hashlib.sha256(again).hexdigest()
    store.put(object_name(first), again, sha256=digest)
    object_store.client().delete_object(Bucket=object_store.bucket, Key=first.key)
    until = desk.now() + timedelta(days=400)
    store.put(object_name(second), again, sha256=digest, locked_until=until)
    assert len(list(store.list_versions(first.key))) == 3
    line = dispose_of(case)
    settle_disposals(desk)
    assert list(store.list_versions(first.key)) == []
    assert len(list(store.list_versions(second.key))) == 1
    with world.act(CONTACT, LATER) as work:
        files = {one.key: one for one in disposals.files_of(work.session, line.id)}
        work.session.expunge_all()
    assert files[first.key].versions == 3
    assert files[first.key].gone_at is not None
    assert files[second.key].gone_at is None
    assert files[second.key].locked_until is not None


def test_nobody_finds_the_case_any_more(case):
    dispose_of(case)
    with pytest.raises(NotFound), case.world.act(Role.BUSINESS_MANAGER, LATER):
        case.row()
