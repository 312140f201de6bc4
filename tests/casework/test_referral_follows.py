"""Doc 1 says what follows from this referral: a decision that is not asked is not promised."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps.referral import referral_correction, referral_from_log
from services.database import due_work
from services.domain.roles import Role
from services.domain.todos import Todo
from tests import factories as say
from tests.driven import Driven
from tests.logged import a_request

MANAGER = Role.BUSINESS_MANAGER
DECIDES, RAPID = "hears the views of the safeguarding partners", "carry out a rapid review"
NOT_ASKED, NO_CHILD = "no decision on notifying the Panel is asked", "nobody of whom this referral"
ANYWAY, ELSEWHERE = "whether it notifies the Panel all the same", "is that of another area's"
LOOKED_AFTER, LEAVER = "the death of a looked-after child", "the death of a care leaver"
EVERY = {DECIDES, RAPID, NOT_ASKED, NO_CHILD, ANYWAY, ELSEWHERE, LOOKED_AFTER, LEAVER}
OF_CHILD = {"harm": "death", "died_on": "2025-12-10"}
IN_CARE = (say.child(statuses=("looked_after",), **OF_CHILD),)
LEFT_CARE = (say.child(statuses=("care_leaver",), born_on="2004-03-03", **OF_CHILD),)
CASES = {
    "suspected": ({}, {DECIDES, RAPID}),
    "a death in care, suspected": ({"children": IN_CARE}, {DECIDES, RAPID, LOOKED_AFTER}),
    "a death in care alone": (
        {"children": IN_CARE, "suspicion": "neither"},
        {NOT_ASKED, LOOKED_AFTER},
    ),
    "no suspicion": ({"suspicion": "neither"}, {ANYWAY}),
    "a care leaver over 18": ({"children": LEFT_CARE}, {NO_CHILD, LEAVER}),
    "elsewhere in England": ({"area": "elsewhere_in_england"}, {ELSEWHERE}),
    "elsewhere, no suspicion": (
        {"area": "elsewhere_in_england", "suspicion": "neither"},
        {ELSEWHERE},
    ),
}


def follows(case: Driven) -> list[str]:
    """Return what stands under “What follows” in each version of the paper."""
    with case.world.act(MANAGER, "2025-12-20") as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document", "kind": "referral"})
        orders = [DocumentOrder.model_validate(one) for one in ordered]
        papers = [build(work, case.case_id, one, BUILDERS).paper for one in orders]
    return [
        " ".join(part.items)
        for paper in sorted(papers, key=lambda one: one.version)
        for part in paper.sections
        if part.heading == "What follows"
    ]


@pytest.mark.parametrize("named", CASES)
def test_what_follows_is_what_the_referral_gives_rise_to(named, world):
    """NOT-01, NOT-02, NOT-05: as the todos that it opens, once the authority is aware."""
    said, expected = CASES[named]
    case = Driven(world, say.refer(aware_at="2025-12-11", **said))
    (text,) = follows(case)
    assert {one for one in EVERY if one in text} == expected
    asked = {one.todo for one in case.turns()}
    assert (Todo.GIVE_VIEW in asked) is (DECIDES in text)
    assert (Todo.RECORD_LOOKED_AFTER_DEATH in asked) is bool({LOOKED_AFTER, LEAVER} & expected)
    if NOT_ASKED in text:
        assert Todo.DECIDE_TO_NOTIFY not in asked
    if {DECIDES, ANYWAY} & expected:
        assert Todo.DECIDE_TO_NOTIFY in asked


def test_a_suspicion_that_the_request_stated_is_not_taken_back(world):
    """NOT-13: the duties of the referral begin by it, and so does its paper."""
    case = Driven.of(world, a_request(world, say.request_review(suspicion="suspected")))
    again = say.refer_on(suspicion="neither")
    case.do(referral_from_log.refer_on, again, MANAGER, "2025-12-16")
    (text,) = follows(case)
    assert DECIDES in text
    assert Todo.GIVE_VIEW in {one.todo for one in case.turns()}


def test_a_corrected_paper_says_nothing_of_what_followed(world):
    case = Driven(world)
    case.do(referral_correction.correct_referral, say.correct_referral(), MANAGER, "2025-12-16")
    assert len(follows(case)) == 1
