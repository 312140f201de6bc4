"""Requests for information, and every step that was taken on one: both are only added to.

What the requester is called, what they ask and what was found stands in these rows under row-level
security, as what is told of a family does; a request that names a case is closed to whoever
declared a conflict in it. An open request stops the disposal of its case, and one that names none
that of every case (`migrations/information_requests.sql`).
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import coded, moment, of_case, written
from services.domain.audit import RequestEvent
from services.domain.errors import NotFound
from services.domain.information_requests import (
    InformationRequestKind,
    RequestSource,
)

NO_REQUEST: Final = "There is no such request for information in this partnership."


class InformationRequest(DirectoryRow, table=True):
    """What somebody asked for under the law of information, how, and on which day it came."""

    __tablename__ = "information_requests"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "reference", name="one_request_of_a_reference"),
    )

    reference: str
    kind: InformationRequestKind = Field(sa_column=coded(InformationRequestKind))
    source: RequestSource = Field(sa_column=coded(RequestSource))
    received_on: date
    case_id: UUID | None = None
    requester: str
    contact: str
    wanted: str
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return who asked for what, how and when."""
        return {
            "reference": self.reference,
            "kind": self.kind.value,
            "source": self.source.value,
            "received_on": self.received_on.isoformat(),
            "case": str(self.case_id or ""),
            "requester": self.requester,
            "contact": self.contact,
            "wanted": self.wanted,
        }


class InformationRequestStep(DirectoryRow, table=True):
    """One step on a request, with the words of the form by which it was taken.

    ``of_step`` is the step that it is about, such as the item that is decided or the decision that
    a second person read, and ``of_by`` whose that was: nobody reads their own decision.
    """

    __tablename__ = "information_request_steps"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["information_requests.tenant_id", "information_requests.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "of_step", "of_by"],
            [f"information_request_steps.{name}" for name in ("tenant_id", "id", "added_by")],
            name="a_step_is_about_a_step",
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_a_step"),
        UniqueConstraint("tenant_id", "request_id", "number", name="one_step_of_a_number"),
        CheckConstraint(
            "event <> 'item_read' or of_by is not null and of_by <> added_by",
            name="two_people_decide_an_item",
        ),
    )

    request_id: UUID
    case_id: UUID | None = None
    number: int
    event: RequestEvent = Field(sa_column=coded(RequestEvent))
    on_day: date
    of_step: UUID | None = None
    of_by: UUID | None = None
    words: dict[str, Any] = Field(sa_column=written())
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, Any]:
        """Return which step it is, on which day, about what, and what was said."""
        return {
            "request": str(self.request_id),
            "number": str(self.number),
            "event": self.event.value,
            "on": self.on_day.isoformat(),
            "of": str(self.of_step or ""),
            "words": self.words,
            "at": self.added_at.astimezone(UTC).isoformat(),
        }


class InformationRequestPaper(DirectoryRow, table=True):
    """A reply paper as it was made: its bytes, which nobody changes, and their SHA-256.

    It stands in the record itself and in no store, so that it goes with the request in every
    backup, export and disposal, and no sweep of the store can take it.
    """

    __tablename__ = "information_request_papers"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["information_requests.tenant_id", "information_requests.id"],
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
    )

    request_id: UUID
    case_id: UUID | None = None
    version: int
    sha256: str
    content: bytes
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of which request it is, and the digest of its bytes."""
        return {
            "request": str(self.request_id),
            "version": str(self.version),
            "sha256": self.sha256,
        }


RequestRow = InformationRequest | InformationRequestStep | InformationRequestPaper
TABLES: Final[tuple[type[DirectoryRow], ...]] = (
    InformationRequest,
    InformationRequestStep,
    InformationRequestPaper,
)


def get_information_request(session: Session, request_id: UUID) -> InformationRequest:
    """Return one request; another partnership's, or one closed by a conflict, is not found."""
    question = select(InformationRequest).where(InformationRequest.id == request_id)
    found = session.exec(question).one_or_none()
    if found is None:
        raise NotFound(NO_REQUEST)
    return found


def information_requests(session: Session) -> list[InformationRequest]:
    """Return every request, the newest first."""
    question = select(InformationRequest)
    in_order = question.order_by(
        col(InformationRequest.received_on).desc(), col(InformationRequest.reference).desc()
    )
    return list(session.exec(in_order))


def steps_of(session: Session, request_id: UUID | None = None) -> list[InformationRequestStep]:
    """Return the steps on one request, or on all of them, in the order of their taking."""
    question = select(InformationRequestStep)
    if request_id is not None:
        question = question.where(InformationRequestStep.request_id == request_id)
    return list(session.exec(question.order_by(col(InformationRequestStep.number))))


def get_request_step(
    session: Session, step_id: UUID, event: RequestEvent
) -> InformationRequestStep:
    """Return one step of that kind; anything else is not found."""
    question = select(InformationRequestStep).where(
        InformationRequestStep.id == step_id, InformationRequestStep.event == event
    )
    found = session.exec(question).one_or_none()
    if found is None:
        raise NotFound(NO_REQUEST)
    return found


def get_paper(session: Session, paper_id: UUID) -> InformationRequestPaper:
    """Return one reply paper; another partnership's is simply not found."""
    question = select(InformationRequestPaper).where(InformationRequestPaper.id == paper_id)
    found = session.exec(question).one_or_none()
    if found is None:
        raise NotFound(NO_REQUEST)
    return found


def papers_of(session: Session, request_id: UUID) -> list[InformationRequestPaper]:
    """Return the reply papers of a request, the newest first; their bytes are read when asked."""
    question = (
        select(InformationRequestPaper)
        .where(InformationRequestPaper.request_id == request_id)
        .options(defer(InformationRequestPaper.content))  # type: ignore[arg-type]
    )
    return list(session.exec(question.order_by(col(InformationRequestPaper.version).desc())))
