"""How a person adds a second factor to their account, and takes one away.

Whoever calls these has seen a recent proof of who the person is. Each tells the owner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.owner_told import note_and_tell
from services.casework.accounts.sign_in import SignInOver
from services.database import second_factors
from services.database.people import Person
from services.database.second_factors import CodeApp, Passkey, RecoveryCode
from services.database.sessions import at_the_door
from services.domain.accounts import OwnerNotice
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused
from services.identity import recovery_codes, time_codes
from services.identity.passkeys import PasskeyRefused
from services.identity.sealing import CannotUnseal

_PENDING = "code app of {}"


@dataclass(frozen=True, slots=True)
class MadePasskey:
    """What a browser has made: its answer, the hash of what it carries, and its kind in words."""

    answer: str
    holder: str
    device: str


@dataclass(frozen=True, slots=True)
class NewApp:
    """The secret for an app that is not added yet: as text, as an address, and sealed."""

    secret: str
    address: str
    sealed: str


def offer_app(door: AccountsDoor, person_id: UUID, sealed: str = "") -> NewApp:
    """Return a secret for the person's app, or the one that they were offered before.

    Nothing is kept before they show a code of it: the page carries it, encrypted for them.
    """
    owner = _PENDING.format(person_id)
    try:
        secret = door.key.unseal_text(owner, sealed) if sealed else time_codes.new_secret()
    except CannotUnseal:
        secret = time_codes.new_secret()
    with at_the_door(door.engine) as session:
        email = session.get_one(Person, person_id).email
    return NewApp(secret, time_codes.address_of(secret, email), door.key.seal_text(owner, secret))


def add_app(
    door: AccountsDoor, person_id: UUID, sealed: str, code: str, *, is_first: bool = False
) -> None:
    """Add the app, whose code shows that it has the secret, in place of an earlier one.

    As the first factor it is added to nothing: SignInOver where one has come in the meantime.
    """
    try:
        secret = door.key.unseal_text(_PENDING.format(person_id), sealed)
    except CannotUnseal:
        raise AnswerRefused("code", "Scan the picture again, then enter the newest code") from None
    with _changing(door, person_id, is_first=is_first) as session:
        at = second_factors.moment_now(session).timestamp()
        step = time_codes.step_of(secret, code, at, 0)
        if step is None:
            raise AnswerRefused(
                "code", "The code is not right. Enter the code that the app shows now"
            )
        before = second_factors.code_app_of(session, person_id, locked=True)
        if before is not None:
            session.delete(before)
            session.flush()
        kept = door.key.seal(str(person_id), secret.encode())
        session.add(CodeApp(person_id=person_id, sealed=kept, last_step=step))
        note_and_tell(session, person_id, AccountEvent.FACTOR_ADDED, OwnerNotice.FACTOR_ADDED)


def remove_app(door: AccountsDoor, person_id: UUID) -> None:
    """Take the app away, unless it is the last second factor and one is demanded."""
    with _changing(door, person_id) as session:
        app = second_factors.code_app_of(session, person_id, locked=True)
        if app is None:
            return
        _must_keep_one(door, len(second_factors.passkeys_of(session, person_id)))
        session.delete(app)
        note_and_tell(session, person_id, AccountEvent.FACTOR_REMOVED, OwnerNotice.FACTOR_REMOVED)


def offer_passkey(door: AccountsDoor, person_id: UUID, holder: str) -> str:
    """Return what the browser is asked to make a passkey, as JSON."""
    with at_the_door(door.engine) as session:
        known = [one.credential_id for one in second_factors.passkeys_of(session, person_id)]
        email = session.get_one(Person, person_id).email
        asked = door.passkey_site.ask_for_new(person_id, email, known)
        second_factors.keep_challenge(session, holder, asked.challenge)
        return asked.options


def add_passkey(
    door: AccountsDoor, person_id: UUID, brought: MadePasskey, *, is_first: bool = False
) -> None:
    """Add the passkey that the browser has made; as the first factor as `add_app` does."""
    with at_the_door(door.engine) as session:
        challenge = second_factors.take_challenge(session, brought.holder)
    try:
        made = door.passkey_site.read_new(brought.answer, challenge or b"")
    except PasskeyRefused:
        raise AnswerRefused("passkey", "The passkey could not be added. Try again") from None
    with _changing(door, person_id, is_first=is_first) as session:
        session.add(
            Passkey(
                person_id=person_id,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.count,
                device=brought.device,
            )
        )
        note_and_tell(session, person_id, AccountEvent.FACTOR_ADDED, OwnerNotice.FACTOR_ADDED)


def remove_passkey(door: AccountsDoor, person_id: UUID, passkey_id: UUID) -> None:
    """Take a passkey of the person's away, unless it is the last factor and one is demanded."""
    with _changing(door, person_id) as session:
        own = {one.id: one for one in second_factors.passkeys_of(session, person_id)}
        if passkey_id not in own:
            return
        has_app = second_factors.code_app_of(session, person_id) is not None
        _must_keep_one(door, len(own) - 1 + has_app)
        session.delete(own[passkey_id])
        note_and_tell(session, person_id, AccountEvent.FACTOR_REMOVED, OwnerNotice.FACTOR_REMOVED)


def new_recovery_codes(door: AccountsDoor, person_id: UUID) -> tuple[str, ...]:
    """Return ten new codes, which are shown once; the earlier ones open nothing any more."""
    codes = recovery_codes.new_codes()
    hashed = [door.passwords.hashed(recovery_codes.as_kept(code)) for code in codes]
    with at_the_door(door.engine, person_id) as session:
        second_factors.forget_recovery_codes(session, person_id)
        session.add_all(RecoveryCode(person_id=person_id, code_hash=one) for one in hashed)
        note_and_tell(
            session, person_id, AccountEvent.RECOVERY_CODES_MADE, OwnerNotice.RECOVERY_CODES_MADE
        )
    return codes


@contextmanager
def _changing(door: AccountsDoor, person_id: UUID, *, is_first: bool = False) -> Iterator[Session]:
    """Open a transaction in which nobody else changes the person's factors."""
    with at_the_door(door.engine, person_id) as session:
        second_factors.one_change_at_a_time(session, person_id)
        has_app = second_factors.code_app_of(session, person_id) is not None
        if is_first and (has_app or second_factors.passkeys_of(session, person_id)):
            raise SignInOver
        yield session


def _must_keep_one(door: AccountsDoor, left: int) -> None:
    if door.demands_second_factor and not left:
        raise AnswerRefused("", "Add another second factor before you remove the last one")
