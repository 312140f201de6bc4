"""Who serves the installation, made at the machine: platform administrators and operators.

The first platform administrator can be granted the role by nobody, and is made while there is none.
Everybody after that is made on the word of one who is on record, by whoever administers the machine
and holds the secrets of the installation anyway.
"""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from services.casework.administration.links import (
    first_administrator_made,
    made_on_the_word_of,
)
from services.casework.provisioning import PersonToFound, add_people, in_its_name, same_address
from services.database import audit
from services.database.people import Membership, Person
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, RuleBroken
from services.domain.labels import label
from services.domain.roles import OF_INSTALLATION, Role
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
        if _serving(session, Role.PLATFORM_ADMINISTRATOR, since):
            raise AlreadyDone(
                "There is a platform administrator already. Another is made on their word: "
                "./keyline administrator another."
            )
        held = _made(session, person, since, passwords)
        audit.append(session, [first_administrator_made(held)])
        return held.person_id


def make_another(
    engine: Engine, person: PersonToFound, since: date, by: str, passwords: Passwords = STRONG
) -> UUID:
    """Put another platform administrator, or an operator, on record; return the person's id.

    ``by`` is the address of the platform administrator on whose word. Raises NotFound where they
    are none, RuleBroken where they name themselves, AlreadyDone where the person has the role.
    """
    _must_be_whole(person)
    if person.role not in OF_INSTALLATION:
        raise RuleBroken(f"Nobody is {label(person.role)} of the whole installation.")
    with in_its_name(engine, INSTALLATION) as session:
        who = _serving(session, Role.PLATFORM_ADMINISTRATOR, since).get(same_address(by))
        if who is None:
            raise NotFound("Nobody of the address in --by is a platform administrator today.")
        if same_address(person.email) in _serving(session, person.role, since):
            raise AlreadyDone(f"This person has the role {label(person.role)} already.")
        if same_address(person.email) == same_address(by):
            raise RuleBroken("Another platform administrator says so: name them in --by.")
        held = _made(session, person, since, passwords)
        audit.append(session, [made_on_the_word_of(held, who)])
        return held.person_id


def _must_be_whole(person: PersonToFound) -> None:
    one_address(person.email, "email")
    if not person.name.strip():
        raise AnswerRefused("name", "Enter the name of the person.")
    if problem := why_not(person.password, (person.name, person.email)):
        raise AnswerRefused("password", problem)


def _made(session: Session, person: PersonToFound, since: date, passwords: Passwords) -> Membership:
    held = Membership(
        tenant_id=INSTALLATION,
        id=uuid4(),
        person_id=add_people(session, (person,), passwords)[same_address(person.email)],
        role=person.role,
        from_on=since,
    )
    session.add(held)
    session.flush()
    return held


def _serving(session: Session, role: Role, today: date) -> dict[str, UUID]:
    """Return who has the role of the installation on the day, or will, by their addresses."""
    question = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.role == role,
            or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= today),
        )
    )
    return {one.email: one.id for one in session.exec(question)}
