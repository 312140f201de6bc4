"""What a partnership shows another, with a row for each reason for which nothing is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from services.bootstrap import wall_clock
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.joint_reviews import (
    CaseGrant,
    JointInvitation,
    JointMembership,
    JointReply,
)
from services.database.signed_context import NONE_CHOSEN
from services.domain.entry_types import EntryType, Section
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.sign_off import SignOffMatter
from tests.driven import Driven

SHOWN = (
    Section.FACTS_AND_FAMILY,
    Section.CRITERIA_AND_DECISION,
    Section.MEETING,
    Section.SCOPING_RETURNS,
    Section.ACTION_PLAN,
)


@dataclass(frozen=True)
class Shared:
    """Grants of ours to theirs, by how they stand, and what we invited theirs to.

    ``waiting`` shares its id with a grant of theirs, ``also_waiting`` does not.
    """

    live: UUID = NONE_CHOSEN
    waiting: UUID = NONE_CHOSEN
    also_waiting: UUID = NONE_CHOSEN
    withdrawn: UUID = NONE_CHOSEN
    revoked: UUID = NONE_CHOSEN
    invitations: tuple[UUID, ...] = ()

    @property
    def grants(self) -> tuple[UUID, ...]:
        """Return all the grants."""
        return (self.live, self.waiting, self.also_waiting, self.withdrawn, self.revoked)


@dataclass(frozen=True)
class Sides:
    """Our case, another of ours, one of theirs, and the joint review of the first and the last."""

    ours: Driven
    other: Driven
    theirs: Driven
    review: UUID


def share(link: Connection, case: Driven) -> Shared:
    """Show a part of our case to theirs."""
    with Session(link) as session:
        found = select(JointMembership).where(JointMembership.case_id == case.case_id)
        review = session.exec(found).one().joint_review_id
        swapped = replace(case.world, ours=case.world.theirs, theirs=case.world.ours)
        sides = Sides(case, Driven(case.world), Driven(swapped), review)
        grants = _grants(sides)
        session.add_all(grants.values())
        session.add_all(_of_no_use(sides))
        shared = Shared(**{name: one.id for name, one in grants.items()})
        session.add(_twin(sides, shared.waiting))
        session.add(_membership(sides.theirs, review))
        left, asked = uuid4(), uuid4()
        # Seen as it was when theirs left, and by who is only asked.
        session.add(_membership(sides.other, left, has_ended=True))
        session.add(_membership(sides.theirs, left, has_ended=True))
        session.add(_membership(sides.other, asked))
        between = [*_between(sides, shared, asked)]
        session.add_all(between)
        invited = tuple(one.id for one in between if isinstance(one, JointInvitation))
        for signature in session.exec(select(SignOff).where(SignOff.case_id == case.case_id)):
            # That on the rapid review is shown by its section alone, the others as the review's.
            is_joint = signature.matter is not SignOffMatter.RAPID_REVIEW
            signature.joint_review_id = review if is_joint else None
            session.add(signature)
        session.add(_said_elsewhere(session, sides))
        session.commit()
        return replace(shared, invitations=invited)


def _grants(sides: Sides) -> dict[str, CaseGrant]:
    """Return the live grant of our case; of the other case two that wait and one revoked."""
    revoked = {"revoked_by": uuid4(), "revoked_at": wall_clock() - timedelta(days=1)}
    return {
        "live": _grant(sides.ours, sides, **_approved()),
        "waiting": _grant(sides.other, sides),
        "also_waiting": _grant(sides.other, sides),
        "withdrawn": _grant(Driven(sides.ours.world), sides, **revoked),
        "revoked": _grant(sides.other, sides, **_approved(), **revoked),
    }


def _of_no_use(sides: Sides) -> Iterator[CaseGrant]:
    """Yield one that ran out, one to another partnership, and what an approval must not end."""
    yield _grant(Driven(sides.ours.world), sides, **_approved(), until_at=wall_clock())
    yield _grant(Driven(sides.ours.world), sides, **_approved(), partnership_id=uuid4())
    yield _grant(sides.other, sides, **_approved(), partnership_id=uuid4())


def _grant(case: Driven, sides: Sides, **given: Any) -> CaseGrant:
    usual = {
        "partnership_id": case.world.theirs.partnership_id,
        "until_at": wall_clock() + timedelta(days=30),
        "granted_by": case.world.ours.actor(Role.BUSINESS_MANAGER).person_id,
    }
    return CaseGrant(
        tenant_id=case.world.ours.partnership_id,
        case_id=case.case_id,
        joint_review_id=sides.review,
        sections=list(SHOWN),
        purpose="x",
        lawful_basis="x",
        granted_at=wall_clock(),
        **(usual | given),
    )


def _approved() -> dict[str, Any]:
    return {"approved_by": uuid4(), "approved_at": wall_clock()}


def _twin(sides: Sides, same: UUID) -> CaseGrant:
    """Return a grant of theirs that waits, with the id of one of ours."""
    return _grant(sides.theirs, sides, id=same)


def _between(sides: Sides, shared: Shared, asked: UUID) -> Iterator[JointInvitation | JointReply]:
    """Yield the invitation that led to it with its reply, and one of each other kind."""
    accepted = _invitation(sides, sides.review, shared.live)
    declined = _invitation(sides, uuid4(), shared.live)
    in_question = _invitation(sides, uuid4(), shared.live)
    yield from (accepted, declined, in_question)
    yield _reply(sides, in_question, JointAnswer.ASKED)
    yield _reply(sides, accepted, JointAnswer.ACCEPTED)
    yield _reply(sides, declined, JointAnswer.DECLINED)
    yield _invitation(sides, asked, shared.live)
    yield _invitation(sides, uuid4(), shared.also_waiting)
    withdrawn = _invitation(sides, uuid4(), shared.live)
    withdrawn.withdrawn_at = wall_clock()
    yield withdrawn


def _invitation(sides: Sides, review: UUID, grant_id: UUID) -> JointInvitation:
    ours = sides.ours.world.ours.partnership_id
    return JointInvitation(
        tenant_id=ours,
        case_id=sides.ours.case_id,
        joint_review_id=review,
        partnership_id=sides.theirs.world.ours.partnership_id,
        grant_id=grant_id,
        part=JointPart.CONSULTED,
        reasons="x",
        lead_reasons="x",
        invited_by=uuid4(),
        invited_at=wall_clock(),
        **dict.fromkeys(("residence_id", "incident_id", "lead_id"), ours),
    )


def _reply(sides: Sides, to: JointInvitation, answer: JointAnswer) -> JointReply:
    return JointReply(
        tenant_id=sides.theirs.world.ours.partnership_id,
        case_id=sides.theirs.case_id,
        invitation_id=to.id,
        partnership_id=to.tenant_id,
        answer=answer,
        reasons="x",
        replied_by=uuid4(),
        replied_at=wall_clock(),
    )


def _membership(own: Driven, review: UUID, *, has_ended: bool = False) -> JointMembership:
    return JointMembership(
        tenant_id=own.world.ours.partnership_id,
        case_id=own.case_id,
        joint_review_id=review,
        part=JointPart.CONSULTED,
        is_lead=False,
        parties=[],
        from_at=wall_clock(),
        until_at=wall_clock() if has_ended else None,
    )


def _said_elsewhere(session: Session, sides: Sides) -> Entry:
    """Return an entry of our other case, in a section that is shown, by who did nothing on this."""
    person_id = sides.ours.world.ours.second_reviewer().person_id
    question = select(Entry).where(
        Entry.case_id == sides.other.case_id, Entry.entry_type == EntryType.REFERRED
    )
    referred = session.exec(question.order_by(col(Entry.number))).one()
    again = {"id": uuid4(), "number": 1000, "person_id": person_id, "once": None}
    return Entry(**(referred.model_dump() | again))
