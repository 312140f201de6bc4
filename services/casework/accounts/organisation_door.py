"""The way to a person's organisation and back: where they are sent, and what their answer proves.

What binds the answer to the browser that asked is kept in that browser, sealed, for some minutes:
a stranger who asks leaves no row here. What the provider signed is read and not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from services.casework.accounts.identity_providers import owner_of
from services.database import audit, identities
from services.database.identities import IdentityProvider
from services.database.sessions import at_the_door
from services.domain.errors import Unavailable
from services.domain.vouching import Demanded, Vouched, lasts, must_be_enough
from services.identity.openid import Client, ProviderRefused, code_flow, tokens
from services.identity.openid.code_flow import Secrets, Wanted
from services.identity.openid.providers import Providers
from services.identity.sealing import CannotUnseal, InstallationKey

SIGN_IN, AFRESH, RENEW, STEP_UP = "sign_in", "afresh", "renew", "step_up"
ABOUT_A_SESSION: Final = frozenset({RENEW, STEP_UP})
LASTS: Final = timedelta(minutes=15)
_PROMPTS: Final = {
    SIGN_IN: "",
    AFRESH: code_flow.AGAIN,
    RENEW: code_flow.SILENTLY,
    STEP_UP: code_flow.AGAIN,
}


class SecretSealedOtherwise(Unavailable):
    """The provider's secret was sealed under another secret of the installation."""

    def __init__(self) -> None:
        super().__init__(
            "The key for your organisation's sign-in is missing. Tell the support desk."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProvider:
    """What is on record of a provider, read once: who we are to it, and what it has to say.

    ``lasts`` is how long a session lasts before it is asked again.
    """

    code: str
    name: str
    issuer: str
    client_id: str
    sealed_secret: str = field(repr=False)
    demanded: Demanded
    lasts: timedelta

    @staticmethod
    def of(row: IdentityProvider) -> "KnownProvider":
        """Return what the row says."""
        longest_ago = timedelta(minutes=row.longest_ago_minutes)
        return KnownProvider(
            code=row.code,
            name=row.name,
            issuer=row.issuer,
            client_id=row.client_id,
            sealed_secret=row.sealed_secret,
            demanded=Demanded(frozenset(row.acr), frozenset(row.amr), longest_ago),
            lasts=lasts(row.session_minutes, tells_of_logout=row.tells_of_logout),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDoor:
    """What signing in by an organisation needs of the process.

    ``engine`` is that of the sign-in role, ``base_url`` the address at which providers know us.
    """

    engine: Engine
    providers: Providers
    key: InstallationKey
    base_url: str

    def back(self, provider: str) -> str:
        """Return the address to which the provider sends people back; each has its own."""
        return f"{self.base_url}/sign-in/oidc/{provider}/callback"

    def client(self, provider: KnownProvider) -> Client:
        """Return who we are to the provider."""
        try:
            secret = self.key.unseal_text(owner_of(provider.code), provider.sealed_secret)
        except CannotUnseal:
            raise SecretSealedOtherwise from None
        return Client(issuer=provider.issuer, client_id=provider.client_id, secret=secret)


@dataclass(frozen=True, slots=True)
class Errand:
    """For what somebody goes to a provider: to sign in, or to be vouched for once more.

    ``onward`` is the page of ours to which they go afterwards, ``session`` the SHA-256 of the
    session that is vouched for again, ``invitation`` the end of the one-time address at which who
    is vouched for was invited.
    """

    provider: str
    aim: str = SIGN_IN
    onward: str = "/"
    session: str = ""
    invitation: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SentThere:
    """Where the person goes, and what their browser keeps meanwhile."""

    address: str
    kept: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """With what somebody came back: their errand, its provider, and what that vouches for."""

    errand: Errand
    provider: KnownProvider
    vouched: Vouched
    now: datetime


def provider_now(engine: Engine, code: str) -> tuple[KnownProvider, datetime]:
    """Return the provider and the database's own moment, which no practice clock moves.

    Raises NotFound for a provider that vouches for nobody.
    """
    with at_the_door(engine) as session:
        return KnownProvider.of(identities.get_provider(session, code)), audit.clock(session)


def send(door: OrganisationDoor, errand: Errand) -> SentThere:
    """Return where the person goes to be vouched for.

    Raises NotFound for a provider that there is not, ProviderUnavailable for one that is away.
    """
    provider, now = provider_now(door.engine, errand.provider)
    says = door.providers.metadata(provider.issuer)
    made = Secrets.new()
    wanted = Wanted(
        max_age=int(provider.demanded.longest_ago.total_seconds()),
        acr=tuple(sorted(provider.demanded.acr)),
        prompt=_PROMPTS[errand.aim],
    )
    address = code_flow.address_to_sign_in(
        door.client(provider), says, door.back(provider.code), made, wanted
    )
    told = {"errand": asdict(errand), "made": asdict(made), "at": now.timestamp()}
    kept = door.key.seal_text(_errand_to(provider.code), json.dumps(told))
    return SentThere(address, kept)


def receive(door: OrganisationDoor, code: str, kept: str, answer: Mapping[str, str]) -> Returned:
    """Return what the provider vouches for, compared with all that was asked of it.

    Raises ProviderRefused where the answer is not the one to what this browser asked, or the
    provider lets nobody in; NotStrongEnough and TooLongAgo; ProviderUnavailable.
    """
    errand, made, sent_at = _opened(door, code, kept)
    provider, _ = provider_now(door.engine, code)
    client, says = door.client(provider), door.providers.metadata(provider.issuer)
    given = code_flow.must_be_its_answer(says, made, answer)
    token = code_flow.exchange(
        client, says, door.providers.http, code_flow.Code(given, made.verifier, door.back(code))
    )
    _, now = provider_now(door.engine, code)
    if now - sent_at > LASTS:
        raise _begun_elsewhere()
    vouched = tokens.read_id_token(token, door.providers, client, made.nonce, now)
    demanded = provider.demanded
    if errand.aim == STEP_UP:
        demanded = demanded.afresh(now - sent_at)
    must_be_enough(vouched, demanded, now)
    return Returned(errand, provider, vouched, now)


def errand_in(door: OrganisationDoor, code: str, kept: str) -> Errand | None:
    """Return for what this browser went to the provider, if it did."""
    try:
        return _opened(door, code, kept)[0]
    except ProviderRefused:
        return None


def _opened(door: OrganisationDoor, code: str, kept: str) -> tuple[Errand, Secrets, datetime]:
    try:
        told = json.loads(door.key.unseal_text(_errand_to(code), kept))
    except CannotUnseal:
        raise _begun_elsewhere() from None
    sent_at = datetime.fromtimestamp(told["at"], UTC)
    return Errand(**told["errand"]), Secrets(**told["made"]), sent_at


def _errand_to(code: str) -> str:
    return f"errand to {code}"


def _begun_elsewhere() -> ProviderRefused:
    return ProviderRefused(code_flow.BEGUN_ELSEWHERE, code_flow.MISMATCHING_STATE)
