"""A system exchanges the code of a person who agreed for a token of theirs (PKCE)."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Engine

from services.casework.accounts.browser_sessions import note_event
from services.casework.systems.tokens import (
    SystemShown,
    TokenGiven,
    TokenRefused,
    keep_token,
    must_be_system,
)
from services.database.api_tokens import ApiToken, TokenKind, take_code
from services.database.people import Membership
from services.database.sessions import at_the_door
from services.domain.audit import AccountEvent
from services.domain.systems import scopes_in
from services.identity import session_ids
from services.identity.passwords import Passwords

_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class CodeBrought:
    """What a system brings to exchange: the code, what its challenge was made from, the address."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    return_address: str = ""


def token_for_person(
    engine: Engine, hashing: Passwords, shown: SystemShown, brought: CodeBrought, today: date
) -> TokenGiven:
    """Give a system the token of the person whose code it brings, once; raises TokenRefused.

    The code is used up whatever else is wrong with what is brought.
    """
    held = must_be_system(engine, hashing, shown, today)
    with at_the_door(engine) as session:
        agreed = take_code(session, session_ids.kept(brought.code))
    is_its = agreed is not None and agreed.system_id == shown.system_id
    if agreed is None or not is_its or not _matches(agreed, held, brought):
        note_event(engine, shown.system_id, AccountEvent.TOKEN_REFUSED)
        raise TokenRefused("invalid_grant")
    row = ApiToken(
        token_sha256="",
        kind=TokenKind.ACCESS,
        system_id=agreed.system_id,
        person_id=agreed.person_id,
        membership_id=agreed.membership_id,
        scopes=agreed.scopes,
        methods=agreed.methods,
        provider=agreed.provider,
        proved_at=agreed.proved_at,
    )
    return TokenGiven(keep_token(engine, row), scopes_in(agreed.scopes))


def _matches(agreed: ApiToken, held: Membership, brought: CodeBrought) -> bool:
    if not _VERIFIER.fullmatch(brought.verifier) or brought.return_address != held.accountable_to:
        return False
    made = hashlib.sha256(brought.verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, agreed.challenge)
