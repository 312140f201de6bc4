"""What ties a case of ours to one of theirs: a joint review, and a grant in each of its states."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlmodel import Session

from services.bootstrap import wall_clock
from services.database.joint_reviews import CaseGrant, JointMembership
from services.domain.entry_types import Section
from services.domain.joint_reviews import SHAREABLE, JointPart


class Tie(StrEnum):
    """How a person of another partnership stands to a case of ours in a joint review."""

    JOINT = "joint"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OTHER_SECTION = "other_section"

    @property
    def shows(self) -> frozenset[Section]:
        """Return the sections that are shown in it."""
        if self is Tie.JOINT:
            return frozenset(SHAREABLE)
        return frozenset({Section.MEETING}) if self is Tie.OTHER_SECTION else frozenset()


@dataclass(frozen=True, slots=True)
class OneSide:
    """A partnership and its case in the review."""

    partnership_id: UUID
    case_id: UUID


@contextmanager
def tied(admin: Engine, ours: OneSide, theirs: OneSide, how: Tie) -> Iterator[None]:
    """Let both cases be of one joint review that ours leads, with a grant from ours in this state.

    The rows are the administrator's, who also takes them away: what leads to them is tried
    elsewhere.
    """
    now = wall_clock()
    own = _review_of(admin, ours)
    review = own or uuid4()
    granted = CaseGrant(
        tenant_id=ours.partnership_id,
        case_id=ours.case_id,
        joint_review_id=review,
        partnership_id=theirs.partnership_id,
        sections=sorted(how.shows or SHAREABLE),
        purpose="x",
        lawful_basis="x",
        granted_by=uuid4(),
        granted_at=now - timedelta(days=2),
        approved_by=uuid4(),
        approved_at=now - timedelta(days=2),
        until_at=now - timedelta(seconds=1) if how is Tie.EXPIRED else now + timedelta(days=30),
        revoked_at=now if how is Tie.REVOKED else None,
    )
    rows = [granted, _membership(theirs, review, is_lead=False)]
    rows += [] if own else [_membership(ours, review, is_lead=True)]
    made = [(row.__tablename__, row.id) for row in rows]
    with Session(admin) as session, session.begin():
        session.add_all(rows)
    try:
        yield
    finally:
        with admin.begin() as link:
            for table, row_id in made:
                link.execute(text(f"delete from {table} where id = :id"), {"id": row_id})  # noqa: S608 -- ours


def _review_of(admin: Engine, side: OneSide) -> UUID | None:
    asked = text(
        "select joint_review_id from joint_memberships where case_id = :case and until_at is null"
    )
    with admin.connect() as link:
        return link.execute(asked, {"case": side.case_id}).scalar()


def _membership(side: OneSide, review: UUID, *, is_lead: bool) -> JointMembership:
    return JointMembership(
        tenant_id=side.partnership_id,
        case_id=side.case_id,
        joint_review_id=review,
        part=JointPart.JOINTLY_DECIDING,
        is_lead=is_lead,
        parties=[],
        from_at=wall_clock() - timedelta(days=2),
    )
