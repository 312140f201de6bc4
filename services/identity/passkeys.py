"""Passkeys (WebAuthn): a key pair in the person's device, which signs only for this site.

Traps: an IP address is no relying party; the counter of a synchronised passkey stays at nought; the
options are JSON for the browser's own `parse…FromJSON`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME = "Keyline"


class PasskeyRefused(Exception):
    """What the browser brought is no proof: another challenge, site or key, or no PIN."""


@dataclass(frozen=True, slots=True)
class AskedOfBrowser:
    """What the browser is asked, as JSON, and the challenge that its answer must hold."""

    options: str
    challenge: bytes


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that a browser has made."""

    credential_id: bytes
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class PasskeySite:
    """The site for which passkeys are made: its origin, and the host that stands for it."""

    origin: str

    @property
    def host(self) -> str:
        """Return the relying party's id."""
        return urlsplit(self.origin).hostname or ""

    def ask_for_new(self, person_id: UUID, account: str, known: Iterable[bytes]) -> AskedOfBrowser:
        """Return what the browser is asked to make a passkey; a device makes no second one."""
        options = generate_registration_options(
            rp_id=self.host,
            rp_name=NAME,
            user_id=person_id.bytes,
            user_name=account,
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return AskedOfBrowser(options_to_json(options), options.challenge)

    def read_new(self, brought: str, challenge: bytes) -> NewPasskey:
        """Return the passkey that was made; raises PasskeyRefused."""
        try:
            found = verify_registration_response(
                credential=brought,
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise PasskeyRefused from None
        return NewPasskey(found.credential_id, found.credential_public_key, found.sign_count)

    def ask_for_proof(self, known: Iterable[bytes]) -> AskedOfBrowser:
        """Return what the browser is asked to sign, by one of the person's own passkeys."""
        options = generate_authentication_options(
            rp_id=self.host,
            user_verification=UserVerificationRequirement.REQUIRED,
            allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        )
        return AskedOfBrowser(options_to_json(options), options.challenge)

    def count_of_proof(self, brought: str, challenge: bytes, public_key: bytes, count: int) -> int:
        """Return the key's new counter if the proof is right; raises PasskeyRefused.

        A counter that goes back is that of a copied key, and is refused.
        """
        try:
            found = verify_authentication_response(
                credential=brought,
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise PasskeyRefused from None
        return found.new_sign_count


def credential_named_in(brought: str) -> bytes:
    """Return the id of the passkey that an answer names; raises PasskeyRefused."""
    try:
        return parse_authentication_credential_json(brought).raw_id
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
