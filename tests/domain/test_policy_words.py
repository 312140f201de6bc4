"""What a new version of the policy changes is said in words: which days, which way, how long."""

from dataclasses import replace

import pytest

from services.domain.briefings import SharingWay
from services.domain.clocks.choice_words import warned_on
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_words import differences
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.clocks.rules import RULES, Anchor, ClockId
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.recipients import Recipient
from services.domain.ways import DocumentClass, Way

BY_HAND = (Way.BY_HAND,)
EITHER = (Way.COLLECTION, Way.BY_HAND)
TALK = ExtraClock(code="talk", name="Talk", anchor=Anchor.REFERRAL, length=3)
ASK = ExtraClock(code="ask", name="Ask", anchor=Anchor.REFERRAL, length=3)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (
            {"warnings": {ClockId.K1: (2, 4)}},
            (
                "Notify the Panel of the serious incident (K1): people are warned on working day "
                "2 and 4, and were warned on working day 3 and 4."
            ),
        ),
        (
            {"warnings": {ClockId.K10: ()}},
            "on no day, and were warned on working day 10, 13 and 14.",
        ),
        ({"warnings": {ClockId.K11: (5,)}}, "5 months after the "),
        ({"warnings": {ClockId.K12: (9,)}}, "9 working days before the "),
        (
            {"warnings": {ClockId.K14: (14,)}},
            "14 days before the day that is set, and were warned 30 and ",
        ),
        (
            {"ways": {DocumentClass.RAPID_REVIEW: BY_HAND}},
            "The rapid review is sent by hand, and was sent by hand, or by secure collection.",
        ),
        (
            {"recipient_ways": {Recipient.PANEL: {DocumentClass.RAPID_REVIEW: EITHER}}},
            (
                "The rapid review is sent to the Panel by secure collection, or by "
                "hand, and was sent by hand, or by secure collection."
            ),
        ),
        (
            {"information_requests": RequestPolicy(freedom_of_information_days=15)},
            (
                "A request under the Freedom of Information Act is answered within: 15 working "
                "days instead of 20 working days."
            ),
        ),
        (
            {"information_requests": RequestPolicy(is_controller=True)},
            (
                "Requests for information are answered: by the partnership itself, as public "
                "authority or controller instead of by the partner that holds the information."
            ),
        ),
        (
            {"sharing": SharingPolicy(scrutineer_copied=True)},
            "has a copy of the notice of a notification: yes instead of no.",
        ),
        (
            {"sharing": SharingPolicy(sharing_formats=(SharingWay.WORKSHOP,))},
            "Learning is shared in any case: in a workshop instead of in no way that is named.",
        ),
    ],
)
def test_what_changes_is_said_with_its_days_its_ways_and_its_lengths(chosen, told):
    """5A: a second person reads which days, which way and how long before applying it."""
    (said,) = differences(NATIONAL, replace(NATIONAL, **chosen))
    assert told in said
    (back,) = differences(replace(NATIONAL, **chosen), NATIONAL)
    assert back != said


def test_steps_in_another_order_are_said_in_their_order():
    """5A: steps stand in the order in which the partnership put them."""
    before = replace(NATIONAL, extra_clocks={"talk": TALK, "ask": ASK})
    after = replace(NATIONAL, extra_clocks={"ask": ASK, "talk": TALK})
    assert differences(before, after) == ("The steps of our own stand in this order: Ask; Talk.",)
    assert differences(before, before) == ()


def test_of_every_clock_it_can_be_said_when_people_are_warned():
    assert all(warned_on(NATIONAL, clock) for clock in RULES)
    assert warned_on(NATIONAL, ClockId.K13) == "on no day"
