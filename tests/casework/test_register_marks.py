"""Of the register of other proceedings nobody signs, or is told, what a police mark hides."""

import pytest

from services.casework.steps.other_reviews import liaison, processes
from services.casework.steps.police_marks import police_marks
from services.casework.steps.sign_off import sign_off
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from tests.marked import PARTNERS, Marked
from tests.police_factories import review_mark
from tests.process_factories import change_process, record_liaison, record_process
from tests.put_terms import put_terms
from tests.road_of_the_register import on_register

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
WHEN, AGREED = "2025-12-15", "2026-01-12"
LISTED = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
RECORDED = EntryType.PROCESS_RECORDED


@pytest.fixture
def case(one_world) -> Marked:
    """A case with an investigation on its register, which stands in no section that is marked."""
    case = Marked(one_world)
    said = record_process(kind="criminal", called="Operation X")
    case.do(processes.record_process, said, MANAGER, WHEN)
    return case


def agree(case: Marked, when: str = AGREED) -> Marked:
    """Agree with the prosecution how the review goes on, and put terms (LC-17)."""
    spoken = record_liaison(held_on=when, course="proceed")
    case.do(liaison.record_liaison, spoken, MANAGER, when)
    return put_terms(case, when)


def to_terms(case: Marked) -> Marked:
    case.decide().notify().scope().review()
    return agree(case)


def test_gov_11_nobody_signs_terms_whose_paper_a_mark_on_a_process_hides_from_them(case):
    """GOV-11, LC-06: the paper of the terms tells the register; who signs them reads all of it."""
    mark = case.mark(about=case.entry(RECORDED), section=None, seats=LISTED, when=WHEN)
    to_terms(case).made()
    authority = case.world.ours.partner(Seat.LOCAL_AUTHORITY)
    assert DocumentKind.TERMS_OF_REFERENCE not in case.papers_of(authority)
    assert case.asked(Todo.SIGN_TERMS) == []
    assert case.asked(Todo.REVIEW_MARK) == [MANAGER.value]
    with pytest.raises(RuleBroken, match="your seat is not listed"):
        case.sign(sign_off.sign_terms, AGREED, Seat.LOCAL_AUTHORITY)
    case.do(police_marks.review_mark, review_mark(mark, seats=PARTNERS), MANAGER, AGREED)
    assert DocumentKind.TERMS_OF_REFERENCE in case.papers_of(authority)
    assert case.asked(Todo.SIGN_TERMS) == sorted(seat.value for seat in Seat)
    case.sign(sign_off.sign_terms, AGREED)


def test_a_mark_on_a_process_that_is_told_in_terms_put_already_holds_their_signatures(case):
    to_terms(case)
    case.mark(case.police(), about=case.entry(RECORDED), section=None, seats=LISTED, when=AGREED)
    assert case.asked(Todo.REVIEW_MARK) == [Seat.POLICE.value]
    with pytest.raises(RuleBroken, match="your seat is not listed"):
        case.sign(sign_off.sign_terms, AGREED, Seat.INTEGRATED_CARE_BOARD)
    case.sign(sign_off.sign_terms, AGREED, Seat.POLICE)


@pytest.mark.parametrize("what", ["advice", "superseded", "later"])
def test_what_the_paper_of_the_terms_does_not_tell_holds_no_signature(what, case):
    """Legal advice, what is said anew since, and what came up once the terms were drawn up."""
    about = case.entry(RECORDED)
    (one,) = on_register(case)
    if what == "advice":
        advice = record_liaison(whom="legal_adviser")
        case.do(liaison.record_liaison, advice, MANAGER, WHEN)
        about = case.entry(EntryType.LIAISON_RECORDED)
    elif what == "superseded":
        case.do(processes.change_process, change_process(one.id), MANAGER, WHEN)
    to_terms(case)
    if what == "later":
        case.do(processes.change_process, change_process(one.id), MANAGER, AGREED)
        about = case.entry(EntryType.PROCESS_CHANGED)
    case.mark(about=about, section=None, seats=LISTED, when=AGREED)
    assert case.asked(Todo.REVIEW_MARK) == []
    case.sign(sign_off.sign_terms, AGREED)


@pytest.mark.parametrize("by", ["entry", "section"])
def test_legal_advice_about_a_process_is_hidden_with_it(by, case):
    """Decision 0046: advice stands in another section, and a mark on the section follows it."""
    on = {"about": case.entry(RECORDED), "section": None}
    case.mark(**(on if by == "entry" else {"section": Section.TERMS}), seats=LISTED, when=WHEN)
    (one,) = on_register(case)
    advice = record_liaison(process=one.id, whom="legal_adviser")
    case.do(liaison.record_liaison, advice, MANAGER, WHEN)
    told = {who: EntryType.LIAISON_RECORDED in case.read_by(who) for who in (MANAGER, CHAIR)}
    assert told == {MANAGER: True, CHAIR: False}
    assert EntryType.LIAISON_RECORDED in case.read_by(case.police())


def test_a_contact_in_the_marked_section_is_hidden_by_that_mark_alone(case):
    case.mark(section=Section.TERMS, seats=LISTED, when=WHEN)
    (one,) = on_register(case)
    case.do(liaison.record_liaison, record_liaison(process=one.id), MANAGER, WHEN)
    assert EntryType.LIAISON_RECORDED not in case.read_by(CHAIR)
    assert len(case.marks()) == 1
