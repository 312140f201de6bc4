"""Where tokens are given, as OAuth 2 has it: to a system for its secret (RFC 6749, 4.4)."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import parse_qs, unquote_plus
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from services.casework.systems.person_tokens import CodeBrought, token_for_person
from services.casework.systems.tokens import (
    SystemShown,
    TokenGiven,
    TokenRefused,
    token_for_system,
)
from services.domain.systems import TOKEN_LASTS, Scope, scopes_in, scopes_written
from services.domain.working_days import london_date
from services.web.api.shapes import TokenRefusal, TokenTold
from services.web.app_state import site_of
from services.web.client_address import client_address
from services.web.form_input import PLAIN
from services.web.path_ids import id_told

router = APIRouter(tags=["Tokens"])
_GRANTS = ["client_credentials", "authorization_code"]
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            PLAIN: {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "enum": _GRANTS},
                        "code": {"type": "string"},
                        "code_verifier": {"type": "string"},
                        "redirect_uri": {"type": "string", "format": "uri"},
                        "scope": {"type": "string", "examples": ["read refer"]},
                        "client_id": {"type": "string", "format": "uuid"},
                        "client_secret": {"type": "string"},
                    },
                }
            }
        },
    }
}
# The words of RFC 6749, 5.2, and no problem: a library for OAuth reads these.
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": TokenRefusal, "description": "No token is given; the code says why."},
    401: {"model": TokenRefusal, "description": "The id and the secret open nothing."},
}
Form = dict[str, str]


async def token_form(request: Request) -> Form:
    """Return the form that asks for a token; a name that comes twice is refused (RFC 6749, 3.2)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PLAIN:
        raise TokenRefused("invalid_request")
    try:
        fields = parse_qs((await request.body()).decode(), max_num_fields=20)
    except ValueError:
        raise TokenRefused("invalid_request") from None
    if any(len(given) > 1 for given in fields.values()):
        raise TokenRefused("invalid_request")
    return {name: given[0] for name, given in fields.items()}


@router.post("/token", response_model=TokenTold, responses=_REFUSALS, openapi_extra=_FORM)
def give_token(request: Request, form: Annotated[Form, Depends(token_form)]) -> Response:
    """Give a system a token, for its id and secret; it lasts an hour.

    It is its own, or of the person whose code it brings (RFC 6749, 4.1; RFC 7636).
    """
    kind = form.get("grant_type")
    if kind not in {"client_credentials", "authorization_code"}:
        raise TokenRefused("unsupported_grant_type")
    site = site_of(request)
    site.doors.must_be_open(site.neighbours.engine)
    today = london_date(site.neighbours.now())
    shown = system_shown(request, form)
    if kind == "authorization_code":
        brought = CodeBrought(
            form.get("code", ""), form.get("code_verifier", ""), form.get("redirect_uri", "")
        )
        return told(token_for_person(site.sign_in_engine, site.passwords, shown, brought, today))
    given = token_for_system(site.sign_in_engine, site.passwords, shown, scopes_asked(form), today)
    return told(given)


def told(given: TokenGiven) -> JSONResponse:
    """Return the token as it is told, once."""
    lasts = int(TOKEN_LASTS.total_seconds())
    scope = scopes_written(given.scopes)
    body = TokenTold(access_token=given.token, expires_in=lasts, scope=scope)
    return JSONResponse(body.model_dump())


def scopes_asked(form: Form) -> frozenset[Scope] | None:
    """Return the scopes that are asked for; nothing where none is named."""
    said = form.get("scope", "")
    known = scopes_in(said)
    if len(known) != len(set(said.split())):
        raise TokenRefused("invalid_scope")
    return known or None


def system_shown(request: Request, form: Form) -> SystemShown:
    """Return which system asks, by the header or by the form, and not by both."""
    scheme, _, basic = request.headers.get("authorization", "").partition(" ")
    if scheme and ("client_secret" in form or scheme.lower() != "basic"):
        raise TokenRefused("invalid_request")
    name, secret = (form.get("client_id", ""), form.get("client_secret", ""))
    if scheme:
        name, secret = _basic(basic)
    system_id = id_told(name) or UUID(int=0)
    return SystemShown(system_id=system_id, secret=secret, place=client_address(request))


def refused(_request: Request, error: Exception) -> Response:
    """Say why no token is given, in the words of RFC 6749, 5.2."""
    code = error.code if isinstance(error, TokenRefused) else "invalid_request"
    is_client = code == "invalid_client"
    headers = {"www-authenticate": 'Basic realm="Keyline"'} if is_client else {}
    return JSONResponse({"error": code}, 401 if is_client else 400, headers)


def _basic(encoded: str) -> tuple[str, str]:
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise TokenRefused("invalid_client") from None
    return unquote_plus(name), unquote_plus(secret)
