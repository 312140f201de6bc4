"""Valid words of what a partnership sets itself: steps of its own, and a policy with some."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.casework.policies import (
    AdoptPolicy,
    AnswerPolicy,
    RaisePolicy,
    answer_policy,
    propose_policy,
)
from services.casework.steps.extra_steps import RecordExtraStep
from services.casework.steps.local_test import AnswerLocalTest
from services.casework.steps.policy_followed import FollowPolicy
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.local_guides import GuideBeside, GuideKind, LocalGuide
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.rules import Anchor
from services.domain.recipients import Recipient
from services.domain.roles import Role
from tests.words import words_of
from tests.world import World

COPY: Final = ExtraClock(
    code="copy", name="Copy the notification to the office", anchor=Anchor.NOTIFICATION, length=0
)
PLAN: Final = ExtraClock(
    code="plan", name="Plan the progress meeting", anchor=Anchor.REFERRAL, length=30, warn=(2,)
)
PROGRESS: Final = ExtraClock(
    code="progress",
    name="Hold the progress meeting",
    anchor=Anchor.NOTIFICATION,
    opens=2,
    length=10,
    warn=(9,),
    tells=(Recipient.CHAIR,),
)
WIDER: Final = LocalGuide(
    beside=GuideBeside.REFERRAL, kind=GuideKind.POINT, text="There is learning for us all."
)
NEW: Final = LocalGuide(
    beside=GuideBeside.RECOMMENDATION, kind=GuideKind.POINT, text="We have not learnt it before."
)
STEER: Final = LocalGuide(
    beside=GuideBeside.REFERRAL, kind=GuideKind.STEER, text="A fracture alone is seldom serious."
)
WITH_STEPS: Final = PartnershipPolicy(
    name="A partnership with steps of its own",
    extra_clocks={one.code: one for one in (COPY, PLAN, PROGRESS)},
    panel_answer_within=10,
    guides=(WIDER, NEW, STEER),
)

FOLLOWS_PANEL: Final = PartnershipPolicy(
    name="A partnership that follows the Panel's page", withdrawals_since=date(2025, 12, 15)
)


def record_extra_step(step: UUID, **but: Any) -> RecordExtraStep:
    """Return a step of the partnership's own, as done on the day of the notification."""
    return words_of(RecordExtraStep, but, step=step, done_on="2025-12-15", note=None)


def answer_local_test(point: UUID, **but: Any) -> AnswerLocalTest:
    """Return that one point of the partnership's own test is not so."""
    answers = ({"point": point, "answer": "no", "why": None},)
    return words_of(AnswerLocalTest, but, answers=answers)


def raise_policy(**but: Any) -> RaisePolicy:
    """Return why the policy changes, who agreed it, and that it holds from a day in December."""
    usual = {
        "reason": "Working Together has changed.",
        "agreed": "Executive, 18 December 2025",
        "effective_on": "2025-12-20",
    }
    return words_of(RaisePolicy, but, **usual)


def follow_policy(**but: Any) -> FollowPolicy:
    """Return that a case is moved to the first version of the policy, and why."""
    usual = {"version": 1, "reason": "The partners wish the shorter days for this case as well."}
    return words_of(FollowPolicy, but, **usual)


def put_in_force(world: World, policy: PartnershipPolicy, when: str, **but: Any) -> int:
    """Have the manager propose the version and a partner apply it; return its number."""
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        number = propose_policy(work, raise_policy(**{"effective_on": when[:10]} | but), policy)
    with world.act(Role.SAFEGUARDING_PARTNER, when) as work:
        answer_policy(work, number, AnswerPolicy(is_approved=True))
    return number


def refused_policy(world: World, when: str) -> None:
    """Have the manager propose a version, and a partner refuse it."""
    with world.act(Role.BUSINESS_MANAGER, when) as work:
        before = stored_policy(work.partnership.policy)
        newer = replace(before, version=f"{before.version}-refused")
        number = propose_policy(work, raise_policy(effective_on=when[:10]), newer)
    with world.act(Role.SAFEGUARDING_PARTNER, when) as work:
        answer_policy(work, number, AnswerPolicy(is_approved=False, reasons="Too soon."))


def adopt_policy(**but: Any) -> AdoptPolicy:
    """Return an agency's adoption of the first version."""
    usual = {"version": 1, "adopted_on": "2025-12-15", "decided_by": "A. Example, chief executive"}
    return words_of(AdoptPolicy, but, **usual)
