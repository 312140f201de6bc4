"""What a proposed policy would change: in plain words, and on the open cases of today (5A)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.effects import counted_by_another
from services.database.cases import cases_of
from services.database.clocks import RunningClock, open_clocks
from services.database.partnerships import PolicyVersion
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.policy_words import differences
from services.domain.roles import Permission
from services.domain.workflow import Stage
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
    """The days that would move, and on how many open cases it was tried."""

    cases: int
    lines: list[TriedLine]

    @property
    def told(self) -> str:
        """Say it in one sentence."""
        if not self.cases:
            return "No case is open on which it could be tried."
        cases = "1 open case" if self.cases == 1 else f"{self.cases} open cases"
        if not self.lines:
            return f"Tried on {cases}: no date would move."
        dates = (
            "this date would move"
            if len(self.lines) == 1
            else f"these {len(self.lines)} dates would move"
        )
        return f"Tried on {cases}: {dates} if the cases were moved to it."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposed version as its page tells it; the trial is for who proposes or decides."""

    view: PolicyView
    differences: tuple[str, ...]
    trial: PolicyTrial | None
    is_mine: bool


def proposal_view(work: UnitOfWork, version: PolicyVersion) -> ProposalView:
    """Compare the version with the policy in force, and try it on the open cases."""
    policy, actor = stored_policy(version.policy), work.actor
    sees = actor.may(Permission.PROPOSE_POLICY) or actor.may(Permission.DECIDE_POLICY)
    return ProposalView(
        view=policy_view(policy),
        differences=differences(stored_policy(work.partnership.policy), policy),
        trial=tried_on_open_cases(work, policy) if sees else None,
        is_mine=version.raised_by == actor.person_id,
    )


def tried_on_open_cases(work: UnitOfWork, policy: PartnershipPolicy) -> PolicyTrial:
    """Count every clock that runs on an open case by the policy; nothing is kept of it.

    A case in which the actor has an interest is not among them.
    """
    running: dict[UUID, list[RunningClock]] = defaultdict(list)
    for clock in open_clocks(work.session, due_by=date.max):
        running[clock.case_id].append(clock)
    cases = [
        case for case in cases_of(work.session, set(running)).values() if case.stage != Stage.CLOSED
    ]
    lines = [
        TriedLine(
            reference=case.reference,
            duty=one.duty,
            before=one.clock.due if one.clock else None,
            after=one.after.due if one.after else None,
        )
        for case in sorted(cases, key=lambda one: one.reference)
        for one in counted_by_another(work, case, running[case.id], policy)
    ]
    return PolicyTrial(cases=len(cases), lines=lines)
