"""How an ordered document is composed: its content, under what every document has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.case_history import CaseHistory, history_of
from services.casework.document_builders.context import BuilderContext, Builders
from services.casework.effects import DocumentOrder
from services.casework.steps.dispatches.letter_correction import CorrectedLetter
from services.database.cases import get_case
from services.database.history import Entry
from services.database.people import serving
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, LetterWords, Paper
from services.domain.identifiers import CaseId
from services.domain.roles import Role


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A paper, the entries whose words it holds, and when it was ordered.

    The entry of the act that ordered it stands first.
    """

    paper: Paper
    said: tuple[UUID, ...]
    ordered_at: datetime


def build(
    work: UnitOfWork, case_id: CaseId, order: DocumentOrder, builders: Builders
) -> BuiltDocument:
    """Compose the ordered document from the record, in the transaction given."""
    case = get_case(work.session, case_id)
    whole = history_of(work, case_id)
    history = whole.as_of(order.as_of_entry)
    if order.unmarked:
        history = history.without(live_marks(work.session, case.id))
    ordered_by = history.newest.id
    names = names_for(work) | history.names()
    context = BuilderContext(work, order, case, names, history)
    content = builders[order.kind](context)
    paper = Paper(
        kind=order.kind,
        reference=case.reference,
        partnership="" if content.hides_partnership else work.partnership.name,
        prepared_on=work.today,
        version=order.version,
        addressed_to=content.addressed_to,
        details=tuple(Answer(label=label, text=text) for label, text in content.details.items()),
        sections=content.sections,
        about=content.about or context.agency,
        subject=content.subject or str(order.agency_id or ""),
        sender=content.sender,
        signatory=_signatory(work, history.newest) if order.kind.particulars.is_letter else "",
        reached_at=reached_at(work) if order.kind.particulars.is_letter else "",
        words=None if order.worded_in is None else _words(whole, order.worded_in),
    )
    said = tuple({ordered_by: None} | history.said)
    return BuiltDocument(paper, said, history.newest.at)


def _words(history: CaseHistory, number: int) -> LetterWords:
    """Return the words that the entry of that number gave the letter."""
    return CorrectedLetter.model_validate(history.numbered(number).command).words


def _signatory(work: UnitOfWork, ordered_by: Entry) -> str:
    """Return which business manager signs: who ordered the letter, or the first who serves now."""
    if ordered_by.role is Role.BUSINESS_MANAGER:
        return names_for(work, ordered_by.person_id).get(ordered_by.person_id, "")
    serve = serving(work.session, (Role.BUSINESS_MANAGER,), on=work.today)
    return next((person.name for person, _ in serve), "")
