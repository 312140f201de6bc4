"""Re-encryption: stored files that lie under a replaced key are put again under the new one.

After it, and after the next sweep, the old key is needed for nothing but backups and locks. Each
file, a document or a template, is a later version of the same object, and its row then names that
version; the sweep removes the one before, or leaves it until its lock ends. It may be broken off
and repeated at any time.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from services.casework.access.documents import object_name
from services.casework.audit import note_administration
from services.casework.engine.orphan_sweep import SweepContext
from services.casework.engine.transactions import as_keyline
from services.database import watch
from services.database.documents import Document, documents_after
from services.database.paper_templates import PaperTemplate, every_template_file
from services.database.stored_files import StoredRow, name_version
from services.domain.audit import AdministrativeEvent
from services.domain.errors import CaseworkError
from services.domain.identifiers import DocumentId, PartnershipId

BATCH = 100

_log = logging.getLogger("keyline.reencryption")


@dataclass(slots=True)
class Reencrypted:
    """How many documents were looked at, encrypted again, and could not be."""

    looked_at: int = 0
    encrypted: int = 0
    failed: int = 0

    def add(self, other: "Reencrypted") -> None:
        """Count also what was counted elsewhere."""
        self.looked_at += other.looked_at
        self.encrypted += other.encrypted
        self.failed += other.failed


def reencrypt_documents(context: SweepContext) -> Reencrypted:
    """Put every partnership's documents under its current key."""
    count = Reencrypted()
    for partnership_id in watch.partnerships(context.engine):
        reencrypt_partnership(context, partnership_id, count)
    return count


def reencrypt_partnership(
    context: SweepContext, partnership_id: PartnershipId, count: Reencrypted
) -> None:
    """Put its documents under its current key and count them; one that fails stops no other.

    It stands in the partnership's audit, also where it is broken off: its files were touched.
    """
    own = Reencrypted()
    try:
        for stored in _files(context, partnership_id):
            own.looked_at += 1
            try:
                own.encrypted += _reencrypt(context, stored)
            except CaseworkError as error:
                own.failed += 1
                _log.error("File %s was not encrypted: %s.", stored.id, type(error).__name__)
    finally:
        count.add(own)
        with as_keyline(context, partnership_id) as work:
            note_administration(work, AdministrativeEvent.FILES_REENCRYPTED, asdict(own))


def _files(context: SweepContext, partnership_id: PartnershipId) -> Iterator[StoredRow]:
    yield from _documents(context, partnership_id)
    yield from _templates(context, partnership_id)


def _documents(context: SweepContext, partnership_id: PartnershipId) -> Iterator[Document]:
    last: DocumentId | None = None
    while batch := _batch(context, partnership_id, last):
        yield from batch
        last = DocumentId(batch[-1].id)


def _batch(
    context: SweepContext, partnership_id: PartnershipId, last: DocumentId | None
) -> Sequence[Document]:
    with as_keyline(context, partnership_id) as work:
        found = documents_after(work.session, partnership_id, last, BATCH)
        work.session.expunge_all()
    return found


def _templates(context: SweepContext, partnership_id: PartnershipId) -> Sequence[PaperTemplate]:
    with as_keyline(context, partnership_id) as work:
        found = every_template_file(work.session, partnership_id)
        work.session.expunge_all()
    return found


def _reencrypt(context: SweepContext, row: StoredRow) -> bool:
    """Put it again with no transaction open, then have its row name the new version."""
    name = object_name(row)
    stored = context.store.reencrypt(name, row.version_id, row.sha256, context.now())
    if stored is None:
        return False
    with as_keyline(context, name.owner) as work:
        name_version(work.session, row, stored.version_id)
    return True
