"""Dispatches: when a duty to several is met, what may follow, and by which ways a class leaves."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import ClockState, standing_on
from services.domain.dispatches import (
    NOTICES,
    DispatchState,
    Notice,
    Sent,
    counted,
    met_on,
    move_dispatch,
)
from services.domain.errors import OutsidePolicy, RuleBroken
from services.domain.recipients import Recipient
from services.domain.ways import CLASSES, DocumentClass, Way

PANEL, OFSTED, STATE = Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE
ACCEPTED, SENT, RETURNED = DispatchState.ACCEPTED, DispatchState.SENT, DispatchState.RETURNED
FIRST, FIFTH = date(2026, 10, 1), date(2026, 10, 5)


def k12(publication: date):
    return due_date(ClockId.K12, Anchors(publication=publication), england())


def test_p6_a_dispatch_that_failed():
    """P6: met when all three accepted, open again when Ofsted's fails, met late by hand."""
    due = k12(date(2026, 10, 12))
    assert due.due == FIRST
    all_three = [Sent(one, ACCEPTED, FIRST) for one in (PANEL, OFSTED, STATE)]
    assert met_on(all_three) == FIRST
    assert standing_on(due, FIRST, done=met_on(all_three)) is ClockState.MET
    failed = [all_three[0], Sent(OFSTED, RETURNED, FIRST), all_three[2]]
    assert met_on(failed) is None
    assert counted(failed) == {PANEL: FIRST, OFSTED: None, STATE: FIRST}
    assert standing_on(due, date(2026, 10, 2)) is ClockState.LATE
    by_hand = [*failed, Sent(OFSTED, SENT, FIFTH)]
    assert met_on(by_hand) == FIFTH
    assert standing_on(due, FIFTH, done=met_on(by_hand)) is ClockState.MET_LATE
    earliest = next(
        date(2026, 10, day) for day in range(6, 31) if k12(date(2026, 10, day)).due >= FIFTH
    )
    assert earliest == date(2026, 10, 14)


states = st.sampled_from(DispatchState)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def some_sent(draw: st.DrawFn) -> Sent:
    state = draw(states)
    return Sent(draw(st.sampled_from((PANEL, OFSTED, STATE))), state, draw(days))


@given(st.lists(some_sent(), max_size=12))
def test_a_duty_is_met_exactly_when_the_last_recipient_was_sent_it(sent: list[Sent]):
    """PUB-26: with several recipients the clock is met on the day of the last of them."""
    recipients = {one.recipient for one in sent}
    counting = [one for one in sent if one.state in {ACCEPTED, SENT, DispatchState.COLLECTED}]
    day = met_on(sent)
    if day is None:
        assert not recipients or {one.recipient for one in counting} != recipients
        return
    by_then = {one.recipient for one in counting if one.sent_on and one.sent_on <= day}
    before = {one.recipient for one in counting if one.sent_on and one.sent_on < day}
    assert by_then == recipients
    assert before != recipients


@given(states, states)
def test_what_has_failed_or_was_dropped_is_never_sent_after_all(state, to):
    """One that failed stays on record, and sending again is another dispatch."""
    if state.has_failed or state is DispatchState.DROPPED:
        with pytest.raises(RuleBroken):
            move_dispatch(state, to)
    if to.counts and state in {DispatchState.BEING_MADE, DispatchState.TO_SEND}:
        allowed = (state, to) == (DispatchState.TO_SEND, SENT)
        if not allowed:
            with pytest.raises(RuleBroken):
                move_dispatch(state, to)


def test_every_class_ends_with_the_way_that_remains_and_only_a_name_goes_unread():
    assert {one for one, rule in CLASSES.items() if not rule.has_free_text} == {
        DocumentClass.REVIEWER_NAME
    }
    for document_class in (DocumentClass.NOTIFICATION, DocumentClass.DEATH_NOTICE):
        assert CLASSES[document_class].ways == (Way.NATIONAL_SERVICE,)
    for notice in Notice:
        rule = NOTICES[notice]
        ways = CLASSES[rule.document_class].ways
        assert Way.BY_HAND in ways
        assert (Way.ATTACHED in ways) == (rule.email is not None)


