"""Entering an organisation's identity provider, and for which partnerships it vouches.

It is done by whoever administers the installation, with the provisioning role: to let a provider
vouch for people is to let it in. Each act stands in the audit chain of the partnership.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from sqlalchemy import Engine
from sqlmodel import Session

from services.casework.audit import administered
from services.casework.commands import Command, ShortText
from services.casework.provisioning import in_its_name, partnership_id_of
from services.database import audit, identities
from services.database.identities import (
    CODE_OF_PROVIDER,
    NO_PROVIDER,
    IdentityProvider,
    ProviderPartnership,
)
from services.database.partnerships import Partnership
from services.domain.audit import INSTALLATION, AdministrativeEvent, salted_digest
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.vouching import LONGEST_AGO
from services.identity.openid.addresses import is_safe
from services.identity.sealing import InstallationKey

MOST_NAMES: Final = 50


def _https(address: str) -> str:
    if not is_safe(address, allows_loopback=True):
        raise ValueError("must be an address such as https://login.council.example")
    return address


def _domain(told: str) -> str:
    if "@" in told or "." not in told:
        raise ValueError("must be the part of an email address after the @")
    return told.lower()


ProviderName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^\S+$")
]
EmailDomain = Annotated[ProviderName, AfterValidator(_domain)]


class EnterProvider(Command):
    """An organisation's identity provider, as it stands in the file of a partnership.

    ``acr`` and ``amr`` are the classes and methods of sign-in that prove a second factor, as the
    provider names them; one of the two has to be given. ``session_minutes`` is nought where it is
    left to whether the provider tells of sign-outs.
    """

    code: str = Field(pattern=CODE_OF_PROVIDER)
    name: ShortText
    issuer: Annotated[str, AfterValidator(_https)]
    client_id: ProviderName
    acr: tuple[ProviderName, ...] = Field(default=(), max_length=MOST_NAMES)
    amr: tuple[ProviderName, ...] = Field(default=(), max_length=MOST_NAMES)
    email_domains: tuple[EmailDomain, ...] = Field(min_length=1, max_length=MOST_NAMES)
    longest_ago_minutes: int = Field(
        default=int(LONGEST_AGO.total_seconds() // 60), ge=1, le=30 * 24 * 60
    )
    session_minutes: int = Field(default=0, ge=0, le=720)
    tells_of_logout: bool = False

    @model_validator(mode="after")
    def _demands_a_second_factor(self) -> Self:
        if not self.acr and not self.amr:
            raise ValueError("name the acr or the amr by which the provider says a second factor")
        return self


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """A provider as it is entered, with its secret, and the key under which that is kept."""

    provider: EnterProvider
    key: InstallationKey
    secret: str = field(default="", repr=False)

    @property
    def columns(self) -> dict[str, Any]:
        """Return what is kept of it; without a secret, the one that is kept stays."""
        told = self.provider.model_dump(mode="json")
        if self.secret:
            told["sealed_secret"] = self.key.seal_text(owner_of(self.provider.code), self.secret)
        return told


def owner_of(code: str) -> str:
    """Return for whom the secret of a provider is sealed: for no other it opens."""
    return f"identity provider {code}"


def enter_provider(founder: Engine, partnership: str, entry: ProviderEntry) -> bool:
    """Let the provider vouch for the people of the partnership of that code.

    Returns whether anything was new: what is on record already is left as it is, so that it may be
    repeated. A provider that is on record with other words is refused, since it may serve other
    partnerships: `change_provider` changes it for all of them.
    """
    provider, partnership_id = entry.provider, partnership_id_of(partnership)
    with in_its_name(founder, partnership_id) as session:
        _must_be_a_partnership(session, partnership)
        known = session.get(IdentityProvider, provider.code)
        if known is None:
            _must_be_free(session, entry)
            session.add(IdentityProvider(**entry.columns))
            session.flush()
        else:
            _must_be_as_entered(known, provider)
        is_new = _let_vouch(session, partnership_id, provider.code)
        if is_new:
            _note(session, AdministrativeEvent.PROVIDER_ENTERED, provider)
    return is_new


def change_provider(founder: Engine, partnership: str, entry: ProviderEntry) -> None:
    """Change what is on record of a provider of the partnership, but for its issuer.

    People are known by the issuer: another one is another provider.
    """
    provider = entry.provider
    with in_its_name(founder, partnership_id_of(partnership)) as session:
        known = identities.get_provider(session, provider.code)
        if partnership_id_of(partnership) not in identities.partnerships_of(session, known.code):
            raise NotFound(NO_PROVIDER)
        if known.issuer != provider.issuer:
            raise AnswerRefused(
                "issuer", "People are known by the issuer: enter another provider for another one."
            )
        for name, value in entry.columns.items():
            setattr(known, name, value)
        session.add(known)
        _note(session, AdministrativeEvent.PROVIDER_CHANGED, provider)


def end_provider(founder: Engine, partnership: str, code: str, now: datetime) -> None:
    """Have the provider vouch for the partnership's people no longer, from the next request on."""
    partnership_id = partnership_id_of(partnership)
    with in_its_name(founder, partnership_id) as session:
        vouches = session.get(ProviderPartnership, (partnership_id, code))
        if vouches is None:
            raise NotFound(NO_PROVIDER)
        if vouches.ended_at is not None:
            raise AlreadyDone("It vouches for nobody there any more.")
        vouches.ended_at = now
        session.add(vouches)
        audit.append(session, [administered(AdministrativeEvent.PROVIDER_ENDED, provider=code)])


