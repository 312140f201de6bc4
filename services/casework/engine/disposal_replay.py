"""A restored database holds again what was disposed of since its backup: it is disposed of again.

It is done before anybody can sign in (`services/web/cookies.py` asks), by whichever process makes
its rounds first. A line of the ledger that cannot be read keeps the doors shut.
"""

import logging
from uuid import UUID

from services.casework.audit import note_retention
from services.casework.engine.audit_checks import AuditContext
from services.casework.engine.disposal_store import stored_lines
from services.casework.engine.transactions import as_keyline
from services.database import disposals, sessions, watch
from services.database.disposals import Disposal
from services.database.restorations import awaits_replay, note_replayed
from services.domain.audit import RetentionEvent
from services.domain.identifiers import PartnershipId

_log = logging.getLogger("keyline.disposal")


def replay_when_restored(context: AuditContext) -> None:
    """Replay the ledger where the database was restored and nobody has yet; else do nothing."""
    if awaits_replay(context.engine):
        replay_disposals(context)


def replay_disposals(context: AuditContext) -> int:
    """Dispose again of what every partnership's ledger in the store names; return how many.

    Raises StoreUnavailable or StoredContentChanged where a line cannot be read: it is tried again.
    """
    done = 0
    for partnership_id in watch.partnerships(context.engine):
        done += replay_partnership(context, partnership_id)
    with sessions.of_installation(context.engine) as session:
        note_replayed(session)
    _log.warning("The database was restored: %d disposals were replayed.", done)
    return done


def replay_partnership(context: AuditContext, partnership_id: PartnershipId) -> int:
    """Replay one partnership's ledger; each line in a transaction of its own."""
    done = 0
    with as_keyline(context, partnership_id) as work:
        known = {one.id for one in disposals.disposals(work.session)}
    for line in list(stored_lines(context.store, partnership_id, known)):
        with as_keyline(context, partnership_id) as work:
            if disposals.replay(work.session, line):
                disposal = disposals.get_disposal(work.session, UUID(line["id"]))
                note_retention(work, RetentionEvent.DISPOSAL_REPLAYED, _told(disposal))
                done += 1
    return done


def _told(disposal: Disposal) -> dict[str, str]:
    case_id, ledger = str(disposal.disposed_case), str(disposal.id)
    return {"object": ledger, "case": case_id, "digest": disposal.digest}
