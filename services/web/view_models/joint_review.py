"""The joint review of a case as its page tells it: who takes part, what is shown to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.access.shown_cases import cases_shown
from services.casework.joint.comments import Comment, comments_made, comments_received
from services.casework.joint.membership import fellow_members
from services.casework.steps.joint.change_proposal import PROPOSE_CHANGE
from services.casework.steps.joint.sharing import live_grants
from services.casework.steps.joint.withdrawal import open_invitations
from services.database.cases import Case
from services.database.joint_reviews import (
    CaseGrant,
    JointMembership,
    membership_of,
    newest_membership,
)
from services.database.shown import SharedCase, known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.joint_reviews import SHAREABLE, last_day_before
from services.domain.labels import label
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One partnership in the review."""

    name: str
    is_lead: bool
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    """What is shown to one partnership, or waits to be approved."""

    partnership_id: UUID
    partnership: str
    sections: str
    last_day: date
    is_in_force: bool
    has_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReviewView:
    """Everything about the joint review on our own case's page; empty where there is none."""

    members: tuple[MemberLine, ...]
    grants: tuple[GrantLine, ...]
    shown: tuple[SharedCase, ...]
    may_change: bool
    may_comment: bool
    may_answer: bool
    received: tuple[Comment, ...]
    made: tuple[Comment, ...]
    may_withdraw: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not (self.members or self.grants or self.shown or self.made)


def joint_review_view(work: UnitOfWork, case: Case) -> JointReviewView:
    """Gather who takes part in the case's joint review, and what each side shows the other."""
    was_joint = newest_membership(work.session, case.id) is not None
    own = membership_of(work.session, case.id) if was_joint else None
    taking_part = [own, *fellow_members(work, case)] if own is not None else []
    grants = live_grants(work, case)
    known = known_partnerships(work.session) if taking_part or grants else {}
    return JointReviewView(
        members=tuple(_member(one, known) for one in taking_part),
        grants=tuple(_grant(one, known, work.now) for one in grants),
        shown=tuple(cases_shown(work, case)),
        may_change=work.actor.may(Permission.CHANGE_JOINT_REVIEW)
        and case.stage in PROPOSE_CHANGE.stages,
        may_comment=own is not None
        and not own.is_lead
        and work.actor.may(Permission.COMMENT_ON_SHOWN),
        may_answer=work.actor.may(Permission.ANSWER_COMMENT),
        received=tuple(comments_received(work, case)) if was_joint else (),
        made=tuple(comments_made(work, case)) if was_joint else (),
        may_withdraw=work.actor.may(Permission.CHANGE_JOINT_REVIEW)
        and bool(open_invitations(work, case)),
    )


def _member(membership: JointMembership, known: dict[UUID, str]) -> MemberLine:
    return MemberLine(
        name=known[membership.tenant_id],
        is_lead=membership.is_lead,
        part=label(membership.part).partition(":")[0],
    )


def _grant(grant: CaseGrant, known: dict[UUID, str], now: datetime) -> GrantLine:
    return GrantLine(
        partnership_id=grant.partnership_id,
        partnership=known[grant.partnership_id],
        sections=", ".join(label(one) for one in SHAREABLE if Section(one) in grant.sections),
        last_day=last_day_before(grant.until_at),
        is_in_force=grant.approved_at is not None,
        has_ended=grant.until_at <= now,
    )
