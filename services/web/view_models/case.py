"""What the page of one case shows, gathered for the person who looks."""

from dataclasses import dataclass

from services.casework.access.documents import papers_seen
from services.casework.access.parts import clocks_seen, reads_family
from services.casework.engine.progress import standings
from services.database.cases import Case
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.workflow import StepStanding
from services.web.act_pages.act_page import ActPage
from services.web.timeline import Told, names_for, timeline_of
from services.web.view_models import (
    awaited,
    families,
    joint_review,
    kept_safe,
    learning_event,
    listed,
    other_reviews,
    plan_actions,
    review_group,
    sharing,
    withdrawal,
)
from services.web.view_models.agencies import (
    AgencyLine,
    GuestLine,
    agency_lines,
    guest_lines,
)
from services.web.view_models.children import (
    ChildDeathView,
    ChildLine,
    Family,
    child_death_view,
    child_lines,
    family_lines,
    same_incidents,
)
from services.web.view_models.clocks import ClockLine, clock_line, guidance_lines
from services.web.view_models.meeting import MeetingView, meeting_view
from services.web.view_models.own_part import OwnPartView, own_part_view
from services.web.view_models.sent import SentView, sent_view
from services.web.view_models.sign_offs import MatterLine, matter_lines, signers
from services.web.view_models.todos import TodoLine, also_open, of_case

RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything the page of a case shows."""

    case: Case
    sees_all: bool
    sees_history: bool
    steps: tuple[StepStanding, ...]
    clocks: list[ClockLine]
    guidance: list[tuple[str, str]]
    todo: list[TodoLine]
    also: list[ActPage]
    children: list[ChildLine]
    family: Family
    same_incidents: list[Case]
    withdrawn: withdrawal.WithdrawalLine | None
    safety: kept_safe.SafetyView | None
    child_death: ChildDeathView | None
    other_reviews: other_reviews.RegisterView | None
    involvement: families.InvolvementView | None
    learning_event: learning_event.EventView | None
    matters: list[MatterLine]
    awaited: list[awaited.AwaitedLine]
    meeting: MeetingView | None
    group: review_group.ReviewGroupView | None
    own_part: OwnPartView | None
    agencies: list[AgencyLine]
    listed: list[listed.ListedLine]
    guests: list[GuestLine]
    actions: list[plan_actions.PlanLine]
    sharing: sharing.SharingView | None
    joint: joint_review.JointReviewView
    sent: SentView
    documents: list[Document]
    timeline: list[Told]


def case_view(work: UnitOfWork, case: Case) -> CaseView:
    """Gather what this person may see of the case."""
    actor, named = work.actor, names_for(work, signers(work, case))
    sees_all, sees_family = actor.may(Permission.READ_CASE), reads_family(work, case.id)
    todo = of_case(work, case)
    return CaseView(
        case=case,
        sees_all=sees_all,
        sees_history=actor.may(Permission.READ_HISTORY),
        steps=standings(work, case) if sees_all else (),
        clocks=[clock_line(work, case, one, named) for one in clocks_seen(work, case)],
        guidance=guidance_lines(case) if sees_all else [],
        todo=todo,
        also=also_open(work, case, todo),
        children=child_lines(work, case) if sees_family else [],
        family=family_lines(work, case) if sees_family else (),
        same_incidents=same_incidents(work, case),
        withdrawn=withdrawal.withdrawal_line(work, case) if sees_all else None,
        safety=kept_safe.safety_view(work, case),
        child_death=child_death_view(work, case),
        other_reviews=other_reviews.register_view(work, case),
        involvement=families.involvement_view(work, case),
        learning_event=learning_event.learning_event_view(work, case),
        matters=matter_lines(work, case) if sees_all else [],
        awaited=awaited.awaited_lines(work, case),
        meeting=meeting_view(work, case),
        group=review_group.review_group_view(work, case) if sees_all else None,
        own_part=None if sees_all else own_part_view(work, case),
        agencies=agency_lines(work, case, named),
        listed=listed.listed_lines(work, case),
        guests=guest_lines(work, case),
        actions=plan_actions.action_lines(work, case, named),
        sharing=sharing.sharing_view(work, case),
        joint=joint_review.joint_review_view(work, case),
        sent=sent_view(work, case) if sees_all else SentView(),
        documents=papers_seen(work, case)[:5],
        timeline=timeline_of(work, case, newest=RECENT) if sees_all else [],
    )
