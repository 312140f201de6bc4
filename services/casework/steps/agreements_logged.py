"""What was agreed by email or one by one, without a meeting, is put on one paper (RR-47, GOV-11).

Who attended agrees the record of the meeting by answering an email, and each partner signs for its
own seat. What was agreed in other ways, such as in an exchange of emails, is entered beside it.
"""

from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, Rows, ShortText
from services.casework.effects import order_document
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.meeting_record import ANSWERS
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step

_STEP: Final = {
    Stage.RAPID_REVIEW: Step.SUBMIT,
    Stage.WITH_PANEL: Step.SUBMIT,
    Stage.NATIONAL_REVIEW: Step.SUBMIT,
    Stage.COMMISSIONING: Step.COMMISSION,
    Stage.LOCAL_REVIEW: Step.COMMISSION,
    Stage.PUBLICATION: Step.PUBLISH,
    Stage.EMBEDDING: Step.EMBED,
}


class AgreedBeside(Command):
    """One thing that was agreed without a meeting, and is not answered or signed here."""

    what: LongText = Field(title="What was agreed?")
    who: LongText = Field(title="Who agreed to it?", description="Each by name and post.")
    how: ShortText = Field(
        title="How?", description="For example by email, or by telephone one after another."
    )
    agreed_on: Day = Field(title="When had the last of them agreed?")
    otherwise: LongText | None = Field(
        default=None, title="Who did not agree, or did not answer, if anybody?"
    )


class LogAgreements(Command):
    """One paper of what was agreed by email or one by one (RR-47).

    It tells by itself what those who attended said of the record of the meeting, and what each
    partner signed. Enter here only what was agreed in another way.
    """

    beside: Annotated[tuple[AgreedBeside, ...], Rows(2, "agreement")] = Field(
        default=(), title="What else was agreed without a meeting?"
    )


def log_agreements(work: UnitOfWork, case_id: CaseId, command: LogAgreements) -> Case:
    """Keep what was agreed in another way, and have all of it made as a paper."""
    case = begin(work, case_id, LOG_AGREEMENTS, command)
    if any(one.agreed_on > work.today for one in command.beside):
        raise AnswerRefused("beside", "Enter days that are not in the future.")
    if not command.beside and not has_agreements(work, case):
        raise AnswerRefused(
            "beside", "Nothing is agreed here yet: enter what was agreed in another way."
        )
    entry = record_entry(work, case, LOG_AGREEMENTS, command)
    order_document(work, entry, _STEP[case.stage], DocumentKind.AGREEMENT_LOG)
    return case


def has_agreements(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anybody has answered about the record here, or signed."""
    return bool(facts(work.session, case.id, *ANSWERS, EntryType.SIGNED_OFF))


LOG_AGREEMENTS = Act(
    name="log_agreements",
    command=LogAgreements,
    perform=log_agreements,
    permission=Permission.RUN_MEETING,
    doing="put agreements without a meeting on paper",
    stages=frozenset(_STEP),
    entry=EntryType.AGREEMENTS_LOGGED,
    section=Section.MEETING,
    holds_family_data=True,
)
