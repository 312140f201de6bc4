"""What operators did about a partnership's machine work and emails, one row an item."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.operator_acts import OperatorAct, OperatorOutcome


class OperatorActRow(PartnershipRow, table=True):
    """One act of an operator on one item: a case's work, an email or an alert.

    The rows of one posted form share ``batch``. ``subject`` is the email or the alert. ``because``
    is the operator's own reason, which names no person and no case.
    """

    __tablename__ = "operator_acts"
    __table_args__ = (
        of_case(),
        Index("operator_acts_of_a_case", "tenant_id", "case_id"),
        Index("operator_acts_of_a_batch", "tenant_id", "batch"),
        Index("operator_acts_of_a_subject", "tenant_id", "subject"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    batch: UUID
    act: OperatorAct = Field(sa_column=coded(OperatorAct))
    outcome: OperatorOutcome = Field(sa_column=coded(OperatorOutcome))
    case_id: UUID | None = None
    subject: UUID | None = None
    person_id: UUID
    because: str
    at: datetime = Field(sa_column=moment())


def acts_of_operators(session: Session, case_id: UUID) -> Sequence[OperatorActRow]:
    """Return what operators did on the case, newest first."""
    question = select(OperatorActRow).where(OperatorActRow.case_id == case_id)
    return session.exec(question.order_by(col(OperatorActRow.at).desc())).all()


def acts_of_batch(session: Session, batch: UUID) -> Sequence[OperatorActRow]:
    """Return what one posted form came to in this partnership, in the order it was done."""
    question = select(OperatorActRow).where(OperatorActRow.batch == batch)
    return session.exec(question.order_by(col(OperatorActRow.at), col(OperatorActRow.id))).all()


def acknowledged(session: Session, alerts: Collection[UUID]) -> set[UUID]:
    """Return those of the alerts that an operator has acknowledged."""
    question = select(OperatorActRow.subject).where(
        OperatorActRow.act == OperatorAct.ACKNOWLEDGE,
        col(OperatorActRow.subject).in_(alerts),
    )
    return {one for one in session.exec(question) if one is not None}
