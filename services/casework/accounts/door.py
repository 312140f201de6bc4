"""What signing in needs of the installation: its engine, its hashing, its key, and its settings."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from services.identity.passkeys import PasskeySite
from services.identity.passwords import STRONG, Passwords
from services.identity.sealing import InstallationKey


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsDoor:
    """The door of accounts; the engine is that of the sign-in role, which sees no case.

    ``proof_lasts`` is how old a person's last proof may be when they decide; nothing where no new
    proof is asked for.
    """

    engine: Engine
    key: InstallationKey
    passkey_site: PasskeySite
    passwords: Passwords = STRONG
    demands_second_factor: bool = True
    proof_lasts: timedelta | None = timedelta(minutes=15)
