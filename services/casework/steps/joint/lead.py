"""The lead of a joint review changes: the old lead's case steps back, the new lead's takes over.

Every national due date and every signature stays: signatures are rows of who gave them, in the same
rounds; the national clocks go on with the same days on the new lead's case (rules.md 4).
"""

from services.casework.effects import (
    cancel_clock,
    close_todos,
    drop_submission,
    open_todo,
    order_submission,
)
from services.casework.joint.handing import HandedOver, take_over
from services.casework.steps.joint.parts import turn_rounds
from services.casework.steps.rounds.marked_matters import close_asked
from services.casework.steps.rounds.sign_off_rounds import all_agree, ask_no_more, invite
from services.casework.steps.sign_off.sign_off_outcomes import follow_agreement
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.people import members
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockEnding
from services.domain.joint_changes import LEADS_CLOCKS, LEADS_TODOS
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


def take_the_lead(
    work: UnitOfWork,
    case: Case,
    stage: Stage,
    unsettled: tuple[SignOffMatter, ...],
    handed: HandedOver,
) -> None:
    """Lead from now on, with what was handed over, where the former lead's case stood."""
    before = _leads(work, case, is_lead=True)
    case.stage = move(case.stage, stage)
    take_over(work, case, handed)
    close_todos(work, case, Todo.INVITE_PRACTITIONERS, Todo.HEAR_OF_DRAFT)
    _ask_for_what_is_ours_alone(work, case)
    for matter in handed.waiting:
        invite(work, case, matter)
    turn_rounds(work, case, unsettled, before=before, after=JointPart.JOINTLY_PUBLISHING)
    for matter in unsettled:
        # A signature that was under way while the lead changed counts like every other.
        if all_agree(work, case, matter):
            follow_agreement(work, case, matter)


def step_back(work: UnitOfWork, case: Case) -> None:
    """Lead no longer: the lead's clocks end here, and go on where the review is led now."""
    _leads(work, case, is_lead=False)
    close_todos(work, case, *LEADS_TODOS)
    # Learning that waits here is put anew by the new lead, to all who decide then (LC-22).
    close_todos(work, case, Todo.PROPOSE_INTERIM_LEARNING, Todo.SHARE_INTERIM_LEARNING)
    ask_no_more(work, case, SignOffMatter.INTERIM_LEARNING)
    drop_submission(work, case)
    cancel_clock(work, case, *LEADS_CLOCKS, because=ClockEnding.LED_ELSEWHERE)
    for matter in SignOffMatter:
        close_asked(work, case, matter)


def _leads(work: UnitOfWork, case: Case, *, is_lead: bool) -> JointPart:
    """Keep whether our case leads; the old lead publishes jointly. Return the part before."""
    membership = membership_of(work.session, case.id)
    assert membership is not None  # noqa: S101 - asked by the caller
    before = membership.part
    membership.is_lead, membership.part = is_lead, JointPart.JOINTLY_PUBLISHING
    work.session.add(membership)
    work.session.flush()
    return before


def _ask_for_what_is_ours_alone(work: UnitOfWork, case: Case) -> None:
    """Ask for what each partnership has of its own: papers, agencies that answer, a reviewer."""
    if case.stage is Stage.RAPID_REVIEW and case.decided_on is not None:
        order_submission(work, case)
    if case.stage is Stage.RAPID_REVIEW and case.pack_accepted_on is None:
        if not requests(work.session, case.id, Asked.SCOPING_RETURN):
            open_todo(work, case, Todo.REQUEST_RETURNS)
        return
    if case.stage not in {Stage.COMMISSIONING, Stage.LOCAL_REVIEW}:
        return
    registered = {one.id for one in members(work.session, Role.LEAD_REVIEWER, on=work.today)}
    if registered.isdisjoint(reviewers_now(work.session, case.id)):
        open_todo(work, case, Todo.APPOINT_REVIEWER)
    if case.stage is Stage.LOCAL_REVIEW and not requests(work.session, case.id, Asked.REPORT):
        open_todo(work, case, Todo.REQUEST_REPORTS)
