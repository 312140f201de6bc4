"""What happened after a backup and is not in it: by partnership, by kind, and on which cases."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from deployments.backup.manifest import Manifest
from services.casework.engine.audit_checks import CheckedChain
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import audit, sessions, watch
from services.database.cases import Case
from services.domain.audit import INSTALLATION
from services.domain.audit_verifier import GENESIS, Link, Mark
from services.domain.errors import CaseworkError

NOTHING = Mark(0, GENESIS, "")
UNREACHED = (SQLAlchemyError, CaseworkError)


def lost(
    manifest: Manifest, live: TransactionContext, checked: list[CheckedChain]
) -> Iterator[str]:
    """Say what is lost, from the live database; where that is gone, as far as anchors tell."""
    try:
        found = list(_by_live_database(manifest, live))
    except UNREACHED:
        yield "The live database did not answer: what is lost is told by the store's anchors."
        found = list(_by_anchors(checked))
    yield from found or ["Nothing: no link was added to any chain since the backup."]


def _by_live_database(manifest: Manifest, live: TransactionContext) -> Iterator[str]:
    for partnership_id in watch.partnerships(live.engine):
        since = manifest.chains.get(str(partnership_id), NOTHING)
        with as_keyline(live, partnership_id) as work:
            code, head = work.partnership.code, audit.head(work.session)
            links = list(audit.all_links(work.session, after=since.seq, up_to=head.seq))
            ids = {str(link.body["case"]) for link in links if link.body and "case" in link.body}
            cases = work.session.exec(
                select(Case.reference).where(col(Case.id).in_(ids)).order_by(Case.reference)
            ).all()
        if links:
            yield _told(code, since, head, links) + f"; cases {', '.join(cases) or 'none'}"
    since = manifest.chains.get(str(INSTALLATION), NOTHING)
    with sessions.of_installation(live.engine) as session:
        head = audit.head(session)
        links = list(audit.all_links(session, after=since.seq, up_to=head.seq))
    if links:
        yield _told("the installation", since, head, links)


def _told(name: str, since: Mark, head: Mark, links: list[Link]) -> str:
    kinds = Counter(str(link.body.get("kind", "")) for link in links if link.body)
    said = ", ".join(f"{many} {kind}" for kind, many in sorted(kinds.items()))
    return f"{name}: links {since.seq + 1} to {head.seq} ({said})"


def _by_anchors(checked: list[CheckedChain]) -> Iterator[str]:
    for one in checked:
        newest = max((mark.seq for mark in one.chain.anchors or ()), default=0)
        last = one.chain.head.seq if one.chain.head else 0
        if newest > last:
            yield f"{one.chain.tenant}: at least links {last + 1} to {newest}"
