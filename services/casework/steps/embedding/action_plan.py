"""Gate G11: the action plan, put to the partners; in force once they all agree on it (GOV-11)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos, order_document
from services.casework.steps.own_recommendations import own_answered
from services.casework.steps.plan_said import PlanPut, ProposePlan
from services.casework.steps.plan_standing import must_be_reviewed_in_time
from services.casework.steps.rapid_review.learning_begun import begin_learning, may_begin_learning
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, invite
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def propose_plan(work: UnitOfWork, case_id: CaseId, command: ProposePlan) -> Case:
    """Put the plan, or further actions of it, to the partners; no action starts before they agree.

    They agree on the plan of a local review with its report, or later (EMB-03, PUB-02). The plan
    that follows a rapid review without an LCSPR is put to them like that of an LCSPR, and
    waits for no answer of the Panel (GOV-14).
    """
    case = begin(work, case_id, PROPOSE_PLAN, command)
    if not command.actions:
        raise AnswerRefused("actions", "Enter at least one action.")
    if any(one.last_day < work.today for one in command.actions):
        raise AnswerRefused("actions", "Enter a day that is not in the past.")
    must_be_reviewed_in_time(work, case, "review_on", command.review_on)
    for one in command.actions:
        agency_on(work.session, case.id, one.agency)
    not_taken = own_answered(work, case, command.actions, command.not_taken)
    begin_learning(work, case)
    kept = PlanPut(**dict(command) | {"not_taken": not_taken})
    entry = record_entry_as(work, case, PROPOSE_PLAN, command, Entered(kept=kept))
    close_todos(work, case, Todo.PROPOSE_PLAN, Todo.CLOSE, Todo.SEE_PRACTICE)
    ask_no_more(work, case, SignOffMatter.ACTION_PLAN)
    invite(work, case, SignOffMatter.PROPOSED_PLAN)
    order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
    return case


PROPOSE_PLAN = Act(
    name="propose_plan",
    command=ProposePlan,
    perform=propose_plan,
    permission=Permission.RUN_LEARNING,
    doing="propose the action plan",
    stages=frozenset({Stage.WITH_PANEL, Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.PLAN_PROPOSED,
    kept=PlanPut,
    todo=Todo.PROPOSE_PLAN,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.REQUEST_CONSIDERED,
        EntryType.RECOMMENDATIONS_PUT,
    ),
    is_offered=may_begin_learning,
    section=Section.ACTION_PLAN,
)
