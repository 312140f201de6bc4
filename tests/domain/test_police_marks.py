"""Who a police mark lists, who may mark, and what is never hidden."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from services.domain.entry_types import EntryType
from services.domain.identifiers import PartnershipId, PersonId
from services.domain.labels import label
from services.domain.parties import Party
from services.domain.police_marks import NEVER_HIDDEN, UNMARKABLE, ListedSeat, is_listed
from services.domain.roles import Actor, Permission, Role, Seat

OURS, THEIRS = PartnershipId(UUID(int=1)), PartnershipId(UUID(int=2))
POLICE_SQL = Path(__file__).parents[2] / "services/database/migrations/police.sql"


def test_what_is_never_hidden_is_the_same_in_the_database():
    (array,) = re.findall(r"entry_type <> all \(array\[(.*?)\]\)", POLICE_SQL.read_text(), re.S)
    assert {*re.findall(r"'(\w+)'", array)} == {one.value for one in NEVER_HIDDEN}


def test_the_fact_of_a_sign_off_and_a_mark_itself_are_not_marked():
    assert {EntryType.SIGNED_OFF, EntryType.MARKED_SENSITIVE, EntryType.MARK_LIFTED} <= UNMARKABLE


@pytest.mark.parametrize("seat", ListedSeat)
def test_a_listed_seat_is_a_role_or_a_partners_seat_and_is_called_so(seat):
    assert seat.value in {*map(str, Seat), *map(str, Role)}
    assert label(seat)


@pytest.mark.parametrize(
    ("partnerships", "seats", "reads"),
    [
        ({OURS}, {ListedSeat.POLICE}, True),
        ({OURS}, {ListedSeat.LOCAL_AUTHORITY}, False),
        ({THEIRS}, {ListedSeat.POLICE}, False),
        ({OURS, THEIRS}, {*ListedSeat}, True),
    ],
)
def test_a_party_reads_where_its_seat_and_its_partnership_are_listed(partnerships, seats, reads):
    assert is_listed(Party(OURS, Seat.POLICE), seats, partnerships) is reads


@pytest.mark.parametrize(
    ("role", "seat", "may"),
    [
        (Role.BUSINESS_MANAGER, None, True),
        (Role.SAFEGUARDING_PARTNER, Seat.POLICE, True),
        (Role.SAFEGUARDING_PARTNER, Seat.LOCAL_AUTHORITY, False),
        (Role.SAFEGUARDING_PARTNER, Seat.INTEGRATED_CARE_BOARD, False),
        (Role.REVIEW_GROUP_CHAIR, None, False),
        (Role.AGENCY_LEAD, None, False),
    ],
)
def test_the_manager_and_the_police_seat_mark(role, seat, may):
    actor = Actor(person_id=PersonId(UUID(int=3)), partnership_id=OURS, role=role, seat=seat)
    assert actor.may(Permission.MARK_SENSITIVE) is may


def test_what_a_plan_owes_who_was_told_and_which_event_is_to_be_are_never_hidden():
    """G10, G11, PUB-22: a mark on one of these would make a rule another's by who acts."""
    assert {
        EntryType.AUDIT_ASKED,
        EntryType.ACTION_AUDITED,
        EntryType.PLAN_REVIEWED,
        EntryType.STAFF_TOLD,
        EntryType.STAFF_TOLD_RECORDED,
        EntryType.LEARNING_EVENT_PLANNED,
        EntryType.LEARNING_EVENT_CALLED_OFF,
    } <= NEVER_HIDDEN
