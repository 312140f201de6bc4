"""How a partnership comes to be: its row, its agencies, its people and what each of them is."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from services.casework.audit import provisioned
from services.database import audit
from services.database.engine import working_for
from services.database.partnerships import Agency, Partnership, first_policy
from services.database.people import Credential, Membership, Person
from services.domain.clocks.policy_json import PartnershipPolicy, policy_to_json
from services.domain.errors import RuleBroken
from services.domain.identifiers import AgencyId, PartnershipId, PersonId
from services.domain.parties import parties_of
from services.domain.roles import WITHOUT_ACCOUNT, Role, Seat
from services.identity.passwords import STRONG, Passwords

_KEYLINE: Final = UUID("6b65796c-696e-4e65-8000-000000000000")


@dataclass(frozen=True, slots=True)
class AgencyToFound:
    """A relevant agency, with the address of its single point of contact."""

    name: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToFound:
    """A person in one role; somebody with two roles, here or elsewhere, is listed twice.

    ``decides`` and ``accountable_to`` are said of who fills a partner's seat (GOV-12). Without a
    ``password`` the person has no way to sign in with one.
    """

    email: str
    name: str
    role: Role
    password: str = field(repr=False)
    seat: Seat | None = None
    authority: str = ""
    agency: str | None = None
    decides: str = ""
    accountable_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """Everything a partnership needs before its first case; its code makes all the ids.

    ``authorities`` names its local authorities by their codes where it has several.
    """

    code: str
    name: str
    policy: PartnershipPolicy
    agencies: tuple[AgencyToFound, ...]
    people: tuple[PersonToFound, ...]
    since: date
    is_demonstration: bool = False
    authorities: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse one authority that is named, and a person whose seat is not one of the seats."""
        if len(self.authorities) == 1:
            raise RuleBroken("Name the local authorities only where the partnership has several.")
        parties = parties_of(partnership_id_of(self.code), self.authorities)
        held = {(party.seat, party.authority) for party in parties} | {(None, "")}
        for person in self.people:
            if (person.seat, person.authority) not in held:
                raise RuleBroken(
                    f"{person.email} fills no seat of this partnership. Where it has several "
                    "local authorities, say which of them the person acts for."
                )
            if person.role in WITHOUT_ACCOUNT:
                raise RuleBroken("A guest is invited to a case and has no account.")
            if person.role is Role.SYSTEM:
                raise RuleBroken("A system is let in by two administrators of the partnership.")
            if person.role is Role.PLATFORM_ADMINISTRATOR:
                raise RuleBroken("A platform administrator belongs to no partnership.")


def partnership_id_of(code: str) -> PartnershipId:
    """Return the id that the partnership of this code has or will have."""
    return PartnershipId(uuid5(_KEYLINE, f"partnership {code}"))


def agency_id_of(code: str, agency: str) -> AgencyId:
    """Return the id of the agency of that name in the partnership of that code."""
    return AgencyId(uuid5(partnership_id_of(code), f"agency {agency}"))


def person_id_of(email: str) -> PersonId:
    """Return the id of whoever was first founded with that address."""
    return PersonId(uuid5(_KEYLINE, f"person {same_address(email)}"))


def provision(engine: Engine, founding: Founding, passwords: Passwords = STRONG) -> PartnershipId:
    """Put the partnership on record; what is there already stays exactly as it is.

    No unit of work can be opened for a partnership that has no row yet, so this act signs its
    transaction for the partnership itself; row-level security holds here as anywhere. The engine
    is that of the provisioning role, the only one that adds people and what they are.
    """
    partnership_id = partnership_id_of(founding.code)
    with in_its_name(engine, partnership_id) as session:
        _add_partnership(session, partnership_id, founding)
        agencies = _add_missing(session, Agency, _agencies(founding))
        ids = add_people(session, founding.people, passwords)
        memberships = _add_missing(session, Membership, _memberships(founding, ids))
        if agencies or memberships:
            audit.append(session, [provisioned(agencies, memberships)])
    return partnership_id


@contextmanager
def in_its_name(engine: Engine, partnership_id: PartnershipId) -> Iterator[Session]:
    """Open a transaction that sees this partnership only, or the installation's own rows.

    Two foundings wait for each other.
    """
    with Session(working_for(engine, partnership_id)) as session, session.begin():
        session.execute(select(func.pg_advisory_xact_lock(_KEYLINE.int % 2**31)))
        yield session


def _add_missing(
    session: Session, kind: type[Agency | Membership], rows: Iterable[Agency | Membership]
) -> int:
    """Add those of the rows that are not on record by their ids; return how many those are."""
    wanted = {row.id: row for row in rows}
    known = session.exec(select(kind.id).where(col(kind.id).in_(wanted))).all()
    new = [row for row_id, row in wanted.items() if row_id not in known]
    session.add_all(new)
    session.flush()
    return len(new)


def _add_partnership(session: Session, partnership_id: PartnershipId, founding: Founding) -> None:
    if session.get(Partnership, partnership_id) is not None:
        return
    partnership = Partnership(
        tenant_id=partnership_id,
        name=founding.name,
        code=founding.code,
        policy=policy_to_json(founding.policy),
        is_demonstration=founding.is_demonstration,
        authorities=dict(founding.authorities),
    )
    session.add_all((partnership, first_policy(partnership)))
    session.flush()


def _agencies(founding: Founding) -> Iterator[Agency]:
    for agency in founding.agencies:
        yield Agency(
            tenant_id=partnership_id_of(founding.code),
            id=agency_id_of(founding.code, agency.name),
            name=agency.name,
            kind=agency.kind,
            address=agency.address,
        )


def add_people(
    session: Session, people: tuple[PersonToFound, ...], passwords: Passwords
) -> Mapping[str, UUID]:
    """Return each person's id by address: somebody known keeps their id, name and password.

    Who is given the same first password is given it with the same salt: it tells nothing that
    whoever founds the partnership does not know, and saves a start some seconds.
    """
    hashed = cache(passwords.hashed)
    wanted = {same_address(person.email): person for person in people}
    known = session.exec(
        select(Person).where(col(Person.email).in_(wanted), col(Person.is_guest).is_(False))
    )
    ids = {person.email: person.id for person in known}
    new = {email: person for email, person in wanted.items() if email not in ids}
    for email, person in new.items():
        ids[email] = person_id_of(email)
        session.add(Person(id=ids[email], email=email, name=person.name))
    session.flush()
    for email, person in new.items():
        if person.password:
            session.add(Credential(person_id=ids[email], password_hash=hashed(person.password)))
    session.flush()
    return ids


def _memberships(founding: Founding, ids: Mapping[str, UUID]) -> Iterator[Membership]:
    partnership_id = partnership_id_of(founding.code)
    for person in founding.people:
        seat = f"{person.seat}:{person.authority}" if person.authority else person.seat
        what = f"{same_address(person.email)} {person.role} {seat} {person.agency}"
        yield Membership(
            tenant_id=partnership_id,
            id=uuid5(partnership_id, f"membership {what}"),
            person_id=ids[same_address(person.email)],
            role=person.role,
            seat=person.seat,
            authority=person.authority,
            agency_id=agency_id_of(founding.code, person.agency) if person.agency else None,
            decides=person.decides,
            accountable_to=person.accountable_to,
            from_on=founding.since,
        )


def same_address(email: str) -> str:
    """Return the address as accounts are named by it."""
    return email.strip().lower()
