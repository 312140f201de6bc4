"""Changes of a joint review by agreement: proposed by our manager, answered by their chair."""

from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint import sharing, sharing_approval
from services.casework.steps.joint.change_answer import answer_change
from services.casework.steps.joint.change_proposal import propose_change
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.joint_reviews import membership_of, waiting_grants
from services.domain.clocks.rules import ClockId
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.roles import Role, Seat
from tests import factories, joint_factories
from tests.joint_together import Together
from tests.world import World


class Changing(Together):
    """A joint review of two, whose lead changes by agreement."""

    def shared_back(self) -> "Changing":
        """Let the joining side show ours its case, as a lead's is shown."""
        manager = self.theirs.actor(Role.BUSINESS_MANAGER)
        command = joint_factories.propose_sharing(self.world.ours.partnership_id)
        with self.world.act(manager, self.when) as work:
            sharing.propose_sharing(work, self.theirs_case, command)
        with self.world.act(self.theirs.actor(Role.REVIEW_GROUP_CHAIR), self.when) as work:
            (grant,) = waiting_grants(work.session, self.theirs_case)
            approved = joint_factories.approve_sharing(grant.id)
            sharing_approval.approve_sharing(work, self.theirs_case, approved)
        return self

    def propose_change(self, change=JointChange.NEW_LEAD, **but) -> None:
        self.say_change(change, **but)
        self.settle()

    def say_change(self, change=JointChange.NEW_LEAD, **but) -> None:
        """Propose it, and leave what that orders to whoever carries the case."""
        command = joint_factories.propose_change(
            self.theirs.partnership_id, change=change, reasons="The child lives there.", **but
        )
        with self.world.act(Role.BUSINESS_MANAGER, self.when) as work:
            propose_change(work, self.case_id, command)

    def answer_change(self, answer=ChangeAnswer.AGREED) -> None:
        self.say_answer(answer)
        self.settle(self.theirs_case)

    def say_answer(self, answer=ChangeAnswer.AGREED) -> None:
        """Answer it, and leave what that orders to whoever carries the case."""
        with self.world.act(self.theirs.actor(Role.REVIEW_GROUP_CHAIR), self.when) as work:
            (asked,) = waiting_proposals(work, get_case(work.session, self.theirs_case))
            command = joint_factories.answer_change(asked.id, answer=answer, reasons="We agree.")
            answer_change(work, self.theirs_case, command)

    def say_change_there(self, change: JointChange) -> None:
        """Propose over there, where they lead, what is about us."""
        command = joint_factories.propose_change(self.world.ours.partnership_id, change=change)
        with self.world.act(self.theirs.actor(Role.BUSINESS_MANAGER), self.when) as work:
            propose_change(work, self.theirs_case, command)

    def say_answer_here(self) -> None:
        """Agree here to what they proposed."""
        with self.world.act(Role.REVIEW_GROUP_CHAIR, self.when) as work:
            (asked,) = waiting_proposals(work, get_case(work.session, self.case_id))
            answer_change(work, self.case_id, joint_factories.answer_change(asked.id))

    def change_lead(self) -> None:
        self.propose_change()
        self.answer_change()
        self.settle()

    def ours_now(self):
        with self.world.act(Role.BUSINESS_MANAGER, self.when) as work:
            case = get_case(work.session, self.case_id)
            work.session.expunge_all()
        return case

    def running(self, side, case_id) -> dict[ClockId, object]:
        with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
            found = clocks(work.session, case_id)
            work.session.expunge_all()
        return {one.clock: one for one in found if one.met_on is None and one.ended_on is None}

    def leads(self, side, case_id) -> bool:
        with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
            membership = membership_of(work.session, case_id)
            return membership is not None and membership.is_lead


def put_to_both(world: World) -> Changing:
    """Return a joint review whose rapid review is put to the partners of both sides."""
    together = Changing(world)
    together.put()
    return together


def sign_as_joining(put, *seats: Seat, **said) -> None:
    """Have our partners sign, where our case joins, and deliver each signature."""
    for seat in seats or Seat:
        partner = put.world.ours.actor(Role.SAFEGUARDING_PARTNER, seat)
        put.driven.do(sign_off.sign_rapid_review, factories.sign(**said), partner, put.when)
        put.settle()
