"""Anchors: number and hash of a chain's newest link, put where nobody changes them.

A chain alone does not show that its end was cut, that an old state was put back, or that it was
written again. So its newest link is noted elsewhere: in the object store every quarter of an hour
and at each statutory submission, and with the business manager each week and at each submission.
"""

import hashlib
import json
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlmodel import Session

from services.casework.alerts import raise_alert
from services.casework.engine.audit_checks import (
    AuditContext,
    anchor_prefix,
    check_chain,
    check_installation,
    goes_on,
)
from services.casework.engine.audit_lines import enqueue_line
from services.casework.engine.transactions import as_keyline
from services.database import audit, sessions, watch
from services.database.audit import AuditAnchor, AuditCheck
from services.domain.alerts import AlertCode
from services.domain.audit import INSTALLATION
from services.domain.audit_verifier import GENESIS, Mark
from services.domain.identifiers import PartnershipId
from services.storage import CannotLock, ObjectName

KEPT_LOCKED: Final = timedelta(days=7 * 366)
NEWEST_ANCHORS: Final = 200  # how many the daily check reads; `verify-audit` reads them all

_log = logging.getLogger("keyline.audit")


def anchor_chains(context: AuditContext) -> None:
    """Anchor every chain that has gone on; one that fails is counted and stops no other."""
    for chain_id in watch.chains_to_anchor(context.engine):
        try:
            if chain_id == INSTALLATION:
                anchor_installation(context)
            else:
                anchor_chain(context, chain_id)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            _log.error("The anchor of %s waits: %s.", chain_id, type(trouble).__name__)


def anchor_chain(context: AuditContext, partnership_id: PartnershipId) -> Mark | None:
    """Check what was appended since the last anchor, then anchor the newest link.

    A chain that is broken is not anchored: the manager is alerted, once.
    """
    with as_keyline(context, partnership_id) as work:
        since, head, is_whole = _gone_on(work.session)
    if not is_whole:
        check(context, partnership_id)
        return None
    key = _put(context, partnership_id, head)
    with as_keyline(context, partnership_id) as work:
        _keep(work.session, partnership_id, head, key)
        if audit.last_submission(work.session) > since.seq:
            enqueue_line(work, head, f"submission:{head.seq}")
    return head


def anchor_installation(context: AuditContext) -> Mark | None:
    """Check and anchor the installation's own chain in the same way.

    It belongs to nobody whose manager could be alerted or keep its line: operators read the log.
    """
    with sessions.of_installation(context.engine) as session:
        _since, head, is_whole = _gone_on(session)
    if not is_whole:
        _log.error("The installation's own audit chain is not whole, and is not anchored.")
        return None
    key = _put(context, INSTALLATION, head)
    with sessions.of_installation(context.engine) as session:
        _keep(session, INSTALLATION, head, key)
    return head


def check_chains(context: AuditContext) -> None:
    """Check every chain whole; one that fails is counted and stops no other."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            check(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            _log.error("The check of %s waits: %s.", partnership_id, type(trouble).__name__)
    for found in check_installation(context, newest_anchors=NEWEST_ANCHORS).findings[:1]:
        _log.error("The installation's own audit chain is not whole: %s.", found.kind)


def check(context: AuditContext, partnership_id: PartnershipId) -> str:
    """Check the chain whole and keep the result; alert the manager when it was found broken."""
    checked = check_chain(context, partnership_id, newest_anchors=NEWEST_ANCHORS)
    finding = checked.findings[0].kind if checked.findings else ""
    with as_keyline(context, partnership_id) as work:
        before = audit.last_check(work.session)
        row = AuditCheck(
            tenant_id=partnership_id,
            checked_at=audit.clock(work.session),
            up_to=len(checked.chain.links),
            finding=finding,
        )
        if finding and before is not None and before.finding == finding:
            return finding
        work.session.add(row)
        if finding:
            raise_alert(work, AlertCode.AUDIT_BROKEN)
            _log.error("The audit chain of %s is not whole: %s.", partnership_id, finding)
    return finding


def _gone_on(session: Session) -> tuple[Mark, Mark, bool]:
    """Return the last anchor, the head, and whether the links lead from the one to the other."""
    head, last = audit.head(session), audit.last_anchor(session)
    since = last.mark if last is not None else Mark(0, GENESIS, "")
    added = audit.all_links(session, after=since.seq, up_to=head.seq)
    return since, head, goes_on(added, since, head)


def _put(context: AuditContext, chain_id: PartnershipId, head: Mark) -> str:
    """Put the anchor into the store, locked where the store can.

    Putting it again after a crash makes a second version.
    """
    told = {"seq": head.seq, "hash": head.hash, "at": head.at, "partnership": str(chain_id)}
    content = json.dumps(told, sort_keys=True).encode()
    name = ObjectName(chain_id, f"{anchor_prefix(chain_id)}{head.seq:012}.json")
    put = partial(context.store.put, name, content, sha256=hashlib.sha256(content).hexdigest())
    try:
        put(locked_until=context.now() + KEPT_LOCKED)
    except CannotLock:
        put()
    return name.key


def _keep(session: Session, chain_id: PartnershipId, head: Mark, key: str) -> None:
    """Keep that the link is anchored, unless another process has just done so."""
    if session.get(AuditAnchor, (chain_id, head.seq)) is None:
        row = AuditAnchor(
            tenant_id=chain_id,
            seq=head.seq,
            hash=head.hash,
            at=datetime.fromisoformat(head.at),
            key=key,
            anchored_at=audit.clock(session),
        )
        session.add(row)
