"""Two cases that may be of one incident, and a duplicate that is joined to the one that goes on."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.casework.steps.notification import notification
from services.casework.steps.referral import duplicates
from services.casework.steps.referral.referral import refer
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.workflow import Step
from tests import factories as say
from tests.declared import declare_everybody
from tests.desk import Desk
from tests.driven import Driven
from tests.world import SCHOOL, World

MANAGER, NOTIFIER = Role.BUSINESS_MANAGER, Role.NOTIFIER
WHEN = "2025-12-15"


def mark(case: Driven, of: Driven, when: str = WHEN) -> None:
    words = say.mark_duplicate(of.row().reference)
    case.do(duplicates.mark_duplicate, words, MANAGER, when)
    settle(of, when)


def undo(case: Driven, of: Driven, when: str = "2025-12-16") -> None:
    case.do(duplicates.undo_duplicate, say.undo_duplicate(), MANAGER, when)
    settle(of, when)


def settle(case: Driven, when: str) -> None:
    Desk(case.world, when=when).carry(case.case_id, Step.NOTIFY)


def referred(world: World, received: str, **said: object) -> Driven:
    return Driven(world, say.refer(received_at=received, **said))


@dataclass
class Two:
    """Two cases that may be of one incident: the one that is to go on, and the other."""

    stays: Driven
    other: Driven

    @property
    def world(self) -> World:
        return self.stays.world

    def __iter__(self) -> Iterator[Driven]:
        return iter((self.stays, self.other))


def on_one_day(world: World) -> Two:
    return Two(referred(world, "2025-12-12"), referred(world, "2025-12-12"))


def a_day_apart(world: World) -> Two:
    """Refer the other a day before the one that is to go on."""
    return Two(referred(world, "2025-12-12"), referred(world, "2025-12-11"))


def both_aware(world: World) -> Two:
    return Two(*(referred(world, "2025-12-11", aware_at="2025-12-11") for _twice in range(2)))


def notified_on(two: Two, stays_on: str, other_on: str) -> Two:
    for case, on in zip(two, (stays_on, other_on), strict=True):
        case.decide().notify(f"{on} 10:00")
    return two


def other_notified_first(world: World) -> Two:
    return notified_on(both_aware(world), "2025-12-16", "2025-12-15")


def other_told_by_school(world: World) -> Two:
    """Refer the other by the school, which is declared on by everybody."""
    stays = referred(world, "2025-12-12", aware_at="2025-12-11")
    school = world.ours.actor(Role.AGENCY_LEAD, agency=SCHOOL)
    with world.act(school, "2025-12-12 11:00") as work:
        other = Driven.of(world, CaseId(refer(work, say.refer(received_at="2025-12-12")).id))
    declare_everybody(world, other.case_id, "2025-12-12 11:00")
    return Two(stays, other)


def notified(world: World, reference: str, on: str) -> Driven:
    case = referred(world, "2025-12-11", aware_at="2025-12-11").decide()
    words = say.record_notification(sent_at=f"{on} 10:00", reference=reference)
    case.do(notification.record_notification, words, NOTIFIER, f"{on} 10:00")
    return case


@dataclass
class Taken:
    """A case that was notified as A, into which those that were notified as B and C were taken."""

    stays: Driven
    others: list[Driven]

    @property
    def world(self) -> World:
        return self.stays.world


def two_taken_in(world: World) -> Taken:
    stays, *others = (notified(world, name, "2025-12-15") for name in "ABC")
    for other in others:
        mark(other, stays, "2025-12-16")
    return Taken(stays, others)
