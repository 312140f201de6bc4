"""Whether a person has opened what an agency sent, before they judge it beside others (LC-26)."""

from dataclasses import dataclass
from uuid import UUID

from services.database.cases import Case
from services.database.documents import DocumentState, documents
from services.database.history import facts, opened_documents
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused


@dataclass(frozen=True, slots=True)
class PaperOfReport:
    """The paper of what an agency sent last, and whether the actor has opened it in any form."""

    document_id: UUID
    is_opened: bool


def papers_of_reports(work: UnitOfWork, case: Case) -> dict[UUID, PaperOfReport]:
    """Return the paper of what each agency sent last, as far as the actor sees one."""
    sent = facts(work.session, case.id, EntryType.REPORT_SUBMITTED)
    newest = {one.subject: one.id for one in sent}
    opened = opened_documents(work.session, case.id, work.actor.person_id)
    found: dict[UUID, PaperOfReport] = {}
    for one in documents(work.session, case.id):
        is_report = one.kind is DocumentKind.AGENCY_REPORT and one.standing is DocumentState.KEPT
        if is_report and newest.get(one.subject) in one.said:
            agency_id = UUID(one.subject)
            before = found.get(agency_id)
            is_opened = one.id in opened or (before is not None and before.is_opened)
            found[agency_id] = PaperOfReport(one.id, is_opened)
    return found


def must_have_opened(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    """Refuse to judge a report that the actor has not opened here, in the version sent last."""
    paper = papers_of_reports(work, case).get(agency_id)
    if paper is None:
        raise AnswerRefused(
            "agency",
            "There is no paper of its report here for you to open. Accept or return it on a form "
            "of its own, where it is shown.",
        )
    if not paper.is_opened:
        raise AnswerRefused("agency", "Open its report first: you have not opened it here.")
