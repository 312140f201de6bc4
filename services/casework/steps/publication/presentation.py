"""The last step of approval: the report and its learning presented to the partners (GOV-18)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, ShortText
from services.casework.effects import policy_of
from services.database.cases import Case
from services.database.history import facts, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.domain.working_days import london_date, written


class RecordPresentation(Command):
    """The minute of the presentation to the partners, which is the last step of approval (GOV-18).

    The partners have signed the report. It is published once this is on record, unless the policy
    asks for no presentation.
    """

    held_on: Day = Field(title="When was it presented?")
    presented_by: ShortText = Field(title="Who presented it?")
    attended: LongText = Field(title="Who was there, for which partner?")
    presented: LongText = Field(title="Which main findings and learning were presented?")
    approved: LongText = Field(title="What was approved, and with which conditions?")


def record_presentation(work: UnitOfWork, case_id: CaseId, command: RecordPresentation) -> Case:
    """Keep the minute; a later one stands beside an earlier one."""
    case = begin(work, case_id, RECORD_PRESENTATION, command)
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    for drafted in facts(work.session, case.id, EntryType.DRAFT_SUBMITTED)[-1:]:
        on = london_date(drafted.at)
        if command.held_on < on:
            raise AnswerRefused("held_on", f"The report that was signed is of {written(on)}.")
    record_entry(work, case, RECORD_PRESENTATION, command)
    return case


RECORD_PRESENTATION = Act(
    name="record_presentation",
    command=RecordPresentation,
    perform=record_presentation,
    permission=Permission.COMMISSION,
    doing="record the presentation to the partners",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.REPORT_PRESENTED,
    shows=(EntryType.DRAFT_SUBMITTED, EntryType.QUALITY_ASSURED),
    section=Section.PUBLICATION,
    holds_family_data=True,
)


def must_be_presented(work: UnitOfWork, case: Case) -> None:
    """Refuse publication before the presentation, unless the policy asks for none (GOV-18).

    Where another case carries the review, it was presented there.
    """
    if case.stage is not Stage.PUBLICATION or not policy_of(case).presented_before_publication:
        return
    if last_fact(work.session, case.id, EntryType.REPORT_PRESENTED) is None:
        raise RuleBroken(
            "Record the presentation of the report, its main findings and its learning to the "
            "partners first: it is the last step of approval (GOV-18)."
        )
