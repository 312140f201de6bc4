"""Who is to hold which role, what was said of it, and what an administrator said of who holds one.

Three of its tables are only added to: who entered, who answered and what came of it stays on
record. A membership itself is made and ended by two functions of the database, which look at these
rows (`migrations/appointments.sql`): the application adds no membership of its own.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import PartnershipRow, coded, locked, moment, of_agency
from services.domain.appointments import AnswerOf, AppointmentState
from services.domain.errors import NotFound
from services.domain.roles import Role, Seat

NO_APPOINTMENT: Final = "There is no such appointment in this partnership."
_APPOINT: Final = text("select sec.appoint(:appointment)")
_END: Final = text("select sec.end_membership(:review)")
_HAS_ACCOUNT: Final = text("select sec.has_account(:address)")
_IS_OWN: Final = text("select sec.is_own(:address)")
_INVITED: Final = text("select sec.has_account_for(:appointment)")
_OPEN_ACCOUNT: Final = text("select sec.open_account(:appointment, :token, :name, :kept)")
_DRAFTS: Final = text("select sec.drafts_of(:person)")


class Appointment(DirectoryRow, table=True):
    """That a person, known by their address, is to hold a role from a day on.

    ``contact_id`` is who says so for the organisation whose seat it is; without one another
    administrator does. ``deputy_of`` is the membership of whoever they act for.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        of_agency(),
        ForeignKeyConstraint(["tenant_id", "contact_id"], ["contacts.tenant_id", "contacts.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "deputy_of"], ["memberships.tenant_id", "memberships.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_an_appointment"),
        CheckConstraint("to_on is null or from_on <= to_on", name="an_appointment_lasts"),
        CheckConstraint("deputy_of is null or to_on is not null", name="a_deputy_has_a_last_day"),
    )

    address: str
    name: str
    role: Role = Field(sa_column=coded(Role))
    seat: Seat | None = Field(default=None, sa_column=coded(Seat, optional=True))
    authority: str = ""
    agency_id: UUID | None = None
    decides: str = ""
    accountable_to: str = ""
    from_on: date
    to_on: date | None = None
    deputy_of: UUID | None = None
    contact_id: UUID | None = None
    reasons: str
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return who is to hold what, from when until when, and for what reason."""
        named = ("address", "name", "role", "seat", "authority", "agency_id", "decides")
        also = ("accountable_to", "from_on", "to_on", "deputy_of", "contact_id", "reasons")
        return {name: str(getattr(self, name) or "") for name in (*named, *also)}


class AppointmentAnswer(DirectoryRow, table=True):
    """What somebody said of an appointment; nobody answers what they entered themselves.

    ``answered_by`` is empty where it was said at a one-time address by somebody without an account:
    the holder of a post of the directory, with who they said to be (``said_by``), or who declined.
    """

    __tablename__ = "appointment_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "appointment_id", "added_by"],
            ["appointments.tenant_id", "appointments.id", "appointments.added_by"],
        ),
        ForeignKeyConstraint(["answered_by"], ["people.id"]),
        CheckConstraint(
            "answer_of = 'withdrawn' or answered_by is null or answered_by <> added_by",
            name="two_people_appoint",
        ),
        CheckConstraint(
            "answered_by is not null or answer_of = 'second_person'"
            " or answer_of = 'appointed' and not is_yes",
            name="somebody_answers",
        ),
        UniqueConstraint(
            "tenant_id", "appointment_id", "answer_of", name="one_answer_to_an_appointment"
        ),
    )

    appointment_id: UUID
    added_by: UUID
    answer_of: AnswerOf = Field(sa_column=coded(AnswerOf))
    is_yes: bool
    grounds: str = ""
    said_by: str = ""
    answered_by: UUID | None = None
    answered_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of which appointment it was said, what, and by whom."""
        return {
            "appointment": str(self.appointment_id),
            "answer_of": self.answer_of.value,
            "is_yes": str(self.is_yes),
            "grounds": self.grounds,
            "said_by": self.said_by,
        }


class AppointmentLink(PartnershipRow, table=True):
    """A one-time address at which somebody answers an appointment, by its SHA-256."""

    __tablename__ = "appointment_links"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "appointment_id"], ["appointments.tenant_id", "appointments.id"]
        ),
        Index("appointment_links_by_address", "address_sha256"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    appointment_id: UUID
    answer_of: AnswerOf = Field(sa_column=coded(AnswerOf))
    address_sha256: str
    written_at: datetime = Field(sa_column=moment())
    closes_at: datetime = Field(sa_column=moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be used."""
        return self.ended_at is None and now < self.closes_at


class MembershipReview(DirectoryRow, table=True):
    """What an administrator said of a membership: that it goes on, or that it ends with a day.

    ``left_empty_because`` is why a post stays without a holder, or work without whoever had it.
    """

    __tablename__ = "membership_reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "membership_id"], ["memberships.tenant_id", "memberships.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
    )

    membership_id: UUID
    last_day: date | None = None
    reasons: str = ""
    left_empty_because: str = ""
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of which membership it was said, and what."""
        return {
            "membership": str(self.membership_id),
            "last_day": self.last_day.isoformat() if self.last_day else "",
            "reasons": self.reasons,
            "left_empty_because": self.left_empty_because,
            "at": self.added_at.astimezone(UTC).isoformat(),
        }


TABLES: Final[tuple[type[DirectoryRow], ...]] = (Appointment, AppointmentAnswer, MembershipReview)


def get_appointment(session: Session, appointment_id: UUID) -> Appointment:
    """Return one appointment; another partnership's is simply not found."""
    question = select(Appointment).where(Appointment.id == appointment_id)
    found = session.exec(question).one_or_none()
    if found is None:
        raise NotFound(NO_APPOINTMENT)
    return found


def appointments(session: Session) -> list[Appointment]:
    """Return every appointment that was entered, the newest first."""
    question = select(Appointment)
    in_order = question.order_by(col(Appointment.added_at).desc(), col(Appointment.id))
    return list(session.exec(in_order))


def answers(session: Session, appointment_id: UUID | None = None) -> list[AppointmentAnswer]:
    """Return what was said of one appointment, or of all of them."""
    question = select(AppointmentAnswer)
    if appointment_id is not None:
        question = question.where(AppointmentAnswer.appointment_id == appointment_id)
    return list(session.exec(question.order_by(col(AppointmentAnswer.answered_at))))


def answered(said: list[AppointmentAnswer], appointment_id: UUID) -> AppointmentState:
    """Return what these answers amount to for the appointment."""
    by = {one.answer_of: one.is_yes for one in said if one.appointment_id == appointment_id}
    return AppointmentState(
        second=by.get(AnswerOf.SECOND_PERSON),
        appointed=by.get(AnswerOf.APPOINTED),
        is_withdrawn=AnswerOf.WITHDRAWN in by,
    )


def links_of(session: Session, appointment_id: UUID, answer_of: AnswerOf) -> list[AppointmentLink]:
    """Return the one-time addresses that were written for this answer, locked."""
    question = select(AppointmentLink).where(
        AppointmentLink.appointment_id == appointment_id, AppointmentLink.answer_of == answer_of
    )
    return list(session.exec(locked(question.order_by(col(AppointmentLink.written_at)))))


def reviews(session: Session) -> list[MembershipReview]:
    """Return what was said of every membership, the newest first."""
    question = select(MembershipReview)
    in_order = question.order_by(col(MembershipReview.added_at).desc(), col(MembershipReview.id))
    return list(session.exec(in_order))


def appoint(session: Session, appointment: Appointment) -> bool:
    """Have the membership made; the database looks again at who said what. False: not yet."""
    session.flush()
    made: bool = session.execute(_APPOINT, {"appointment": appointment.id}).scalar_one()
    session.expire_all()
    return made


def end_membership(session: Session, review: MembershipReview) -> bool:
    """Have the membership end with the day that the review says; False where it may not."""
    session.flush()
    ended: bool = session.execute(_END, {"review": review.id}).scalar_one()
    session.expire_all()
    return ended


def has_account(session: Session, address: str) -> bool:
    """Tell an administrator whether the address has an account; of whom is not told."""
    found: bool = session.execute(_HAS_ACCOUNT, {"address": address}).scalar_one()
    return found


def is_own_address(session: Session, address: str) -> bool:
    """Tell whether whoever acts has the address, be they no member of the partnership."""
    found: bool = session.execute(_IS_OWN, {"address": address.lower()}).scalar_one()
    return found


def has_account_for(session: Session, appointment: Appointment) -> bool:
    """Tell at their own one-time address whether who is appointed has an account."""
    found: bool = session.execute(_INVITED, {"appointment": appointment.id}).scalar_one()
    return found


def open_account(
    session: Session, appointment: Appointment, token: str, name: str, kept: str
) -> UUID | None:
    """Open the account of who is appointed, with what is kept of their password; None if not.

    The database asks for the one-time address itself, and opens none where the second person has
    not said yes, or the address of the person has an account.
    """
    session.flush()
    told = {"appointment": appointment.id, "token": token, "name": name, "kept": kept}
    opened: UUID | None = session.execute(_OPEN_ACCOUNT, told).scalar_one()
    return opened


def drafts_of(session: Session, person_id: UUID) -> int:
    """Return how many drafts the person has in the partnership; what is in them nobody reads."""
    many: int = session.execute(_DRAFTS, {"person": person_id}).scalar_one()
    return many
