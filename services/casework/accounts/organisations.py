"""Which organisation signs somebody in: found by the domain of their address, and by no person.

Which organisations there are is no secret. Which people there are is not told: the part of the
address before the @ is neither looked for nor kept.
"""

from uuid import UUID

from pydantic import Field
from sqlalchemy import Engine

from services.casework.accounts.organisation_door import KnownProvider
from services.casework.commands import Command, ShortText
from services.database import identities
from services.database.sessions import at_the_door
from services.domain.errors import AnswerRefused
from services.domain.vouching import domain_of, offers


class FindOrganisation(Command):
    """The address by which somebody's organisation is found."""

    email: ShortText = Field(title="Your work email address")


def domain_offered(engine: Engine, command: FindOrganisation) -> str:
    """Return the domain of the address, if an organisation signs people in for it."""
    domain = domain_of(command.email)
    if not offered_for(engine, domain):
        raise AnswerRefused(
            "email",
            "No organisation signs people in to Keyline for this address. Check it, or sign in "
            "with your email address and password",
        )
    return domain


def offered_for(engine: Engine, domain: str) -> list[KnownProvider]:
    """Return the providers of the organisations with this e-mail domain, by name."""
    with at_the_door(engine) as session:
        found = identities.live_providers(session)
        return [KnownProvider.of(one) for one in found if offers(one.email_domains, domain)]


def offered_to(engine: Engine, partnership_id: UUID, address: str) -> list[KnownProvider]:
    """Return the providers that may vouch for who is invited there at this address, by name."""
    return [
        one
        for one in offered_for(engine, domain_of(address))
        if partnership_id in _vouches_for(engine, one.code)
    ]


def _vouches_for(engine: Engine, provider: str) -> frozenset[UUID]:
    with at_the_door(engine) as session:
        return identities.partnerships_of(session, provider)


def are_offered(engine: Engine) -> bool:
    """Tell whether any organisation signs its people in here."""
    with at_the_door(engine) as session:
        return bool(identities.live_providers(session))
