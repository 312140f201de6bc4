"""From when until when an entry of the directory holds, and what takes its place (GOV-02)."""

from datetime import date

import pytest

from services.domain.directory import (
    BODIES,
    ContactStanding,
    OrganisationKind,
    Succession,
    Validity,
    succession,
)
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION
from services.domain.recipients import Recipient

FIRST, LAST = date(2026, 1, 5), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 1, 4), ContactStanding.NOT_YET),
        (FIRST, ContactStanding.IN_FORCE),
        (LAST, ContactStanding.IN_FORCE),
        (date(2026, 4, 1), ContactStanding.ENDED),
    ],
)
def test_an_entry_holds_from_its_first_day_to_its_last(day, standing):
    assert Validity(FIRST, LAST).standing(day) is standing


def test_an_entry_that_ended_before_it_began_never_held():
    void = Validity(FIRST, date(2026, 1, 4))
    for day in (date(2026, 1, 4), FIRST, LAST):
        assert void.standing(day) is ContactStanding.NEVER_HELD
        assert not void.reaches(day)


def test_another_entry_begins_where_the_one_before_it_ends_without_a_gap_or_an_overlap():
    assert succession(Validity(FIRST), LAST) == Succession(LAST, date(2026, 3, 30))


def test_without_a_day_the_other_entry_was_wrong_from_its_beginning():
    change = succession(Validity(FIRST), None)
    assert change == Succession(FIRST, date(2026, 1, 4))
    assert Validity(FIRST, change.last_of_other).is_void


@pytest.mark.parametrize("begins", [date(2026, 1, 4), FIRST, date(2026, 4, 1)])
def test_no_entry_takes_the_place_of_one_outside_its_days(begins):
    assert succession(Validity(FIRST, LAST), begins) is None


def test_an_address_outside_the_partnership_takes_two_people():
    own = {"partnership", "local_authority", "integrated_care_board", "police", "relevant_agency"}
    assert {one.value for one in OrganisationKind if not one.takes_two} == own


def test_each_national_body_that_is_written_to_is_an_organisation_of_its_own_kind():
    """E-05: so that an address in the directory is known to be that body's, and no other's."""
    assert {kind.value for kind in BODIES.values()} == {one.value for one in BODIES}
    for recipient in Recipient:
        assert (recipient in BODIES) == (PRODUCTION.address_of(recipient) is not None)


@pytest.mark.parametrize("real", ["SCR.SIN@OFSTED.gov.uk ", "another.desk@education.gov.uk"])
def test_no_real_national_body_is_written_to_outside_production(real):
    assert PRODUCTION.may_be_used(real)
    assert not NOT_PRODUCTION.may_be_used(real)
    assert NOT_PRODUCTION.may_be_used("new.desk@body.example")
