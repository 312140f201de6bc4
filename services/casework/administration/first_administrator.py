"""Platform administrators, made at the machine: the first while there is none, then others.

The first can be granted the role by nobody. Another is made on the word of one who is on record, by
whoever administers the machine and holds the secrets of the installation anyway.
"""

from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from services.casework.administration.links import (
    another_administrator_made,
    first_administrator_made,
)
from services.casework.provisioning import PersonToFound, add_people, in_its_name, same_address
from services.database import audit
from services.database.people import Membership, Person
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound
from services.domain.roles import Role
from services.identity.password_rules import why_not
from services.identity.passwords import STRONG, Passwords
from services.mail import one_address


def make_first_administrator(
    engine: Engine, person: PersonToFound, since: date, passwords: Passwords = STRONG
) -> UUID:
    """Put the first platform administrator on record from a day on; return the person's id.

    Somebody who has an account keeps its name and password. The engine is that of the provisioning
    role. Raises AlreadyDone while anybody is a platform administrator, or will be.
    """
    _must_be_whole(person)
    with in_its_name(engine, INSTALLATION) as session:
        if _platform_administrators(session, since):
            raise AlreadyDone(
                "There is a platform administrator already. Another is made on their word: "
                "./keyline administrator another."
            )
        held = _made(session, person, since, passwords)
        audit.append(session, [first_administrator_made(held)])
        return held.person_id


def make_another_administrator(
    engine: Engine, person: PersonToFound, since: date, by: str, passwords: Passwords = STRONG
) -> UUID:
    """Put another platform administrator on record, on the word of one; return the person's id.

    ``by`` is the address of who says so. Raises NotFound where they are none, AlreadyDone where the
    person is one.
    """
    _must_be_whole(person)
    with in_its_name(engine, INSTALLATION) as session:
        known = _platform_administrators(session, since)
        who = known.get(same_address(by))
        if who is None:
            raise NotFound("Nobody of the address in --by is a platform administrator today.")
        if same_address(person.email) in known:
            raise AlreadyDone("This person is a platform administrator already.")
        held = _made(session, person, since, passwords)
        audit.append(session, [another_administrator_made(held, who)])
        return held.person_id


def _must_be_whole(person: PersonToFound) -> None:
    one_address(person.email, "email")
    if not person.name.strip():
        raise AnswerRefused("name", "Enter the name of the person.")
    if problem := why_not(person.password, (person.name, person.email)):
        raise AnswerRefused("password", problem)


def _made(session: Session, person: PersonToFound, since: date, passwords: Passwords) -> Membership:
    person_id = add_people(session, (person,), passwords)[same_address(person.email)]
    role = Role.PLATFORM_ADMINISTRATOR
    held = Membership(
        tenant_id=INSTALLATION,
        id=uuid5(INSTALLATION, f"membership {person_id} {role} {since}"),
        person_id=person_id,
        role=role,
        from_on=since,
    )
    session.add(held)
    session.flush()
    return held


def _platform_administrators(session: Session, today: date) -> dict[str, UUID]:
    """Return who is one on the day, or will be, by their addresses."""
    question = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.role == Role.PLATFORM_ADMINISTRATOR,
            or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= today),
        )
    )
    return {one.email: one.id for one in session.exec(question)}
