"""What the pages below a case's first one show, each gathered for a person who reads it whole."""

from dataclasses import dataclass
from datetime import date

from services.casework.access.parts import reads_family
from services.casework.steps.family import FamilyLine
from services.casework.steps.publication.timetable import done_for_day, planned_steps
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType
from services.domain.publication_days import KEPT_ELSEWHERE, PublicationStep
from services.web.timeline import Told, names_for, tell
from services.web.view_models import (
    children,
    families,
    joint_review,
    kept_safe,
    learning_event,
    meeting,
    plan_actions,
    publishers,
    review_group,
    sent,
    sharing,
    sign_offs,
)

_MEETINGS = (EntryType.MEETING_SET, EntryType.MEETING_CANCELLED, EntryType.MEETING_HELD)
_PUBLISHING = (
    EntryType.PUBLICATION_PLANNED,
    EntryType.PUBLICATION_WITHHELD,
    EntryType.OTHER_DAY_ANSWERED,
    EntryType.REPORT_PRESENTED,
    EntryType.PRE_SENT,
    EntryType.PUBLISHED,
    EntryType.IMPROVEMENTS_PUBLISHED,
    EntryType.UPDATE_PUBLISHED,
    EntryType.REPORT_TAKEN_DOWN,
    EntryType.REPORT_REISSUED,
    EntryType.REPORT_REDACTED,
    EntryType.ADDRESS_CHANGED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """The children, what the referral said of them, their family, and how they are kept safe."""

    reads_family: bool
    children: list[children.ChildLine]
    referral: list[Told]
    family: tuple[FamilyLine, ...]
    safety: kept_safe.SafetyView | None
    involvement: families.InvolvementView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsView:
    """The rapid review meeting and how it came about, the group's, the team's, the event."""

    meeting: meeting.MeetingView | None
    said: list[Told]
    group: review_group.ReviewGroupView | None
    team: list[Told]
    event: learning_event.EventView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsView:
    """Every matter that was put to the partners, and the decision on notifying."""

    matters: list[sign_offs.MatterLine]

    @property
    def said(self) -> tuple[SignOff | Entry, ...]:
        """Return what is told in somebody's own words, on whichever side."""
        return tuple(one for line in self.matters for one in line.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsView:
    """The action plan, and how what was learnt is shared."""

    actions: list[plan_actions.PlanLine]
    sharing: sharing.SharingView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationStepLine:
    """One step to the day of publication: who sees to it, by when, and how it stands."""

    step: PublicationStep
    owner: str
    by: date | None
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """The steps to the day of publication, who publishes, and what was done so far."""

    steps: tuple[PublicationStepLine, ...]
    publishers: tuple[publishers.PublisherLine, ...]
    said: list[Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPageView:
    """Who reviews together and is shown what, and what left for national bodies."""

    joint: joint_review.JointReviewView
    sent: sent.SentView


def people_view(work: UnitOfWork, case: Case) -> PeopleView:
    """Return the people of the case; of the family nothing to who does not read of it."""
    reads = reads_family(work, case.id)
    told = [one for kind in THE_REFERRAL for one in all_of(work.session, case.id, kind)]
    return PeopleView(
        reads_family=reads,
        children=children.child_lines(work, case) if reads else [],
        referral=tell(work, told[-1:]) if reads else [],
        family=children.family_lines(work, case) if reads else (),
        safety=kept_safe.safety_view(work, case),
        involvement=families.involvement_view(work, case),
    )


def meetings_view(work: UnitOfWork, case: Case) -> MeetingsView:
    """Return every meeting of the case, the newest of each kind first."""
    return MeetingsView(
        meeting=meeting.meeting_view(work, case),
        said=tell(work, all_of(work.session, case.id, *_MEETINGS)[::-1]),
        group=review_group.review_group_view(work, case),
        team=tell(work, all_of(work.session, case.id, EntryType.TEAM_MET)[::-1]),
        event=learning_event.learning_event_view(work, case),
    )


def decisions_view(work: UnitOfWork, case: Case) -> DecisionsView:
    """Return where the partners stand on each matter that was put to them."""
    return DecisionsView(matters=sign_offs.matter_lines(work, case))


def actions_view(work: UnitOfWork, case: Case) -> ActionsView:
    """Return the actions of the plan, and how the learning is shared."""
    return ActionsView(
        actions=plan_actions.action_lines(work, case, names_for(work, ())),
        sharing=sharing.sharing_view(work, case),
    )


def publication_view(work: UnitOfWork, case: Case) -> PublicationView:
    """Return how far publication has come; the plan's steps to who reads what the plan says."""
    done = done_for_day(work, case)
    planned = planned_steps(work, case) if reads_family(work, case.id) else ()
    return PublicationView(
        steps=tuple(
            PublicationStepLine(
                step=one.step, owner=one.owner, by=one.by, stands=_stands(one.step, done)
            )
            for one in planned
        ),
        publishers=publishers.publisher_lines(work, case),
        said=tell(work, all_of(work.session, case.id, *_PUBLISHING)[::-1]),
    )


def sharing_page_view(work: UnitOfWork, case: Case) -> SharingPageView:
    """Return who is shown the case, and what has left."""
    return SharingPageView(
        joint=joint_review.joint_review_view(work, case), sent=sent.sent_view(work, case)
    )


def _stands(step: PublicationStep, done: set[PublicationStep]) -> str:
    if step in done:
        return "Done"
    return "On a form of its own" if step in KEPT_ELSEWHERE else "To do"
