"""Gate G6: the terms of reference, drawn up for the partners to endorse."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoices, Command, Day, LongText, Rows, YesNo
from services.casework.effects import close_todos, open_todo, order_document
from services.casework.steps.beside_panel import begin_local_review, may_begin_local_review
from services.casework.steps.decision_grounds import MOST_KEY_LINES, KeyLine
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
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
    author_appointed: LongText = Field(
        title="How is an independent author appointed, or how are contributions made from across "
        "the local network? (LC-03)"
    )
    author_requirements: LongText = Field(
        title="What is required of the author? (Doc 7)",
        description="Their knowledge and expertise, their independence of the case, and what they "
        "are to deliver by when. Whoever is appointed is held against it.",
    )
    information: LongText = Field(title="How information is gathered (LC-32)")
    agencies: AgencyChoices = Field(title="Agencies that take part (LC-29)")
    family_plan: LongText = Field(title="How the family is involved")
    equality: LongText = Field(title="Race, ethnicity, disability, poverty (LC-08)")
    parallel: LongText = Field(
        title="How this review is joined up with other reviews and proceedings (LC-20)",
        description="Those on record are in the paper as well: say what follows from them.",
    )
    criminal: LongText = Field(
        title="What was agreed with police and CPS (LC-17)",
        description="The contacts on record are in the paper as well.",
    )
    needs_legal_advice: YesNo = Field(title="Is legal advice needed at the outset? (LC-12)")
    legal_advice: LongText = Field(title="Which advice, or why not?")
    timetable: LongText = Field(title="Timetable to publication by its last day (LC-13)")


def agree_terms(work: UnitOfWork, case_id: CaseId, command: AgreeTerms) -> Case:
    """Draw up the terms of reference, or a later version, for the partners to endorse.

    They wait for no answer of the Panel (GOV-14): the six months run meanwhile (K11). The review
    group advises on them first (G6).
    """
    case = begin(work, case_id, AGREE_TERMS, command)
    if not 1 <= len(command.key_lines) <= MOST_KEY_LINES:
        raise AnswerRefused("key_lines", "Enter one to four key lines of enquiry (LC-07).")
    if command.period_to < command.period_from:
        raise AnswerRefused("period_to", "The period cannot end before it begins.")
    if not command.agencies:
        raise AnswerRefused("agencies", "Choose at least one agency.")
    for agency in command.agencies:
        agency_on(work.session, case.id, agency)
    begin_local_review(work, case)
    entry = record_entry(work, case, AGREE_TERMS, command)
    close_todos(work, case, Todo.AGREE_TERMS)
    open_todo(work, case, Todo.OVERSEE_COMMISSIONING)
    order_document(work, entry, Step.COMMISSION, DocumentKind.TERMS_OF_REFERENCE)
    invite(work, case, SignOffMatter.TERMS_OF_REFERENCE)
    return case


AGREE_TERMS = Act(
    name="agree_terms",
    command=AgreeTerms,
    perform=agree_terms,
    permission=Permission.COMMISSION,
    doing="draw up the terms of reference",
    stages=frozenset({Stage.WITH_PANEL, Stage.COMMISSIONING}),
    entry=EntryType.TERMS_AGREED,
    todo=Todo.AGREE_TERMS,
    clock=ClockId.K11,
    shows=(EntryType.DECISION_PROPOSED, EntryType.REQUEST_CONSIDERED),
    is_offered=may_begin_local_review,
    section=Section.TERMS,
    holds_family_data=True,
    is_joint=True,
)
