"""Whether a partnership's chain is whole, and whether what it tells of is still as it was."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain as one_after_another
from typing import Protocol, TypeVar

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from services.casework.audit import directory_digest, document_digest, entry_digest
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import (
    appointments,
    audit,
    directory,
    disposals,
    information_requests,
    inspection,
    learning,
    sessions,
    webhooks,
)
from services.database.documents import Document
from services.database.history import Entry
from services.database.lost_factors import LostFactor
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DISPOSALS_TOLD, INSTALLATION, AuditKind
from services.domain.audit_verifier import Chain, Link, Mark, Tampering, findings
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.storage import ObjectName, Store, StoredContentChanged

Row = TypeVar("Row")
UNREADABLE = "unreadable"
CONTENT = {
    "content_edited": "is not as it was when link {seq} was written",
    "content_gone": "is gone; link {seq} tells of it",
    "content_added": "is on record, and no link tells of it",
}


class AuditContext(TransactionContext, Protocol):
    """What checking and anchoring need of the process's neighbours."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class ContentFinding:
    """An entry, a document or a row of the directory that is not as the chain tells."""

    kind: str
    object: str
    seq: int = 0

    def __str__(self) -> str:
        return f"{self.kind.upper()}: {self.object} {CONTENT[self.kind].format(seq=self.seq)}."


@dataclass(frozen=True, slots=True)
class CheckedChain:
    """A chain that was checked, and everything that is wrong with it and with its content."""

    chain: Chain
    findings: Sequence[Tampering | ContentFinding]


def check_chain(
    context: AuditContext,
    partnership_id: PartnershipId,
    *,
    kept: Sequence[Mark] = (),
    newest_anchors: int | None = None,
) -> CheckedChain:
    """Check the whole chain against its head, the store's anchors, lines kept, and the content."""
    anchors = list(stored_anchors(context.store, partnership_id, newest_anchors))
    with as_keyline(context, partnership_id) as work:
        links, head = audit.whole_chain(work.session)
        changed = list(_content(work, links))
    chain = Chain(str(partnership_id), links, head, anchors, kept)
    return CheckedChain(chain, [*findings(chain), *changed])


def check_installation(context: AuditContext, *, newest_anchors: int | None = None) -> CheckedChain:
    """Check the installation's own chain against its head and the store's anchors."""
    anchors = list(stored_anchors(context.store, INSTALLATION, newest_anchors))
    with sessions.of_installation(context.engine) as session:
        links, head = audit.whole_chain(session)
    chain = Chain(str(INSTALLATION), links, head, anchors)
    return CheckedChain(chain, findings(chain))


def goes_on(links: Iterator[Link], since: Mark, head: Mark) -> bool:
    """Tell whether the links lead without a break from one place of the chain to its head."""
    seq, hashed = since.seq, since.hash
    for link in links:
        if (link.seq, link.prev) != (seq + 1, hashed) or not link.is_number(link.seq):
            return False
        seq, hashed = link.seq, link.hash
    return (seq, hashed) == (head.seq, head.hash)


def anchor_prefix(chain_id: PartnershipId) -> str:
    """Return what the keys of a chain's anchors begin with, apart from any document."""
    return f"anchors/{chain_id}/"


def stored_anchors(
    store: Store, chain_id: PartnershipId, newest: int | None = None
) -> Iterator[Mark]:
    """Yield the anchors as the store holds them: every version, so that none hides another.

    One that cannot be read is one that agrees with no link.
    """
    versions = sorted(store.list_versions(anchor_prefix(chain_id)), key=lambda version: version.key)
    for version in versions[-newest:] if newest else versions:
        name = ObjectName(chain_id, version.key)
        with suppress(NotFound):  # a delete marker hides no version
            try:
                told = json.loads(b"".join(store.open(name, version.version_id)))
                yield Mark(told["seq"], told["hash"], told["at"])
            except (StoredContentChanged, ValueError):
                yield Mark(_number_in(version.key), UNREADABLE, UNREADABLE)


def _number_in(key: str) -> int:
    number = key.rpartition("/")[2].partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() else 1


def _content(work: UnitOfWork, links: Sequence[Link]) -> Iterator[ContentFinding]:
    """Compare entries, documents, directory and people with what the chain holds of them.

    What a case held that was disposed of is gone by decision, as the ledger says.
    """
    ledger = disposals.disposals(work.session)
    yield from _lines(ledger, links)
    disposed = {str(one.disposed_case) for one in ledger}
    for kind, kept in _sides(work):
        told = {
            link.body["object"]: link
            for link in links
            if link.body is not None
            and link.body.get("kind") == kind
            and "object" in link.body  # a look at a request has none
            and link.body.get("by", link.tenant) == link.tenant
            and link.body.get("case") not in disposed
        }
        for name, digest in kept:
            link = told.pop(name, None)
            if link is None or link.body is None:
                yield ContentFinding("content_added", name)
            elif link.body.get("digest") != digest:
                yield ContentFinding("content_edited", name, link.seq)
        yield from (ContentFinding("content_gone", name, one.seq) for name, one in told.items())


def _sides(work: UnitOfWork) -> tuple[tuple[AuditKind, Iterator[tuple[str, str]]], ...]:
    """Return the id and the digest of each row that the chain tells of, by the kind of its link."""
    entries = _each(work, select(Entry))
    documents = _each(work, select(Document))
    of_people = (*appointments.TABLES, LostFactor, webhooks.Webhook)
    posts, people, asked, packs, learnt = (
        one_after_another.from_iterable(_each(work, select(table)) for table in tables)
        for tables in (
            directory.TABLES,
            of_people,
            information_requests.TABLES,
            inspection.TABLES,
            (learning.LearningRecord,),
        )
    )
    return (
        (AuditKind.ACT, ((str(one.id), entry_digest(one)) for one in entries)),
        (AuditKind.DOCUMENT, ((str(one.id), document_digest(one)) for one in documents)),
        (AuditKind.DIRECTORY, ((str(one.id), directory_digest(one)) for one in posts)),
        (AuditKind.PEOPLE, ((str(one.id), directory_digest(one)) for one in people)),
        (AuditKind.INFORMATION_REQUEST, ((str(one.id), directory_digest(one)) for one in asked)),
        (AuditKind.INSPECTION, ((str(one.id), directory_digest(one)) for one in packs)),
        (AuditKind.LEARNING, ((str(one.id), directory_digest(one)) for one in learnt)),
    )


def _lines(ledger: Sequence[disposals.Disposal], links: Sequence[Link]) -> Iterator[ContentFinding]:
    """Compare the ledger with the chain: a line changed, added or taken out is found itself."""
    told = _lines_told(links)
    for one in ledger:
        if told.pop(str(one.id), "") != one.digest:
            yield ContentFinding("content_edited", str(one.id))
    yield from (ContentFinding("content_gone", name) for name in told)


def _lines_told(links: Sequence[Link]) -> dict[str, str]:
    """Return the digest by which the chain tells of each line of the disposal ledger."""
    bodies = (link.body for link in links if link.body is not None)
    return {body["object"]: body["digest"] for body in bodies if body.get("what") in DISPOSALS_TOLD}


def _each(work: UnitOfWork, question: SelectOfScalar[Row]) -> Iterator[Row]:
    """Yield the rows one by one, and keep none of them in memory."""
    for row in work.session.exec(question.execution_options(yield_per=500)):
        yield row
        work.session.expunge(row)
