"""What an organisation's identity provider says of a person, and whether that is enough.

A provider may answer with less than it was asked for, and the libraries that speak its protocol do
not compare: a second factor and a fresh sign-in are compared here (reliability S1).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.domain.errors import NotPermitted

# Two machines' clocks differ by so much.
LEEWAY: Final = timedelta(seconds=30)
# How long ago a person may have proved who they are to their organisation, where it is not said.
LONGEST_AGO: Final = timedelta(hours=12)
# A session lasts so long where the provider tells when its person signs out or leaves, and where it
# does not: then it is asked again without a word to the person (decision 0058).
WITH_LOGOUT: Final = timedelta(hours=12)
WITHOUT_LOGOUT: Final = timedelta(hours=1)
SHORTEST_SESSION: Final = timedelta(minutes=5)


class NotVouched(NotPermitted):
    """What the provider says of the person does not let them in."""


class NotStrongEnough(NotVouched):
    """The person did not prove who they are in a way that is accepted of this provider."""

    def __init__(self) -> None:
        super().__init__(
            "Your organisation signed you in without a second factor that Keyline accepts. Set one "
            "up with your organisation, then try again."
        )


class TooLongAgo(NotVouched):
    """The person proved who they are too long ago, or the provider does not say when."""

    def __init__(self) -> None:
        super().__init__(
            "It is too long since you proved to your organisation who you are, or it does not say "
            "when you did. Sign in there again."
        )


@dataclass(frozen=True, slots=True)
class Demanded:
    """What a provider is to say: one of these ways, one of these methods, not longer ago.

    ``acr`` are classes of sign-in, ``amr`` single methods, as the provider names them. An empty one
    demands nothing.
    """

    acr: frozenset[str]
    amr: frozenset[str]
    longest_ago: timedelta = LONGEST_AGO

    def afresh(self, since: timedelta) -> "Demanded":
        """Return the same, proved no longer ago than the time since it was asked for."""
        return replace(self, longest_ago=min(self.longest_ago, since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a provider says of a person: the issuer and the subject are who they are.

    ``sid`` is the session there, by which a sign-out names it.
    """

    issuer: str
    subject: str
    sid: str = ""
    acr: str = ""
    amr: frozenset[str] = frozenset()
    at: datetime | None = None


def must_be_enough(vouched: Vouched, demanded: Demanded, now: datetime) -> None:
    """Refuse what was proved in another way or longer ago than demanded, or at no told time."""
    if demanded.acr and vouched.acr not in demanded.acr:
        raise NotStrongEnough
    if demanded.amr and not demanded.amr & vouched.amr:
        raise NotStrongEnough
    if vouched.at is None or not -LEEWAY <= now - vouched.at <= demanded.longest_ago + LEEWAY:
        raise TooLongAgo


def lasts(minutes: int, *, tells_of_logout: bool) -> timedelta:
    """Return how long a session lasts: as configured, else by whether sign-outs are told."""
    if minutes:
        return timedelta(minutes=minutes)
    return WITH_LOGOUT if tells_of_logout else WITHOUT_LOGOUT


def domain_of(address: str) -> str:
    """Return the domain of an e-mail address, as providers offer it; nothing if it has none."""
    return address.strip().rpartition("@")[2].lower() if "@" in address else ""


def offers(domains: Collection[str], domain: str) -> bool:
    """Tell whether the domain is one of those offered; a part of one is none."""
    return bool(domain) and domain in domains
