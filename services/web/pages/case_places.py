"""The pages of a case besides its first one: people, agencies, meetings, decisions and so on."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read, open_case, record_viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models import act_places, case_parts
from services.web.view_models.act_places import acts_here
from services.web.view_models.case import clock_lines
from services.web.view_models.case_emails import case_emails_view
from services.web.view_models.clock_drawing import clock_drawing
from services.web.view_models.clocks import guidance_lines
from services.web.view_models.decision import decision_view, has_begun_notifying
from services.web.view_models.questions import beside_actions
from services.web.view_models.review import review_view

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]
Manager = Annotated[UnitOfWork, requires(Permission.SETTLE_EMAILS)]
AnyReader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/{case_id}/people")
def people(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show who the case is about, as far as the reader may know."""
    case = open_case(work, case_id, Viewed.PEOPLE)
    view = case_parts.people_view(work, case)
    may = acts_here(work, case, act_places.PEOPLE)
    return page(request, "pages/cases/people.html", case=case, view=view, may=may)


@router.get("/{case_id}/meetings")
def meetings(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show every meeting of the case: when and where, who was there, what was decided."""
    case = open_case(work, case_id, Viewed.MEETINGS)
    view = case_parts.meetings_view(work, case)
    may = acts_here(work, case, act_places.MEETINGS)
    return page(request, "pages/cases/meetings.html", case=case, view=view, may=may)


@router.get("/{case_id}/decisions")
def decisions(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what was put to the partners, and where each of them stands."""
    case = case_to_read(work, case_id)
    view = case_parts.decisions_view(work, case)
    record_viewing(work, case, Viewed.DECISIONS, said=view.said)
    return page(
        request,
        "pages/cases/decisions.html",
        case=case,
        view=view,
        has_notifying=has_begun_notifying(work, case),
        may=acts_here(work, case, act_places.DECISIONS),
    )


@router.get("/{case_id}/decisions/{matter}")
def decision(case_id: TheCaseId, matter: str, request: Request, work: Reader) -> Response:
    """Show one decision with every version, view and position, opened (GOV-11, NOT-13)."""
    case = case_to_read(work, case_id)
    view = decision_view(work, case, matter)
    record_viewing(work, case, Viewed.DECISION, said=view.kept)
    may = acts_here(work, case, act_places.DECISIONS)
    return page(request, "pages/cases/decision.html", case=case, view=view, may=may)


@router.get("/{case_id}/emails")
def emails(case_id: TheCaseId, request: Request, work: Manager) -> Response:
    """Show which emails were ordered about the case, to whom by role, and how they stand."""
    case = open_case(work, case_id, Viewed.EMAILS)
    view = case_emails_view(work, case)
    return page(request, "pages/cases/emails.html", case=case, view=view)


@router.get("/{case_id}/review")
def review(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show who reviews, how far the review is, and what goes on beside it."""
    case = open_case(work, case_id, Viewed.REVIEW)
    view = review_view(work, case)
    may = acts_here(work, case, act_places.REVIEW)
    return page(request, "pages/cases/review.html", case=case, view=view, may=may)


@router.get("/{case_id}/actions")
def actions(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show the action plan, and how what was learnt is shared."""
    case = open_case(work, case_id, Viewed.ACTIONS)
    view = case_parts.actions_view(work, case)
    return page(
        request,
        "pages/cases/actions.html",
        case=case,
        view=view,
        questions=beside_actions(work, case),
        may=acts_here(work, case, act_places.ACTIONS),
    )


@router.get("/{case_id}/publication")
def publication(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show how far publication has come."""
    case = open_case(work, case_id, Viewed.PUBLICATION)
    view = case_parts.publication_view(work, case)
    may = acts_here(work, case, act_places.PUBLICATION)
    return page(request, "pages/cases/publication.html", case=case, view=view, may=may)


@router.get("/{case_id}/sharing")
def sharing(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show who else sees the case, and what was sent."""
    case = open_case(work, case_id, Viewed.SHARING)
    view = case_parts.sharing_page_view(work, case)
    may = acts_here(work, case, act_places.SHARING)
    return page(request, "pages/cases/sharing.html", case=case, view=view, may=may)


@router.get("/{case_id}/clocks")
def clocks(case_id: TheCaseId, request: Request, work: AnyReader) -> Response:
    """Show every clock of the case, also those that are met or ended."""
    case = open_case(work, case_id, Viewed.CLOCKS)
    lines = clock_lines(work, case)
    guidance = guidance_lines(case) if work.actor.may(Permission.READ_CASE) else []
    told: dict[str, Any] = {"lines": lines, "guidance": guidance}
    told["drawing"] = clock_drawing(lines, work.today)
    return page(request, "pages/cases/clocks.html", case=case, **told)
