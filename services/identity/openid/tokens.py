"""The two tokens that a provider signs: who signed in, and whose session of its ended."""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from services.domain.vouching import LEEWAY, Vouched
from services.identity.openid import NOT_ITS_ANSWER, Client, ProviderRefused
from services.identity.openid.providers import Providers

# Signatures that only the provider can make; none by a secret that we know too, and never "none".
ALGORITHMS: Final = [f"{kind}{bits}" for kind in ("ES", "PS", "RS") for bits in (256, 384, 512)]
LONGEST: Final = 50_000
LONGEST_NAME: Final = 255
LOGOUT: Final = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_IS_NEW_FOR: Final = timedelta(minutes=5)
# Of a token to sign in: it was made for the code that was just exchanged.
MADE_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a provider says has ended: one session of its, or every session of one person.

    ``jti`` is the name of the token, by which it is taken once.
    """

    issuer: str
    jti: str
    subject: str
    sid: str


def read_id_token(
    token: str, providers: Providers, client: Client, nonce: str, now: datetime
) -> Vouched:
    """Return what the provider vouches for, once signature, issuer, audience, time and nonce hold.

    Raises ProviderRefused. Whether it is enough is `vouching.must_be_enough`'s to say.
    """
    claims = _proven(token, providers, client, now)
    said = claims.get("nonce")
    if not isinstance(said, str) or not compare_digest(said.encode(), nonce.encode()):
        raise ProviderRefused(NOT_ITS_ANSWER, "mismatching_nonce")
    _must_be_made_within(claims, MADE_WITHIN, now)
    return Vouched(
        issuer=client.issuer,
        subject=_name(claims, "sub"),
        sid=_name(claims, "sid", optional=True),
        acr=_name(claims, "acr", optional=True),
        amr=_names(claims.get("amr")),
        at=_moment(claims.get("auth_time")),
    )


def read_logout_token(token: str, providers: Providers, client: Client, now: datetime) -> Ended:
    """Return what the provider says has ended (OpenID Connect Back-Channel Logout, 2.6).

    Raises ProviderRefused. That a token comes a second time is for who keeps them to see.
    """
    claims = _proven(token, providers, client, now)
    events = claims.get("events")
    # A token to sign in carries a nonce and no event: it must not be taken for one to sign out.
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise ProviderRefused(NOT_ITS_ANSWER, "no_logout")
    if "nonce" in claims:
        raise ProviderRefused(NOT_ITS_ANSWER, "no_logout")
    _must_be_made_within(claims, LOGOUT_IS_NEW_FOR, now)
    ended = Ended(
        issuer=client.issuer,
        jti=_name(claims, "jti"),
        subject=_name(claims, "sub", optional=True),
        sid=_name(claims, "sid", optional=True),
    )
    if not ended.subject and not ended.sid:
        raise ProviderRefused(NOT_ITS_ANSWER, "nothing_ended")
    return ended


def _proven(token: str, providers: Providers, client: Client, now: datetime) -> Mapping[str, Any]:
    """Return the claims of a token of the provider's for us, signed and in time."""
    if len(token) > LONGEST:
        raise ProviderRefused(NOT_ITS_ANSWER, "too_long")
    keys = providers.keys(client.issuer, _key_id(token))
    must = JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(LEEWAY.total_seconds()),
        iss={"essential": True, "value": client.issuer},
        aud={"essential": True},
        iat={"essential": True},
        exp={"essential": True},
    )
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        if not isinstance(claims, dict):
            raise ProviderRefused(NOT_ITS_ANSWER, "no_claims")
        must.validate(claims)
    except (JoseError, ValueError, TypeError, RecursionError) as refused:
        raise ProviderRefused(NOT_ITS_ANSWER, getattr(refused, "error", "unreadable")) from None
    _must_be_for_us(claims, client.client_id)
    return claims


def _must_be_for_us(claims: Mapping[str, Any], client_id: str) -> None:
    """Refuse a token for another client, or for us and others that does not name us as its own."""
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    is_ours = client_id in named and claims.get("azp", client_id) == client_id
    if not is_ours or (len(named) > 1 and "azp" not in claims):
        raise ProviderRefused(NOT_ITS_ANSWER, "foreign_audience")


def _must_be_made_within(claims: Mapping[str, Any], length: timedelta, now: datetime) -> None:
    made = _moment(claims.get("iat"))
    if made is None or now - made > length + LEEWAY:
        raise ProviderRefused(NOT_ITS_ANSWER, "too_old")


def _key_id(token: str) -> str:
    """Return the key that the token says it is signed with; nothing where it cannot be read."""
    head = token.partition(".")[0]
    try:
        told = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return ""
    key_id = told.get("kid", "") if isinstance(told, dict) else ""
    return key_id if isinstance(key_id, str) else ""


def _name(claims: Mapping[str, Any], claim: str, *, optional: bool = False) -> str:
    """Return a name that the provider gives to something; refuse what is none."""
    told = claims.get(claim)
    if told is None and optional:
        return ""
    if not isinstance(told, str) or not 0 < len(told) <= LONGEST_NAME or not told.isprintable():
        raise ProviderRefused(NOT_ITS_ANSWER, f"no_{claim}")
    return told


def _names(told: object) -> frozenset[str]:
    """Return the names of a list; what is none names nothing."""
    return (
        frozenset(one for one in told if isinstance(one, str))
        if isinstance(told, list)
        else frozenset()
    )


def _moment(told: object) -> datetime | None:
    """Return the moment that a number of seconds names; nothing for what names none."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError):
        return None
