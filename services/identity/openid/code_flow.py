"""The code flow: where a person is sent, and what the code is exchanged for, by Authlib."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.client import OAuth2Client

from services.identity.openid import (
    NOT_ITS_ANSWER,
    Client,
    ProviderRefused,
    ProviderUnavailable,
)
from services.identity.openid.http import BoundedHttp
from services.identity.openid.metadata import Metadata

SCOPE: Final = "openid"
CHALLENGE: Final = "S256"
SILENTLY: Final = "none"
AGAIN: Final = "login"
MISMATCHING_STATE: Final = "mismatching_state"
BEGUN_ELSEWHERE: Final = (
    "This sign-in was not begun in this window of your browser, or too long ago. Try to sign in "
    "again."
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What binds an answer to the browser that asked: made for each sign-in, kept sealed there."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    @staticmethod
    def new() -> "Secrets":
        """Return new ones, of 256 random bits each."""
        return Secrets(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the provider is asked for: how fresh, in which of the classes, with what page of its."""

    max_age: int
    acr: tuple[str, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code, what proves that we asked for it, and the address to which it came."""

    value: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str


def address_to_sign_in(
    client: Client, says: Metadata, back: str, made: Secrets, wanted: Wanted
) -> str:
    """Return the address at which the person signs in, with PKCE, state and nonce.

    The classes are asked for as essential, and by the older parameter too: a provider may know
    one of the two, and neither is believed before it is compared.
    """
    asked: dict[str, object] = {"nonce": made.nonce, "max_age": wanted.max_age}
    if wanted.acr:
        essential = {"essential": True, "values": list(wanted.acr)}
        asked["claims"] = json.dumps({"id_token": {"acr": essential}})
        asked["acr_values"] = " ".join(wanted.acr)
    if wanted.prompt:
        asked["prompt"] = wanted.prompt
    address, _ = _oauth(client, back, None).create_authorization_url(
        says.authorization_endpoint,
        state=made.state,
        code_verifier=made.verifier,
        **asked,
    )
    return str(address)


def must_be_its_answer(says: Metadata, made: Secrets, returned: Mapping[str, str]) -> str:
    """Return the code that the provider sent the person back with.

    The state is the one that this browser was given, and the issuer that the answer names is the
    one that was asked (RFC 9207): an answer of another provider would have its code sent to the
    wrong one. Raises ProviderRefused, with the protocol's word where the provider let nobody in.
    """
    if not secrets.compare_digest(returned.get("state", "").encode(), made.state.encode()):
        raise ProviderRefused(BEGUN_ELSEWHERE, MISMATCHING_STATE)
    issuer = returned.get("iss")
    if issuer != says.issuer and (issuer is not None or says.names_itself):
        raise ProviderRefused(NOT_ITS_ANSWER, "mismatching_issuer")
    if error := returned.get("error", ""):
        raise ProviderRefused("Your organisation did not sign you in.", error)
    if not (code := returned.get("code", "")):
        raise ProviderRefused(NOT_ITS_ANSWER, "missing_code")
    return code


def exchange(client: Client, says: Metadata, http: BoundedHttp, code: Code) -> str:
    """Return the ID token that the provider gives for the code.

    Raises ProviderUnavailable where it does not answer, ProviderRefused where it gives none.
    """
    oauth = _oauth(client, code.back, http, says.auth_method)
    try:
        given = oauth.fetch_token(
            says.token_endpoint,
            grant_type="authorization_code",
            code=code.value,
            code_verifier=code.verifier,
            redirect_uri=code.back,
        )
    except OAuth2Error as refused:
        raise ProviderRefused(NOT_ITS_ANSWER, str(refused.error)) from None
    token = given.get("id_token")
    if not isinstance(token, str):
        raise ProviderUnavailable
    return token


def _oauth(
    client: Client, back: str, http: BoundedHttp | None, auth_method: str | None = None
) -> OAuth2Client:
    return OAuth2Client(
        http,
        client_id=client.client_id,
        client_secret=client.secret,
        token_endpoint_auth_method=auth_method,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method=CHALLENGE,
    )
