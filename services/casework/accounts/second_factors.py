"""What a person shows besides their password: a code from an app, a passkey, a code on paper."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.owner_told import note_and_tell
from services.database import second_factors
from services.database.second_factors import Passkey, RecoveryCode
from services.database.sessions import at_the_door, shut_out
from services.domain.accounts import OwnerNotice, ProofMethod
from services.domain.audit import AccountEvent
from services.identity import recovery_codes, time_codes
from services.identity.passkeys import AskedOfBrowser, PasskeyRefused, credential_named_in

CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    """One passkey of a person, as they are shown it."""

    id: UUID
    device: str
    added_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person can show besides their password."""

    has_app: bool
    passkeys: tuple[OwnPasskey, ...]
    codes_left: int

    @property
    def any(self) -> bool:
        """Tell whether there is a second factor; codes on paper are none by themselves."""
        return self.has_app or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class FactorShown:
    """What somebody shows as their second factor: a code, of an app or on paper, or a passkey.

    ``browser`` is the known browser of the person with which they show it, if it is one.
    """

    code: str = ""
    passkey: str = ""
    browser: str = ""


def factors_of(engine: Engine, person_id: UUID) -> Factors:
    """Return what the person can show besides their password."""
    with at_the_door(engine) as session:
        app = second_factors.code_app_of(session, person_id)
        keys = second_factors.passkeys_of(session, person_id)
        left = len(second_factors.recovery_codes_of(session, person_id))
        own = tuple(OwnPasskey(one.id, one.device, one.added_at) for one in keys)
        return Factors(app is not None, own, left)


def ask_for_passkey(door: AccountsDoor, person_id: UUID, holder: str) -> str:
    """Return what the browser is asked to sign, as JSON; nothing where there is no passkey."""
    with at_the_door(door.engine) as session:
        known = [one.credential_id for one in second_factors.passkeys_of(session, person_id)]
        if not known:
            return ""
        asked: AskedOfBrowser = door.passkey_site.ask_for_proof(known)
        second_factors.keep_challenge(session, holder, asked.challenge)
        return asked.options


def method_shown(
    door: AccountsDoor, person_id: UUID, shown: FactorShown, holder: str
) -> ProofMethod | None:
    """Return by which second factor the person has shown that it is them, or nothing.

    What was shown once is used up. ``holder`` is the hash of what the browser carries.
    """
    if shown.passkey:
        return _passkey(door, person_id, shown.passkey, holder)
    if is_app_code(shown.code):
        return _app(door, person_id, _digits(shown.code))
    return _recovery_code(door, person_id, shown.code)


def is_app_code(code: str) -> bool:
    """Tell whether it is written as an app shows its codes; one on paper is longer."""
    digits = _digits(code)
    return digits.isdecimal() and len(digits) == CODE_DIGITS


def _digits(code: str) -> str:
    return "".join(code.split())


def _app(door: AccountsDoor, person_id: UUID, code: str) -> ProofMethod | None:
    with at_the_door(door.engine) as session:
        app = second_factors.code_app_of(session, person_id, locked=True)
        if app is None:
            return None
        secret = door.key.unseal(str(person_id), app.sealed).decode()
        at = second_factors.moment_now(session).timestamp()
        step = time_codes.step_of(secret, code, at, app.last_step)
        if step is None:
            return None
        app.last_step = step
        session.add(app)
        return ProofMethod.CODE_APP


def _passkey(door: AccountsDoor, person_id: UUID, brought: str, holder: str) -> ProofMethod | None:
    with at_the_door(door.engine) as session:
        challenge = second_factors.take_challenge(session, holder)
        own = {one.credential_id: one for one in second_factors.passkeys_of(session, person_id)}
        found = _named(own, brought)
        if challenge is None or found is None:
            return None
        try:
            found.sign_count = door.passkey_site.count_of_proof(
                brought, challenge, found.public_key, found.sign_count
            )
        except PasskeyRefused:
            return None
        session.add(found)
        return ProofMethod.PASSKEY


def _named(own: dict[bytes, Passkey], brought: str) -> Passkey | None:
    try:
        return own.get(credential_named_in(brought))
    except PasskeyRefused:
        return None


def _recovery_code(door: AccountsDoor, person_id: UUID, code: str) -> ProofMethod | None:
    """Take a code on paper, once: every session of the person ends with it, and they are told."""
    said = recovery_codes.as_kept(code)
    with at_the_door(door.engine) as session:
        left = {
            one.id: one.code_hash for one in second_factors.recovery_codes_of(session, person_id)
        }
    right = [one for one, kept in left.items() if door.passwords.is_right(said, kept)]
    if not said or not right:
        return None
    with at_the_door(door.engine, person_id) as session:
        row = session.get(RecoveryCode, right[0], with_for_update=True)
        if row is None:
            return None
        session.delete(row)
        shut_out(session, person_id)
        note_and_tell(
            session, person_id, AccountEvent.RECOVERY_CODE_USED, OwnerNotice.RECOVERY_CODE_USED
        )
        return ProofMethod.RECOVERY_CODE
