"""The rapid review is a dispatch: its papers are there first, and it is sent when it arrives."""

import pytest

from services.casework.steps.dispatches import dispatches
from services.casework.steps.rapid_review import rapid_review, record_writing, submission
from services.casework.steps.sign_off import sign_off
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.domain.dispatches import DispatchState, Notice
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests.desk import Desk
from tests.dispatch_factories import record_return, send_by_hand
from tests.driven import Driven
from tests.kept import AGENCIES, ATTENDEES, NATIONAL, Traces, emails
from tests.kept import dispatches as to_be_sent
from tests.panel_factories import pending_item
from tests.reached import decision_put, decision_signed
from tests.sent_out import dispatches_of, make_papers

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
SENT, LAST_DAY = "2026-01-07", "2026-01-08"
PENDING = pending_item(item="The toxicology report.", expected_on="2026-03-02")


@pytest.fixture
def signed(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, decision_signed)


def test_nothing_goes_to_the_panel_before_all_partners_have_signed(case_at):
    """G5, RR-04, RR-30: the rapid review ends in a decision of all three."""
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, "2026-01-05", *list(Seat)[:2])
    with pytest.raises(RuleBroken, match="RR-30"):
        submit(case)


def newest(case: Driven) -> Dispatch:
    with case.world.act(MANAGER) as work:
        found = dispatches_of(work.session, case.case_id, Notice.RAPID_REVIEW_SUBMITTED)[-1]
        work.session.expunge_all()
    return found


def row(case: Driven) -> Case:
    return case.row()


def submit(case: Driven, **but: object) -> None:
    case.do(submission.submit, say.submit(**but), MANAGER, f"{SENT} 11:00")


def come_back(case: Driven, on: str) -> None:
    command = record_return(newest(case).id, returned_on=on)
    case.do(dispatches.record_return, command, MANAGER, on)


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def test_the_record_and_the_letter_exist_before_they_are_sent(signed):
    """RR-49, G5: what is made after the sending would prove nothing of what was sent."""
    with (
        pytest.raises(RuleBroken, match="still being made"),
        signed.world.act(MANAGER, SENT) as work,
    ):
        submission.submit(work, signed.case_id, say.submit())
    make_papers(signed.world, signed.case_id, SENT, Notice.RAPID_REVIEW_SUBMITTED)
    waiting = newest(signed)
    assert waiting.state is DispatchState.TO_SEND
    assert {one["kind"] for one in waiting.documents} == {
        DocumentKind.RAPID_REVIEW_RECORD,
        DocumentKind.COVERING_LETTER,
    }
    assert all(one["sha256"] for one in waiting.documents)
    assert Todo.SEND_BY_HAND not in todos(signed), "it is asked for once, by its own act"


def test_a_submission_says_to_which_address_by_which_way_with_what_proof(signed):
    submit(signed, means="Secure email", address="panel@national-bodies.invalid")
    sent = newest(signed)
    assert (sent.state, str(sent.sent_on)) == (DispatchState.SENT, SENT)
    assert (sent.means, sent.address) == ("Secure email", "panel@national-bodies.invalid")
    assert sent.reference == "RR-1"
    assert signed.clock("K10")["met_on"] == SENT


def test_the_submission_is_recorded_by_its_own_act(signed):
    make_papers(signed.world, signed.case_id, SENT, Notice.RAPID_REVIEW_SUBMITTED)
    command = send_by_hand(newest(signed).id, sent_on=SENT)
    with pytest.raises(AnswerRefused, match="Submit the rapid review") as refused:
        signed.do(dispatches.send_by_hand, command, MANAGER, f"{SENT} 11:00")
    assert refused.value.field == "dispatch"


def test_a_rapid_review_that_came_back_was_not_submitted(signed):
    """K10, RR-34: the clock is open at its old day; sent again, it is met on that later day."""
    submit(signed)
    signed.mail(SENT)
    come_back(signed, "2026-01-09")
    for clock in ("K8", "K10"):
        assert signed.clock(clock)["met_on"] == ""
    assert signed.clock("K9")["met_on"] == SENT, "the chair was told"
    assert signed.due("K10") == LAST_DAY
    assert row(signed).submitted_at is None
    assert signed.stage() is Stage.WITH_PANEL
    (asked,) = [one for one in signed.turns() if one.todo is Todo.SEND_BY_HAND]
    assert asked.subject.endswith(":panel")
    again = send_by_hand(newest(signed).id, sent_on="2026-01-12")
    signed.do(dispatches.send_by_hand, again, MANAGER, "2026-01-12 10:00")
    for clock in ("K8", "K10"):
        assert signed.clock(clock)["met_on"] == "2026-01-12"
    submitted = row(signed).submitted_at
    assert submitted is not None
    assert submitted.date().isoformat() == "2026-01-12"


@pytest.mark.parametrize("kind", ["rapid_review_record", "covering_letter"])
def test_what_is_pending_is_decided_on_and_told_to_the_panel(kind, case_at):
    """RR-35: the partners sign it, and what is sent says each with its kind, owner and day."""
    case = case_at(Stage.RAPID_REVIEW, Driven.meet)
    case.do(record_writing.write_record, say.write_record(), CHAIR, "2026-01-02")
    case.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, "2026-01-02")
    decided = say.propose_decision(Outcome.LOCAL_REVIEW, pending=(PENDING,))
    case.do(rapid_review.propose_decision, decided, CHAIR, "2026-01-02")
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    make_papers(case.world, case.case_id, SENT, Notice.RAPID_REVIEW_SUBMITTED)
    texts = Desk(case.world).read(case.case_id, kind)
    assert texts
    told = (PENDING.item, "Toxicology", PENDING.owner, "Monday 2 March 2026")
    assert all(word in text for text in texts for word in told)


def test_the_signed_review_goes_to_the_panel_and_its_outcome_to_all_concerned(case_at, left_by):
    """G5, K10, RR-34, RR-49, RR-50, RR-51, GOV-16: what leaves, and who is told of it."""
    case = case_at(Stage.RAPID_REVIEW, decision_signed)
    make_papers(case.world, case.case_id, "2026-01-05", Notice.RAPID_REVIEW_SUBMITTED)
    sent = left_by(case, submission.submit, say.submit(), who=MANAGER, when="2026-01-07 11:00")
    assert sent == Traces(
        entries=["rapid_review_submitted"],
        opened=[
            "record_panel_answer | business_manager",
            "agree_terms | review_group_chair",
            "appoint_reviewer | business_manager",
        ],
        closed=["submit | business_manager"],
        clocks=["K10 met 2026-01-07"],
        ordered=["submit | commissioning_notice | v1"],
        emails=[
            *emails("rapid_review_submitted", *ATTENDEES),
            *emails("outcome_told", *AGENCIES),
            "chair_told | review.group.chair",
            "recommendation_shared | review.group.member",
        ],
        dispatches=[
            *to_be_sent("commissioning_decided", "being_made", *NATIONAL),
            "rapid_review_submitted | panel | sent | 2026-01-07",
        ],
    )


def test_what_went_to_an_address_that_no_second_person_confirmed_is_not_recorded(signed):
    with pytest.raises(AnswerRefused, match="second person confirm") as error:
        submit(signed, address="somebody@example.org")
    assert error.value.field == "address"
    assert signed.clock("K10")["met_on"] == ""
