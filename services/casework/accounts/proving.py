"""Showing again that it is you: before a decision, and before the account itself is changed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.casework.accounts.browser_sessions import note_event, renew_id
from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.own_passwords import knows_password
from services.casework.accounts.owner_told import owner_told_of_too_many
from services.casework.accounts.second_factors import (
    Factors,
    FactorShown,
    factors_of,
    is_app_code,
    method_shown,
)
from services.casework.accounts.sign_in_tries import count_proof, take_back_try
from services.casework.accounts.who_is import SessionNow, SignedIn
from services.database import identities, second_factors
from services.database.people import Credential
from services.database.sessions import WebSession, at_the_door
from services.domain.accounts import OwnerNotice, ProofMethod, methods_in, written
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.identity import session_ids

FOR_THE_ACCOUNT: Final = timedelta(minutes=15)
SIGN_IN_HERE: Final = (
    "You signed in with your organisation, which vouches for you in its own partnerships alone. To "
    "change how you sign in here, sign in with your email address and password first."
)
PROVED_ELSEWHERE: Final = "You signed in with your organisation: show it there that it is you."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAsked:
    """What a person shows again, who signed in as they did.

    ``provider`` is the code of the organisation that vouches for their session, ``organisation``
    its name: then it is shown there and nowhere else, however little is asked for here.
    """

    factors: Factors
    has_password: bool
    provider: str = ""
    organisation: str = ""

    @property
    def by_password(self) -> bool:
        """Tell whether it is the password: where there is a second factor it is that."""
        return self.has_password and not self.provider and not self.factors.any

    @property
    def by_nothing(self) -> bool:
        """Tell whether they have nothing to show: who came by a one-time address comes again."""
        return not (self.provider or self.factors.any or self.has_password)


def is_lately_proved(session: SessionNow | None, within: timedelta | None) -> bool:
    """Tell whether the person proved who they are so lately; where nothing is asked, they did."""
    return within is None or (session is not None and session.proved_ago <= within)


def may_change_factors(person: SignedIn) -> bool:
    """Tell whether the person came in by what is ours; their second factor guards every role."""
    return person.session is not None and not person.session.provider


def may_add_a_way_in(person: SignedIn) -> bool:
    """Tell whether the person came in by what is ours, and showed lately that it is them."""
    return may_change_factors(person) and is_lately_proved(person.session, FOR_THE_ACCOUNT)


def must_change_factors(person: SignedIn) -> None:
    """Refuse (RuleBroken) whom an organisation let in: the factor opens the doors of others too."""
    if not may_change_factors(person):
        raise RuleBroken(SIGN_IN_HERE)


def proof_asked(door: AccountsDoor, person: SignedIn) -> ProofAsked:
    """Return what the person shows again, as they are signed in."""
    provider = person.session.provider if person.session is not None else ""
    with at_the_door(door.engine) as session:
        has_password = session.get(Credential, person.person_id) is not None
        named = identities.get_provider(session, provider).name if provider else ""
    factors = factors_of(door.engine, person.person_id)
    return ProofAsked(
        factors=factors, has_password=has_password, provider=provider, organisation=named
    )


def prove_again(
    door: AccountsDoor, person: SignedIn, carried: str, shown: FactorShown, password: str
) -> str:
    """Keep that the person has shown again that it is them; return the new id of their session.

    Raises AnswerRefused and TooManyTries.
    A recovery code is for coming in, and no proof here. Who was vouched for by an organisation is
    refused (RuleBroken): a password of ours, or a code, is less than what let them in.
    """
    asked, person_id = proof_asked(door, person), person.person_id
    if asked.provider:
        raise RuleBroken(PROVED_ELSEWHERE)
    with owner_told_of_too_many(door.engine, person_id, OwnerNotice.PROOF_TRIED):
        noted = count_proof(door.engine, person_id, shown.browser)
    if asked.factors.any:
        method = _second(door, person_id, shown, carried)
        field, problem = "code", "The code is not right, or it was used before"
    else:
        method = ProofMethod.PASSWORD if knows_password(door, person_id, password) else None
        field, problem = "password", "The password is not right"
    if method is None:
        note_event(door.engine, person_id, AccountEvent.PROOF_REFUSED)
        raise AnswerRefused(field, problem)
    take_back_try(door.engine, noted)
    renewed = _keep(door, carried, method)
    note_event(door.engine, person_id, AccountEvent.PROVED_AGAIN)
    return renewed


def _keep(door: AccountsDoor, carried: str, method: ProofMethod) -> str:
    with at_the_door(door.engine) as session:
        row = session.get_one(WebSession, session_ids.kept(carried))
        row.methods = written((*methods_in(row.methods), method))
        row.proved_at = second_factors.moment_now(session)
        session.add(row)
        return renew_id(session, carried)


def _second(
    door: AccountsDoor, person_id: UUID, shown: FactorShown, carried: str
) -> ProofMethod | None:
    if not (shown.passkey or is_app_code(shown.code)):
        return None
    return method_shown(door, person_id, shown, session_ids.kept(carried))
