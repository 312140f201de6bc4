"""Which organisations sign their people in, for which partnerships, and who is who there.

A person is known by issuer and subject together, which the provider never gives to another; an
e-mail address is no identity. Providers and identities stand outside the partnerships, since people
sign in before choosing one. That a partnership lets a provider vouch for its people is its own row.
"""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, moment
from services.database.sessions import own_moment
from services.domain.errors import NotFound

CODE_OF_PROVIDER: Final = "^[a-z0-9][a-z0-9-]{1,39}$"
NO_PROVIDER: Final = "No organisation signs in to Keyline at this address."


def _names() -> Column[list[str]]:
    """Return a column for a list of names that the provider gives, or domains that it has."""
    return Column(JSONB(none_as_null=True), nullable=False, server_default=text("'[]'"))


class IdentityProvider(SQLModel, table=True):
    """An organisation's identity provider, and who we are to it.

    ``code`` stands in the address to which people come back, and is registered there. ``acr`` and
    ``amr`` are the classes and methods of sign-in that are accepted, as the provider names them.
    ``longest_ago_minutes`` is how long ago its people may have proved who they are, and
    ``session_minutes`` how long a session lasts before the provider is asked again; nought leaves
    it to whether the provider ``tells_of_logout``. The secret is sealed (`identity/sealing.py`).
    """

    __tablename__ = "identity_providers"
    __table_args__ = (
        CheckConstraint(f"code ~ '{CODE_OF_PROVIDER}'", name="code_of_a_provider"),
        CheckConstraint("longest_ago_minutes > 0", name="a_sign_in_wears_out"),
        CheckConstraint("session_minutes between 0 and 720", name="a_session_ends"),
        UniqueConstraint("issuer", name="one_provider_of_an_issuer"),
    )

    code: str = Field(primary_key=True)
    name: str
    issuer: str
    client_id: str
    sealed_secret: str
    acr: list[str] = Field(default_factory=list, sa_column=_names())
    amr: list[str] = Field(default_factory=list, sa_column=_names())
    email_domains: list[str] = Field(default_factory=list, sa_column=_names())
    longest_ago_minutes: int
    session_minutes: int = 0
    tells_of_logout: bool = False
    added_at: datetime | None = Field(default=None, sa_column=own_moment())


class ProviderPartnership(PartnershipRow, table=True):
    """That a partnership lets a provider vouch for its people: it opens their roles there alone."""

    __tablename__ = "provider_partnerships"

    provider: str = Field(primary_key=True, foreign_key="identity_providers.code")
    added_at: datetime | None = Field(default=None, sa_column=own_moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


class Identity(SQLModel, table=True):
    """That whoever a provider calls so is this person.

    ``bound_by`` is the person whose act it was; it is empty where it was done at the command line.
    """

    __tablename__ = "identities"
    __table_args__ = (
        CheckConstraint("issuer <> '' and subject <> ''", name="an_identity_is_named"),
        Index(
            "one_person_of_an_identity",
            "issuer",
            "subject",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    issuer: str
    subject: str
    bound_by: UUID | None = Field(default=None, foreign_key="people.id")
    since: datetime | None = Field(default=None, sa_column=own_moment())
    ended_at: datetime | None = Field(default=None, sa_column=moment(optional=True))


def get_provider(session: Session, code: str) -> IdentityProvider:
    """Return the provider of this code; raise NotFound for one that vouches for nobody today."""
    found = next((one for one in live_providers(session) if one.code == code), None)
    if found is None:
        raise NotFound(NO_PROVIDER)
    return found


def live_providers(session: Session) -> list[IdentityProvider]:
    """Return the providers that vouch for people of a partnership today, by name."""
    vouches = select(ProviderPartnership.provider).where(
        col(ProviderPartnership.ended_at).is_(None)
    )
    question = select(IdentityProvider).where(col(IdentityProvider.code).in_(vouches))
    return list(
        session.exec(question.order_by(col(IdentityProvider.name), col(IdentityProvider.code)))
    )


def provider_at(session: Session, issuer: str) -> IdentityProvider | None:
    """Return the provider of this issuer, whether or not it vouches for anybody today."""
    question = select(IdentityProvider).where(IdentityProvider.issuer == issuer)
    return session.exec(question).one_or_none()


def partnerships_of(session: Session, provider: str) -> frozenset[UUID]:
    """Return the partnerships that let the provider vouch for their people today."""
    question = select(ProviderPartnership.tenant_id).where(
        ProviderPartnership.provider == provider, col(ProviderPartnership.ended_at).is_(None)
    )
    return frozenset(session.exec(question))


def providers_of(
    session: Session, partnership_id: UUID
) -> list[tuple[IdentityProvider, ProviderPartnership]]:
    """Return the providers that vouch for the partnership's people, or did, by their codes."""
    question = (
        select(IdentityProvider, ProviderPartnership)
        .join(ProviderPartnership, col(ProviderPartnership.provider) == col(IdentityProvider.code))
        .where(ProviderPartnership.tenant_id == partnership_id)
    )
    return list(session.exec(question.order_by(col(IdentityProvider.code))))


def vouching_for(session: Session) -> list[str]:
    """Return the codes of the providers that the partnership lets vouch for its people today."""
    question = select(ProviderPartnership.provider).where(
        col(ProviderPartnership.ended_at).is_(None)
    )
    return sorted(session.exec(question))


def vouched(session: Session) -> dict[str, bool]:
    """Return the codes of the providers that vouch for the partnership's people, or did (False)."""
    question = select(ProviderPartnership.provider, ProviderPartnership.ended_at)
    return {code: ended_at is None for code, ended_at in session.exec(question)}


def identity_at(session: Session, issuer: str, subject: str) -> Identity | None:
    """Return who the issuer's subject is, if they are anybody here."""
    question = select(Identity).where(
        Identity.issuer == issuer, Identity.subject == subject, col(Identity.ended_at).is_(None)
    )
    return session.exec(question).one_or_none()


def own_identity(session: Session, person_id: UUID, identity_id: UUID) -> Identity | None:
    """Return an identity that the person has today, held until the transaction ends."""
    question = select(Identity).where(
        Identity.id == identity_id,
        Identity.person_id == person_id,
        col(Identity.ended_at).is_(None),
    )
    return session.exec(question.with_for_update()).one_or_none()


def identities_of(session: Session, person_id: UUID) -> list[Identity]:
    """Return the identities that the person has today, the oldest first."""
    question = select(Identity).where(
        Identity.person_id == person_id, col(Identity.ended_at).is_(None)
    )
    return list(session.exec(question.order_by(col(Identity.since), col(Identity.id))))
