"""A file sent to us waits in quarantine, is checked there, and only then takes its place."""

import hashlib
import uuid
from datetime import date

import pytest

from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind, Paper
from services.domain.errors import AnswerRefused, NotFound
from services.domain.identifiers import PartnershipId
from services.storage import StoredContentChanged
from services.storage.memory import MemoryStore
from services.storage.uploads import check_waiting, discard, quarantine, release

OUR_PDF = (
    KeylineDocuments()
    .pdf(
        Paper(
            kind=DocumentKind.ACTION_PLAN,
            reference="NBL-2026-014",
            partnership="Northshire",
            prepared_on=date(2026, 7, 17),
            version=1,
        )
    )
    .content
)


def waiting_in(store: MemoryStore, content: bytes):
    tenant = PartnershipId(uuid.uuid4())
    digest = hashlib.sha256(content).hexdigest()
    return quarantine(store, tenant, uuid.uuid4(), content, digest)


def test_an_upload_waits_in_quarantine_until_it_is_checked_and_released():
    store = MemoryStore()
    waiting = waiting_in(store, OUR_PDF)
    assert waiting.key.startswith("quarantine/")
    checked = check_waiting(store, waiting, "plan.pdf")
    kept = release(store, waiting, checked, "tenants/a/cases/b/c/v1.pdf")
    discard(store, waiting)
    assert (kept.media_type, kept.sha256) == ("application/pdf", checked.sha256)
    assert list(store.versions) == ["tenants/a/cases/b/c/v1.pdf"]


def test_a_refused_upload_never_leaves_quarantine():
    store = MemoryStore()
    waiting = waiting_in(store, b"MZ not a paper")
    with pytest.raises(AnswerRefused):
        check_waiting(store, waiting, "plan.pdf")
    discard(store, waiting)
    with pytest.raises(NotFound):
        store.head(waiting.key)


def test_a_file_swapped_after_it_was_checked_is_not_released():
    store = MemoryStore()
    waiting = waiting_in(store, OUR_PDF)
    checked = check_waiting(store, waiting, "plan.pdf")
    stored, _ = store.versions[waiting.key][0]
    store.versions[waiting.key][0] = (stored, OUR_PDF + b"\n%%EOF")
    with pytest.raises(StoredContentChanged):
        release(store, waiting, checked, "tenants/a/cases/b/c/v1.pdf")
