"""A file is opened only after the virus scanner has let it pass, where there is one."""

from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from services.casework.access.documents import paper, papers_seen
from services.casework.engine.held_files import scan_held_files
from services.casework.steps.file_checks import FileIsHarmful, store_upload
from services.casework.steps.uploads import AddFile, add_file, must_be_able_to_add
from services.database.alerts import newest_alerts
from services.database.cases import get_case
from services.database.documents import Document, DocumentState
from services.domain.clocks.policy import NATIONAL
from services.domain.errors import NotFound
from services.domain.identifiers import DocumentId
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from services.storage.scanning import NO_SCANNER, Scan, Verdict
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.matrix import PNG
from tests.servers import worker_of
from tests.world import make_world

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-02-02"
EITHER = (Verdict.UNKNOWN, Verdict.TOO_LARGE)


@dataclass
class Daemon:
    """A scanner that says what it is told to say, and keeps what it was shown."""

    says: Verdict
    is_set_up: bool = True
    seen: list[bytes] = field(default_factory=list)

    def scan(self, content: bytes) -> Scan:
        self.seen.append(content)
        return Scan(self.says)

    def answers(self) -> bool:
        return self.says is not Verdict.UNKNOWN


@pytest.fixture
def case(world) -> Driven:
    return Driven(world)


@pytest.fixture
def strict(app_engine) -> Driven:
    """A case of a partnership that lets no file be opened unscanned."""
    return Driven(make_world(app_engine, replace(NATIONAL, hold_until_scanned=True)))


def add(case: Driven, scanner) -> tuple[Desk, Document]:
    """Add a picture, scanned so; return the desk and the document."""
    desk, command = Desk(case.world, MemoryStore(), scanner=scanner), AddFile(title="A paper")
    with case.world.act(MANAGER, WHEN) as work:
        partnership_id = must_be_able_to_add(work, case.case_id, command, PNG)
    upload = store_upload(desk, partnership_id, ("a.png", PNG))
    with case.world.act(MANAGER, WHEN) as work:
        add_file(work, case.case_id, command, upload)
    (row,) = desk.rows(case.case_id)
    return desk, row


def is_open(case: Driven, document_id: UUID) -> bool:
    with case.world.act(MANAGER, WHEN) as work:
        try:
            return bool(paper(work, case.case_id, DocumentId(document_id)))
        except NotFound:
            return False


def alerts(case: Driven) -> list[tuple[str, UUID | None]]:
    with case.world.act(MANAGER, WHEN) as work:
        return [(alert.code.value, alert.case_id) for alert in newest_alerts(work.session)]


def test_what_is_stored_is_what_the_scanner_was_shown(case):
    daemon = Daemon(Verdict.CLEAN)
    desk, row = add(case, daemon)
    assert daemon.seen == [desk.bytes_of(row)]
    assert is_open(case, row.id)


def test_a_harmful_file_is_refused_and_nothing_of_it_is_stored(case, admin_engine):
    desk = Desk(case.world, MemoryStore(), scanner=Daemon(Verdict.FOUND))
    partnership_id = case.world.ours.partnership_id
    with nothing_changes(admin_engine, case.world), pytest.raises(FileIsHarmful) as refused:
        store_upload(desk, partnership_id, ("a.png", PNG))
    assert refused.value.field == "file"
    assert desk.store.versions == {}


@pytest.mark.parametrize("says", EITHER)
def test_while_the_scanner_gives_no_verdict_a_file_is_held_and_never_passed(case, says):
    _desk, row = add(case, Daemon(says))
    assert row.standing is DocumentState.QUARANTINED
    assert not is_open(case, row.id)
    with case.world.act(MANAGER, WHEN) as work:
        (seen,) = papers_seen(work, get_case(work.session, case.case_id))
        assert seen.standing is DocumentState.QUARANTINED


def test_without_a_scanner_the_policy_says_whether_a_file_is_held(case, strict):
    assert add(case, NO_SCANNER)[1].standing is DocumentState.KEPT
    assert add(strict, NO_SCANNER)[1].standing is DocumentState.QUARANTINED


@pytest.mark.whole
def test_a_held_file_is_opened_once_the_scanner_has_let_it_pass(case):
    desk, row = add(case, Daemon(Verdict.UNKNOWN))
    assert scan_held_files(desk) == 0
    assert not is_open(case, row.id)
    desk.scanner = Daemon(Verdict.CLEAN)
    scan_held_files(desk)
    assert is_open(case, row.id)
    assert desk.scanner.seen == [desk.bytes_of(row)]
    scan_held_files(desk)
    assert len(desk.scanner.seen) == 1, "what has a verdict is not scanned again"


def test_the_workers_own_role_may_let_a_file_pass(case):
    desk, row = add(case, Daemon(Verdict.UNKNOWN))
    engine = worker_of(case.world.engine)
    worker = Desk(replace(case.world, engine=engine), desk.store, scanner=Daemon(Verdict.CLEAN))
    scan_held_files(worker)
    assert is_open(case, row.id)


def test_a_held_file_that_is_harmful_stays_shut_and_the_manager_is_told(case):
    desk, row = add(case, Daemon(Verdict.UNKNOWN))
    desk.scanner = Daemon(Verdict.FOUND)
    scan_held_files(desk)
    assert desk.rows(case.case_id)[0].standing is DocumentState.REFUSED
    assert not is_open(case, row.id)
    assert alerts(case) == [("harmful_file", case.case_id)]
    desk.scanner = Daemon(Verdict.CLEAN)
    scan_held_files(desk)
    assert not is_open(case, row.id), "refused once is refused for good"


def test_a_held_file_that_was_exchanged_in_the_store_stays_shut(case):
    desk, row = add(case, Daemon(Verdict.UNKNOWN))
    stored, _content = desk.store.versions[row.key][0]
    desk.store.versions[row.key][0] = (stored, b"something else")
    desk.scanner = Daemon(Verdict.CLEAN)
    scan_held_files(desk)
    assert not is_open(case, row.id)
    assert alerts(case) == [("digest_mismatch", case.case_id)]
