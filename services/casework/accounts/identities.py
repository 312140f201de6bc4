"""Who somebody is at their organisation: bound by invitation or by hand, never by an address."""

from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from services.casework.audit import administered
from services.casework.provisioning import in_its_name, partnership_id_of, same_address
from services.database import audit, identities
from services.database.account_notices import add_notice
from services.database.identities import NO_PROVIDER, Identity
from services.database.people import Membership, Person
from services.domain.accounts import OwnerNotice
from services.domain.audit import AdministrativeEvent
from services.domain.errors import NotFound, RuleBroken


def bind_identity(
    session: Session, person_id: UUID, issuer: str, subject: str, by: UUID | None = None
) -> Identity:
    """Put on record that whoever the issuer calls so is this person; repeated, it is one.

    The person is told. Who calls it has seen an invitation of theirs, or administers the
    installation. Raises RuleBroken where the issuer's subject is another person.
    """
    known = identities.identity_at(session, issuer, subject)
    if known is not None and known.person_id != person_id:
        raise RuleBroken(
            "This account of your organisation signs another person in to Keyline. Tell the "
            "support desk."
        )
    if known is not None:
        return known
    bound = Identity(person_id=person_id, issuer=issuer, subject=subject, bound_by=by)
    session.add(bound)
    session.flush()
    add_notice(session, person_id, OwnerNotice.IDENTITY_BOUND)
    return bound


def bind_by_hand(
    founder: Engine, partnership: str, address: str, provider: str, subject: str
) -> None:
    """Bind a person of the partnership, who has an account, to a subject that is told.

    It is for who had an account before their organisation's provider was entered. The provider has
    to vouch for the partnership's people. The engine is that of the provisioning role.
    """
    partnership_id = partnership_id_of(partnership)
    with in_its_name(founder, partnership_id) as session:
        known = identities.get_provider(session, provider)
        if partnership_id not in identities.partnerships_of(session, provider):
            raise NotFound(NO_PROVIDER)
        person = session.exec(
            select(Person)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(Person.email == same_address(address), col(Person.is_guest).is_(False))
            .distinct()
        ).one_or_none()
        if person is None:
            raise NotFound(f"No person of that address has a role in {partnership}.")
        bound = bind_identity(session, person.id, known.issuer, subject)
        told = {"object": str(bound.id), "whom": str(person.id), "provider": known.code}
        audit.append(session, [administered(AdministrativeEvent.IDENTITY_BOUND, **told)])
