"""The emails about a person's own account, until they have left.

A row is added in the transaction of what it tells of. It holds no word and no address: the email is
written when it leaves, and a one-time address in it is made then.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, delete, insert
from sqlmodel import Field, Session, SQLModel, col, or_, select

from services.database.partnership_row import coded
from services.database.sessions import CLOCK, ago, own_moment
from services.domain.accounts import OwnerNotice

AGAIN_AFTER: Final = timedelta(minutes=5)
GIVEN_UP_AFTER: Final = timedelta(hours=12)
FORGOTTEN_AFTER: Final = timedelta(days=7)


class AccountNotice(SQLModel, table=True):
    """One email to the owner of an account: what it tells, and when it left or may have."""

    __tablename__ = "account_notices"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    what: OwnerNotice = Field(sa_column=coded(OwnerNotice))
    made_at: datetime | None = Field(default=None, sa_column=own_moment())
    claimed_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )
    sent_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )


def add_notice(session: Session, person_id: UUID, what: OwnerNotice) -> None:
    """Have the owner told, once the transaction is kept; who adds one need not read them."""
    row = insert(AccountNotice).values(id=uuid4(), person_id=person_id, what=what)
    session.execute(row)


def claim_notice(session: Session) -> AccountNotice | None:
    """Return an email that is to leave now and is nobody else's to send for five minutes."""
    question = (
        select(AccountNotice)
        .where(
            col(AccountNotice.sent_at).is_(None),
            col(AccountNotice.made_at) > ago(GIVEN_UP_AFTER),
            or_(
                col(AccountNotice.claimed_at).is_(None),
                col(AccountNotice.claimed_at) < ago(AGAIN_AFTER),
            ),
        )
        .order_by(col(AccountNotice.made_at), col(AccountNotice.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = session.exec(question).one_or_none()
    if found is not None:
        found.claimed_at = session.exec(select(CLOCK)).one()
        session.add(found)
    return found


def forget_notice(session: Session, notice_id: UUID) -> None:
    """Give up an email that nobody takes."""
    session.execute(delete(AccountNotice).where(col(AccountNotice.id) == notice_id))


def forget_old_notices(session: Session) -> None:
    """Forget emails that left, or were given up, so long ago that they can no longer matter."""
    session.execute(delete(AccountNotice).where(col(AccountNotice.made_at) <= ago(FORGOTTEN_AFTER)))


def mark_sent(session: Session, notice_id: UUID) -> None:
    """Keep that the email has left, or may have: it is not sent again."""
    row = session.get_one(AccountNotice, notice_id)
    row.sent_at = session.exec(select(CLOCK)).one()
    session.add(row)
