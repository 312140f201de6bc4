"""The ledger of what was disposed of, and the stored files that go with it.

Only the functions of `migrations/disposal.sql` add to the ledger: they delete the rows of a case in
the same transaction. A line holds the case's reference, counts and a digest, and no word of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, text
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, locked, moment, written
from services.domain.audit import salted_digest
from services.domain.errors import NotFound
from services.domain.retention import DisposalPaperKind, RecordClass

_DISPOSE: Final = text("select sec.dispose_case(:proposal, :ledger, :at)")
_REPLAY: Final = text("select sec.replay_disposal(cast(:line as jsonb))")


class Disposal(PartnershipRow, table=True):
    """One line of the ledger: what went, by whose authority, and when; only ever added to.

    ``rows`` counts the rows that went by table. ``links_sha256`` is the digest of the hashes of all
    links of the audit chain that tell of the case. ``under`` is the schedule by which it came up.
    """

    __tablename__ = "disposals"
    __table_args__ = (
        UniqueConstraint("tenant_id", "disposed_case", name="a_case_is_disposed_of_once"),
    )

    id: UUID = Field(primary_key=True)
    disposed_case: UUID
    reference: str
    record_class: RecordClass = Field(sa_column=coded(RecordClass))
    closed_at: datetime = Field(sa_column=moment())
    under: UUID | None = None
    rows: dict[str, Any] = Field(sa_column=written())
    files: int
    links_sha256: str
    proposed_by: UUID
    proposed_at: datetime = Field(sa_column=moment())
    approved_by: UUID
    disposed_at: datetime = Field(sa_column=moment())

    @property
    def line(self) -> dict[str, Any]:
        """Return the line as it is kept in the store, and as its digest is made from it."""
        return {name: _plain(getattr(self, name)) for name in type(self).model_fields}

    @property
    def digest(self) -> str:
        """Return the digest by which the audit chain knows the line."""
        return salted_digest(str(self.id), self.line)


class DisposedFile(PartnershipRow, table=True):
    """A stored object of a case that was disposed of, until every version of it is gone."""

    __tablename__ = "disposed_files"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "disposal_id"], ["disposals.tenant_id", "disposals.id"]),
    )

    key: str = Field(primary_key=True)
    disposal_id: UUID
    versions: int = 0
    gone_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    locked_until: datetime | None = Field(default=None, sa_column=moment(optional=True))


class DisposalPaper(PartnershipRow, table=True):
    """What is kept of a disposal in the object store."""

    __tablename__ = "disposal_papers"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "disposal_id"], ["disposals.tenant_id", "disposals.id"]),
        UniqueConstraint("tenant_id", "disposal_id", "kind", name="one_paper_of_a_disposal"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    disposal_id: UUID
    kind: DisposalPaperKind = Field(sa_column=coded(DisposalPaperKind))
    key: str
    version_id: str | None = None
    sha256: str
    kept_at: datetime = Field(sa_column=moment())


class GoneRun(PartnershipRow, table=True):
    """That the flow engine holds no run of a disposed case any more: of that it is not asked."""

    __tablename__ = "gone_runs"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "disposal_id"], ["disposals.tenant_id", "disposals.id"]),
    )

    disposal_id: UUID = Field(primary_key=True)
    confirmed_at: datetime = Field(sa_column=moment())


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID | StrEnum) else value


def dispose(session: Session, proposal_id: UUID, ledger_id: UUID, at: datetime) -> str:
    """Delete the rows of the proposal's case, approved by the acting person.

    Returns `done`, or the code of what stands in the way.
    """
    session.flush()
    known = {"proposal": proposal_id, "ledger": ledger_id, "at": at}
    said: str = session.execute(_DISPOSE, known).scalar_one()
    session.expire_all()
    return said


def replay(session: Session, line: Mapping[str, Any]) -> bool:
    """Dispose again of what a restored database holds still; tell whether anything was done."""
    said: str = session.execute(_REPLAY, {"line": json.dumps(line)}).scalar_one()
    session.expire_all()
    return said == "replayed"


def disposals(session: Session) -> Sequence[Disposal]:
    """Return the partnership's ledger, newest first."""
    newest = (col(Disposal.disposed_at).desc(), col(Disposal.id))
    return session.exec(select(Disposal).order_by(*newest)).all()


def with_runs_to_forget(session: Session) -> Sequence[Disposal]:
    """Return the disposals of which the flow engine has yet to say that it holds no run."""
    gone = select(GoneRun.disposal_id)
    return session.exec(select(Disposal).where(col(Disposal.id).not_in(gone))).all()


def runs_are_gone(session: Session, ids: Iterable[UUID], at: datetime) -> None:
    """Keep that the flow engine holds no run of these; what is kept already stays as it is."""
    known = {one.disposal_id for one in session.exec(select(GoneRun))}
    for one in set(ids) - known:
        tenant_id = get_disposal(session, one).tenant_id
        session.add(GoneRun(tenant_id=tenant_id, disposal_id=one, confirmed_at=at))


def get_disposal(session: Session, disposal_id: UUID) -> Disposal:
    """Return one line of the ledger."""
    found = session.exec(select(Disposal).where(Disposal.id == disposal_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such disposal.")
    return found


def files_of(session: Session, disposal_id: UUID) -> Sequence[DisposedFile]:
    """Return the stored objects of a disposal, by their keys."""
    question = select(DisposedFile).where(DisposedFile.disposal_id == disposal_id)
    return session.exec(question.order_by(col(DisposedFile.key))).all()


def files_to_remove(session: Session, now: datetime, many: int) -> Sequence[DisposedFile]:
    """Return the next objects of which a version is left and may go."""
    may_go = col(DisposedFile.locked_until).is_(None) | (col(DisposedFile.locked_until) <= now)
    question = select(DisposedFile).where(col(DisposedFile.gone_at).is_(None), may_go)
    return session.exec(question.order_by(col(DisposedFile.key)).limit(many)).all()


def disposed_file(session: Session, key: str) -> DisposedFile:
    """Return one stored object of a disposal, to change what is known of it."""
    return session.exec(locked(select(DisposedFile).where(DisposedFile.key == key))).one()


def paper_of(session: Session, disposal_id: UUID, kind: DisposalPaperKind) -> DisposalPaper | None:
    """Return what is kept of the disposal in the store, of this kind."""
    question = select(DisposalPaper).where(
        DisposalPaper.disposal_id == disposal_id, DisposalPaper.kind == kind
    )
    return session.exec(question).one_or_none()


def papers_of(session: Session, ids: Iterable[UUID]) -> set[tuple[UUID, DisposalPaperKind]]:
    """Return which papers of these disposals are kept in the store."""
    question = select(DisposalPaper).where(col(DisposalPaper.disposal_id).in_(list(ids)))
    return {(one.disposal_id, one.kind) for one in session.exec(question)}
