"""The letters that the demonstration's mail catcher has caught instead of sending them."""

from datetime import datetime

from sqlalchemy import Column, DateTime, LargeBinary, text
from sqlmodel import Field, Session, SQLModel, col, select


class CaughtEmail(SQLModel, table=True):
    """One letter as the mail service took it; it holds no personal data, so no tenant."""

    __tablename__ = "caught_emails"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(index=True)
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
    """Return the newest caught letters, narrowed to those whose subject has these words."""
    question = select(CaughtEmail).order_by(col(CaughtEmail.id).desc()).limit(200)
    if words:
        question = question.where(col(CaughtEmail.subject).icontains(words, autoescape=True))
    return list(session.exec(question))
