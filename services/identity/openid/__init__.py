"""Signing in with an organisation's identity provider: OpenID Connect, the code flow with PKCE.

Traps of this room:
- It knows no table: `casework.accounts` brings it the provider and keeps what it answers.
- Authlib speaks the protocol and joserfc reads the tokens. Neither compares what was asked for
  with what came (`acr`, `amr`, `auth_time`): `domain/vouching.py` does.
- Every answer of a provider is foreign input: bounded in time and size (`http.py`), read by name
  (`metadata.py`), and signed where it says who somebody is (`tokens.py`).
- Keys change without a word. An unknown key is asked for again, and not more often than some
  times a minute, since a stranger can name one.
- Nothing of a token is logged, and none is kept: what is needed of it stands in `Vouched`.
"""

from dataclasses import dataclass, field

from services.domain.errors import Unavailable
from services.domain.vouching import NotVouched


class ProviderUnavailable(Unavailable):
    """The provider did not answer, or not in a form that can be read."""

    def __init__(self) -> None:
        super().__init__(
            "Your organisation's sign-in does not answer just now. Nothing is wrong with your "
            "account. Try again in a few minutes."
        )


class ProviderRefused(NotVouched):
    """The provider let the person not in, or what it said is none of its answers to us.

    ``code`` is the protocol's own word for it, such as ``access_denied``.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


NOT_ITS_ANSWER = (
    "What came back from your organisation's sign-in could not be relied on. Try to sign in again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who we are to one provider: its issuer, and the id and secret that it gave us."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
