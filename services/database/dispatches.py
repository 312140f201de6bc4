"""What was sent to the national bodies: which documents, to whom, by which way, with what proof."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_case,
    written,
)
from services.domain.dispatches import DispatchState, Notice, Proof, Sent
from services.domain.recipients import Recipient
from services.domain.ways import Way


class Dispatch(PartnershipRow, table=True):
    """One sending of documents to one recipient; one that failed stays, and the next is another.

    ``part`` tells the occasions of a notice apart, such as its round. ``documents`` names the
    documents by kind and version, and with their ids and SHA-256 once they are made.
    """

    __tablename__ = "dispatches"
    __table_args__ = (of_case(), Index("dispatches_of_a_case", "tenant_id", "case_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    notice: Notice = Field(sa_column=coded(Notice))
    part: str
    recipient: Recipient = Field(sa_column=coded(Recipient))
    way: Way = Field(sa_column=coded(Way))
    state: DispatchState = Field(sa_column=coded(DispatchState))
    documents: list[dict[str, Any]] = Field(sa_column=written())
    ordered_at: datetime = Field(sa_column=moment())
    due: date | None = None
    handed_on: date | None = None
    sent_on: date | None = None
    ended_on: date | None = None
    sent_by: UUID | None = None
    confirmed_by: UUID | None = None
    address: str = ""
    means: str = ""
    reference: str = ""
    evidence_id: UUID | None = None
    proof: Proof | None = Field(default=None, sa_column=coded(Proof, optional=True))

    @property
    def subject(self) -> str:
        """Return what its todo is about: what is sent, on which occasion, to whom."""
        return f"{self.notice}:{self.part}:{self.recipient}"

    @property
    def occasion(self) -> tuple[Notice, str]:
        """Return what it has in common with the dispatches to the other recipients."""
        return self.notice, self.part

    @property
    def awaits_submission(self) -> bool:
        """Tell whether it is the rapid review, which its own act records as sent (G5)."""
        return self.notice is Notice.RAPID_REVIEW_SUBMITTED and not self.state.has_failed

    @property
    def is_collected(self) -> bool:
        """Tell whether its recipient collects it with a one-time address and a code."""
        return self.way is Way.COLLECTION

    @property
    def document_ids(self) -> tuple[UUID, ...]:
        """Return the documents that it holds; none while they are being made."""
        return tuple(UUID(one["id"]) for one in self.documents if "id" in one)

    @property
    def as_sent(self) -> Sent:
        """Return what the duty is judged by."""
        return Sent(self.recipient, self.state, self.sent_on)


_AS_ASKED_FOR = (
    col(Dispatch.ordered_at),
    col(Dispatch.notice),
    col(Dispatch.part),
    col(Dispatch.recipient),
    col(Dispatch.id),
)


def dispatches(session: Session, case_id: UUID) -> list[Dispatch]:
    """Return the case's dispatches in the order in which they were asked for."""
    question = select(Dispatch).where(Dispatch.case_id == case_id)
    return list(session.exec(question.order_by(*_AS_ASKED_FOR)))


def on_occasion(session: Session, case_id: UUID, notice: Notice, part: str) -> list[Dispatch]:
    """Return what was sent, or is to be sent, on one occasion of a notice."""
    return [one for one in dispatches(session, case_id) if one.occasion == (notice, part)]


def get_dispatch(session: Session, case_id: UUID, dispatch_id: UUID) -> Dispatch | None:
    """Return one dispatch of the case, locked, if there is such a one."""
    question = select(Dispatch).where(Dispatch.case_id == case_id, Dispatch.id == dispatch_id)
    return session.exec(locked(question)).one_or_none()


def dispatch_of(session: Session, case_id: UUID, dispatch_id: str) -> Dispatch:
    """Return the dispatch that an email carries, as the email names it."""
    found = get_dispatch(session, case_id, UUID(dispatch_id))
    assert found is not None  # noqa: S101 - the email was posted with it
    return found


def occasions_of(found: Iterable[Dispatch]) -> dict[tuple[Notice, str], list[Dispatch]]:
    """Return the dispatches by the occasion on which they were asked for."""
    told: dict[tuple[Notice, str], list[Dispatch]] = {}
    for one in found:
        told.setdefault(one.occasion, []).append(one)
    return told
