"""The Panel's query of a decision on publication, which the partners answer (GOV-17)."""

from datetime import date

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText
from services.casework.effects import EmailContext, enqueue_email, open_todo
from services.casework.joint.matters import signatures
from services.casework.steps.panel_letter import CameHow, LetterFile, must_keep_letter
from services.casework.steps.rounds.sign_off_rounds import all_agree, round_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date


class RecordPublicationQuery(Command):
    """The Panel's letter about what the partners decided on publication (GOV-17).

    The decision stays the partners': they reply to the Panel, challenge what it says, or plan
    publication otherwise.
    """

    received_on: Day = Field(title="When did the Panel write?")
    letter: LongText = Field(title="The substance of its letter")
    letter_file: LetterFile = None
    came_how: CameHow = None


def is_decided(work: UnitOfWork, case: Case) -> bool:
    """Tell whether all partners have decided on publication."""
    return all_agree(work, case, SignOffMatter.PUBLICATION)


def record_publication_query(
    work: UnitOfWork, case_id: CaseId, command: RecordPublicationQuery
) -> Case:
    """Record that the Panel questions the decision on publication, and have a reply asked for."""
    case = begin(work, case_id, RECORD_PUBLICATION_QUERY, command)
    if not is_decided(work, case):
        raise StepNotOpen("The partners have not decided on publication yet.")
    if command.received_on > work.today:
        raise AnswerRefused("received_on", "The Panel cannot have written in the future.")
    if command.received_on < _decided_on(work, case):
        raise AnswerRefused("received_on", "The Panel cannot have written before the decision.")
    must_keep_letter(work, case, command.letter_file, command.came_how)
    entry = record_entry(work, case, RECORD_PUBLICATION_QUERY, command)
    open_todo(work, case, Todo.REPLY_TO_PANEL)
    enqueue_email(work, case, EmailTrigger.PANEL_ANSWERED, EmailContext(part=str(entry.number)))
    return case


RECORD_PUBLICATION_QUERY = Act(
    name="record_publication_query",
    command=RecordPublicationQuery,
    perform=record_publication_query,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="record a query of the decision on publication",
    stages=frozenset({Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.PUBLICATION_QUERIED,
    shows=(EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    is_offered=is_decided,
    section=Section.PUBLICATION,
    is_joint=True,
)


def _decided_on(work: UnitOfWork, case: Case) -> date:
    """Return the day of the last signature on the newest round."""
    matter = SignOffMatter.PUBLICATION
    signed = signatures(work, case, matter, round_of(work, case, matter))
    return london_date(max(one.at for one in signed))
