"""What a proposed policy would change: in plain words, and on the open cases of today (5A)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.casework.effects import OtherCounted, counted_by_another
from services.casework.policies import newest_applied
from services.database.cases import Case, open_cases
from services.database.clocks import RunningClock, running_clocks
from services.database.partnerships import PolicyVersion
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.policy_words import differences
from services.domain.roles import Permission
from services.web.view_models.policy import PolicyView, policy_view


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedLine:
    """One last day of an open case that would be another one if the case were moved."""

    reference: str
    duty: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTrial:
    """The days that would move, and on how many open cases it was tried.

    Of cases that are not open to who looks, ``others`` says how many days would move.
    """

    cases: int
    lines: list[TriedLine]
    others: int

    @property
    def told(self) -> str:
        """Say it in one sentence."""
        if not self.cases:
            return "No case is open on which it could be tried."
        cases = "1 open case" if self.cases == 1 else f"{self.cases} open cases"
        dates = len(self.lines) + self.others
        if not dates:
            return f"Tried on {cases}: no date would move."
        moves = "1 date would move" if dates == 1 else f"{dates} dates would move"
        hidden = f" On cases that are not open to you: {self.others}." if self.others else ""
        return f"Tried on {cases}: {moves} if the cases were moved to it.{hidden}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposed version as its page tells it; the trial is for who proposes or decides."""

    view: PolicyView
    differences: tuple[str, ...]
    trial: PolicyTrial | None
    is_mine: bool


def proposal_view(work: UnitOfWork, version: PolicyVersion) -> ProposalView:
    """Compare the version with the newest that is applied, and try it on the open cases."""
    policy, actor = stored_policy(version.policy), work.actor
    sees = actor.may(Permission.PROPOSE_POLICY) or actor.may(Permission.DECIDE_POLICY)
    return ProposalView(
        view=policy_view(policy),
        differences=differences(newest_applied(work), policy),
        trial=tried_on_open_cases(work, policy) if sees else None,
        is_mine=version.raised_by == actor.person_id,
    )


def tried_on_open_cases(work: UnitOfWork, policy: PartnershipPolicy) -> PolicyTrial:
    """Count every clock that runs on an open case by the policy; nothing is kept of it.

    A case in which the actor has an interest is not among them, and of one that is not open to the
    actor only the number of its days is told (LC-01).
    """
    cases = open_cases(work.session)
    running: dict[UUID, list[RunningClock]] = defaultdict(list)
    for clock in running_clocks(work.session, [case.id for case in cases]):
        running[clock.case_id].append(clock)
    tried = [case for case in cases if case.id in running]
    seen = {case.id for case in cases_seen(work).open}
    moved = [
        (case, one)
        for case in tried
        for one in counted_by_another(work, case, running[case.id], policy)
    ]
    lines = [_line(case, one) for case, one in moved if case.id in seen]
    return PolicyTrial(cases=len(tried), lines=lines, others=len(moved) - len(lines))


def _line(case: Case, one: OtherCounted) -> TriedLine:
    return TriedLine(
        reference=case.reference,
        duty=one.duty,
        before=one.clock.due if one.clock else None,
        after=one.after.due if one.after else None,
    )
