"""Two areas that notified one incident: their cases, joined, up to the joint record."""

from dataclasses import replace
from typing import Any

from services.casework.steps.rapid_review import submission
from services.casework.steps.referral.referral import Refer
from services.casework.steps.sign_off import sign_off
from services.database.clocks import RunningClock, clocks
from services.database.history import all_of
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Actor, Role, Seat
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories
from tests.driven import Driven
from tests.joint import Joint
from tests.world import World

EARLIER, LATER = "2025-12-12 15:00", "2025-12-15 16:00"


class TwoNotified(Joint):
    """A joint review that their own case has joined, whose area notified before ours did."""

    own: Driven


def over_there(
    joint: Joint, referral: Refer | None = None, when: str = "2025-12-12 11:00"
) -> Driven:
    """Return a case of their own on the same incident, referred as ours was."""
    swapped = replace(joint.world, ours=joint.world.theirs, theirs=joint.world.ours)
    return Driven(swapped, referral, when)


def join(joint: Joint, own: Driven, **but: Any) -> None:
    """Have their own case join, and deliver what the acts of both sides left for the other."""
    opened = joint.invited(JointPart.JOINTLY_DECIDING, **but)
    joint.answer(opened, JointAnswer.ACCEPTED, own_case=own.row().reference)
    settle(joint, own)


def both_notified(world: World) -> TwoNotified:
    """Let both areas notify, theirs three days before ours, and their case join ours."""
    joint = TwoNotified(world)
    joint.own = over_there(joint).decide().notify(EARLIER)
    join(joint, joint.own)
    return joint


def settle(joint: Joint, own: Driven) -> None:
    for case_id in (joint.case_id, own.case_id):
        joint.settle(case_id)


def clock(case: Driven, which: ClockId = ClockId.K10) -> RunningClock:
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        (found,) = [one for one in clocks(work.session, case.case_id) if one.clock is which]
        work.session.expunge_all()
    return found


def keyline(case: Driven) -> Actor:
    return service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)


def runs(row: RunningClock) -> bool:
    return row.ended_on is None and row.met_on is None


def told(case: Driven, kind: EntryType) -> list[dict[str, Any]]:
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        return [one.command for one in all_of(work.session, case.case_id, kind)]


def signed(joint: TwoNotified) -> None:
    """Carry the joint rapid review to the day of its submission, on 7 January."""
    own = joint.own
    joint.driven.scope().meet().propose()
    joint.when = "2026-01-05 10:00"
    settle(joint, own)
    sign_theirs(joint, own)
    joint.driven.sign(sign_off.sign_rapid_review, "2026-01-05")
    joint.when = "2026-01-07 12:00"


def submitted(joint: TwoNotified) -> None:
    """Carry the joint rapid review that is signed to its submission."""
    joint.driven.do(submission.submit, factories.submit(), Role.BUSINESS_MANAGER, joint.when)


def sign_theirs(joint: Joint, own: Driven) -> None:
    for seat in Seat:
        own.do(
            sign_off.sign_rapid_review, factories.sign(), own.world.ours.partner(seat), joint.when
        )
    joint.settle(own.case_id)
