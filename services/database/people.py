"""The people, what each of them is to a partnership, and the questions asked of them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, or_, select

from services.database.partnership_row import PartnershipRow, coded
from services.database.remembered import remembered
from services.domain.parties import Party
from services.domain.roles import Role, Seat


class Person(SQLModel, table=True):
    """A person who signs in; one person may serve several partnerships, so no tenant.

    A guest has no account: they come by a one-time address, for one agency on one case, and their
    ``email`` is where they, or their agency, are written to (`database/guests.py`).
    """

    __tablename__ = "people"
    __table_args__ = (
        Index(
            "one_account_of_an_address",
            "email",
            unique=True,
            postgresql_where=text("not is_guest"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str
    name: str
    is_guest: bool = False


class Credential(SQLModel, table=True):
    """What a person's password is checked against; only the sign-in role reads it."""

    __tablename__ = "credentials"

    person_id: UUID = Field(primary_key=True, foreign_key="people.id")
    password_hash: str


class Membership(PartnershipRow, table=True):
    """What a person is to a partnership, from when until when (GOV-12).

    ``authority`` is the code of the local authority, where the partnership has several and the
    person fills the seat of one. ``decides`` and ``accountable_to`` are what a person in a seat may
    decide for their agency and to whom they answer, as it was put on record with the seat; what
    changed since stands in the directory (`Delegation`). ``deputy_of`` is the membership of whoever
    they act for between the two days.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "agency_id"], ["agencies.tenant_id", "agencies.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "deputy_of"],
            ["memberships.tenant_id", "memberships.id"],
            name="a_deputy_acts_for_a_member",
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    role: Role = Field(sa_column=coded(Role))
    seat: Seat | None = Field(default=None, sa_column=coded(Seat, optional=True))
    authority: str = ""
    agency_id: UUID | None = None
    decides: str = ""
    accountable_to: str = ""
    from_on: date
    to_on: date | None = None
    deputy_of: UUID | None = None


def members(
    session: Session,
    role: Role,
    *,
    on: date,
    party: Party | None = None,
    agency: UUID | None = None,
) -> list[Person]:
    """Return the people in a role on a day, narrowed to a party or an agency when given."""
    question = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.role == role,
            col(Membership.from_on) <= on,
            or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= on),
        )
        .order_by(col(Person.name), col(Person.id))
    )
    if party is not None:
        question = question.where(
            Membership.seat == party.seat, Membership.authority == party.authority
        )
    if agency is not None:
        question = question.where(Membership.agency_id == agency)
    return list(session.exec(question))


def everybody(session: Session) -> dict[UUID, str]:
    """Return everybody who serves or has served the partnership, by name."""
    question = select(Person.id, Person.name).join(Membership).distinct()
    return dict(session.exec(question.order_by(col(Person.name), col(Person.id))).all())


def names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of these people."""
    known = remembered(session, "names", dict[UUID, str])
    if asked := ids - known.keys():
        people = session.exec(select(Person).where(col(Person.id).in_(asked)))
        known |= {person.id: person.name for person in people}
    return {one: known[one] for one in ids if one in known}


def memberships_on(session: Session, on: date) -> list[tuple[Membership, Person]]:
    """Return what each person is to the partnership on the day, by role, seat and name."""
    question = (
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.from_on) <= on,
            or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= on),
        )
        .order_by(col(Membership.role), col(Membership.seat), col(Person.name), col(Membership.id))
    )
    return [(membership, person) for membership, person in session.exec(question).all()]


def emails_of(session: Session, ids: set[UUID]) -> set[str]:
    """Return the addresses with which these people sign in."""
    return set(session.exec(select(Person.email).where(col(Person.id).in_(ids))))


def people_of(session: Session, ids: Collection[UUID]) -> list[Person]:
    """Return these people, by name."""
    question = select(Person).where(col(Person.id).in_(ids))
    return list(session.exec(question.order_by(col(Person.name), col(Person.id))))


def serving(
    session: Session, roles: Collection[Role], *, on: date, since: date | None = None
) -> list[tuple[Person, Membership]]:
    """Return the people in these roles on a day, by name; one person once for each role.

    With ``since``, those in them on any day from then to ``on``.
    """
    question = (
        select(Person, Membership)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Membership.role).in_(roles),
            col(Membership.from_on) <= on,
            or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= (since or on)),
        )
        .order_by(col(Person.name), col(Person.id))
    )
    return list(session.exec(question))


def roles_held(session: Session, person_id: UUID, on: date) -> frozenset[Role]:
    """Return in which roles the person serves on the day; after that, in which they did."""
    question = select(Membership).where(Membership.person_id == person_id)
    ever = session.exec(question).all()
    serving = [one for one in ever if one.from_on <= on <= (one.to_on or on)]
    return frozenset(one.role for one in serving or ever)


def with_addresses(session: Session, addresses: Collection[str]) -> list[Person]:
    """Return the people who have one of these e-mail addresses."""
    return list(session.exec(select(Person).where(col(Person.email).in_(addresses))))


def deputies(session: Session) -> list[tuple[Membership, UUID]]:
    """Return every membership of a deputy, and the person for whom they act."""
    away = aliased(Membership)
    question = select(Membership, away.person_id).join(
        away, col(Membership.deputy_of) == col(away.id)
    )
    found = session.exec(question.order_by(col(Membership.from_on), col(Membership.id)))
    return [(held, person_id) for held, person_id in found]


def memberships_from(session: Session, on: date) -> list[tuple[Membership, Person]]:
    """Return what each person is to the partnership on the day or later, by name and role."""
    question = (
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= on))
        .order_by(col(Person.name), col(Person.id), col(Membership.role), col(Membership.id))
    )
    return [(held, person) for held, person in session.exec(question).all()]


def memberships_of(session: Session, person_id: UUID, *, after: date) -> list[Membership]:
    """Return what the person is to the partnership on the day or later."""
    question = select(Membership).where(
        Membership.person_id == person_id,
        or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= after),
    )
    return list(session.exec(question.order_by(col(Membership.role), col(Membership.id))))
