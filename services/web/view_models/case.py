"""What the first page of one case shows, gathered for the person who looks."""

from dataclasses import dataclass

from services.casework.access.parts import clocks_seen
from services.casework.engine.progress import standings
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.workflow import StepStanding
from services.web.act_pages.act_page import ActPage
from services.web.timeline import Told, names_for, timeline_of
from services.web.view_models import own_case, withdrawal
from services.web.view_models.case_summaries import PlaceSummary, place_summaries
from services.web.view_models.children import same_incidents
from services.web.view_models.clocks import ClockLine, clock_line, guidance_lines
from services.web.view_models.incident import IncidentView, incident_view
from services.web.view_models.todos import TodoLine, also_open, of_case

RECENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything the first page of a case shows; ``own`` to who does not see the whole case."""

    case: Case
    sees_all: bool
    joint: str
    incident: IncidentView | None
    same_incidents: list[Case]
    withdrawn: withdrawal.WithdrawalLine | None
    clocks: list[ClockLine]
    guidance: list[tuple[str, str]]
    todo: list[TodoLine]
    also: list[ActPage]
    steps: tuple[StepStanding, ...]
    own: own_case.OwnCaseView | None
    summaries: list[PlaceSummary]
    timeline: list[Told]


def case_view(work: UnitOfWork, case: Case) -> CaseView:
    """Gather what this person may see of the case at first sight."""
    sees_all = work.actor.may(Permission.READ_CASE)
    todo = of_case(work, case)
    return CaseView(
        case=case,
        sees_all=sees_all,
        joint=_joint(work, case) if sees_all else "",
        incident=incident_view(work, case),
        same_incidents=same_incidents(work, case),
        withdrawn=withdrawal.withdrawal_line(work, case) if sees_all else None,
        clocks=clock_lines(work, case),
        guidance=guidance_lines(case) if sees_all else [],
        todo=todo,
        also=also_open(work, case, todo),
        steps=standings(work, case) if sees_all else (),
        own=None if sees_all else own_case.own_case_view(work, case),
        summaries=place_summaries(work, case) if sees_all else [],
        timeline=timeline_of(work, case, newest=RECENT) if sees_all else [],
    )


def _joint(work: UnitOfWork, case: Case) -> str:
    """Say that the case is part of a joint review now, and whether it leads that."""
    part = membership_of(work.session, case.id)
    if part is None:
        return ""
    return "Joint review, led here" if part.is_lead else "Joint review"


def clock_lines(work: UnitOfWork, case: Case) -> list[ClockLine]:
    """Return how each clock of the case stands that this person sees."""
    named = names_for(work, ())
    return [clock_line(work, case, one, named) for one in clocks_seen(work, case)]
