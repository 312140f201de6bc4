"""Signing together: by party of each deciding partnership, on rows of each one's own (GOV-11)."""

import pytest
from sqlmodel import select

from services.database.decisions import SignOff
from services.database.history import all_of
from services.database.outbox import case_emails
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import CaseworkError, RuleBroken
from services.domain.joint_reviews import SHAREABLE, JointPart
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.todos import Todo
from tests.joint_changes import put_to_both
from tests.joint_publishing import Publishing, consulted, contributing
from tests.joint_together import DECIDED, Together


@pytest.fixture
def together(ready_by) -> Together:
    return ready_by(Together)


@pytest.fixture
def put(ready_by) -> Together:
    return ready_by(put_to_both)


def test_the_parties_of_both_sides_are_asked_each_on_their_own_case(put):
    """RR-29: partners of every area that decides are asked."""
    theirs = put.todos(put.theirs, put.theirs_case)
    assert theirs.count(Todo.SIGN_RAPID_REVIEW) == len(Seat)
    ours = put.todos(put.world.ours, put.case_id)
    assert ours.count(Todo.SIGN_RAPID_REVIEW) == len(Seat)


def test_nothing_is_decided_until_every_party_of_both_agrees(put):
    put.sign_ours()
    assert put.decided_on() is None
    put.sign_theirs(Seat.LOCAL_AUTHORITY, Seat.POLICE)
    assert put.decided_on() is None
    put.sign_theirs(Seat.INTEGRATED_CARE_BOARD)
    assert put.decided_on() is not None
    assert Todo.SUBMIT in put.todos(put.world.ours, put.case_id)


def test_it_is_decided_as_well_where_the_lead_signs_last(put):
    put.sign_theirs()
    assert put.decided_on() is None
    put.sign_ours()
    assert put.decided_on() is not None


def test_a_dissent_over_there_decides_nothing_and_is_on_the_leads_record_in_its_own_words(put):
    put.sign_ours()
    words = "The harm was foreseeable."
    put.sign_theirs(Seat.POLICE, position=Position.DISAGREES, reasons=words)
    assert put.decided_on() is None
    with put.world.act(Role.BUSINESS_MANAGER, put.when) as work:
        (told,) = all_of(work.session, put.case_id, EntryType.SIGNATURE_RECEIVED)
        assert (told.command["reasons"], told.command["position"]) == (words, Position.DISAGREES)
    assert Todo.PROPOSE_DECISION in put.todos(put.world.ours, put.case_id)


def test_a_signature_that_is_delivered_twice_counts_once(put):
    put.sign_theirs(Seat.POLICE)
    put.settle(put.theirs_case)
    with put.world.act(Role.BUSINESS_MANAGER, put.when) as work:
        assert len(all_of(work.session, put.case_id, EntryType.SIGNATURE_RECEIVED)) == 1


def test_what_was_signed_on_both_sides_is_the_same_text(put):
    put.sign_ours()
    put.sign_theirs()
    digests = set()
    for side in (put.world.ours, put.theirs):
        with put.world.act(side.actor(Role.BUSINESS_MANAGER), put.when) as work:
            digests |= {one.words_sha256 for one in work.session.exec(select(SignOff))}
    assert len(digests) == 1


@pytest.mark.parametrize("they", [consulted, contributing])
def test_who_does_not_decide_is_not_asked_and_cannot_sign(ready_by, they):
    together = Together.of(ready_by(Publishing, they))
    assert Todo.SIGN_RAPID_REVIEW not in together.todos(together.theirs, together.theirs_case)
    with pytest.raises(CaseworkError, match="does not decide"):
        together.sign_theirs(Seat.POLICE)
    together.sign_ours()
    assert together.decided_on() is not None


def test_nobody_is_asked_to_sign_what_they_may_not_read(together):
    together.joined(JointPart.JOINTLY_DECIDING)
    together.end_sharing()
    together.theirs_case = together.opened()
    together.driven.scope().meet().propose()
    together.when = DECIDED
    together.settle()
    assert Todo.SIGN_RAPID_REVIEW not in together.todos(together.theirs, together.theirs_case)
    with pytest.raises(RuleBroken, match="nothing to sign"):
        together.sign_theirs(Seat.POLICE)
    together.sign_ours()
    assert together.decided_on() is None
    together.share_again()
    together.settle()
    assert Todo.SIGN_RAPID_REVIEW in together.todos(together.theirs, together.theirs_case)
    together.sign_theirs()
    assert together.decided_on() is not None


@pytest.mark.whole
def test_an_open_sign_off_waits_while_its_words_are_not_shown_and_both_sides_are_told(put):
    put.sign_theirs(Seat.POLICE)
    put.end_sharing()
    put.settle()
    with pytest.raises(RuleBroken, match="nothing to sign"):
        put.sign_theirs(Seat.INTEGRATED_CARE_BOARD)
    put.sign_ours()
    assert put.decided_on() is None
    roles = (Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR)
    for side, case_id, event in (
        (put.world.ours, put.case_id, EmailTrigger.SHARING_ENDED),
        (put.theirs, put.theirs_case, EmailTrigger.SHOWING_ENDED),
    ):
        with put.world.act(side.actor(Role.BUSINESS_MANAGER), put.when) as work:
            told = {one.address for one in case_emails(work.session, case_id) if one.event is event}
        assert told == {side.email(role) for role in roles}
    put.share_again()
    put.settle()
    put.sign_theirs(Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    assert put.decided_on() is not None


@pytest.mark.whole
def test_a_new_version_is_signed_afresh_by_both_sides(put):
    put.sign_theirs()
    put.driven.propose(when="2026-01-05")
    put.settle()
    with pytest.raises(RuleBroken, match="newer version"):
        put.sign_theirs(Seat.POLICE, round=1)
    put.sign_ours()
    assert put.decided_on() is None
    put.sign_theirs(round=2)
    assert put.decided_on() is not None


def test_sections_that_are_not_named_stay_closed_to_who_signs(together):
    shared = tuple(one for one in SHAREABLE if one is not Section.SCOPING_RETURNS)
    together.put(sections=shared)
    together.sign_theirs()
    together.sign_ours()
    assert together.decided_on() is not None
