"""Gates G6 and G7: the terms of reference, the lead reviewer, and each person's declaration."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoices, Command, Day, LongText, Rows, YesNo
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
)
from services.casework.steps.rapid_review import MOST_KEY_LINES, KeyLine
from services.casework.steps.review_opening import (
    AppointReviewer,
    open_review_if_ready,
    reviewer_of,
)
from services.casework.steps.sign_off_rounds import invite
from services.database.cases import Case
from services.database.decisions import Declaration, declaration
from services.database.partnerships import get_agency
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission, Role
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class AgreeTerms(Command):
    """The terms of reference (Doc 6, LC-03, LC-06, LC-07)."""

    background: LongText = Field(title="Background")
    period_from: Day = Field(title="The review looks at events from")
    period_to: Day = Field(title="to")
    key_lines: Annotated[tuple[KeyLine, ...], Rows(4, "key line of enquiry")] = Field(
        title="Key lines of enquiry", description="No more than four, the most important (LC-07)."
    )
    methodology: LongText = Field(title="Methodology, and why it fits (GOV-07, LC-28)")
    information: LongText = Field(title="How information is gathered (LC-32)")
    agencies: AgencyChoices = Field(title="Agencies that take part (LC-29)")
    family_plan: LongText = Field(title="How the family is involved (FAM-01 to FAM-05)")
    equality: LongText = Field(title="Race, ethnicity, disability, poverty (LC-08)")
    parallel: LongText = Field(title="Parallel processes, and how they are joined up (LC-20)")
    criminal: LongText = Field(title="What was agreed with police and CPS (LC-17)")
    needs_legal_advice: YesNo = Field(title="Is legal advice needed at the outset? (LC-12)")
    legal_advice: LongText = Field(title="Which advice, or why not?")
    timetable: LongText = Field(title="Timetable to publication within six months (LC-13)")


def agree_terms(work: UnitOfWork, case_id: CaseId, command: AgreeTerms) -> Case:
    """Draw up the terms of reference, or a later version, for the partners to endorse."""
    case = begin(work, case_id, AGREE_TERMS, command)
    if not 1 <= len(command.key_lines) <= MOST_KEY_LINES:
        raise AnswerRefused("key_lines", "Enter one to four key lines of enquiry (LC-07).")
    if command.period_to < command.period_from:
        raise AnswerRefused("period_to", "The period cannot end before it begins.")
    if not command.agencies:
        raise AnswerRefused("agencies", "Choose at least one agency.")
    for agency in command.agencies:
        get_agency(work.session, AgencyId(agency))
    entry = record_entry(work, case, AGREE_TERMS, command)
    close_todos(work, case, Todo.AGREE_TERMS)
    order_document(work, entry, Step.COMMISSION, DocumentKind.TERMS_OF_REFERENCE)
    invite(work, case, SignOffMatter.TERMS_OF_REFERENCE)
    return case


AGREE_TERMS = Act(
    name="agree_terms",
    command=AgreeTerms,
    perform=agree_terms,
    permission=Permission.COMMISSION,
    doing="draw up the terms of reference",
    stages=frozenset({Stage.COMMISSIONING}),
    entry=EntryType.TERMS_AGREED,
    todo=Todo.AGREE_TERMS,
    clock=ClockId.K11,
    shows=(EntryType.DECISION_PROPOSED,),
    section=Section.TERMS,
    holds_family_data=True,
)


def appoint_reviewer(work: UnitOfWork, case_id: CaseId, command: AppointReviewer) -> Case:
    """Appoint the lead reviewer, or a new one, and tell the three national bodies (LC-24)."""
    case = begin(work, case_id, APPOINT_REVIEWER, command)
    if not command.independent:
        raise AnswerRefused(
            "independent", "Appoint somebody free of any real or perceived conflict (LC-02)."
        )
    declared = _must_be_free(work, case, command.person)
    entry = record_entry(work, case, APPOINT_REVIEWER, command)
    close_todos(work, case, Todo.APPOINT_REVIEWER)
    if declared is None:
        open_todo(work, case, Todo.DECLARE)
    order_document(work, entry, Step.COMMISSION, DocumentKind.REVIEWER_NOTICE)
    about = EmailContext(part=str(entry.number))
    enqueue_email(work, case, EmailTrigger.REVIEWER_APPOINTED, about)
    enqueue_email(work, case, EmailTrigger.REVIEWER_NAMED, about)
    if case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
    return case


APPOINT_REVIEWER = Act(
    name="appoint_reviewer",
    command=AppointReviewer,
    perform=appoint_reviewer,
    permission=Permission.COMMISSION,
    doing="appoint the lead reviewer",
    stages=frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW}),
    entry=EntryType.REVIEWER_APPOINTED,
    todo=Todo.APPOINT_REVIEWER,
    clock=ClockId.K11,
    section=Section.TERMS,
)


def _must_be_free(work: UnitOfWork, case: Case, person_id: UUID) -> Declaration | None:
    """Refuse who is no lead reviewer today, appointed already, or in conflict (LC-02)."""
    registered = members(work.session, Role.LEAD_REVIEWER, on=work.today)
    if person_id not in {one.id for one in registered}:
        raise AnswerRefused("person", "Choose a person registered as a lead reviewer.")
    declared = declaration(work.session, case.id, person_id)
    if declared is not None and declared.has_conflict:
        raise AnswerRefused("person", "This person has declared a conflict in this case (LC-02).")
    if reviewer_of(work, case) == person_id:
        raise AnswerRefused("person", "This person is the lead reviewer of this case already.")
    return declared
