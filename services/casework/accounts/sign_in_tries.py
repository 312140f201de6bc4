"""How often a sign-in may be tried: by account, by place, and by a browser that is known.

Only tries that failed are counted, over the last quarter of an hour. Nothing that a person does
lets a count begin again: a right password takes back its own try and no other.

- One account from one address: ten. Wrong passwords shut the door for that account from that
  address only.
- An address from which many accounts fail is one office, one proxy or one attacker. Its people
  have three tries each from then on; the address itself is never shut.
- One account from all addresses together: thirty. Then only known browsers may try it.
- A browser in which the person has signed in before has ten tries of its own, which count with
  nothing else, so that others cannot keep the owner of an account out.
- A second factor has eight tries, and so has a new proof in a session, counted apart from it: each
  known browser its own, and all others of the account theirs together. Whoever has the password has
  no known browser, and shuts nobody out of one.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from services.database import sign_in_attempts
from services.database.sessions import at_the_door
from services.domain.errors import RuleBroken

TRIES_FROM_AN_ADDRESS: Final = 10
TRIES_FROM_A_BUSY_ADDRESS: Final = 3
TRIES_OF_AN_ADDRESS: Final = 50
TRIES_OF_AN_ACCOUNT: Final = 30
TRIES_OF_A_BROWSER: Final = 10
TRIES_OF_A_SECOND_STEP: Final = 8
RESETS_FROM_AN_ADDRESS: Final = 20
RESETS_OF_AN_ACCOUNT: Final = 3


class TooManyTries(RuleBroken):
    """The door was tried too often; it opens again by itself."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who somebody says they are, from where, and with which known browser of theirs, if any.

    ``device`` says what kind of browser it is, for the owner to recognise their session by, and
    ``begun`` is what it carries of a sign-in that it began before.
    """

    account: str
    address: str
    browser: str = ""
    device: str = ""
    begun: str = ""


def count_try(engine: Engine, visit: Visit) -> tuple[UUID, ...]:
    """Count this try before the password is looked at, so that many in parallel gain nothing.

    Raises TooManyTries where no more are taken; a try that is not taken is not counted, so that
    a person who goes on trying does not wait the longer for it.
    """
    doors = _doors(visit)
    with at_the_door(engine) as session:
        sign_in_attempts.one_at_a_time(session, doors["account"])
        is_shut = _is_shut(session, visit, doors)
        noted = () if is_shut else sign_in_attempts.note_try(session, tuple(doors.values()))
    if is_shut:
        raise TooManyTries(
            "Too many tries to sign in with this email address from where you are. Wait 15 "
            "minutes and try again, or use a browser in which you have signed in before. If you "
            "have forgotten your password, or the tries were not yours, tell an "
            "administrator of your partnership"
        )
    return noted


def count_second_step(engine: Engine, person_id: UUID, browser: str) -> tuple[UUID, ...]:
    """Count one showing of a second factor before it is looked at; raises TooManyTries.

    Whoever comes so far has the person's password. ``browser`` is the known one of theirs, if any.
    """
    return _count_showing(
        engine,
        _door("second step", f"{person_id}:{browser}"),
        "Too many codes were tried. Wait 15 minutes, then sign in again, or use a browser in which "
        "you have signed in before",
    )


def count_proof(engine: Engine, person_id: UUID, browser: str) -> tuple[UUID, ...]:
    """Count one new proof of somebody who is signed in before it is looked at; TooManyTries.

    A session gets another id with each role, so it is the browser that has the tries.
    """
    return _count_showing(
        engine,
        _door("proof", f"{person_id}:{browser}"),
        "Too many tries to show that it is you. Wait 15 minutes and try again",
    )


def _count_showing(engine: Engine, door: str, refusal: str) -> tuple[UUID, ...]:
    with at_the_door(engine) as session:
        sign_in_attempts.one_at_a_time(session, door)
        is_shut = sign_in_attempts.tries(session, door) >= TRIES_OF_A_SECOND_STEP
        noted = () if is_shut else sign_in_attempts.note_try(session, (door,))
    if is_shut:
        raise TooManyTries(refusal)
    return noted


def count_reset(engine: Engine, visit: Visit) -> bool:
    """Count one asking for another password, and tell whether an email may leave for it.

    Raises TooManyTries for a place that asks too often; that says nothing of any account.
    """
    doors = {"place": _door("reset place", visit.address), "account": _door("reset", visit.account)}
    with at_the_door(engine) as session:
        sign_in_attempts.one_at_a_time(session, doors["place"])
        tries = {kind: sign_in_attempts.tries(session, door) for kind, door in doors.items()}
        is_shut = tries["place"] >= RESETS_FROM_AN_ADDRESS
        if not is_shut:
            sign_in_attempts.note_try(session, tuple(doors.values()))
    if is_shut:
        raise TooManyTries("Too many tries from where you are. Wait 15 minutes and try again")
    return tries["account"] < RESETS_OF_AN_ACCOUNT


def count_at_doors(engine: Engine, limits: Mapping[tuple[str, str], int]) -> tuple[UUID, ...]:
    """Count one try at each of these doors, by kind and name; return their notes in that order.

    Raises TooManyTries where one of them was tried as often as it may be in a quarter of an hour.
    """
    doors = {_door(*named): most for named, most in limits.items()}
    with at_the_door(engine) as session:
        for door in sorted(doors):
            sign_in_attempts.one_at_a_time(session, door)
        is_shut = any(sign_in_attempts.tries(session, door) >= most for door, most in doors.items())
        noted = () if is_shut else sign_in_attempts.note_try(session, tuple(doors))
    if is_shut:
        raise TooManyTries("Too many tries from where you are. Wait 15 minutes and try again.")
    return noted


def take_back_try(engine: Engine, noted: tuple[UUID, ...]) -> None:
    """Count a try no longer: its password was right."""
    with at_the_door(engine) as session:
        sign_in_attempts.take_back(session, noted)


def first_in_window(engine: Engine, account: str) -> tuple[UUID, ...]:
    """Note that the owner of the account is told now; nothing if they were told just before."""
    told = _door("told", account)
    with at_the_door(engine) as session:
        sign_in_attempts.one_at_a_time(session, told)
        if sign_in_attempts.tries(session, told):
            return ()
        return sign_in_attempts.note_try(session, (told,))


def _doors(visit: Visit) -> Mapping[str, str]:
    """Return the hashes under which this try counts."""
    if visit.browser:
        return {"account": _door("browser", f"{visit.browser}:{visit.account}")}
    return {
        "account": _door("account", visit.account),
        "address": _door("address", visit.address),
        "pair": _door("pair", f"{visit.address}:{visit.account}"),
    }


def _is_shut(session: Session, visit: Visit, doors: Mapping[str, str]) -> bool:
    tries = {kind: sign_in_attempts.tries(session, door) for kind, door in doors.items()}
    if visit.browser:
        return tries["account"] >= TRIES_OF_A_BROWSER
    is_busy = tries["address"] >= TRIES_OF_AN_ADDRESS
    most = TRIES_FROM_A_BUSY_ADDRESS if is_busy else TRIES_FROM_AN_ADDRESS
    return tries["pair"] >= most or tries["account"] >= TRIES_OF_AN_ACCOUNT


def _door(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()
