"""A backup holds all of it and tells nothing; a drill restores it and finds whatever is amiss."""

import re
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments.backup import checking, contents, losses, stored_files
from deployments.backup.drill import KeptBackup, run_drill
from deployments.backup.making import make_backup
from deployments.backup.manifest import Manifest
from deployments.backup.restoring import restore, scratch_database
from services.casework.audit import note_refusal
from services.casework.engine.audit_anchors import anchor_chain, anchor_chains
from services.casework.engine.disposal_rounds import settle_disposals
from services.casework.engine.orphan_sweep import SAFE_AGE, sweep_orphans
from services.casework.engine.transactions import as_keyline
from services.casework.restorations import let_emails_leave
from services.database import audit, sessions, watch
from services.database.cases import cases_of
from services.database.disposals import get_disposal
from services.database.engine import connect
from services.database.migrations.roles import BACKUP, login_of
from services.database.restorations import is_restored
from services.domain.errors import AlreadyDone, Unavailable
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage import KeyMissing, StoredContentChanged
from services.storage.keys import DATA_KEY_BYTES
from services.storage.local_keys import LocalKeys
from services.web.restored_doors import RestoredDoors
from tests.desk import Desk
from tests.post_office import Office
from tests.reached import reach
from tests.retained import closed_unreviewed, dispose_of
from tests.servers import PASSWORDS, app_engine_on
from tests.world import make_world

