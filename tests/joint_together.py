"""A joint review whose rapid review is put to the partners of both sides, and who signs it."""

from sqlmodel import select

from services.casework.steps import declaration
from services.casework.steps.sign_off import sign_off
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.decisions import SignOff
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from tests import factories
from tests.joint import Joint

DECIDED = "2026-01-05 10:00"


class Together(Joint):
    """A joint review whose rapid review is put to the partners of both sides."""

    def put(self, part: JointPart = JointPart.JOINTLY_DECIDING, **but) -> "Together":
        self.theirs_case = self.joined(part, **but)
        self.driven.scope().meet().propose()
        self.when = DECIDED
        self.settle()
        return self

    def sign_theirs(self, *seats: Seat, **said) -> None:
        for seat in seats or Seat:
            partner = self.theirs.actor(Role.SAFEGUARDING_PARTNER, seat)
            with self.world.act(partner, self.when) as work:
                if not work.session.exec(select(SignOff).where(SignOff.seat == seat)).first():
                    declaration.declare(work, self.theirs_case, factories.declare())
                sign_off.sign_rapid_review(work, self.theirs_case, factories.sign(**said))
            self.settle(self.theirs_case)

    def sign_ours(self, *seats: Seat, **said) -> None:
        self.driven.sign(sign_off.sign_rapid_review, self.when, *seats, **said)

    def decided_on(self):
        with self.world.act(Role.BUSINESS_MANAGER, self.when) as work:
            return get_case(work.session, self.case_id).decided_on

    def todos(self, side, case_id) -> list[Todo]:
        with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
            return [one.todo for one in open_assignments(work.session, case_id)]
