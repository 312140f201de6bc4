"""What follows a disposal: its line into the store, its files out of it, and its certificate.

The rows are gone by then, in one transaction (`casework/retention/reviews.py`). Each step here is
safe to repeat, and the next round goes on where one was broken off.
"""

import logging
from typing import Final

from services.casework.audit import note_retention
from services.casework.engine.audit_checks import AuditContext
from services.casework.engine.disposal_certificates import certificate_of
from services.casework.engine.disposal_replay import replay_when_restored
from services.casework.engine.disposal_store import keep_paper, line_of, remove_versions
from services.casework.engine.transactions import as_keyline
from services.database import disposals, watch
from services.database.disposals import Disposal
from services.database.unit_of_work import UnitOfWork
from services.documents.certificates import certificate
from services.domain.audit import RetentionEvent
from services.domain.identifiers import PartnershipId
from services.domain.retention import DisposalPaperKind

MANY: Final = 200

_log = logging.getLogger("keyline.disposal")


def settle_disposals(context: AuditContext) -> None:
    """Do what is left to do after disposals; a partnership that fails stops no other.

    In a restored database the ledger is replayed before anything else.
    """
    replay_when_restored(context)
    for partnership_id in watch.partnerships(context.engine):
        try:
            settle_partnership(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            name = type(trouble).__name__
            _log.error("Disposals of %s wait: %s.", partnership_id, name)


def settle_partnership(context: AuditContext, partnership_id: PartnershipId) -> None:
    """Do so in one partnership."""
    with as_keyline(context, partnership_id) as work:
        ledger = [_apart(work, one) for one in disposals.disposals(work.session)]
        kept = disposals.papers_of(work.session, {one.id for one in ledger})
    for one in ledger:
        if (one.id, DisposalPaperKind.LEDGER) not in kept:
            keep_paper(context, one, DisposalPaperKind.LEDGER, line_of(one))
    _remove_files(context, partnership_id)
    for one in ledger:
        if (one.id, DisposalPaperKind.CERTIFICATE) not in kept:
            _certify(context, one)


def _apart(work: UnitOfWork, one: Disposal) -> Disposal:
    work.session.expunge(one)
    return one


def _remove_files(context: AuditContext, partnership_id: PartnershipId) -> None:
    """Remove every version of what is left, with no transaction open meanwhile."""
    with as_keyline(context, partnership_id) as work:
        waiting = disposals.files_to_remove(work.session, context.now(), MANY)
        keys = [(one.key, one.disposal_id) for one in waiting]
    done: dict[str, int] = {}
    for key, disposal_id in keys:
        removed = remove_versions(context.store, key)
        with as_keyline(context, partnership_id) as work:
            row = disposals.disposed_file(work.session, key)
            row.versions += removed.versions
            row.locked_until = removed.locked_until
            row.gone_at = work.now if removed.locked_until is None else None
            work.session.add(row)
        if removed.locked_until is None:
            done[str(disposal_id)] = done.get(str(disposal_id), 0) + 1
    if done:
        with as_keyline(context, partnership_id) as work:
            for object_id, many in done.items():
                told = {"object": object_id, "files": many}
                note_retention(work, RetentionEvent.FILES_DISPOSED, told)


def _certify(context: AuditContext, disposal: Disposal) -> None:
    """Make the certificate once no file is left but what is locked, and its days are known."""
    with as_keyline(context, PartnershipId(disposal.tenant_id)) as work:
        files = disposals.files_of(work.session, disposal.id)
        if any(one.gone_at is None and one.locked_until is None for one in files):
            return
        told = certificate_of(work, disposal, files)
    keep_paper(context, disposal, DisposalPaperKind.CERTIFICATE, certificate(told))
