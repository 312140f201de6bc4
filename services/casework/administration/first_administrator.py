"""The first platform administrator, made at the machine while there is none.

Every later one is granted the role by people who hold a role already; the first can be granted it
by nobody. Whoever administers the machine holds the secrets of the installation anyway.
"""

from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from services.casework.administration.links import first_administrator_made
from services.casework.provisioning import PersonToFound, add_people, in_its_name, same_address
from services.database import audit
from services.database.people import Membership
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.roles import Role
from services.identity.passwords import LONGEST, SHORTEST, STRONG, Passwords
from services.mail import one_address


def make_first_administrator(
    engine: Engine, person: PersonToFound, since: date, passwords: Passwords = STRONG
) -> UUID:
    """Put the first platform administrator on record from a day on; return the person's id.

    Somebody who has an account keeps its name and password. The engine is that of the provisioning
    role. Raises AlreadyDone while anybody is a platform administrator, or will be.
    """
    one_address(person.email, "email")
    if not person.name.strip():
        raise AnswerRefused("name", "Enter the name of the person.")
    if not SHORTEST <= len(person.password) <= LONGEST:
        raise AnswerRefused(
            "password", f"Use {SHORTEST} characters or more, and {LONGEST} at most."
        )
    with in_its_name(engine, INSTALLATION) as session:
        if _is_one(session, since):
            raise AlreadyDone(
                "There is a platform administrator already. They grant the role to others."
            )
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
        audit.append(session, [first_administrator_made(held)])
    return person_id


def _is_one(session: Session, today: date) -> bool:
    question = select(Membership.id).where(
        Membership.role == Role.PLATFORM_ADMINISTRATOR,
        or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= today),
    )
    return session.exec(question).first() is not None
