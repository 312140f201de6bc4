"""Whether the store has every file that a restored row names, and the newest open whole."""

from collections.abc import Iterator, Sequence

from services.casework.engine.audit_checks import AuditContext
from services.casework.engine.transactions import as_keyline
from services.database import watch
from services.database.documents import Document, DocumentState, documents_after
from services.database.paper_templates import PaperTemplate, every_template_file
from services.database.stored_files import StoredRow
from services.domain.errors import CaseworkError
from services.domain.identifiers import DocumentId, PartnershipId
from services.storage import ObjectName, Store
from services.storage.downloads import fetch

OPENED = 3  # of each partnership
PAGE = 500


def wrong_files(there: AuditContext) -> Iterator[str]:
    """Say of every stored file that a row names whether the store has it; open the newest whole."""
    for partnership_id in watch.partnerships(there.engine):
        kept = [
            one
            for one in _documents(there, partnership_id)
            if one.standing is not DocumentState.REFUSED
        ]
        files: list[StoredRow] = [*kept, *_templates(there, partnership_id)]
        for one in files:
            if not _holds(there.store, one):
                yield f"document {one.id}: the store has no object {one.key}"
        for one in sorted(kept, key=lambda each: each.made_at)[-OPENED:]:
            yield from _unreadable(there.store, partnership_id, one)


def _documents(there: AuditContext, partnership_id: PartnershipId) -> Iterator[Document]:
    last: DocumentId | None = None
    while True:
        with as_keyline(there, partnership_id) as work:
            page = documents_after(work.session, partnership_id, last, PAGE)
            for one in page:
                work.session.expunge(one)
        yield from page
        if len(page) < PAGE:
            return
        last = DocumentId(page[-1].id)


def _templates(there: AuditContext, partnership_id: PartnershipId) -> Sequence[PaperTemplate]:
    with as_keyline(there, partnership_id) as work:
        found = every_template_file(work.session, partnership_id)
        work.session.expunge_all()
    return found


def _holds(store: Store, one: StoredRow) -> bool:
    if one.version_id is not None:
        return store.holds(one.key, one.version_id)
    return any(version.key == one.key for version in store.list_versions(one.key))


def _unreadable(store: Store, owner: PartnershipId, one: Document) -> Iterator[str]:
    try:
        with fetch(store, ObjectName(owner, one.key), one.sha256, one.version_id):
            return
    except CaseworkError as trouble:
        yield f"document {one.id} does not open: {type(trouble).__name__}"
