"""An open case is moved to the policy in force: a choice for each case, with its reason (5A, P15).

A case keeps the policy with which it began unless somebody moves it. A national limit never ends
later for it; what has passed, and what was given later to one agency, stays.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, Rows, ShownRound
from services.casework.effects import (
    OtherCounted,
    cancel_clock,
    counted_by_another,
    must_keep_national_days,
    set_count,
    start_clock,
    tell_of_move,
)
from services.casework.steps.moved_days import follow_last_day
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.due_dates import DueDate
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class FollowPolicy(Command):
    """That this case goes on by the policy in force, and why (rules.md 5A).

    Its open clocks are counted by it from now on. A national limit never ends later for it. What
    has passed stays as it is.
    """

    version: ShownRound = Field(title="Version of the policy")
    reason: LongText = Field(
        title="Why is this case moved to it?",
        description="Those whose last day moves are told.",
    )


class DayByPolicy(Command):
    """A step with its last day until now and by the policy; one is none if it ends or begins."""

    clock: ClockId = Field(title="What is to be done")
    step: str = Field(title="By which name")
    before: date | None = Field(default=None, title="Last day before")
    after: date | None = Field(default=None, title="Last day now")


class PolicyFollowed(Command):
    """What is kept: from which version to which, why, and every day that moved."""

    version_before: int = Field(title="Version of the policy until now")
    version: int = Field(title="Version of the policy")
    reason: str = Field(title="Why is this case moved to it?")
    days: Annotated[tuple[DayByPolicy, ...], Rows(of="last day")] = Field(
        title="Which last days moved?"
    )


def follow_policy(work: UnitOfWork, case_id: CaseId, command: FollowPolicy) -> Case:
    """Count the open clocks of the case by the policy in force, and by it what is yet to start."""
    case = begin(work, case_id, FOLLOW_POLICY, command)
    partnership = work.partnership
    if command.version != partnership.policy_version:
        raise RuleBroken(
            f"The policy has changed meanwhile: version {partnership.policy_version} is in force."
        )
    if case.policy_version == partnership.policy_version:
        raise AlreadyDone("The case goes by the policy in force already.")
    policy, its = stored_policy(partnership.policy), clocks(work.session, case.id)
    moved = list(counted_by_another(work, case, its, policy))
    must_keep_national_days(work, case, moved)
    kept = PolicyFollowed(
        version_before=case.policy_version,
        version=partnership.policy_version,
        reason=command.reason,
        days=_in_words(moved),
    )
    case.policy, case.policy_version = partnership.policy, partnership.policy_version
    record_entry_as(work, case, FOLLOW_POLICY, command, Entered(kept=kept))
    for one in moved:
        _take(work, case, one)
    return case


def _take(work: UnitOfWork, case: Case, one: OtherCounted) -> None:
    """Give the clock its other count, begin it or end it."""
    if one.clock is None:
        if one.after is not None:
            start_clock(work, case, ClockId.EXTRA, subject=one.after.code)
    elif one.after is None:
        because = ClockEnding.OTHER_POLICY
        cancel_clock(work, case, one.clock.clock, because=because, subject=one.clock.subject)
    else:
        _move(work, case, one.clock, one.after)


def _move(work: UnitOfWork, case: Case, clock: RunningClock, after: DueDate) -> None:
    before = clock.due
    set_count(work, clock, after)
    if clock.due != before:
        follow_last_day(work, case, clock, before)
        tell_of_move(work, case, clock, before)


def _in_words(moved: Sequence[OtherCounted]) -> tuple[DayByPolicy, ...]:
    return tuple(
        DayByPolicy(
            clock=one.code,
            step=one.duty,
            before=one.clock.due if one.clock else None,
            after=one.after.due if one.after else None,
        )
        for one in moved
    )


def may_be_moved(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partnership has another policy now than the one the case goes by."""
    return case.policy_version != work.partnership.policy_version


FOLLOW_POLICY = Act(
    name="follow_policy",
    command=FollowPolicy,
    perform=follow_policy,
    permission=Permission.CHANGE_POLICY,
    doing="move it to the policy in force",
    stages=frozenset(Stage) - {Stage.CLOSED},
    is_offered=may_be_moved,
    entry=EntryType.POLICY_FOLLOWED,
    kept=PolicyFollowed,
    section=Section.INTERNAL,
)
