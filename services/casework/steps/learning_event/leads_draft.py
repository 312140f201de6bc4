"""The draft about which practitioners are asked: our own, or that of the partnership that leads."""

from datetime import date

from pydantic import Field

from services.casework.commands import Command
from services.database.cases import Case
from services.database.history import entries_of_review, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.workflow import Stage
from services.domain.working_days import london_date


class LeadsDraft(Command):
    """A version of the draft report that the partnership that leads has submitted."""

    partnership: str = Field(title="Which partnership leads?")
    version: int = Field(title="Version of the draft")


def leads_draft(work: UnitOfWork, case: Case) -> LeadsDraft | None:
    """Return the newest draft of the lead, if we were told of one."""
    told = entries_of_review(work.session, case.id, EntryType.LEADS_DRAFT_TOLD)
    return LeadsDraft.model_validate(told[-1].command) if told else None


def version_of_draft(work: UnitOfWork, case: Case) -> int:
    """Return the version that practitioners are asked about; 0 while there is none."""
    if case.stage is not Stage.JOINT_REVIEW:
        return case.report_version
    draft = leads_draft(work, case)
    return 0 if draft is None else draft.version


def first_drafted_on(work: UnitOfWork, case: Case) -> date | None:
    """Return the day of the first draft: of our own, or on which we were told of the lead's."""
    is_joining = case.stage is Stage.JOINT_REVIEW
    kind = EntryType.LEADS_DRAFT_TOLD if is_joining else EntryType.DRAFT_SUBMITTED
    said = said_for_review(work.session, case.id, kind)
    return london_date(said[0].at) if said else None
