"""Cases of several partnerships in one joint review, over the small record of toys."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlmodel import col, select

from services.casework.effects import place_order
from services.casework.engine.pausing import SetPause, set_pause
from services.casework.engine.transactions import acting
from services.database import due_work
from services.database.joint_reviews import JointMembership
from services.domain.identifiers import CaseId, PartnershipId, PersonId
from services.domain.joint_reviews import JointPart
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage, Step
from tests.carried_cases import OURS, THEIRS, Toy, ToyNeighbours, a_case

OPERATOR = Actor(person_id=PersonId(UUID(int=5)), partnership_id=OURS, role=Role.OPERATIONS)


@dataclass(frozen=True)
class JointReview:
    """A joint review that our case leads and theirs joins."""

    around: ToyNeighbours
    id: UUID
    leading: CaseId
    joining: CaseId

    def order(
        self, partnership_id: PartnershipId, step: Step, name: str, subject: str = ""
    ) -> None:
        """Order work as an act of that partnership would."""
        case_id = self.leading if partnership_id == OURS else self.joining
        with acting(self.around, partnership_id) as work:
            place_order(work, case_id, step, Toy(name=name, subject=subject))


def a_joint_review(around: ToyNeighbours, stage: Stage = Stage.RAPID_REVIEW) -> JointReview:
    """Put two cases on record that are one joint review."""
    leading = a_case(around, stage=stage)
    joining = a_case(around, stage=Stage.JOINT_REVIEW, partnership_id=THEIRS)
    review = JointReview(around, uuid4(), leading, joining)
    join(review)
    return review


def two_cases(around: ToyNeighbours) -> JointReview:
    """Put two cases on record that will be one joint review, and are not yet."""
    leading, joining = a_case(around), a_case(around, partnership_id=THEIRS)
    return JointReview(around, uuid4(), leading, joining)


def join(review: JointReview) -> None:
    """Let both take part from now on, as acceptance and its delivery do."""
    take_part(review, OURS, review.leading, is_lead=True)
    take_part(review, THEIRS, review.joining, is_lead=False)


def take_part(
    review: JointReview, partnership_id: PartnershipId, case_id: CaseId, *, is_lead: bool
) -> None:
    """Keep that the partnership takes part, in its own unit of work, and wake the case."""
    with acting(review.around, partnership_id) as work:
        work.session.add(
            JointMembership(
                tenant_id=partnership_id,
                case_id=case_id,
                joint_review_id=review.id,
                part=JointPart.JOINTLY_PUBLISHING,
                is_lead=is_lead,
                parties=[],
                from_at=work.now,
            )
        )
        work.session.flush()
        due_work.wake(work, case_id)


def leave(review: JointReview, partnership_id: PartnershipId) -> None:
    """Let the partnership take part no longer."""
    case_id = review.leading if partnership_id == OURS else review.joining
    with acting(review.around, partnership_id) as work:
        row = work.session.exec(_membership(case_id)).one()
        row.until_at = work.now
        work.session.add(row)
        due_work.wake(work, case_id)


def change_lead(review: JointReview) -> None:
    """Let the other side lead from now on: each side's own row says so."""
    for partnership_id, case_id in ((OURS, review.leading), (THEIRS, review.joining)):
        with acting(review.around, partnership_id) as work:
            row = work.session.exec(_membership(case_id)).one()
            row.is_lead = not row.is_lead
            work.session.add(row)
            work.session.flush()
            due_work.wake(work, case_id)


def pause(around: ToyNeighbours, partnership_id: PartnershipId, because: str) -> None:
    """Pause the partnership's machine work, as an operator."""
    wish = SetPause(partnership=partnership_id, is_paused=True, because=because)
    set_pause(OPERATOR, around, wish)


def let_go_on(around: ToyNeighbours, partnership_id: PartnershipId) -> None:
    """Let it go on, as an operator."""
    set_pause(OPERATOR, around, SetPause(partnership=partnership_id, is_paused=False))


def _membership(case_id):
    return select(JointMembership).where(
        JointMembership.case_id == case_id, col(JointMembership.until_at).is_(None)
    )
