"""One agency's scoping return as it was sent, with every version that came before it."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.access.parts import reads_family
from services.casework.steps.scoping.returns_on_record import newest_of
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.documents import Document
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.documents import DocumentKind
from services.domain.entry_types import THE_RETURN
from services.domain.errors import NotFound
from services.domain.questions import AskedAbout, ThingAsked
from services.web.timeline import Told, tell_as_read
from services.web.view_models.questions import QuestionsBeside, questions_about


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnView:
    """One agency's return: what was asked, every version, papers, and questions about it."""

    agency: str
    request: AgencyRequest
    versions: tuple[Told, ...]
    papers: tuple[Document, ...]
    questions: QuestionsBeside


def return_view(work: UnitOfWork, case: Case, agency_id: UUID) -> ReturnView:
    """Return it to whoever reads every version of the return; to anybody else there is none.

    An agency reads its own. Who reads nothing of the family reads no return (rules.md 4).
    """
    made = requests(work.session, case.id, Asked.SCOPING_RETURN)
    request = next((one for one in made if one.agency_id == agency_id), None)
    reads = agency_id == work.actor.agency_id or reads_family(work, case.id)
    if request is None or not reads or newest_of(work, case, str(agency_id)) is None:
        raise NotFound("There is no such return on this case.")
    of_agency = str(agency_id)
    sent = [one for one in all_of(work.session, case.id, *THE_RETURN) if one.subject == of_agency]
    papers = [one for one in papers_seen(work, case) if one.kind is DocumentKind.SCOPING_RETURN]
    thing = ThingAsked(kind=AskedAbout.RETURN, key=of_agency)
    return ReturnView(
        agency=agency_names(work.session).get(agency_id, "An agency"),
        request=request,
        versions=tuple(tell_as_read(work, sent[::-1], lambda _one: True)),
        papers=tuple(one for one in papers if one.subject == of_agency),
        questions=questions_about(work, case, thing),
    )
