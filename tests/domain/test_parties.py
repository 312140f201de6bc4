"""Who must sign and when all agree: by party, in one area or in several (GOV-11, rules.md 4)."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import compress
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.errors import AlreadyDone, NotPermitted, RuleBroken
from services.domain.identifiers import PartnershipId, PersonId
from services.domain.parties import (
    Party,
    must_be_free_to_sign,
    must_have_seen,
    parties_of,
    party_name,
    party_of,
    standing,
)
from services.domain.roles import Actor, Role, Seat
from services.domain.sign_off import Position

NORTH, SALT = PartnershipId(UUID(int=1)), PartnershipId(UUID(int=2))
DAY = date(2026, 3, 2)
COMMANDER = PersonId(uuid4())


@dataclass(frozen=True)
class Signed:
    party: Party
    signed_by: PersonId
    position: Position = Position.AGREES
    signed_on: date = DAY
    replaces: UUID | None = None
    id: UUID = field(default_factory=uuid4)


def by_all(parties, **but):
    return [Signed(party, PersonId(uuid4()), **but) for party in parties]


def test_a_partnership_of_one_authority_has_three_parties():
    assert parties_of(NORTH) == tuple(Party(NORTH, seat) for seat in Seat)


def test_a_partnership_of_two_authorities_has_four_and_both_authorities_sign():
    parties = parties_of(NORTH, ["west", "east"])
    assert [party.authority for party in parties] == ["east", "west", "", ""]
    signed = by_all(parties[:1] + parties[2:])
    assert standing(signed, parties).missing == (Party(NORTH, Seat.LOCAL_AUTHORITY, "west"),)
    assert standing(signed, parties).agreed_on is None


def test_all_agree_on_the_day_of_the_last_signature():
    parties = parties_of(NORTH) + parties_of(SALT)
    signed = by_all(parties)
    signed[3] = replace(signed[3], signed_on=DAY + timedelta(days=2))
    assert standing(signed, parties).agreed_on == DAY + timedelta(days=2)


def test_one_dissent_of_any_seat_decides_nothing_and_stays_in_sight():
    parties = parties_of(NORTH) + parties_of(SALT)
    signed = by_all(parties)
    signed[4] = replace(signed[4], position=Position.DISAGREES)
    now = standing(signed, parties)
    assert (now.missing, now.agreed_on) == ((), None)
    assert [one.party for one in now.dissents] == [parties[4]]


def test_comments_agree():
    parties = parties_of(NORTH)
    signed = by_all(parties, position=Position.AGREES_WITH_COMMENTS)
    assert standing(signed, parties).agreed_on == DAY


def test_no_parties_never_agree():
    assert standing([], ()).agreed_on is None


def test_a_signature_of_a_party_that_does_not_decide_counts_for_nothing():
    parties = parties_of(NORTH)
    elsewhere = by_all(parties_of(SALT))
    assert standing(elsewhere, parties).missing == parties


@given(st.sets(st.integers(0, 5)))
def test_all_agree_exactly_when_every_party_has_signed(chosen):
    parties = parties_of(NORTH) + parties_of(SALT)
    signed = by_all([party for number, party in enumerate(parties) if number in chosen])
    now = standing(signed, parties)
    assert len(now.missing) == len(parties) - len(chosen)
    assert (now.agreed_on is not None) == (len(chosen) == len(parties))


def replacing(before: Signed, position: Position, **but) -> Signed:
    return Signed(before.party, PersonId(uuid4()), position, replaces=before.id, **but)


@given(st.lists(st.lists(st.sampled_from(Position), max_size=4), min_size=6, max_size=6), st.data())
def test_it_is_decided_exactly_when_the_newest_position_of_every_seat_agrees(said, data):
    """GOV-11, GOV-12: whatever is signed and replaced, no majority of seats or leads decides.

    ``said`` are the positions of each of six seats, in the order in which they replace each other.
    """
    parties = parties_of(NORTH) + parties_of(SALT)
    signed: list[Signed] = []
    for party, positions in zip(parties, said, strict=True):
        given_so_far: list[Signed] = []
        for position in positions:
            if given_so_far:
                given_so_far.append(replacing(given_so_far[-1], position))
            else:
                given_so_far.append(Signed(party, PersonId(uuid4()), position))
        signed += given_so_far
    now = standing(data.draw(st.permutations(signed)), parties)
    newest = [positions[-1] if positions else None for positions in said]
    assert (now.agreed_on is not None) == all(
        one in {Position.AGREES, Position.AGREES_WITH_COMMENTS} for one in newest
    )
    against = [one is Position.DISAGREES for one in newest]
    assert [one.party for one in now.dissents] == list(compress(parties, against))
    assert now.missing == tuple(compress(parties, [one is None for one in newest]))


def test_no_seat_replaces_the_position_of_another():
    """GOV-11: what names another seat's position takes the place of none."""
    parties = parties_of(NORTH)
    signed = by_all(parties)
    signed[2] = replace(signed[2], position=Position.DISAGREES)
    for other in parties[:2]:
        signed.append(replace(replacing(signed[2], Position.AGREES), party=other))
    assert signed[2] in standing(signed, parties).dissents


