"""A joint review of three partnerships: ours leads, theirs publishes with it, a third joins."""

from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from sqlmodel import select

from services.casework.act import Act
from services.casework.joint.proposals import waiting_proposals
from services.casework.steps import declaration
from services.casework.steps.joint.answer import answer_invitation
from services.casework.steps.joint.change_answer import answer_change
from services.casework.steps.joint.change_proposal import propose_change
from services.casework.steps.joint.invitation import invite
from services.casework.steps.joint.sharing import propose_sharing
from services.casework.steps.joint.sharing_approval import approve_sharing
from services.database.assignments import open_assignments
from services.database.cases import Case, get_case
from services.database.decisions import declaration as declared
from services.database.joint_reviews import waiting_grants
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from tests import factories as say
from tests import joint_factories
from tests.joint_changes import Changing
from tests.rounds import newest_round
from tests.world import Side, make_world

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


class Three(Changing):
    """A joint review of three: our case leads, theirs publishes jointly, the third has a part."""

    third: Side
    third_case: CaseId

    def of_three(self, part: JointPart = JointPart.CONTRIBUTING) -> "Three":
        """Let both join, and put the rapid review to whoever decides it."""
        self.theirs_case = self.joined(JointPart.JOINTLY_PUBLISHING)
        self.third = make_world(self.world.engine).theirs
        with self._of(self.third) as work:
            work.partnership.practice_offset = self.world.practice_offset.total_seconds()
            work.session.add(work.partnership)
        self._third_joins(part)
        self.driven.scope().meet().propose()
        self.when = "2026-01-05 10:00"
        return self.all_settle()

    def _third_joins(self, part: JointPart) -> None:
        ours = self.world.ours.partnership_id
        command = joint_factories.invite(self.third.partnership_id, ours, part=part, lead=ours)
        self.driven.do(invite, command, MANAGER, self.when)
        self.approve()
        self.settle()
        with self._of(self.third) as work:
            found = select(Case.id).where(Case.invitation_id.is_not(None))  # type: ignore[union-attr]
            self.third_case = CaseId(work.session.exec(found).one())
        for role in (MANAGER, CHAIR):
            with self._of(self.third, role) as work:
                declaration.declare(work, self.third_case, say.declare())
        with self._of(self.third, CHAIR) as work:
            answer_invitation(work, self.third_case, joint_factories.answer_invitation())
        self.settle(self.third_case)

    @property
    def sides(self) -> tuple[tuple[Side, CaseId], ...]:
        """Return each partnership with its own case."""
        ours = (self.world.ours, self.case_id)
        return (ours, (self.theirs, self.theirs_case), (self.third, self.third_case))

    def all_settle(self) -> "Three":
        """Have what the acts of all have left for each other done."""
        for _ in range(2):
            for _side, case_id in self.sides:
                self.settle(case_id)
        return self

    @contextmanager
    def _of(self, side: Side, role: Role = MANAGER):
        with self.world.act(side.actor(role), self.when) as work:
            yield work

    def show(self, side: Side, to: Side, **but) -> None:
        """Have the side show its case to another one: two people of it do."""
        (case_id,) = [one for whose, one in self.sides if whose is side]
        command = joint_factories.propose_sharing(to.partnership_id, **but)
        with self._of(side) as work:
            propose_sharing(work, case_id, command)
        with self._of(side, CHAIR) as work:
            grant = waiting_grants(work.session, case_id)[-1]
            approve_sharing(work, case_id, joint_factories.approve_sharing(grant.id))
        self.all_settle()

    def lead_changes(self) -> "Three":
        """Let theirs lead: proposed by our manager, agreed to by their chair, told to the third."""
        self.shared_back()
        self.all_settle()
        self.propose_change()
        self.answer_change()
        return self.all_settle()

    def third_leaves(self) -> None:
        """Have the third propose to the new lead that it leaves, and the new lead agree."""
        command = joint_factories.propose_change(
            self.third.partnership_id, change=JointChange.LEAVES
        )
        with self._of(self.third) as work:
            propose_change(work, self.third_case, command)
        self.all_settle()
        with self._of(self.theirs, CHAIR) as work:
            (asked,) = waiting_proposals(work, get_case(work.session, self.theirs_case))
            answer_change(work, self.theirs_case, joint_factories.answer_change(asked.id))
        self.all_settle()

    def signs(self, side: Side, case_id: CaseId, act: Act, *seats: Seat) -> None:
        """Have these seats of one side sign the newest round that it knows of."""
        for seat in seats or Seat:
            with self.world.act(side.partner(seat), self.when) as work:
                if declared(work.session, case_id, work.actor.person_id) is None:
                    declaration.declare(work, case_id, say.declare())
                command = say.sign(round=newest_round(work, case_id, act.perform))
                act.perform(work, case_id, command)
            self.all_settle()

    def asked(self, side: Side, case_id: CaseId, todo: Todo) -> list[str]:
        """Return what each open todo of that kind is about, on the side's case."""
        with self._of(side) as work:
            found = open_assignments(work.session, case_id)
            return [one.subject for one in found if one.todo is todo]

    def case_of(self, side: Side, case_id: CaseId) -> Case:
        """Return a side's case as it stands."""
        with self._of(side) as work:
            case = get_case(work.session, case_id)
            work.session.expunge_all()
        return case

    def swapped(self, side: Side):
        """Return the world as seen from that side."""
        return replace(self.world, ours=side, theirs=self.world.ours)

    def id_of(self, side: Side) -> UUID:
        """Return the id of the side's partnership."""
        return side.partnership_id
