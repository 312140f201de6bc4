"""Whether a restored database is the one that was backed up: each check tells what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments.backup import contents
from deployments.backup.manifest import Manifest
from deployments.backup.restoring import Scratch
from deployments.checks.isolation.catalogue import findings
from services.casework.engine.audit_checks import (
    AuditContext,
    CheckedChain,
    check_chain,
    check_installation,
)
from services.database import watch
from services.database.engine import connect, working_for
from services.database.migrations.grants import OF_PARTNERSHIP
from services.database.migrations.roles import APP, BACKUP
from services.database.restorations import is_restored
from services.domain.audit_verifier import Tampering
from services.domain.identifiers import PartnershipId
from services.domain.working_days import Calendar
from services.storage import Store

NOTED = "restorations"  # the release after the restore adds to it
FORGED = "a key that no release installed in this database"
# What anchors in the store say of a chain that ends before they do: it is lost, and not wrong.
LOST = frozenset({"cut", "restored"})
READ = tuple(table for table, granted in OF_PARTNERSHIP.items() if "r" in granted.get(APP, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredContext:
    """The live installation's neighbours, with the restored database in the place of its own."""

    engine: Engine
    calendar: Calendar
    now: Callable[[], datetime]
    store: Store

    @staticmethod
    def of(scratch: Scratch, live: AuditContext) -> "RestoredContext":
        """Speak to the restored database as the application does."""
        engine = connect(scratch.url_of(APP), scratch.secrets.context_key.secret)
        return RestoredContext(
            engine=engine, calendar=live.calendar, now=live.now, store=live.store
        )


def wrong_rows(manifest: Manifest, scratch: Scratch) -> Iterator[str]:
    """Compare the rows of every table, and the ends of the chains, with the manifest's."""
    with contents.connected(scratch.url_of(BACKUP)) as link:
        rows, chains = contents.rows(link), contents.chains(link)
    for table, many in manifest.rows.items():
        if table != NOTED and rows.get(table, 0) != many:
            yield f"{table} holds {rows.get(table, 0)} rows and held {many}"
    for chain, mark in manifest.chains.items():
        if chains.get(chain) != mark:
            yield f"the audit chain {chain} does not end where it did"


def wrong_protection(scratch: Scratch, there: AuditContext) -> Iterator[str]:
    """Lint the catalogue, and look as the application: for nobody, with a forged key, for each."""
    administrator = make_url(scratch.admin_url).set(drivername="postgresql+psycopg")
    with create_engine(administrator, poolclass=NullPool).connect() as link:
        yield from (str(one) for one in findings(link))
    forged = connect(scratch.url_of(APP), FORGED)
    known = watch.partnerships(there.engine)
    for partnership_id in known:
        if _owners(working_for(forged, partnership_id)):
            yield f"a forged context sees rows of {partnership_id}"
        if _owners(working_for(there.engine, partnership_id)) - {partnership_id}:
            yield f"the application sees rows of others beside those of {partnership_id}"
    forged.dispose()
    if _owners(there.engine):
        yield "the application sees rows without a context"
    if known and not _owners(working_for(there.engine, known[0])):
        yield "the application sees no row of its own partnership"


def _owners(engine: Engine) -> set[PartnershipId]:
    """Return whose rows this engine's login sees, over every table of partnerships."""
    with engine.connect() as link:
        return {
            owner
            for table in READ
            for owner in link.execute(text(f"select distinct tenant_id from {table}")).scalars()  # noqa: S608 -- names that are declared
        }


def checked_chains(there: AuditContext) -> Iterator[CheckedChain]:
    """Check every chain against its head, its content and the anchors in the live store."""
    for partnership_id in watch.partnerships(there.engine):
        yield check_chain(there, partnership_id)
    yield check_installation(there)


def wrong_chain(checked: CheckedChain) -> Iterator[str]:
    """Return what is wrong with a chain; that it ends before its newest anchor is what was lost."""
    for one in checked.findings:
        if not (isinstance(one, Tampering) and one.kind in LOST):
            yield f"chain {checked.chain.tenant}: {one}"


def emails_that_would_leave(there: AuditContext) -> Iterator[str]:
    """Say where an email of the restored database would leave by itself."""
    if not is_restored(there.engine):
        yield "the restored database does not know that it was restored: its emails would leave"
    for partnership_id in watch.partnerships_with_emails(there.engine):
        yield f"emails of {partnership_id} would leave"
