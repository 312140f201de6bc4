"""What an agreed change of a joint review does to our own case: about us, or under our lead."""

from services.casework.effects import close_todos
from services.casework.joint.ending import leave
from services.casework.joint.handing import HandedOver
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import CarryOutChange
from services.casework.joint.own_agencies import tell_review_opened
from services.casework.joint.showing import ask_to_show
from services.casework.steps.anonymity.checks import order_check
from services.casework.steps.joint.event_handed import leave_event, take_over_event
from services.casework.steps.joint.lead import step_back, take_the_lead
from services.casework.steps.joint.leaving import go_on_alone
from services.casework.steps.joint.parts import take_part_as, turn_rounds
from services.casework.steps.review_team.interim_learning import ask_for_what_was_put_before
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_changes import JointChange
from services.domain.todos import Todo
from services.domain.workflow import Step


def change_about_us(
    work: UnitOfWork, case: Case, made: CarryOutChange, handed: HandedOver | None
) -> None:
    """Do what was agreed about us: lead, go on alone, or take part in another way.

    Who leads from now on has the report checked anew, with what is known here (PUB-16).
    """
    if handed is not None:
        take_the_lead(work, case, made.stage, made.unsettled, handed)
        take_over_event(work, case, handed.event)
        ask_for_what_was_put_before(work, case)
        if case.report_version:
            order_check(work, newest_place(work.session, case.id), Step.COMMISSION)
        ask_to_show(work, case)
    elif made.change is JointChange.LEAVES:
        go_on_alone(work, case, made.stage)
    elif made.part is not None:
        take_part_as(work, case, made.part)


def change_under_our_lead(work: UnitOfWork, case: Case, made: CarryOutChange) -> None:
    """Step back for a new lead, or put what is open to those again who sign it now.

    A lead that is left alone goes on alone.
    """
    if made.change is JointChange.NEW_LEAD:
        step_back(work, case)
        leave_event(work, case, made.member_id)
        return
    if made.change is JointChange.LEAVES:
        close_todos(work, case, Todo.SHOW_CASE, subject=str(made.member_id))
    after = made.part if made.change is JointChange.OTHER_PART else None
    turn_rounds(work, case, made.unsettled, before=made.before, after=after)
    tell_review_opened(work, case)
    if not fellow_members(work, case):
        leave(work, case)
