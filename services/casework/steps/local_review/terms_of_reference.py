"""Gate G6: the terms of reference, drawn up for the partners to endorse."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import close_todos, open_todo, order_document
from services.casework.steps.beside_panel import begin_local_review
from services.casework.steps.local_review.terms_amended import may_draw_up
from services.casework.steps.local_review.terms_conditions import must_hold
from services.casework.steps.local_review.terms_said import AgreeTerms, TermsKept
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def agree_terms(work: UnitOfWork, case_id: CaseId, command: AgreeTerms) -> Case:
    """Draw up the terms of reference, or a later version, for the partners to endorse.

    They wait for no answer of the Panel (GOV-14): the six months run meanwhile (K11). The review
    group advises on them first (G6), and police or prosecution are spoken to (LC-17). While the
    review is open they are amended in the same way; until the partners have endorsed it, the
    version before is in force (LC-06).
    """
    case = begin(work, case_id, AGREE_TERMS, command)
    must_hold(work, case, command)
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
    stages=frozenset({Stage.WITH_PANEL, Stage.COMMISSIONING, Stage.LOCAL_REVIEW}),
    entry=EntryType.TERMS_AGREED,
    kept=TermsKept,
    todo=Todo.AGREE_TERMS,
    clock=ClockId.K11,
    shows=(EntryType.DECISION_PROPOSED, EntryType.REQUEST_CONSIDERED),
    is_offered=may_draw_up,
    section=Section.TERMS,
    holds_family_data=True,
    is_joint=True,
)
