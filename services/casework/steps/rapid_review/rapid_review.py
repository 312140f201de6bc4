"""Gate G4: the rapid review's eight criteria, and the decision put to the partners."""

from services.casework.act import Act, begin, must_come_after, record_entry
from services.casework.effects import (
    close_todos,
    order_document,
)
from services.casework.steps.decision_grounds import AnswerCriteria, must_answer_each
from services.casework.steps.notification.own_duty import must_concern_a_child
from services.casework.steps.rapid_review.learning_begun import hold_learning
from services.casework.steps.rapid_review.panel_queries import (
    must_be_answered_since,
    must_be_as_panel_said,
)
from services.casework.steps.rapid_review.proposed_decision import (
    ProposeDecision,
    must_hold_together,
)
from services.casework.steps.rapid_review.reconsidering import (
    DECIDED_AT,
    must_be_open_to_change,
    put_to_partners,
    take_back,
)
from services.casework.steps.rapid_review.record_found import must_be_settled
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Step

# Outcomes that are of a child: a person of 18 or over has neither (K3b).
OF_A_CHILD = frozenset({Outcome.LOCAL_REVIEW, Outcome.NATIONAL_REVIEW})


def answer_criteria(work: UnitOfWork, case_id: CaseId, command: AnswerCriteria) -> Case:
    """Answer all eight criteria; none of them decides by itself (DEC-01 to DEC-08)."""
    case = begin(work, case_id, ANSWER_CRITERIA, command)
    must_be_open_to_change(work, case)
    must_answer_each(command)
    must_be_as_panel_said(work, case, command)
    record_entry(work, case, ANSWER_CRITERIA, command)
    close_todos(work, case, Todo.ANSWER_CRITERIA)
    take_back(work, case)
    return case


ANSWER_CRITERIA = Act(
    name="answer_criteria",
    command=AnswerCriteria,
    perform=answer_criteria,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="answer the criteria",
    stages=DECIDED_AT,
    entry=EntryType.CRITERIA_ANSWERED,
    todo=Todo.ANSWER_CRITERIA,
    clock=ClockId.K8,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)


def propose_decision(work: UnitOfWork, case_id: CaseId, command: ProposeDecision) -> Case:
    """Put the decision to the partners; an earlier round's sign-offs no longer count."""
    case = begin(work, case_id, PROPOSE_DECISION, command)
    must_be_open_to_change(work, case)
    must_come_after(work, case, EntryType.RECORD_WRITTEN)
    must_come_after(work, case, EntryType.CRITERIA_ANSWERED)
    must_be_settled(work, case)
    must_be_answered_since(work, case)
    must_hold_together(case, command)
    if command.outcome in OF_A_CHILD:
        must_concern_a_child(case, "outcome")
    case.outcome = command.outcome
    case.criteria_met = command.criteria_met
    case.decision_round += 1
    entry = record_entry(work, case, PROPOSE_DECISION, command, subject=str(case.decision_round))
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.SUBMIT)
    hold_learning(work, case)
    put_to_partners(work, case)
    order_document(work, entry, Step.SUBMIT, DocumentKind.RAPID_REVIEW_RECORD)
    return case


PROPOSE_DECISION = Act(
    name="propose_decision",
    command=ProposeDecision,
    perform=propose_decision,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="propose the decision",
    stages=DECIDED_AT,
    entry=EntryType.DECISION_PROPOSED,
    todo=Todo.PROPOSE_DECISION,
    clock=ClockId.K10,
    shows=(
        EntryType.CRITERIA_ANSWERED,
        EntryType.PANEL_ANSWERED,
        EntryType.LOCAL_TEST_ANSWERED,
        EntryType.EXTRA_STEP_RECORDED,
    ),
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
    is_joint=True,
)
