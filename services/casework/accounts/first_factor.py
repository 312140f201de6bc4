"""A second factor before the first session, for somebody who has none and must have one.

Nobody who has one already comes through here: who knows a password alone adds no second factor to
an account that has one.
"""

from dataclasses import dataclass
from uuid import UUID

from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.own_factors import (
    MadePasskey,
    NewApp,
    add_app,
    add_passkey,
    offer_app,
    offer_passkey,
)
from services.casework.accounts.second_factors import factors_of
from services.casework.accounts.sign_in import SignInOver, begun_by, finish
from services.domain.accounts import ProofMethod
from services.identity import session_ids


@dataclass(frozen=True, slots=True)
class FirstFactor:
    """What somebody has set up: an app, by its secret and a code of it, or a passkey."""

    offered: str = ""
    code: str = ""
    passkey: str = ""


def offer_first_app(door: AccountsDoor, carried: str, sealed: str) -> NewApp:
    """Return a secret for an app, or the one that was offered before."""
    return offer_app(door, _begun(door, carried), sealed)


def offer_first_passkey(door: AccountsDoor, carried: str) -> str:
    """Return what the browser is asked to make a passkey, as JSON."""
    return offer_passkey(door, _begun(door, carried), session_ids.kept(carried))


def set_up_first_factor(door: AccountsDoor, carried: str, brought: FirstFactor, device: str) -> str:
    """Add what was set up, and return the id of the session that follows.

    Raises SignInOver where nothing is begun, or another has set one up in the meantime, and
    AnswerRefused for a code or a passkey that is not right.
    """
    person_id = _begun(door, carried)
    if brought.passkey:
        holder = session_ids.kept(carried)
        made = MadePasskey(brought.passkey, holder, device)
        add_passkey(door, person_id, made, is_first=True)
        return finish(door, carried, ProofMethod.PASSKEY, device)
    add_app(door, person_id, brought.offered, brought.code, is_first=True)
    return finish(door, carried, ProofMethod.CODE_APP, device)


def _begun(door: AccountsDoor, carried: str) -> UUID:
    person_id = begun_by(door, carried)
    if factors_of(door.engine, person_id).any:
        raise SignInOver
    return person_id