def must_be_on_record(founder: Engine, codes: Collection[str]) -> None:
    """Refuse the code of a provider that is not on record, with the act that enters it."""
    with in_its_name(founder, INSTALLATION) as session:
        unknown = [code for code in codes if session.get(IdentityProvider, code) is None]
    if unknown:
        raise AnswerRefused(
            "file",
            f"identity_providers: {', '.join(unknown)} is not on record. Leave it out; once the "
            "partnership is founded, ./keyline identity-provider enter puts it on record.",
        )


def let_vouch(founder: Engine, partnership_id: PartnershipId, codes: Collection[str]) -> None:
    """Let providers that are on record vouch there; one that was ended stays ended."""
    with in_its_name(founder, partnership_id) as session:
        for code in codes:
            if session.get(ProviderPartnership, (partnership_id, code)) is None:
                _let_vouch(session, partnership_id, code)
                event = AdministrativeEvent.PROVIDER_ENTERED
                audit.append(session, [administered(event, provider=code)])


@dataclass(frozen=True, slots=True)
class ProviderListed:
    """A provider of a partnership, as it is listed; its secret is told to nobody."""

    code: str
    name: str
    issuer: str
    is_live: bool


def providers_of_partnership(founder: Engine, partnership: str) -> list[ProviderListed]:
    """Return the providers that vouch for the partnership's people, or did, by their codes."""
    with in_its_name(founder, partnership_id_of(partnership)) as session:
        _must_be_a_partnership(session, partnership)
        return [
            ProviderListed(one.code, one.name, one.issuer, vouches.ended_at is None)
            for one, vouches in identities.providers_of(session, partnership_id_of(partnership))
        ]


def _must_be_a_partnership(session: Session, code: str) -> None:
    if session.get(Partnership, partnership_id_of(code)) is None:
        raise NotFound(f"There is no partnership of the code {code}.")


def _must_be_free(session: Session, entry: ProviderEntry) -> None:
    """Refuse a provider without its secret, and an issuer that is another provider's."""
    if not entry.secret.isascii() or not entry.secret.strip():
        raise AnswerRefused("secret", "Give the secret that the provider gave with the client id.")
    if taken := identities.provider_at(session, entry.provider.issuer):
        raise AnswerRefused("issuer", f"This issuer is on record already, as {taken.code}.")


def _must_be_as_entered(known: IdentityProvider, provider: EnterProvider) -> None:
    said = provider.model_dump(mode="json")
    other = [name for name, value in said.items() if getattr(known, name) != value]
    if other:
        raise RuleBroken(
            f"{known.code} is on record otherwise ({', '.join(other)}). It may serve other "
            "partnerships: change it for all of them, or enter another."
        )


def _let_vouch(session: Session, partnership_id: PartnershipId, code: str) -> bool:
    """Put on record that it vouches there; tell whether it did not before."""
    vouches = session.get(ProviderPartnership, (partnership_id, code))
    if vouches is not None and vouches.ended_at is None:
        return False
    vouches = vouches or ProviderPartnership(tenant_id=partnership_id, provider=code)
    vouches.ended_at = None
    session.add(vouches)
    return True


def _note(session: Session, event: AdministrativeEvent, provider: EnterProvider) -> None:
    digest = salted_digest(provider.code, provider.model_dump(mode="json"))
    audit.append(session, [administered(event, provider=provider.code, digest=digest)])
