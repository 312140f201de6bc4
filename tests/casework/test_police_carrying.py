"""A case of which the police hold a part back is carried on by the same rules, and signed."""

from contextlib import nullcontext
from uuid import uuid4

import pytest

from services.casework.engine.mark_reviews import ask_to_review
from services.casework.steps.police_marks import police_marks
from services.casework.steps.publication import publication
from services.casework.steps.rapid_review import rapid_review
from services.casework.steps.rounds.marked_matters import waiting_signers
from services.casework.steps.sign_off import sign_off
from services.database.assignments import open_assignments
from services.database.cases import children, get_case
from services.database.clocks import clocks
from services.database.history import entries
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    RuleBroken,
    StepNotOpen,
)
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.marked import CHAIR, MANAGER, MATTER, PARTNERS, WHEN, Marked, met
from tests.police_factories import lift_mark, review_mark


@pytest.fixture
def case(ready_by) -> Marked:
    return ready_by(met)


def test_clocks_todos_and_signatures_are_never_hidden(case):
    case.propose()
    case.sign(sign_off.sign_rapid_review, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        before = len(clocks(work.session, case.case_id)), len(open_assignments(work.session))
    for section in (Section.CRITERIA_AND_DECISION, Section.FACTS_AND_FAMILY, Section.MEETING):
        case.mark(section=section)
    with case.world.act(MANAGER, WHEN) as work:
        after = len(clocks(work.session, case.case_id)), len(open_assignments(work.session))
    assert after == before
    assert EntryType.SIGNED_OFF in case.read_by(MANAGER)
    assert EntryType.DECISION_PROPOSED not in case.read_by(MANAGER)


def test_who_reads_nothing_of_it_still_carries_the_case_by_the_same_rules(case):
    """The chair, who reads neither meeting nor decision, acts in the right order and number."""
    case.mark(section=Section.CRITERIA_AND_DECISION)
    case.mark(section=Section.MEETING)
    proposed, form = say.propose_decision(), uuid4()
    with pytest.raises(StepNotOpen, match="rapid review record written"):
        case.do(rapid_review.propose_decision, proposed, CHAIR, WHEN)
    case.propose()
    for refusal in (None, AlreadyDone):
        with pytest.raises(refusal) if refusal else nullcontext():
            case.do(rapid_review.propose_decision, proposed, CHAIR, WHEN, once=form)
    with case.world.act(case.police(), WHEN) as work:
        numbers = [one.number for one in entries(work.session, case.case_id)]
    assert numbers == [*range(len(numbers), 0, -1)]
    assert EntryType.DECISION_PROPOSED not in case.read_by(CHAIR)


def test_the_machine_makes_the_papers_and_they_are_hidden_as_well(case):
    case.mark(section=Section.CRITERIA_AND_DECISION)
    case.propose()
    case.made()
    assert DocumentKind.RAPID_REVIEW_RECORD in case.papers_of(case.police())
    assert DocumentKind.RAPID_REVIEW_RECORD not in case.papers_of(MANAGER)


def test_a_matter_waits_while_a_signer_may_not_read_it_and_who_marked_is_told(case):
    mark = case.mark(section=Section.MEETING, seats=(ListedSeat.LOCAL_AUTHORITY,))
    case.propose()
    assert case.asked(Todo.SIGN_RAPID_REVIEW) == []
    assert case.asked(Todo.REVIEW_MARK) == [MANAGER.value]
    with case.world.act(MANAGER, WHEN) as work:
        waiting = waiting_signers(work, get_case(work.session, case.case_id), MATTER)
        assert [one.seat for one in waiting] == [Seat.INTEGRATED_CARE_BOARD]
    with pytest.raises(RuleBroken, match="your seat is not listed"):
        case.sign(sign_off.sign_rapid_review, WHEN, Seat.INTEGRATED_CARE_BOARD)
    case.do(police_marks.review_mark, review_mark(mark, seats=PARTNERS), MANAGER, WHEN)
    assert case.asked(Todo.REVIEW_MARK) == []
    assert case.asked(Todo.SIGN_RAPID_REVIEW) == sorted(seat.value for seat in Seat)
    case.sign(sign_off.sign_rapid_review, WHEN)
    assert case.row().decided_on


def test_a_mark_on_what_is_put_already_holds_the_signatures_of_who_may_not_read_it(case):
    case.propose()
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.LOCAL_AUTHORITY)
    mark = case.mark(case.police(), section=Section.CRITERIA_AND_DECISION)
    assert case.asked(Todo.REVIEW_MARK) == [Seat.POLICE.value]
    with pytest.raises(RuleBroken, match="your seat is not listed"):
        case.sign(sign_off.sign_rapid_review, WHEN, Seat.INTEGRATED_CARE_BOARD)
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.POLICE)
    assert case.row().decided_on is None
    case.do(police_marks.lift_mark, lift_mark(mark), case.police(), WHEN)
    assert case.asked(Todo.REVIEW_MARK) == []
    assert case.asked(Todo.SIGN_RAPID_REVIEW) == [Seat.INTEGRATED_CARE_BOARD.value]
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.INTEGRATED_CARE_BOARD)
    assert case.row().decided_on


def test_the_day_of_review_asks_who_marked(case):
    case.mark(case.police(), review_on="2026-01-09")
    case.mark(section=Section.FACTS_AND_FAMILY, review_on="2026-01-12")
    for day, asked in (
        ("2026-01-08", []),
        ("2026-01-09", [Seat.POLICE.value]),
        ("2026-01-12", [MANAGER.value, Seat.POLICE.value]),
    ):
        with case.world.act(case.world.ours.actor(Role.SERVICE), day) as work:
            ask_to_review(work)
        assert case.asked(Todo.REVIEW_MARK) == asked
    mark = case.mark(section=Section.TERMS, review_on="2026-02-02")
    reviewed = review_mark(mark, review_on="2026-03-02")
    case.do(police_marks.review_mark, reviewed, MANAGER, "2026-02-02")
    assert case.asked(Todo.REVIEW_MARK) == [MANAGER.value, Seat.POLICE.value]


def test_the_birthday_of_a_hidden_child_still_is_no_day_of_publication(case_at):
    reported = case_at(Stage.PUBLICATION)
    case = Marked.of(reported.world, reported.case_id)
    case.mark(about=case.entry(EntryType.REFERRED), section=None)
    with case.world.act(case.police(), WHEN) as work:
        (child,) = children(work.session, case.case_id)
        born = child.born_on
    assert born is not None
    on = born.replace(year=2026 if (born.month, born.day) > (7, 1) else 2027)
    plan = say.plan_publication(publish_on=on)
    with pytest.raises(AnswerRefused, match="birthday"):
        case.do(publication.plan_publication, plan, MANAGER, "2026-06-08")
