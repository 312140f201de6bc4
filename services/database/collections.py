"""What waits at a one-time address: hashes of address and code, and each opening."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, Session, col, select

from services.database.dispatches import Dispatch
from services.database.partnership_row import PartnershipRow, locked, of_case, written
from services.domain.collection import NATIONAL
from services.domain.dispatches import DispatchState


class Collection(PartnershipRow, table=True):
    """The address at which the documents of one dispatch are collected, and each opening there.

    ``address_sha256`` is that of the newest email with an address; ``code_hash`` is argon2id's, and
    empty until a code was given. ``openings`` says when which document was opened, with the SHA-256
    of what is stored and of what was handed out.
    """

    __tablename__ = "collections"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(
            ["tenant_id", "dispatch_id"], ["dispatches.tenant_id", "dispatches.id"]
        ),
        Index("collections_of_a_case", "tenant_id", "case_id"),
        Index("collections_by_address", "address_sha256"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    dispatch_id: UUID
    address_sha256: str = ""
    code_hash: str = ""
    wrong_codes: int = 0
    openings: list[dict[str, Any]] = Field(default_factory=list, sa_column=written())

    @property
    def is_locked(self) -> bool:
        """Tell whether so many wrong codes were given that no code opens it."""
        return self.wrong_codes >= NATIONAL.wrong_codes

    @property
    def takes_codes(self) -> bool:
        """Tell whether the right code opens it: one was given, and it is not locked."""
        return bool(self.code_hash) and not self.is_locked


@dataclass(frozen=True, slots=True)
class Opening:
    """One document that was handed out: when, the stored bytes, and those with the watermark."""

    document_id: UUID
    at: datetime
    sha256: str
    collected_sha256: str

    @property
    def kept(self) -> dict[str, str]:
        """Return it as it is kept."""
        return {
            "document": str(self.document_id),
            "at": self.at.isoformat(),
            "sha256": self.sha256,
            "collected_sha256": self.collected_sha256,
        }


def openings_of(collection: Collection) -> list[Opening]:
    """Return each opening, in their order."""
    return [
        Opening(
            document_id=UUID(one["document"]),
            at=datetime.fromisoformat(one["at"]),
            sha256=one["sha256"],
            collected_sha256=one["collected_sha256"],
        )
        for one in collection.openings
    ]


def opened_ids(collection: Collection) -> set[UUID]:
    """Return the documents that were opened at least once."""
    return {one.document_id for one in openings_of(collection)}


def collections(session: Session, case_id: UUID) -> dict[UUID, Collection]:
    """Return the case's collections by their dispatch."""
    found = session.exec(select(Collection).where(Collection.case_id == case_id))
    return {one.dispatch_id: one for one in found}


def collection_of(session: Session, dispatch: Dispatch) -> Collection:
    """Return the collection of a dispatch that goes this way, locked."""
    question = select(Collection).where(
        Collection.case_id == dispatch.case_id, Collection.dispatch_id == dispatch.id
    )
    return session.exec(locked(question)).one()


def waiting_to_be_collected(session: Session) -> list[Dispatch]:
    """Return the partnership's dispatches that were sent and that no one has collected yet."""
    question = select(Dispatch).join(
        Collection,
        (col(Collection.tenant_id) == col(Dispatch.tenant_id))
        & (col(Collection.dispatch_id) == col(Dispatch.id)),
    )
    return list(session.exec(question.where(Dispatch.state == DispatchState.TO_COLLECT)))
