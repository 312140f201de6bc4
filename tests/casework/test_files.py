"""A file that a person adds is kept if it is what it seems; otherwise nothing of it stays."""

import hashlib
import io
import zipfile
from uuid import uuid4

import docx
import pytest

from services.casework.engine.orphan_sweep import sweep_partnership
from services.casework.steps.file_checks import store_upload
from services.casework.steps.uploads import AddFile, add_file, must_be_able_to_add
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    FormUsedOtherwise,
    NotFound,
    NotPermitted,
    StoreUnavailable,
)
from services.domain.roles import Role
from services.storage import KeyMissing
from services.storage.checking import LARGEST
from services.storage.encrypted import EncryptedStore
from services.storage.memory import MemoryBucket, MemoryStore
from tests.desk import Desk, real_store
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.matrix import PNG

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-02"


@pytest.fixture
def case(world) -> Driven:
    return Driven(world)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def a_word_file() -> bytes:
    kept = io.BytesIO()
    docx.Document().save(kept)
    return kept.getvalue()


def with_a_macro() -> bytes:
    kept = io.BytesIO(a_word_file())
    with zipfile.ZipFile(kept, "a") as whole:
        whole.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    return kept.getvalue()


def add(case: Driven, store, name: str, content: bytes, who=MANAGER, **more) -> None:
    """Add a file as the page does: asked first, stored with no transaction open, then linked."""
    command = AddFile(title="A paper")
    with case.world.act(who, WHEN, **more) as work:
        partnership_id = must_be_able_to_add(work, case.case_id, command, content)
    place = Desk(case.world, store)
    upload = store_upload(place, partnership_id, (name, content))
    with case.world.act(who, WHEN, **more) as work:
        add_file(work, case.case_id, command, upload)


@pytest.mark.parametrize(
    ("name", "content"), [("drawing.png", PNG), ("../my report.docx", a_word_file())]
)
def test_a_good_file_is_kept_with_its_digest(name, content, case, store):
    add(case, store, name, content)
    (row,) = Desk(case.world, store).rows(case.case_id)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert Desk(case.world, store).bytes_of(row) == content
    assert (row.kind, row.title, row.size) == ("upload", "A paper", len(content))
    assert "/" not in row.filename
    assert list(store.versions) == [row.key]


def test_a_good_file_is_kept_in_the_real_store(case, object_store):
    store = real_store(object_store)
    add(case, store, "drawing.png", PNG)
    (row,) = Desk(case.world, store).rows(case.case_id)
    assert Desk(case.world, store).bytes_of(row) == PNG


BAD = {
    "of another kind": ("page.html", b"<script>alert(1)</script>"),
    "a program by another name": ("report.pdf", b"MZ\x90\x00" + b"\0" * 200),
    "of a kind its name denies": ("report.pdf", PNG),
    "empty": ("empty.pdf", b""),
    "too large": ("large.png", PNG + b"\0" * LARGEST),
    "with a macro": ("report.docx", with_a_macro()),
    "a macro file by another name": ("report.docm", with_a_macro()),
    "an archive": ("report.zip", b"PK\x03\x04" + b"\0" * 100),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_file_is_refused_beside_its_question_and_nothing_of_it_stays(
    why, case, store, admin_engine
):
    with (
        nothing_changes(admin_engine, case.world),
        pytest.raises(AnswerRefused) as refusal,
    ):
        add(case, store, *BAD[why])
    assert refusal.value.field == "file"
    assert store.versions == {}


def test_while_the_store_is_away_nothing_is_kept_and_it_can_be_tried_again(
    case, store, admin_engine
):
    store.away = True
    with nothing_changes(admin_engine, case.world), pytest.raises(StoreUnavailable):
        add(case, store, "drawing.png", PNG)
    store.away = False
    assert store.versions == {}
    add(case, store, "drawing.png", PNG)


def test_without_the_partnerships_key_nothing_is_kept(case, admin_engine):
    class NoKeys:
        def make_data_key(self, name):
            del name
            raise KeyMissing

    bucket = MemoryBucket()
    with nothing_changes(admin_engine, case.world), pytest.raises(KeyMissing):
        add(case, EncryptedStore(bucket, NoKeys()), "drawing.png", PNG)
    assert bucket.versions == {}


def test_a_good_file_is_put_once_and_never_read_back(case):
    class PutOnly:
        def __init__(self) -> None:
            self.puts = []
            self.store = MemoryStore()

        def put(self, name, content, **more):
            self.puts.append(name.key)
            return self.store.put(name, content, **more)

    store = PutOnly()
    add(case, store, "drawing.png", PNG)
    (row,) = Desk(case.world, store.store).rows(case.case_id)
    assert store.puts == [row.key]


def test_an_act_that_fails_after_the_file_was_stored_leaves_an_orphan_for_the_sweep(case, store):
    class Closes(MemoryStore):
        def put(self, name, content, **more):
            stored = super().put(name, content, **more)
            add(case, store, "drawing.png", PNG, once=form)
            return stored

    form, between = uuid4(), Closes()
    with pytest.raises(AlreadyDone):
        add(case, between, "drawing.png", PNG, once=form)
    (row,) = Desk(case.world, store).rows(case.case_id)
    assert list(store.versions) == [row.key]
    assert len(between.versions) == 1, "an object that no row names, so no one can open it"
    desk = Desk(case.world, between)
    assert sweep_partnership(desk, case.world.ours.partnership_id) == 1


def test_while_a_slow_store_takes_a_file_others_act_and_no_transaction_is_open(case):
    class Slow(MemoryStore):
        def put(self, name, content, **more):
            open_connections.append(case.world.engine.pool.checkedout())
            case.decide()
            return super().put(name, content, **more)

    open_connections: list[int] = []
    before = case.world.engine.pool.checkedout()
    add(case, Slow(), "drawing.png", PNG)
    assert open_connections == [before]
    assert case.row().aware_at is not None


def test_the_same_form_sent_twice_is_one_file(case, store):
    form = uuid4()
    add(case, store, "drawing.png", PNG, once=form)
    with pytest.raises(AlreadyDone):
        add(case, store, "drawing.png", PNG, once=form)
    assert len(store.versions) == 1


def test_the_same_form_with_another_file_is_refused_and_never_answered_done(case, store):
    form = uuid4()
    add(case, store, "drawing.png", PNG, once=form)
    with pytest.raises(FormUsedOtherwise, match="are on record"):
        add(case, store, "drawing.docx", a_word_file(), once=form)
    assert len(store.versions) == 1


@pytest.mark.parametrize("role", [Role.AGENCY_LEAD, Role.OPERATIONS, Role.REVIEW_GROUP_MEMBER])
def test_who_may_not_keep_documents_stores_nothing(role, case, store, admin_engine):
    with nothing_changes(admin_engine, case.world), pytest.raises(NotPermitted):
        add(case, store, "drawing.png", PNG, who=role)
    assert store.versions == {}


def test_on_another_partnerships_case_nothing_is_stored(case, store, world):
    stranger = world.theirs.actor(MANAGER)
    with pytest.raises(NotFound):
        add(case, store, "drawing.png", PNG, who=stranger)
    assert store.versions == {}