def test_a_policy_may_be_stricter_and_comes_back_as_it_was():
    stricter = PartnershipPolicy(ways={DocumentClass.DELAY: (Way.BY_HAND,)})
    assert stricter.way_of(DocumentClass.DELAY) is Way.BY_HAND
    assert stricter.way_of(DocumentClass.DECISION) is Way.ATTACHED
    assert policy_from_json(policy_to_json(stricter)) == stricter
    collected = (Way.COLLECTION, Way.BY_HAND)
    usually = PartnershipPolicy(ways={DocumentClass.RAPID_REVIEW: collected})
    assert usually.way_of(DocumentClass.RAPID_REVIEW) is Way.COLLECTION
    assert usually.ways_of(DocumentClass.CHALLENGE) == (Way.BY_HAND, Way.COLLECTION)
    without = PartnershipPolicy(ways={DocumentClass.CHALLENGE: (Way.BY_HAND,)})
    assert without.ways_of(DocumentClass.CHALLENGE) == (Way.BY_HAND,)


def test_a_policy_may_narrow_the_ways_of_one_recipient_and_says_so():
    """PUB-26: per recipient and class; an old policy without such words is read as before."""
    by_hand = {Recipient.OFSTED: {DocumentClass.DELAY: (Way.BY_HAND,)}}
    policy = PartnershipPolicy(recipient_ways=by_hand)
    assert policy.way_of(DocumentClass.DELAY, Recipient.OFSTED) is Way.BY_HAND
    for recipient, document_class in (
        (Recipient.PANEL, DocumentClass.DELAY),
        (Recipient.OFSTED, DocumentClass.DECISION),
    ):
        assert policy.way_of(document_class, recipient) is Way.ATTACHED
    told = policy_to_json(policy)
    assert policy_from_json(json.loads(json.dumps(told))) == policy
    del told["recipient_ways"]
    assert policy_from_json(told) == PartnershipPolicy()


@pytest.mark.parametrize(
    ("recipient", "document_class", "ways"),
    [
        (Recipient.PANEL, DocumentClass.RAPID_REVIEW, (Way.ATTACHED, Way.BY_HAND)),
        (Recipient.PANEL, DocumentClass.DELAY, (Way.ATTACHED, Way.BY_HAND)),
        (Recipient.PANEL, DocumentClass.DECISION, (Way.ATTACHED,)),
        (Recipient.CHAIR, DocumentClass.DECISION, (Way.BY_HAND,)),
    ],
)
def test_ways_of_a_recipient_are_no_looser_than_those_of_the_class_here(
    recipient, document_class, ways
):
    of_class = {DocumentClass.DELAY: (Way.BY_HAND,)}
    with pytest.raises(OutsidePolicy):
        PartnershipPolicy(ways=of_class, recipient_ways={recipient: {document_class: ways}})


@pytest.mark.parametrize(
    ("document_class", "ways"),
    [
        (DocumentClass.RAPID_REVIEW, (Way.ATTACHED, Way.BY_HAND)),
        (DocumentClass.RAPID_REVIEW, (Way.COLLECTION,)),
        (DocumentClass.REPORT_BEFORE_PUBLICATION, (Way.COLLECTION, Way.BY_HAND)),
        (DocumentClass.NOTIFICATION, (Way.BY_HAND,)),
        (DocumentClass.DEATH_NOTICE, (Way.ATTACHED,)),
        (DocumentClass.DELAY, (Way.ATTACHED,)),
        (DocumentClass.DELAY, ()),
        (DocumentClass.DELAY, (Way.BY_HAND, Way.BY_HAND)),
    ],
)
def test_a_policy_that_is_looser_or_leaves_no_way_is_refused(document_class, ways):
    with pytest.raises(OutsidePolicy):
        PartnershipPolicy(ways={document_class: ways})
