"""Who reads and answers on a case without an account, and the one-time addresses that let them in.

A guest comes for one agency on one case, or as a practitioner to its learning event. What they may
see and do is the table of their role (`domain/roles.py`), and it ends with their row here.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_agency,
    of_case,
)
from services.domain.guests import GUESTS, ComesFor
from services.domain.working_days import london_date

_ADMIT = text("select sec.admit_guest(:guest, :day)")
_SHUT_OUT = text("select sec.shut_out_guest(:guest, :day)")


class Guest(PartnershipRow, table=True):
    """A person who was let in by a one-time address, or who is invited in their own person.

    ``person_id`` names them in the history. ``invited_by`` is empty where they came by the address
    of their agency and said themselves who they are. Of who comes for the learning event this row
    is the one place with their name: the history knows them as a practitioner (decision 0098).
    """

    __tablename__ = "guests"
    __table_args__ = (
        of_case(),
        of_agency(),
        UniqueConstraint("tenant_id", "person_id", name="one_guest_of_a_person"),
        Index("guests_of_a_case", "tenant_id", "case_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    agency_id: UUID
    person_id: UUID
    name: str
    post: str
    telephone: str
    address: str
    comes_for: ComesFor = Field(default=ComesFor.AGENCY, sa_column=coded(ComesFor))
    invited_by: UUID | None = None
    since: datetime = Field(sa_column=moment())
    entered_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    closes_on: date
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))

    def is_let_in(self, on: date) -> bool:
        """Tell whether the person may read and act on the day, or might on a past one."""
        has_ended = self.ended_at is not None and london_date(self.ended_at) <= on
        return not has_ended and on <= self.closes_on


class GuestLink(PartnershipRow, table=True):
    """A one-time address that an email carries, by its SHA-256, and the code asked for there.

    ``guest_id`` is the person whom it is for; where it is empty it went to the agency's own address
    and whoever opens it says who they are. ``code_hash`` is argon2id's; it is emptied once the code
    was used, or given wrong too often.
    """

    __tablename__ = "guest_links"
    __table_args__ = (
        of_case(),
        of_agency(),
        ForeignKeyConstraint(["tenant_id", "guest_id"], ["guests.tenant_id", "guests.id"]),
        Index("guest_links_of_a_case", "tenant_id", "case_id"),
        Index("guest_links_by_address", "address_sha256"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    agency_id: UUID
    guest_id: UUID | None = None
    address: str
    address_sha256: str
    code_hash: str = ""
    code_made_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    code_asked_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    codes_asked: int = 0
    wrong_codes: int = 0
    written_at: datetime = Field(sa_column=moment())
    closes_on: date
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))

    def is_open(self, on: date) -> bool:
        """Tell whether it lets somebody in on the day, with the right code."""
        return self.ended_at is None and on <= self.closes_on

    def takes_code(self, at: datetime) -> bool:
        """Tell whether the code that was made last still opens it."""
        made = self.code_made_at
        return bool(self.code_hash) and made is not None and at < made + GUESTS.code_lasts


def guests(session: Session, case_id: UUID) -> list[Guest]:
    """Return everybody who was or is a guest of an agency on the case, in order of their coming."""
    return [one for one in all_let_in(session, case_id) if one.comes_for is ComesFor.AGENCY]


def participants(session: Session, case_id: UUID) -> list[Guest]:
    """Return the practitioners who were invited to its learning event in their own person."""
    return [one for one in all_let_in(session, case_id) if one.comes_for is ComesFor.LEARNING_EVENT]


def all_let_in(session: Session, case_id: UUID) -> list[Guest]:
    """Return everybody who was or is let in without an account, for whatever they come."""
    question = select(Guest).where(Guest.case_id == case_id)
    return list(session.exec(question.order_by(col(Guest.since), col(Guest.id))))


def guest_of(session: Session, person_id: UUID, *, for_change: bool = False) -> Guest | None:
    """Return the guest who is this person; a person with an account is none."""
    question = select(Guest).where(Guest.person_id == person_id)
    return session.exec(locked(question) if for_change else question).one_or_none()


def get_link(session: Session, link_id: UUID) -> GuestLink:
    """Return one address, locked."""
    return session.exec(locked(select(GuestLink).where(GuestLink.id == link_id))).one()


def links_of(session: Session, case_id: UUID, *, for_change: bool = False) -> list[GuestLink]:
    """Return the addresses that were written for guests of the case, in their order."""
    question = select(GuestLink).where(GuestLink.case_id == case_id)
    in_order = question.order_by(col(GuestLink.written_at), col(GuestLink.id))
    return list(session.exec(locked(in_order) if for_change else in_order))


def admit(session: Session, guest: Guest, first_day: date) -> None:
    """Have the guest named and let in from the day on; the database checks that they are one.

    Until when is the row's own to say (`is_let_in`). Only this function makes a person of a guest.
    """
    session.flush()
    admitted = session.execute(_ADMIT, {"guest": guest.id, "day": first_day}).scalar_one()
    assert admitted  # noqa: S101 - the row was just written, and is no person of an account


def shut_out(session: Session, guest: Guest, last_day: date) -> None:
    """End what the guest is to the partnership with the day."""
    session.flush()
    session.execute(_SHUT_OUT, {"guest": guest.id, "day": last_day})
