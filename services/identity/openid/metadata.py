"""What a provider says of itself at its well-known address, read by name (OpenID Discovery)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.identity.openid import ProviderUnavailable
from services.identity.openid.addresses import is_safe

WELL_KNOWN: Final = "/.well-known/openid-configuration"
# A provider that says nothing takes the client's secret by the Authorization header (RFC 8414).
BASIC: Final = "client_secret_basic"
AUTH_METHODS: Final = (BASIC, "client_secret_post")


class ForeignMetadata(ProviderUnavailable):
    """What lies at the provider's address is another's, or names addresses that are not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The addresses of one provider, and which of the protocol's options it has.

    ``names_itself`` says that each of its answers carries its issuer (RFC 9207), and
    ``tells_of_logout`` that it posts to us when a session of its ends.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    auth_method: str
    names_itself: bool
    tells_of_logout: bool


def address_of(issuer: str) -> str:
    """Return where the provider describes itself."""
    return issuer.removesuffix("/") + WELL_KNOWN


def read(told: Mapping[str, object], issuer: str, *, allows_loopback: bool) -> Metadata:
    """Read what the provider says of itself.

    Its issuer has to be the very one that was configured: a provider can describe no other. Raises
    ForeignMetadata.
    """
    if told.get("issuer") != issuer:
        raise ForeignMetadata
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = {name: told.get(name) for name in named}
    for address in addresses.values():
        if not isinstance(address, str) or not is_safe(address, allows_loopback=allows_loopback):
            raise ForeignMetadata
    return Metadata(
        issuer=issuer,
        auth_method=_auth_method(told.get("token_endpoint_auth_methods_supported")),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        tells_of_logout=told.get("backchannel_logout_supported") is True,
        **{name: str(address) for name, address in addresses.items()},
    )


def _auth_method(told: object) -> str:
    """Return how we show the token endpoint who we are, the header first."""
    if told is None:
        return BASIC
    offered = told if isinstance(told, list) else []
    found = next((method for method in AUTH_METHODS if method in offered), None)
    if found is None:
        raise ForeignMetadata
    return found
