"""Who was spoken to about what goes on beside the review, and what was agreed.

With police and prosecution at the outset (LC-17), with the other boards about the process that fits
best (PAR-01), with the Panel's secretariat about publishing before a trial has ended (LC-19), with
a legal adviser (LC-12).
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, ProcessChoice, ShortText, named
from services.casework.steps.other_reviews.processes import NOT_THERE, WHILE_OPEN
from services.casework.steps.other_reviews.register import processes_on
from services.casework.steps.other_reviews.said import LiaisonKept
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.other_reviews import LiaisonWith
from services.domain.roles import Permission

_IN_CONFIDENCE: Final = frozenset({LiaisonWith.LEGAL_ADVISER})


class RecordLiaison(Command):
    """A contact with the police, the prosecution, another board or a legal adviser.

    Police and prosecution are spoken to at the outset, about what this review looks at and how
    (LC-17); the other boards about which process fits best (PAR-01). Legal advice is shown to no
    other partnership and stands in no paper.
    """

    whom: LiaisonWith = Field(title="With whom?")
    who: ShortText = Field(
        title="Who was spoken to, and how?",
        description="Their post, and whether by telephone, at a meeting or in writing.",
    )
    held_on: Day = Field(title="When?")
    process: ProcessChoice | None = Field(
        default=None, title="About which review or proceeding on record, if about one?"
    )
    about: LongText = Field(
        title="What was it about?",
        description="Such as scope and methods of this review, who may be asked, what the family "
        "is spared, publication before a trial has ended.",
    )
    outcome: LongText = Field(title="What was agreed, advised or left open?")


def record_liaison(work: UnitOfWork, case_id: CaseId, command: RecordLiaison) -> Case:
    """Keep a contact; one about a process that a police mark hides is hidden with it."""
    case = begin(work, case_id, RECORD_LIAISON, command)
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    about = command.process
    process = None if about is None else named(processes_on(work, case.id), about, NOT_THERE)
    kept = LiaisonKept.model_validate(
        command.model_dump() | {"process": process.said.name if process else None}
    )
    section = Section.INTERNAL if command.whom in _IN_CONFIDENCE else RECORD_LIAISON.section
    entered = Entered(subject=str(about or ""), kept=kept, section=section)
    entry = record_entry_as(work, case, RECORD_LIAISON, command, entered)
    if process is not None:
        carry_marks(work, case, process.entry, entry)
    return case


RECORD_LIAISON = Act(
    name="record_liaison",
    command=RecordLiaison,
    perform=record_liaison,
    permission=Permission.RECORD_PROCESSES,
    doing="record a contact about other proceedings",
    stages=WHILE_OPEN,
    entry=EntryType.LIAISON_RECORDED,
    kept=LiaisonKept,
    section=Section.TERMS,
    holds_family_data=True,
)
