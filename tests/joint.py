"""Two partnerships on the way into a joint review: invited, approved, answered, settled."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Engine
from sqlmodel import col, select

from services.casework.act import Act
from services.casework.steps import declaration
from services.casework.steps.joint import answer as joint_answer
from services.casework.steps.joint import invitation as joint_invitation
from services.casework.steps.joint import sharing, sharing_approval, sharing_end
from services.database.cases import Case, get_case
from services.database.joint_reviews import grants_of, waiting_grants
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import SHAREABLE, JointAnswer, JointPart
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from tests import factories, joint_factories
from tests.desk import Desk
from tests.driven import Driven
from tests.world import Side, World, practising

EVERYTHING = SHAREABLE
WHEN = "2025-12-16 10:00"


@dataclass
class Practising(Desk):
    """A desk whose clock is the machine's own, moved by the practice clocks."""

    def now(self) -> datetime:
        return super().now() - self.world.practice_offset


@dataclass
class Joint:
    """Our case, which invites, and the case that is opened for the invitation over there."""

    world: World
    when: str = WHEN
    driven: Driven = field(init=False)
    theirs_case: CaseId = field(init=False, repr=False)  # once they are invited
    store: MemoryStore | None = None  # the world's own, unless a test gives another
    workers_engine: Engine | None = None

    def __post_init__(self) -> None:
        self.world = practising(self.world, self.when)
        self.driven = Driven(self.world).decide().notify()

    @classmethod
    def of(cls, joint: "Joint") -> Self:
        """Return a joint review that is there already, to be carried on by this class's words."""
        same = cls.__new__(cls)
        vars(same).update(vars(joint))
        return same

    @property
    def case_id(self) -> CaseId:
        return self.driven.case_id

    @property
    def theirs(self) -> Side:
        return self.world.theirs

    def invite(self, part: JointPart = JointPart.JOINTLY_PUBLISHING, **but: Any) -> None:
        """Propose the invitation as our manager."""
        command = joint_factories.invite(
            self.world.theirs.partnership_id, self.world.ours.partnership_id, part=part, **but
        )
        self.driven.do(joint_invitation.invite, command, Role.BUSINESS_MANAGER, self.when)

    def approve(self, who: Role = Role.REVIEW_GROUP_CHAIR) -> None:
        """Approve the newest sharing that waits, as our chair."""
        with self.world.act(who, self.when) as work:
            grant = waiting_grants(work.session, self.case_id)[-1]
            sharing_approval.approve_sharing(
                work, self.case_id, joint_factories.approve_sharing(grant.id)
            )

    def settle(self, case_id: CaseId | None = None) -> None:
        """Do what the acts on a case have left for the other side."""
        self.desk().carry(case_id or self.case_id)

    def desk(self) -> Practising:
        """Return where papers are made now; all are kept in one store."""
        return Practising(
            self.world,
            store=self.store,
            when=self.when,
            workers_engine=self.workers_engine,
        )

    def invited(self, part: JointPart = JointPart.JOINTLY_PUBLISHING, **but: Any) -> CaseId:
        """Invite, approve and deliver; return the case that was opened over there."""
        self.invite(part, **but)
        self.approve()
        self.settle()
        case_id = self.opened()
        assert case_id is not None
        self.theirs_case = case_id
        self.declare(case_id, Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR)
        return case_id

    def opened(self) -> CaseId | None:
        """Return the case that was opened over there for the newest invitation, if one was."""
        with self.world.act(self.theirs.actor(Role.BUSINESS_MANAGER), self.when) as work:
            opened = select(Case.id).where(col(Case.invitation_id).is_not(None))
            found = work.session.exec(opened.order_by(Case.reference)).all()
        return CaseId(found[-1]) if found else None

    def declare(self, case_id: CaseId, *roles: Role) -> None:
        """Have their people declare on their own case."""
        for role in roles:
            with self.world.act(self.theirs.actor(role), self.when) as work:
                declaration.declare(work, case_id, factories.declare())

    def answer(self, case_id: CaseId, answer: JointAnswer, **but: Any) -> None:
        """Answer over there, and deliver the answer."""
        with self.world.act(self.theirs.actor(Role.REVIEW_GROUP_CHAIR), self.when) as work:
            command = joint_factories.answer_invitation(answer=answer, **but)
            joint_answer.answer_invitation(work, case_id, command)
        self.settle(case_id)

    def share_again(self) -> None:
        """Propose and approve to share everything, as our manager and our chair."""
        command = joint_factories.propose_sharing(self.theirs.partnership_id)
        self.driven.do(sharing.propose_sharing, command, Role.BUSINESS_MANAGER, self.when)
        self.approve()

    def end_sharing(self) -> None:
        """End all that is shared, as our chair."""
        with self.world.act(Role.REVIEW_GROUP_CHAIR, self.when) as work:
            for grant in grants_of(work.session, self.case_id):
                ended = joint_factories.end_sharing(grant.id)
                sharing_end.end_sharing(work, self.case_id, ended)

    def joined(self, part: JointPart = JointPart.JOINTLY_PUBLISHING, **but: Any) -> CaseId:
        """Go all the way: return their case, which takes part in the review."""
        case_id = self.invited(part, **but)
        self.answer(case_id, JointAnswer.ACCEPTED)
        return case_id

    def their_case(self, case_id: CaseId) -> Case:
        """Return their case as it stands."""
        with self.world.act(self.theirs.actor(Role.BUSINESS_MANAGER), self.when) as work:
            case = get_case(work.session, case_id)
            work.session.expunge_all()
        return case

    def do_theirs(self, act: Act, case_id: CaseId, command: Any, role: Role) -> None:
        """Do an act over there."""
        with self.world.act(self.theirs.actor(role), self.when) as work:
            act.perform(work, case_id, command)


def over_there(joint: Joint) -> Driven:
    """Return a case of their own on the same incident, referred as ours was."""
    swapped = replace(joint.world, ours=joint.world.theirs, theirs=joint.world.ours)
    return Driven(swapped)
