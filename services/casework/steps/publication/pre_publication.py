"""The dispatch before publication: by each publisher to the three bodies (PUB-26, K12)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos, order_dispatches
from services.casework.steps.publication import laid_out, names_in_text
from services.casework.steps.publication.beside_lead import is_beside_lead
from services.casework.steps.publication.publication_said import PreSend, TextPreSent
from services.casework.steps.publication.publishing_conditions import (
    must_be_agreed,
    must_be_sent_in_time,
)
from services.casework.steps.publication.staff_standing import SAID_OF_STAFF, must_all_be_told
from services.casework.steps.publication.telling_family import must_have_told_family
from services.casework.steps.rounds.signature_filing import must_have_filed
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


def pre_send(work: UnitOfWork, case_id: CaseId, command: PreSend) -> Case:
    """Make the text ready for the three bodies; too late a day blocks, and publication moves.

    It is sent once it is read and confirmed; the last body that is sent it meets K12. With it goes
    the file that is published: as which it is laid out, or Keyline's own of the report.
    """
    case = begin(work, case_id, PRE_SEND, command)
    must_be_agreed(work, case)
    if not command.complete:
        raise AnswerRefused("complete", "This comes before the dispatch (PUB-26).")
    must_have_told_family(work, case, command.family_told_how)
    must_all_be_told(work, case)
    must_be_sent_in_time(work, case)
    to_send = laid_out.to_send_ahead(work, case)
    entered = Entered(names=names_in_text.names_in_text(work, case))
    entry = record_entry_as(work, case, PRE_SEND, command, entered)
    close_todos(work, case, Todo.PRE_SEND, Todo.PLAN_PUBLICATION)
    if is_beside_lead(work, case):
        must_have_filed(work, case, SignOffMatter.REPORT, SignOffMatter.PUBLICATION)
    order_dispatches(work, case, entry, to_send)
    return case


PRE_SEND = Act(
    name="pre_send",
    command=PreSend,
    perform=pre_send,
    permission=Permission.PLAN_PUBLICATION,
    doing="send the report before publication",
    stages=frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.PRE_SENT,
    kept=TextPreSent,
    todo=Todo.PRE_SEND,
    clock=ClockId.K12,
    shows=(
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
        EntryType.PUBLICATION_STEP_DONE,
        *SAID_OF_STAFF,
    ),
    is_listed=False,
    section=Section.PUBLICATION,
    is_submission=True,
    is_joint=True,
)
