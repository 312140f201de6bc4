"""Who must sign, and what the signatures amount to (GOV-11).

A party is one seat of one partnership. A partnership of several local authorities has a seat for
each of them, and all of them sign. An organisation that serves several areas holds a seat in each
area and signs once for each: a signature counts for the party it was given for, and for no other
(rules.md 4).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from services.domain.errors import AlreadyDone, NotPermitted, RuleBroken
from services.domain.identifiers import PartnershipId, PersonId
from services.domain.labels import label
from services.domain.roles import Actor, Seat
from services.domain.sign_off import Position


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """One seat that decides.

    ``authority`` is the code of the local authority where the partnership has several, else empty.
    """

    partnership_id: PartnershipId
    seat: Seat
    authority: str = ""

    @property
    def code(self) -> str:
        """Return the code of the seat, with that of the authority where there are several."""
        return f"{self.seat}:{self.authority}" if self.authority else self.seat.value


class Signature(Protocol):
    """What is kept of one signature of a round; a sign-off row is one."""

    @property
    def id(self) -> UUID:
        """Return by what it is known."""

    @property
    def replaces(self) -> UUID | None:
        """Return which position of the same party it takes the place of, if it does (GOV-12)."""

    @property
    def party(self) -> Party:
        """Return the party it was given for."""

    @property
    def signed_by(self) -> PersonId:
        """Return the person who gave it."""

    @property
    def position(self) -> Position:
        """Return what the party says."""

    @property
    def signed_on(self) -> date:
        """Return the day, in England, on which it was given."""


S = TypeVar("S", bound=Signature)


@dataclass(frozen=True, slots=True)
class Standing(Generic[S]):
    """What the signatures of one round amount to.

    ``agreed_on`` is the day of the last signature once every party agrees. There is no majority:
    with one dissent, or one party missing, nothing is decided (GOV-11).
    """

    missing: tuple[Party, ...]
    dissents: tuple[S, ...]
    agreed_on: date | None


def parties_of(
    partnership_id: PartnershipId, authorities: Collection[str] = ()
) -> tuple[Party, ...]:
    """Return the parties of one partnership: its three seats, one for each local authority."""
    return tuple(
        Party(partnership_id, seat, authority)
        for seat in Seat
        for authority in (sorted(authorities) if seat is Seat.LOCAL_AUTHORITY else ()) or ("",)
    )


def party_of(actor: Actor) -> Party | None:
    """Return the party for which the actor decides, if there is one (GOV-12)."""
    if actor.seat is None:
        return None
    return Party(actor.partnership_id, actor.seat, actor.authority)


def party_name(seat: Seat, authority: str, authorities: Mapping[str, str]) -> str:
    """Return what people read for the party: its seat, and which authority where there are several.

    ``authorities`` are the names of the partnership's authorities by their codes.
    """
    if not authority:
        return label(seat)
    return f"{label(seat)}: {authorities.get(authority, authority)}"


def must_have_seen(seen: int, newest: int) -> None:
    """Refuse a signature of a round that is over: each round is signed as it was put (GOV-11)."""
    if seen != newest:
        raise RuleBroken(
            f"A newer version was put to the partners (round {newest}) after you opened round "
            f"{seen}, so this signature is not kept. Read the newer version here, then sign it."
        )


def newest_positions(signatures: Iterable[S]) -> list[S]:
    """Return the positions that stand: without those that their own party replaced (GOV-12)."""
    found = list(signatures)
    replaced = {(one.replaces, one.party) for one in found}
    return [one for one in found if (one.id, one.party) not in replaced]


def standing(signatures: Iterable[S], needed: Sequence[Party]) -> Standing[S]:
    """Return who is missing, who dissents, and when all agreed; no parties never agree.

    Of each party its newest position counts. That of a party that is not needed counts for nothing.
    """
    by_party = {one.party: one for one in newest_positions(signatures) if one.party in needed}
    missing = tuple(party for party in needed if party not in by_party)
    dissents = tuple(
        by_party[party]
        for party in needed
        if party in by_party and by_party[party].position is Position.DISAGREES
    )
    all_agree = bool(needed) and not missing and not dissents
    return Standing(
        missing=missing,
        dissents=dissents,
        agreed_on=max(one.signed_on for one in by_party.values()) if all_agree else None,
    )


def must_be_free_to_sign(
    this_round: Iterable[Signature],
    ever: Iterable[Signature],
    party: Party,
    person_id: PersonId,
    needed: Collection[Party],
) -> None:
    """Refuse a seat that does not decide or has signed, and a person in two seats (rules.md 4).

    ``this_round`` are the round's signatures, ``ever`` all that were given on the review so far.
    A person who holds the same seat in two areas signs twice, once for each area; nobody signs for
    two seats of one partnership, or for two kinds of partner.
    Raises NotPermitted, AlreadyDone and RuleBroken in this order.
    """
    if party not in needed:
        raise NotPermitted("Your seat does not decide this matter.")
    if any(one.party == party for one in this_round):
        raise AlreadyDone(f"The {label(party.seat)} has signed already; that position stands.")
    others = [one.party for one in ever if one.signed_by == person_id and one.party != party]
    if any(one.partnership_id == party.partnership_id for one in others):
        raise RuleBroken("One person cannot fill two partners' seats on a case.")
    if any(one.seat is not party.seat for one in others):
        raise RuleBroken("One person cannot sign for two kinds of partner in a joint review.")
