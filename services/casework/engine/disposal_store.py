"""What is kept of disposals in the object store, and what a disposal removes from it.

The ledger lies in the store as well as in the database: a backup that is older than a disposal does
not have its line. Each line is put there as soon as the rows are gone, under a key of its own, and
locked where the store can.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from services.casework.engine.audit_checks import AuditContext
from services.casework.engine.transactions import as_keyline
from services.database.disposals import Disposal, DisposalPaper
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.retention import LEDGER, DisposalPaperKind
from services.storage import CannotLock, ObjectName, StillLocked, Store, Stored

KEPT_LOCKED: Final = timedelta(days=7 * 366)
_ENDINGS: Final = {DisposalPaperKind.LEDGER: "json", DisposalPaperKind.CERTIFICATE: "pdf"}


@dataclass(frozen=True, slots=True)
class Removed:
    """How many versions of an object went, and until when one that is left is locked."""

    versions: int
    locked_until: datetime | None


def prefix_of(owner: PartnershipId) -> str:
    """Return what the keys of a partnership's disposals begin with, apart from any document."""
    return f"{LEDGER}/{owner}/"


def paper_name(owner: PartnershipId, disposal: Disposal, kind: DisposalPaperKind) -> ObjectName:
    """Return where what is kept of a disposal lies."""
    return ObjectName(owner, f"{prefix_of(owner)}{disposal.id}.{_ENDINGS[kind]}")


def leaving_name(owner: PartnershipId, number: UUID) -> ObjectName:
    """Return where a certificate lies that the partnership has left."""
    return ObjectName(owner, f"{prefix_of(owner)}leaving-{number}.pdf")


def keep_paper(
    context: AuditContext, disposal: Disposal, kind: DisposalPaperKind, content: bytes
) -> None:
    """Put it into the store, locked where the store can, and then note that it lies there."""
    owner = PartnershipId(disposal.tenant_id)
    stored = put_locked(context, paper_name(owner, disposal, kind), content)
    with as_keyline(context, owner) as work:
        paper = DisposalPaper(
            tenant_id=owner,
            disposal_id=disposal.id,
            kind=kind,
            key=stored.key,
            version_id=stored.version_id,
            sha256=stored.sha256,
            kept_at=work.now,
        )
        work.session.add(paper)


def line_of(disposal: Disposal) -> bytes:
    """Return the line of the ledger as it lies in the store."""
    return json.dumps(disposal.line, sort_keys=True).encode()


def stored_lines(
    store: Store, owner: PartnershipId, known: Collection[UUID] = ()
) -> Iterator[dict[str, Any]]:
    """Yield the lines of the ledger as the store holds them, but those that are known already.

    Raises StoredContentChanged for one that does not open: nothing is left out in silence. What is
    known is not opened: the key of a partnership that has left may be gone.
    """
    apart = {f"{prefix_of(owner)}{one}.json" for one in known}
    for version in store.list_versions(prefix_of(owner)):
        if version.key.endswith(".json") and version.key not in apart:
            with suppress(NotFound):  # a delete marker hides no version
                name = ObjectName(owner, version.key)
                yield json.loads(b"".join(store.open(name, version.version_id)))


def remove_versions(store: Store, key: str) -> Removed:
    """Delete every version of the object, delete markers among them, but what is locked."""
    gone, until = 0, None
    versions = [one.version_id for one in store.list_versions(key) if one.key == key]
    for version in versions:
        try:
            store.delete(key, version)
            gone += 1
        except StillLocked as locked:
            until = max(locked.until, until or locked.until)
    return Removed(gone, until)


def put_locked(context: AuditContext, name: ObjectName, content: bytes) -> Stored:
    """Put it into the store, locked for the years of the audit where the store can lock."""
    digest, until = hashlib.sha256(content).hexdigest(), context.now() + KEPT_LOCKED
    try:
        return context.store.put(name, content, sha256=digest, locked_until=until)
    except CannotLock:
        return context.store.put(name, content, sha256=digest)
