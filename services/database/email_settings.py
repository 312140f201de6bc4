"""How each person gets the emails of a partnership, and which of their emails wait."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Field, Session, col, func, select

from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.partnership_row import PartnershipRow, coded, moment
from services.database.people import Person
from services.domain.email_waiting import EmailHabits, EmailWay


class EmailSetting(PartnershipRow, table=True):
    """How one person gets the emails of one partnership; who has set nothing gets each at once."""

    __tablename__ = "email_settings"

    person_id: UUID = Field(primary_key=True, foreign_key="people.id")
    way: EmailWay = Field(sa_column=coded(EmailWay))
    digest_hour: int
    quiet_from: int | None = None
    quiet_until: int | None = None
    changed_at: datetime = Field(sa_column=moment())

    @property
    def habits(self) -> EmailHabits:
        """Return what is set, as the rule reads it."""
        return EmailHabits(
            way=self.way,
            digest_hour=self.digest_hour,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
        )


def setting_of(session: Session, person_id: UUID) -> EmailSetting | None:
    """Return what the person set for this partnership, if anything."""
    question = select(EmailSetting).where(EmailSetting.person_id == person_id)
    return session.exec(question).one_or_none()


def habits_at(session: Session, addresses: Collection[str]) -> dict[str, EmailSetting]:
    """Return what is set by whoever signs in with these addresses, by address in small letters."""
    address = func.lower(Person.email)
    question = (
        select(address, EmailSetting)
        .join(EmailSetting, col(EmailSetting.person_id) == col(Person.id))
        .where(address.in_({one.lower() for one in addresses}), col(Person.is_guest).is_(False))
    )
    return dict(session.exec(question).all())


def waiting_at(session: Session, address: str) -> list[OutboxEmail]:
    """Return the emails that wait for the digest or the end of quiet hours of this address."""
    question = select(OutboxEmail).where(
        OutboxEmail.delivery == DeliveryStatus.WAITING,
        col(OutboxEmail.waits_until).is_not(None),
        func.lower(OutboxEmail.address) == address.lower(),
    )
    return list(session.exec(question.with_for_update()))


def waited_out(session: Session, now: datetime) -> list[OutboxEmail]:
    """Return the partnership's emails that have waited long enough, oldest first.

    Those that another process is about to release are passed over.
    """
    question = select(OutboxEmail).where(
        OutboxEmail.delivery == DeliveryStatus.WAITING, col(OutboxEmail.waits_until) <= now
    )
    ordered = question.order_by(col(OutboxEmail.posted_at), col(OutboxEmail.key))
    return list(session.exec(ordered.with_for_update(skip_locked=True)))