def test_what_a_lead_replaces_is_agreed_on_their_own_day():
    parties = parties_of(NORTH)
    signed = by_all(parties)
    signed[1] = replace(signed[1], position=Position.DISAGREES)
    later = DAY + timedelta(days=3)
    signed.append(replacing(signed[1], Position.AGREES, signed_on=later))
    assert standing(signed, parties).agreed_on == later


def test_a_force_of_two_areas_signs_once_for_each_and_never_once_for_both():
    parties = parties_of(NORTH) + parties_of(SALT)
    north, salt = Party(NORTH, Seat.POLICE), Party(SALT, Seat.POLICE)
    signed = [Signed(north, COMMANDER)]
    assert salt in standing(signed, parties).missing
    must_be_free_to_sign(signed, signed, salt, COMMANDER, parties)


def test_a_seat_that_has_signed_does_not_sign_again():
    party = Party(NORTH, Seat.POLICE)
    signed = [Signed(party, COMMANDER)]
    with pytest.raises(AlreadyDone, match="signed already"):
        must_be_free_to_sign(signed, signed, party, PersonId(uuid4()), parties_of(NORTH))


def test_a_person_never_fills_two_seats_of_one_partnership():
    parties = parties_of(NORTH, ["east", "west"])
    signed = [Signed(parties[0], COMMANDER)]
    for other in parties[1:]:
        with pytest.raises(RuleBroken, match="two partners' seats"):
            must_be_free_to_sign((), signed, other, COMMANDER, parties)


def test_a_person_never_signs_for_two_of_the_three_partners_across_areas():
    parties = parties_of(NORTH) + parties_of(SALT)
    signed = [Signed(Party(NORTH, Seat.POLICE), COMMANDER)]
    with pytest.raises(RuleBroken, match="two kinds"):
        must_be_free_to_sign((), signed, Party(SALT, Seat.LOCAL_AUTHORITY), COMMANDER, parties)


def test_a_seat_that_does_not_decide_is_refused():
    with pytest.raises(NotPermitted, match="does not decide"):
        must_be_free_to_sign((), (), Party(SALT, Seat.POLICE), COMMANDER, parties_of(NORTH))


def test_a_party_is_named_by_its_seat_and_by_its_authority_where_there_are_several():
    councils = {"east": "East Riverside Council (example)"}
    east, alone = parties_of(NORTH, ["east", "west"])[0], Party(NORTH, Seat.LOCAL_AUTHORITY)
    assert (east.code, alone.code) == ("local_authority:east", "local_authority")
    told = party_name(Seat.LOCAL_AUTHORITY, "east", councils)
    assert told == "local authority: East Riverside Council (example)"
    assert party_name(Seat.LOCAL_AUTHORITY, "", {}) == "local authority"


def test_who_acts_for_a_seat_acts_for_its_party_and_nobody_else_does():
    manager = Actor(person_id=COMMANDER, partnership_id=NORTH, role=Role.BUSINESS_MANAGER)
    assert party_of(manager) is None
    partner = replace(manager, seat=Seat.LOCAL_AUTHORITY, authority="west")
    assert party_of(partner) == Party(NORTH, Seat.LOCAL_AUTHORITY, "west")


@pytest.mark.parametrize("seen", [1, 3])
def test_only_the_newest_round_is_signed(seen):
    must_have_seen(2, 2)
    with pytest.raises(RuleBroken, match=r"newer version .*round 2"):
        must_have_seen(seen, 2)
