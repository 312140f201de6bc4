"""A report that was taken down is published again: put to the partners, then done (PUB-26, K12)."""

from services.casework.act import Act, Entered, begin, latest_command, record_entry_as
from services.casework.effects import EmailContext, close_todos, enqueue_email
from services.casework.steps.after_publication.conditions import (
    must_be_agreed_to,
    must_be_web_address,
)
from services.casework.steps.after_publication.reissue_conditions import must_be_sent_before
from services.casework.steps.after_publication.reissued_text import text_to_reissue
from services.casework.steps.after_publication.repository import tell_repository
from services.casework.steps.anonymity.checks import must_be_checked
from services.casework.steps.publication.after_said import (
    ProposeReissue,
    Reissue,
    ReportReissued,
)
from services.casework.steps.publication.availability import look_anew
from services.casework.steps.publication.objections import must_have_no_objection
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def reissue(work: UnitOfWork, case_id: CaseId, command: Reissue) -> Case:
    """Keep that it is published again; its year counts from the first day (K13, PUB-29)."""
    case = begin(work, case_id, REISSUE, command)
    put = must_be_agreed_to(work, case, EntryType.REISSUE_PROPOSED)
    said = latest_command(work, case, EntryType.REISSUE_PROPOSED, ProposeReissue)
    must_be_sent_before(work, case, put, command.published_on)
    must_be_checked(work, case)
    must_have_no_objection(work, case)
    must_be_web_address(command.address)
    if said is None or (said.publish_on != command.published_on and command.why_other_day is None):
        raise AnswerRefused(
            "why_other_day",
            "The partners approved another day: say why it was this one, and what they say to it.",
        )
    text = text_to_reissue(work, case)
    kept = ReportReissued(**command.model_dump(), file=said.file)
    entry = record_entry_as(work, case, REISSUE, command, Entered(kept=kept))
    close_todos(work, case, Todo.REISSUE)
    look_anew(work, case)
    tell_repository(work, case, entry, text)
    enqueue_email(work, case, EmailTrigger.REPORT_PUBLISHED, EmailContext(part=str(entry.number)))
    return case


REISSUE = Act(
    name="reissue",
    command=Reissue,
    perform=reissue,
    permission=Permission.PLAN_PUBLICATION,
    doing="publish the report again",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.REPORT_REISSUED,
    kept=ReportReissued,
    todo=Todo.REISSUE,
    shows=(EntryType.REISSUE_PROPOSED,),
    is_listed=False,
    section=Section.PUBLICATION,
)
