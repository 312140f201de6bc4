"""Tokens that a provider did not sign for us, or that say something else, are not believed."""

import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from services.bootstrap import wall_clock
from services.identity.openid import Client, ProviderRefused
from services.identity.openid.tokens import (
    LOGOUT,
    Ended,
    read_id_token,
    read_logout_token,
)

ISSUER = "https://login.council.example"
CLIENT = Client(issuer=ISSUER, client_id="keyline", secret="not used")  # noqa: S106 -- no secret
KEY = ECKey.generate_key("P-256", {"kid": "1", "use": "sig"})
EVENT = {LOGOUT: {}}


class KnownKeys:
    """The keys of the provider as the process knows them, and how often they were asked for."""

    def __init__(self, *keys: ECKey) -> None:
        self.set = KeySet(list(keys))
        self.asked: list[str] = []

    def keys(self, issuer: str, key_id: str) -> KeySet:
        assert issuer == ISSUER
        self.asked.append(key_id)
        return self.set


def signed(claims: dict, key: object = KEY, **header: object) -> str:
    return jwt.encode({"alg": "ES256", "kid": "1", **header}, claims, key)


def id_claims(**change: object) -> dict:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": "keyline", "sub": "17", "nonce": "n", "iat": now}
    return without_nothing({**told, "exp": now + 600, "auth_time": now, **change})


def logout_claims(**change: object) -> dict:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": "keyline", "sub": "17", "sid": "s", "jti": "j", "iat": now}
    return without_nothing({**told, "exp": now + 120, "events": EVENT, **change})


def without_nothing(told: dict) -> dict:
    return {name: value for name, value in told.items() if value is not None}


def read(token: str) -> object:
    return read_id_token(token, KnownKeys(KEY), CLIENT, "n", wall_clock())


def read_logout(token: str) -> Ended:
    return read_logout_token(token, KnownKeys(KEY), CLIENT, wall_clock())


def test_a_token_of_the_providers_for_us_is_believed():
    vouched = read(signed(id_claims(acr="mfa", amr=["otp", 7], sid="s")))
    assert (vouched.subject, vouched.acr, vouched.amr, vouched.sid) == ("17", "mfa", {"otp"}, "s")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["keyline", "another"]},
        {"aud": ["keyline", "another"], "azp": "another"},
        {"azp": "another"},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 17},
        {"nonce": "m"},
        {"nonce": None},
        {"exp": None},
        {"exp": 1},
        {"iat": None},
        {"iat": int(time.time()) + 3600},
        {"iat": int(time.time()) - 3600},
        {"iat": True},
    ],
)
def test_a_token_that_says_something_else_is_not(change: dict):
    with pytest.raises(ProviderRefused):
        read(signed(id_claims(**change)))


@pytest.mark.parametrize("told", [None, "yesterday", True, 10**20, float("nan")])
def test_a_moment_that_is_none_is_no_moment(told: object):
    assert read(signed(id_claims(auth_time=told))).at is None


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged() -> Iterator[object]:
    """Yield tokens that only look like the provider's, each by its name."""
    stranger = ECKey.generate_key("P-256", {"kid": "1"})
    yield pytest.param(signed(id_claims(), stranger), id="by another key")
    head, body, sign = signed(id_claims()).split(".")
    # What the algorithm of a secret makes of the provider's public key, which everybody knows.
    shared = base64url(b'{"alg":"HS256","kid":"1"}') + "." + body
    public = KEY.as_pem(private=False)
    mac = base64url(hmac.digest(public, shared.encode(), "sha256"))
    yield pytest.param(f"{shared}.{mac}", id="with the public key as a secret")
    yield pytest.param(f"{head}.{body}.", id="without a signature")
    none = base64url(b'{"alg":"none"}')
    yield pytest.param(f"{none}.{body}.", id="that says it is not signed")
    yield pytest.param(
        f"{head}.{signed(id_claims(sub='18')).split('.')[1]}.{sign}", id="with another body"
    )
    yield pytest.param(f"{head}.{body}", id="in two parts")
    yield pytest.param("", id="empty")
    yield pytest.param("x" * 60_000, id="too long")
    yield pytest.param(f"e30.{body}.{sign}", id="without an algorithm")
    yield pytest.param(f"{base64url(b'[1]')}.{body}.{sign}", id="with a head that is no object")
    yield pytest.param(f"{base64url(b'[' * 9_000)}.{body}.{sign}", id="with a head of many parts")


@pytest.mark.parametrize("token", list(forged()))
def test_a_forged_token_is_refused(token: str):
    with pytest.raises(ProviderRefused):
        read(token)


def test_a_signed_out_session_is_named_by_the_provider():
    assert read_logout(signed(logout_claims())) == Ended(ISSUER, "j", "17", "s")
    assert read_logout(signed(logout_claims(sid=None))) == Ended(ISSUER, "j", "17", "")


@pytest.mark.parametrize(
    "change",
    [
        {"events": None},
        {"events": [LOGOUT]},
        {"events": {LOGOUT: "yes"}},
        {"events": {"another": {}}},
        {"nonce": "n"},
        {"jti": None},
        {"sub": None, "sid": None},
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"iat": int(time.time()) - 600},
        {"exp": 1},
    ],
)
def test_a_logout_token_that_says_something_else_is_refused(change: dict):
    with pytest.raises(ProviderRefused):
        read_logout(signed(logout_claims(**change)))


def test_a_token_to_sign_in_signs_nobody_out():
    with pytest.raises(ProviderRefused):
        read_logout(signed(id_claims(jti="j")))
