"""The dispatch before publication: by each publisher to the three bodies (PUB-26, K12)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, YesNo
from services.casework.effects import ToSend, close_todos, compute_due_date, order_dispatches
from services.casework.steps.families.publication_wishes import must_be_discussed
from services.casework.steps.publication.beside_lead import asked_to_publish, is_beside_lead
from services.casework.steps.publication.staff_standing import SAID_OF_STAFF, must_all_be_told
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.casework.steps.rounds.signature_filing import must_have_filed
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step
from services.domain.working_days import written


class PreSend(Command):
    """The dispatch before publication (PUB-26)."""

    complete: YesNo = Field(title="Is this the full and final text that will be published?")
    family_told: YesNo = Field(title="Have the family and the staff been told of the date?")


def pre_send(work: UnitOfWork, case_id: CaseId, command: PreSend) -> Case:
    """Make the text ready for the three bodies; too late a day blocks, and publication moves.

    It is sent once it is read and confirmed; the last body that is sent it meets K12.
    """
    case = begin(work, case_id, PRE_SEND, command)
    _must_be_agreed(work, case)
    for field in ("complete", "family_told"):
        if not getattr(command, field):
            raise AnswerRefused(field, "This comes before the dispatch (PUB-22, PUB-26).")
    must_be_discussed(work, case)
    must_all_be_told(work, case)
    _must_be_in_time(work, case)
    entry = record_entry(work, case, PRE_SEND, command)
    close_todos(work, case, Todo.PRE_SEND, Todo.PLAN_PUBLICATION)
    if is_beside_lead(work, case):
        must_have_filed(work, case, SignOffMatter.REPORT, SignOffMatter.PUBLICATION)
    notice = Notice.REPORT_PRE_SENT if case.publishes else Notice.IMPROVEMENTS_PRE_SENT
    order_dispatches(work, case, entry, ToSend(Step.PUBLISH, notice, case.publish_on))
    return case


PRE_SEND = Act(
    name="pre_send",
    command=PreSend,
    perform=pre_send,
    permission=Permission.PLAN_PUBLICATION,
    doing="send the report before publication",
    stages=frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.PRE_SENT,
    todo=Todo.PRE_SEND,
    clock=ClockId.K12,
    shows=(EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD, *SAID_OF_STAFF),
    is_listed=False,
    section=Section.PUBLICATION,
    is_submission=True,
    is_joint=True,
)


def _must_be_agreed(work: UnitOfWork, case: Case) -> None:
    """Refuse until all partners agreed; a publisher beside the lead is asked once they have."""
    if is_beside_lead(work, case):
        asked_to_publish(work, case)
    elif not all_agree(work, case, SignOffMatter.PUBLICATION):
        raise RuleBroken("All partners approve the plan before it is sent (G10).")


def _must_be_in_time(work: UnitOfWork, case: Case) -> None:
    """Refuse a dispatch after the last day on which it can be sent (PUB-26, K12)."""
    day = case.publish_on
    if day is None:
        raise RuleBroken("No day of publication is set. It is planned first (PUB-26, K12).")
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    if work.today > limit:
        raise RuleBroken(
            f"It is too late to send for publication on {written(day)}: the last day to send was "
            f"{written(limit)} (PUB-26, K12). A later day is planned first."
        )
