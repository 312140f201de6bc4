"""What is known of the providers by the process: what each says of itself, and its keys.

Both are kept for a while. A key that is not among those kept is asked for anew, some times a minute
for each provider and no more: its id stands in a token that a stranger may have made.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from services.identity.openid import ProviderUnavailable, metadata
from services.identity.openid.http import BoundedHttp
from services.identity.openid.metadata import Metadata

KEPT_FOR: Final = 3600.0
FRESH_KEYS_A_MINUTE: Final = 6
MOST_KEYS: Final = 100
# A secret is no key of a provider: whoever reads the set could sign with it.
KEY_TYPES: Final = frozenset({"RSA", "EC", "OKP"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a provider says of itself and its keys, until when they are not asked for again."""

    metadata: Metadata
    keys: KeySet
    until: float


class Providers:
    """The providers of an installation, by their issuers; shared by every thread."""

    def __init__(self, *, allows_loopback: bool = False) -> None:
        self.http = BoundedHttp(allows_loopback=allows_loopback)
        self._kept: dict[str, _Kept] = {}
        self._fresh: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def metadata(self, issuer: str) -> Metadata:
        """Return what the provider says of itself; raise ProviderUnavailable where it does not."""
        return self._known(issuer).metadata

    def keys(self, issuer: str, key_id: str) -> KeySet:
        """Return the provider's keys, asked for anew where the one named is not among them.

        Raises ProviderUnavailable where they cannot be had.
        """
        known = self._known(issuer)
        if any(key.kid == key_id for key in known.keys) or not self._may_ask_again(issuer):
            return known.keys
        return self._ask(issuer).keys

    def _known(self, issuer: str) -> _Kept:
        kept = self._kept.get(issuer)
        return kept if kept is not None and monotonic() < kept.until else self._ask(issuer)

    def _ask(self, issuer: str) -> _Kept:
        """Ask the provider for what it says of itself and for its keys, and keep both."""
        told = self.http.read(metadata.address_of(issuer))
        says = metadata.read(told, issuer, allows_loopback=self.http.allows_loopback)
        kept = _Kept(says, self._read_keys(says.jwks_uri), monotonic() + KEPT_FOR)
        self._kept[issuer] = kept
        return kept

    def _read_keys(self, address: str) -> KeySet:
        told = self.http.read(address).get("keys")
        if not isinstance(told, list) or len(told) > MOST_KEYS:
            raise ProviderUnavailable
        try:
            return KeySet([JWKRegistry.import_key(key) for key in told if _is_public(key)])
        except (JoseError, ValueError, TypeError, KeyError):
            raise ProviderUnavailable from None

    def _may_ask_again(self, issuer: str) -> bool:
        """Tell whether the keys may be asked for anew now, and count that they are."""
        with self._lock:
            asked, now = self._fresh[issuer], monotonic()
            while asked and asked[0] < now - 60:
                asked.popleft()
            if len(asked) >= FRESH_KEYS_A_MINUTE:
                return False
            asked.append(now)
            return True


def _is_public(key: object) -> bool:
    """Tell whether it is a key to prove signatures by; one to encrypt with is none."""
    if not isinstance(key, dict):
        return False
    return key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"
