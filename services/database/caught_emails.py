"""The emails that the demonstration's mail catcher has caught instead of sending them."""

from datetime import datetime

from sqlalchemy import Column, DateTime, Engine, Identity, Index, Integer, LargeBinary, text
from sqlmodel import Field, Session, col, select

from services.database.engine import working_for
from services.database.partnership_row import PartnershipRow
from services.domain.message_ids import partnership_of

_CAUGHT = text("select exists (select from caught_emails where message_id = :message_id)")


class CaughtEmail(PartnershipRow, table=True):
    """One email as the mail service took it; its Message-ID says for which partnership."""

    __tablename__ = "caught_emails"
    __table_args__ = (Index("caught_by_message_id", "tenant_id", "message_id"),)

    id: int | None = Field(
        default=None, sa_column=Column(Integer, Identity(), primary_key=True, nullable=False)
    )
    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime | None = Field(
        default=None,
        sa_column=Column(
            DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")
        ),
    )


def caught_emails(session: Session, *, words: str = "") -> list[CaughtEmail]:
    """Return the newest caught emails, narrowed to those whose subject has these words."""
    question = select(CaughtEmail).order_by(col(CaughtEmail.id).desc()).limit(200)
    if words:
        question = question.where(col(CaughtEmail.subject).icontains(words, autoescape=True))
    return list(session.exec(question))


def caught_email(session: Session, number: int) -> CaughtEmail | None:
    """Return one caught email of the session's partnership by its number."""
    return session.exec(select(CaughtEmail).where(CaughtEmail.id == number)).one_or_none()


def was_caught(engine: Engine, message_id: str) -> bool:
    """Tell whether an email with this Message-ID has been caught."""
    partnership_id = partnership_of(message_id)
    if partnership_id is None:
        return False
    with working_for(engine, partnership_id).begin() as connection:
        return bool(connection.execute(_CAUGHT, {"message_id": message_id}).scalar_one())
