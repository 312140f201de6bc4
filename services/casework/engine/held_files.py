"""Files that are held until a virus scanner has looked at them.

They were sent while the scanner did not answer, or to a partnership that lets no file be read
unscanned. Each is scanned as soon as there is an answer: then it may be opened, or never.
"""

import logging
from typing import Final, Protocol

from services.casework.access.documents import object_name
from services.casework.alerts import raise_alert
from services.casework.engine.orphan_sweep import SweepContext
from services.casework.engine.transactions import as_keyline
from services.database import watch
from services.database.documents import Document, DocumentState, held_documents
from services.domain.alerts import AlertCode
from services.domain.errors import Unavailable
from services.domain.identifiers import PartnershipId
from services.storage import StoredContentChanged
from services.storage.downloads import fetch
from services.storage.scanning import Scanner, Verdict

MOST: Final = 20

_log = logging.getLogger("keyline.scan")


class ScanContext(SweepContext, Protocol):
    """What scanning needs of the process's neighbours."""

    @property
    def scanner(self) -> Scanner: ...  # noqa: D102 - named for what it is


def scan_held_files(context: ScanContext) -> int:
    """Scan what is held in every partnership; return how many files have a verdict now.

    A partnership whose files cannot be scanned is logged and does not stop the others.
    """
    settled = 0
    if not context.scanner.answers():
        return settled
    for partnership_id in watch.partnerships(context.engine):
        try:
            settled += _scan_partnership(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - one catch for all partnerships: logged, on
            _log.error("Files of %s stay held: %s.", partnership_id, type(trouble).__name__)
    return settled


def _scan_partnership(context: ScanContext, partnership_id: PartnershipId) -> int:
    with as_keyline(context, partnership_id) as work:
        held = held_documents(work.session, MOST)
        work.session.expunge_all()
    return sum(_settled(context, partnership_id, document) for document in held)


def _settled(context: ScanContext, partnership_id: PartnershipId, held: Document) -> bool:
    """Scan one file with no transaction open, and keep what becomes of it."""
    alert = None
    try:
        with fetch(context.store, object_name(held), held.sha256, held.version_id) as file:
            verdict = context.scanner.scan(file.read()).verdict
    except StoredContentChanged:
        verdict, alert = Verdict.FOUND, AlertCode.DIGEST_MISMATCH
    except Unavailable:
        return False
    if verdict not in {Verdict.CLEAN, Verdict.FOUND}:
        return False
    with as_keyline(context, partnership_id) as work:
        document = work.session.get(Document, (partnership_id, held.id), with_for_update=True)
        if document is None or document.standing is not DocumentState.QUARANTINED:
            return False
        is_clean = verdict is Verdict.CLEAN
        document.standing = DocumentState.KEPT if is_clean else DocumentState.REFUSED
        work.session.add(document)
        if not is_clean:
            raise_alert(work, alert or AlertCode.HARMFUL_FILE, document.case_id)
    return True