KEYS = LocalKeys(bytes(range(DATA_KEY_BYTES)))
FORCE = "alter table cases {} row level security"
POLICY = "alter policy z_ours on cases using ({})"
SALTED = (
    "update entries set salt = '0' || salt",
    "update entries set salt = substr(salt, 2)",
)
OURS = "tenant_id = (select sec.tenant())"
NOON = datetime(2026, 7, 17, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(platform_postgres):
    return platform_postgres.make_migrated()


@pytest.fixture(scope="module")
def live(database):
    """An installation with a case under way: papers made, emails waiting, chains anchored."""
    engine = app_engine_on(database.app_url)
    case = reach(make_world(engine), Stage.RAPID_REVIEW)
    Desk(case.world).carry(case.case_id)
    office = Office(case.world)
    anchor_chains(office)
    yield office
    engine.dispose()


def backup_url(database) -> str:
    """Return the address by which the backup's login signs in."""
    url = make_url(database.admin_url)
    login = url.set(username=login_of(BACKUP, str(url.database)), password=PASSWORDS[BACKUP])
    return login.render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def kept(live, database, tmp_path_factory) -> KeptBackup:
    del live  # what is there to be backed up
    folder = tmp_path_factory.mktemp("backups")
    made = make_backup(backup_url(database), folder, KEYS, NOON)
    return KeptBackup(made, folder / f"{made.name}.backup", KEYS)


@pytest.fixture(scope="module")
def scratch(kept, platform_postgres):
    """The backup as it was restored once; each test puts back what it changes there."""
    with scratch_database(platform_postgres.admin_url) as lent:
        restore(kept.manifest, kept.place, kept.keys, lent)
        yield lent


@pytest.fixture(scope="module")
def there(scratch, live):
    context = checking.RestoredContext.of(scratch, live)
    yield context
    context.engine.dispose()


@contextmanager
def changed(scratch, change: str, back: str):
    """Change the restored database as its administrator, and put it back."""
    url = make_url(scratch.admin_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)
    for place, statement in enumerate((change, back)):
        with engine.begin() as link:
            link.execute(text(statement))
        if not place:
            yield


def wrong_chains(there) -> list[str]:
    checked = checking.checked_chains(there)
    return [fault for one in checked for fault in checking.wrong_chain(one)]


def test_a_backup_tells_nothing_but_counts_and_is_its_owners_alone(kept):
    manifest = kept.place.with_suffix(".json")
    assert Manifest.read(manifest) == kept.manifest
    assert kept.manifest.rows["cases"] == 1
    assert kept.manifest.rows["entries"] > 5
    assert {path.stat().st_mode & 0o077 for path in (kept.place, manifest)} == {0}
    raw = kept.place.read_bytes() + manifest.read_bytes()
    assert len(raw) > kept.manifest.size
    for said in (b"PGDMP", b"Hospital", b"tenant_id"):
        assert said not in raw


def test_its_counts_are_of_one_moment_and_so_is_the_dump(kept, scratch):
    with contents.connected(scratch.url_of(BACKUP)) as link:
        assert contents.rows(link) == {**kept.manifest.rows, "restorations": 1}
        assert contents.chains(link) == kept.manifest.chains


def test_a_drill_finds_nothing_wrong_and_names_what_came_after(kept, live, platform_postgres):
    with live.world.act(Role.BUSINESS_MANAGER) as work:
        note_refusal(work, None, "/nowhere")
    with scratch_database(platform_postgres.admin_url) as lent:
        found = run_drill(kept, lent, live)
    since = kept.manifest.chains[str(live.world.ours.partnership_id)].seq + 1
    assert found.faults == []
    assert found.checked == 6
    assert found.replayed == 0
    steps = ["restored", "rows", "disposals", "protection", "audit", "stored files", "emails"]
    assert [*found.seconds] == steps
    (line,) = found.lost
    assert line.endswith(f": links {since} to {since} (1 refused); cases none")


def test_where_the_live_database_is_gone_the_anchors_tell_what_is_lost(kept, live, there):
    anchor_chain(live, live.world.ours.partnership_id)
    gone = connect("postgresql://nobody@127.0.0.1:1/nowhere", "a key that opens nothing whatever")
    told = list(
        losses.lost(
            kept.manifest,
            checking.RestoredContext(
                engine=gone, calendar=live.calendar, now=live.now, store=live.store
            ),
            list(checking.checked_chains(there)),
        )
    )
    gone.dispose()
    assert told[0].startswith("The live database did not answer")
    since = kept.manifest.chains[str(live.world.ours.partnership_id)].seq + 1
    assert told[1:] == [f"{live.world.ours.partnership_id}: at least links {since} to {since}"]
    assert [
        one for chain in checking.checked_chains(there) for one in checking.wrong_chain(chain)
    ] == []


@pytest.mark.parametrize(
    ("change", "back", "found"),
    [
        (FORCE.format("no force"), FORCE.format("force"), "a table forces"),
        (FORCE.format("disable"), FORCE.format("enable"), "sees rows without a context"),
        (
            "grant delete on entries to keyline_app",
            "revoke delete on entries from keyline_app",
            "may delete entries",
        ),
        (POLICY.format("false"), POLICY.format(OURS), "own rows"),
    ],
)
def test_protection_that_was_not_restored_is_found(change, back, found, scratch, there):
    with changed(scratch, change, back):
        assert re.search(found, " ".join(checking.wrong_protection(scratch, there)))
    assert list(checking.wrong_protection(scratch, there)) == []


def test_a_row_that_was_not_restored_is_found(kept, scratch, there):
    manifest = replace(kept.manifest, rows={**kept.manifest.rows, "entries": 10_000})
    (fault,) = checking.wrong_rows(manifest, scratch)
    assert re.fullmatch(r"entries holds \d+ rows and held 10000", fault)
    with changed(scratch, *SALTED):
        assert any("CONTENT_EDITED" in fault for fault in wrong_chains(there))


def test_a_stored_file_that_is_gone_is_found(there, live):
    case_id = next(iter(watch.cases_after(live.engine, UUID(int=0), 1))).case_id
    lost = Desk(live.world).rows(case_id)[0]
    emptied = deepcopy(live.store)
    emptied.delete(lost.key, lost.version_id)
    found = list(stored_files.wrong_files(replace(there, store=emptied)))
    assert found[0] == f"document {lost.id}: the store has no object {lost.key}"


def test_a_file_that_is_not_the_one_or_a_key_that_is_not_is_refused(
    kept, tmp_path, platform_postgres
):
    other = tmp_path / "other.backup"
    other.write_bytes(kept.place.read_bytes()[:-1])
    with scratch_database(platform_postgres.admin_url) as lent:
        with pytest.raises(Unavailable, match="is not the file that its manifest tells of"):
            restore(kept.manifest, other, KEYS, lent)
        with pytest.raises(KeyMissing):
            restore(kept.manifest, kept.place, LocalKeys(b"another" * 4 + b"four"), lent)
        renamed = replace(kept.manifest, name="keyline-of-another-day")
        with pytest.raises(StoredContentChanged):
            restore(renamed, kept.place, KEYS, lent)


def test_no_email_leaves_and_no_file_is_swept_until_somebody_says_so(scratch, there, live):
    operator = live.world.ours.actor(Role.OPERATIONS)
    late = replace(there, now=lambda: there.now() + 2 * SAFE_AGE)
    waiting = "select count(*) from outbox_emails where delivery = 'pending'"
    engine = create_engine(make_url(scratch.admin_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as link:
        assert link.execute(text(waiting)).scalar_one() > 0
    engine.dispose()
    assert is_restored(there.engine)
    assert watch.partnerships_with_emails(there.engine) == []
    assert sweep_orphans(late) == 0
    let_emails_leave(operator, there)
    assert live.world.ours.partnership_id in watch.partnerships_with_emails(there.engine)
    assert list(checking.emails_that_would_leave(there))
    with pytest.raises(AlreadyDone):
        let_emails_leave(operator, there)
    with sessions.of_installation(there.engine) as session:
        (link,) = audit.all_links(session, after=0, up_to=10)
    assert (link.body or {})["what"] == "emails_let_leave"


@pytest.fixture
def disposed(live, database, tmp_path):
    """A backup that holds a case still, and the line by which it was disposed of since."""
    case = closed_unreviewed(live.world)
    Desk(live.world).carry(case.case_id)
    made = make_backup(backup_url(database), tmp_path, KEYS, NOON)
    line = dispose_of(case)
    settle_disposals(live)
    return KeptBackup(made, tmp_path / f"{made.name}.backup", KEYS), line


def holds_case(there, live, line) -> bool:
    with as_keyline(there, live.world.ours.partnership_id) as work:
        return line.disposed_case in cases_of(work.session, {line.disposed_case})


def test_what_was_disposed_of_since_goes_again_before_anybody_comes_in(
    disposed, live, platform_postgres
):
    """The line of the ledger lies in the store alone."""
    kept, line = disposed
    with scratch_database(platform_postgres.admin_url) as lent:
        restore(kept.manifest, kept.place, kept.keys, lent)
        there, doors = checking.RestoredContext.of(lent, live), RestoredDoors()
        assert holds_case(there, live, line)
        with pytest.raises(Unavailable, match="put back from a backup"):
            doors.must_be_open(there.engine)
        settle_disposals(there)
        doors.must_be_open(there.engine)
        assert not holds_case(there, live, line)
        with as_keyline(there, live.world.ours.partnership_id) as work:
            assert get_disposal(work.session, line.id).line == line.line
        assert wrong_chains(there) == []
        there.engine.dispose()


def test_a_drill_disposes_again_too(disposed, live, platform_postgres):
    with scratch_database(platform_postgres.admin_url) as lent:
        found = run_drill(disposed[0], lent, live)
    assert found.faults == []
    assert found.replayed == 1
