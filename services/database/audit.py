"""The audit chain of each partnership: every link holds the hash of the one before it.

Only the function `audit.append` of the database writes links. It is called once a transaction, as
its last statement: the head of a chain is locked from there to the commit, and never while
anything else is waited for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, Computed, Index, Uuid, text
from sqlalchemy import select as columns_of
from sqlmodel import Field, Session, col, func, select

from services.database.partnership_row import PartnershipRow, moment, written
from services.domain.audit_verifier import GENESIS, Link, Mark
from services.observability.metrics import RECORDED

_APPEND = text("select audit.append(cast(:links as jsonb))")
_APPEND_OF_ACCOUNT = text("select audit.append_of_account(:whose, cast(:links as jsonb))")
PIECE = 2000

Body = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class OtherChain:
    """Another partnership in whose chain a link stands too, and its own case that it tells of."""

    partnership_id: UUID
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is to be appended: ids, codes and digests, and the other chains of a joint act."""

    body: Body
    also: tuple[OtherChain, ...] = ()


class AuditLink(PartnershipRow, table=True):
    """One link of a partnership's chain."""

    __tablename__ = "audit_links"
    __table_args__ = (Index("links_about_a_case", "tenant_id", "about_case", "seq"),)

    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=moment())
    body: dict[str, Any] = Field(sa_column=written())
    prev: str
    hash: str
    about_case: UUID | None = Field(
        default=None, sa_column=Column(Uuid(), Computed("(body ->> 'case')::uuid", persisted=True))
    )


class AuditHead(PartnershipRow, table=True):
    """The last link of a chain; `submitted_seq` is the last one that tells of a submission."""

    __tablename__ = "audit_heads"

    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    hash: str
    at: datetime = Field(sa_column=moment())
    submitted_seq: int = Field(sa_column=Column(BigInteger, nullable=False))


class AuditAnchor(PartnershipRow, table=True):
    """A link whose number and hash were put into the object store, where nobody changes them."""

    __tablename__ = "audit_anchors"

    seq: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hash: str
    at: datetime = Field(sa_column=moment())
    key: str
    anchored_at: datetime = Field(sa_column=moment())

    @property
    def mark(self) -> Mark:
        """Return the anchor as the verifier reads it."""
        return Mark(self.seq, self.hash, written_moment(self.at))


class AuditCheck(PartnershipRow, table=True):
    """One run of the verifier: up to which link, and the first kind of tampering if any."""

    __tablename__ = "audit_checks"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    checked_at: datetime = Field(sa_column=moment())
    up_to: int = Field(sa_column=Column(BigInteger, nullable=False))
    finding: str = ""


def append(session: Session, links: Sequence[NewLink], account: UUID | None = None) -> None:
    """Append the links, as the last statement of the transaction; each is counted by its codes.

    What is done with the ``account`` of a person stands in the chain of every partnership that
    they serve today, too: the sign-in role alone may ask for that.
    """
    if not links:
        return
    session.flush()
    told = [{"body": _without_nothing(one), "also": _also(one)} for one in links]
    asked = {"links": json.dumps(told)}
    if account is None:
        session.execute(_APPEND, asked)
    else:
        session.execute(_APPEND_OF_ACCOUNT, asked | {"whose": account})
    for one in links:
        codes = (str(one.body.get(name) or "") for name in ("kind", "what", "outcome"))
        RECORDED.labels(*codes).inc()


def _also(link: NewLink) -> dict[str, str | None]:
    return {
        str(other.partnership_id): str(other.case_id) if other.case_id else None
        for other in link.also
    }


def _without_nothing(link: NewLink) -> dict[str, str | int | bool]:
    told = {name: value for name, value in link.body.items() if value is not None}
    return told | {"pair": str(uuid4())} if link.also else told


def written_moment(at: datetime) -> str:
    """Return a moment as the chain writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def head(session: Session) -> Mark:
    """Return the head of the partnership's chain; before the first link, the number nought."""
    found = session.exec(select(AuditHead)).one_or_none()
    if found is None:
        return Mark(0, GENESIS, "")
    return Mark(found.seq, found.hash, written_moment(found.at))


def last_number(session: Session) -> int:
    """Return the highest number among the links, whatever the head says."""
    question = select(AuditLink.seq).order_by(col(AuditLink.seq).desc()).limit(1)
    return session.exec(question).one_or_none() or 0


def last_submission(session: Session) -> int:
    """Return the number of the last link that tells of a statutory submission."""
    return session.exec(select(AuditHead.submitted_seq)).one_or_none() or 0


def clock(session: Session) -> datetime:
    """Return the database's own moment, which no practice clock moves."""
    moment_now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment_now


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksWanted:
    """Which links to read: of one case, of one person, of one or of some kinds, of some days."""

    case_id: UUID | None = None
    person_id: UUID | None = None
    kind: str = ""
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    below: int | None = None


def newest_links(session: Session, wanted: LinksWanted, many: int) -> list[AuditLink]:
    """Return the newest links that are wanted, newest first."""
    question = select(AuditLink).order_by(col(AuditLink.seq).desc()).limit(many)
    if wanted.case_id is not None:
        question = question.where(AuditLink.about_case == wanted.case_id)
    if wanted.person_id is not None:
        question = question.where(col(AuditLink.body)["person"].astext == str(wanted.person_id))
    if wanted.kind:
        question = question.where(col(AuditLink.body)["kind"].astext == wanted.kind)
    if wanted.kinds:
        question = question.where(col(AuditLink.body)["kind"].astext.in_(wanted.kinds))
    if wanted.since is not None:
        question = question.where(AuditLink.at >= wanted.since)
    if wanted.before is not None:
        question = question.where(AuditLink.at < wanted.before)
    if wanted.below is not None:
        question = question.where(AuditLink.seq < wanted.below)
    return list(session.exec(question))


def all_links(
    session: Session, *, after: int = 0, up_to: int, case_id: UUID | None = None
) -> Iterator[Link]:
    """Yield the links after one number and up to another, in their order, piece by piece."""
    seq = col(AuditLink.seq)
    columns = [col(AuditLink.tenant_id), seq, col(AuditLink.at), col(AuditLink.body)]
    question = columns_of(*columns, col(AuditLink.prev), col(AuditLink.hash))
    question = question.where(seq <= up_to).order_by(seq).limit(PIECE)
    if case_id is not None:
        question = question.where(col(AuditLink.about_case) == case_id)
    while True:
        piece = session.execute(question.where(seq > after)).all()
        for one in piece:
            at = written_moment(one.at)
            yield Link(str(one.tenant_id), one.seq, at, one.body, one.prev, one.hash)
        if len(piece) < PIECE:
            return
        after = piece[-1].seq


def whole_chain(session: Session) -> tuple[list[Link], Mark]:
    """Return every link that is there, behind the head as well, and the head."""
    last, told = last_number(session), head(session)
    return list(all_links(session, up_to=max(last, told.seq))), told


def anchors(session: Session) -> list[AuditAnchor]:
    """Return the anchors of the chain, newest first."""
    return list(session.exec(select(AuditAnchor).order_by(col(AuditAnchor.seq).desc())))


def last_anchor(session: Session) -> AuditAnchor | None:
    """Return the newest anchor of the chain."""
    question = select(AuditAnchor).order_by(col(AuditAnchor.seq).desc()).limit(1)
    return session.exec(question).one_or_none()


def last_check(session: Session) -> AuditCheck | None:
    """Return what the verifier last said of the chain."""
    question = select(AuditCheck).order_by(col(AuditCheck.checked_at).desc()).limit(1)
    return session.exec(question).one_or_none()
