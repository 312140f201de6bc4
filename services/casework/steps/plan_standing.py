"""How the actions of a plan stand: how each is rated, which audit is owed, who is asked for it.

All is read from the history. No police mark hides anything of a plan, so that a rule is the same
whoever acts.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.casework.effects import close_todos, open_todo, policy_of
from services.casework.steps.plan_said import (
    ActionRated,
    ActionReported,
    AskForAudit,
    AuditRecorded,
    OpenAction,
    PlanPut,
    PlanToReview,
    ReviewPlan,
)
from services.casework.steps.rounds.sign_off_rounds import is_settled
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.history import Entry, all_of, all_of_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import AuditFinding, Followed, Progress, Rating
from services.domain.clocks.counting import add_months
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.plain_dates import weekday_day_month_year
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

_RATING = (EntryType.ACTION_UPDATED, EntryType.PLAN_REVIEWED)
_SETTING_REVIEWS = (EntryType.PLAN_REVIEWED, EntryType.PLAN_PROPOSED)
_OF_AUDITS = (EntryType.AUDIT_ASKED, EntryType.ACTION_AUDITED, EntryType.ACTION_UPDATED)


@dataclass(frozen=True, slots=True)
class Rated:
    """The newest rating of an action, and its reason."""

    rating: Rating
    reason: str


@dataclass(frozen=True, slots=True)
class OwedAudit:
    """An audit that is owed of an action, and by when, if a day was named."""

    by: date | None = None


def followed_on(one: Action, today: date) -> Followed:
    """Return how the action stands on the day: one that is open past its last day is overdue."""
    if one.progress is Progress.COMPLETE:
        return Followed.COMPLETE
    if one.progress is Progress.RISK_ACCEPTED:
        return Followed.RISK_ACCEPTED
    return Followed.OVERDUE if one.last_day < today else Followed.OPEN


def ratings(found: Sequence[Entry]) -> Mapping[int, Rated]:
    """Return the newest rating of each action, of the entries of a case in their order."""
    newest: dict[int, Rated] = {}
    for entry in found:
        for one in _rated_in(entry):
            if one.rating is not None and one.rating_reason is not None:
                newest[one.number] = Rated(one.rating, one.rating_reason)
    return newest


def _rated_in(entry: Entry) -> tuple[ActionRated | ActionReported, ...]:
    if entry.entry_type is EntryType.ACTION_UPDATED:
        return (ActionReported.model_validate(entry.command),)
    if entry.entry_type is EntryType.PLAN_REVIEWED:
        return ReviewPlan.model_validate(entry.command).ratings
    return ()


def ratings_on(work: UnitOfWork, case: Case) -> Mapping[int, Rated]:
    """Return the newest rating of each action of the case by its number."""
    return ratings(all_of(work.session, case.id, *_RATING))


def ratings_of_cases(
    work: UnitOfWork, case_ids: Collection[UUID]
) -> Mapping[UUID, Mapping[int, Rated]]:
    """Return the newest rating of each action by its number, of each case that has any."""
    found = all_of_cases(work.session, case_ids, *_RATING)
    return {case_id: ratings(its) for case_id, its in found.items()}


def plan_to_review(work: UnitOfWork, case: Case) -> PlanToReview:
    """Return the open actions, each as it was rated last: the form of a review opens with them."""
    rated = ratings_on(work, case)
    open_ = [one.number for one in actions(work.session, case.id) if one.is_open]
    known = {number: rated[number].rating for number in open_ if number in rated}
    return PlanToReview(
        ratings=tuple(OpenAction(number=one, rating=known.get(one)) for one in open_)
    )


def audits_owed(work: UnitOfWork, case: Case) -> Mapping[int, OwedAudit]:
    """Return which completed actions owe an audit, by their number (G11, EMB-09).

    One that was asked for, a re-check that was promised, and another audit of what was not
    sustained or was opened again since. Where the partners accept the risk, there is no effect.
    """
    counted = _counted(work, case)
    complete = {
        one.number for one in actions(work.session, case.id) if one.progress is Progress.COMPLETE
    }
    owed = counted.promised | counted.asked
    return {number: one for number, one in owed.items() if number in complete}


def audits_asked(work: UnitOfWork, case: Case) -> Set[int]:
    """Return of which actions an audit is asked for of which nothing is on record yet (EMB-06)."""
    return _counted(work, case).asked.keys()


@dataclass(frozen=True, slots=True)
class _Counted:
    """The audits that were asked for, and those that follow from one, by the action's number."""

    asked: dict[int, OwedAudit] = field(default_factory=dict)
    promised: dict[int, OwedAudit] = field(default_factory=dict)
    audited: set[int] = field(default_factory=set)


def _counted(work: UnitOfWork, case: Case) -> _Counted:
    counted = _Counted()
    for entry in all_of(work.session, case.id, *_OF_AUDITS):
        _count(entry, counted)
    return counted


def _count(entry: Entry, to: _Counted) -> None:
    """Count what one entry adds to the audits that are owed, or takes away.

    One that was asked for and not carried out takes away what was asked, and no more.
    """
    number = int(entry.subject)
    if entry.entry_type is EntryType.AUDIT_ASKED:
        to.asked[number] = OwedAudit(AskForAudit.model_validate(entry.command).by_when)
    elif entry.entry_type is EntryType.ACTION_AUDITED:
        audit = AuditRecorded.model_validate(entry.command)
        to.asked.pop(number, None)
        if audit.finding is AuditFinding.NOT_CARRIED_OUT:
            return
        to.audited.add(number)
        to.promised.pop(number, None)
        if audit.finding is AuditFinding.NOT_SUSTAINED or audit.recheck_on is not None:
            to.promised[number] = OwedAudit(audit.recheck_on)
    elif number in to.audited and _is_open(entry):
        to.promised[number] = OwedAudit()


def opens_action(entry: Entry) -> bool:
    """Tell whether a report on an action, or an audit of it, leaves it not completed."""
    if entry.entry_type is EntryType.ACTION_AUDITED:
        return AuditRecorded.model_validate(entry.command).finding is AuditFinding.NOT_SUSTAINED
    return ActionReported.model_validate(entry.command).progress is not Progress.COMPLETE


def _is_open(entry: Entry) -> bool:
    return ActionReported.model_validate(entry.command).progress is Progress.OPEN


def not_sustained_of(work: UnitOfWork, case: Case, agency_id: UUID | None) -> list[Entry]:
    """Return the audits by which actions of the agency, or of any, are to be done again (EMB-09).

    Each stands until its action is completed again, or its risk accepted.
    """
    found: dict[str, Entry] = {}
    for entry in all_of(work.session, case.id, EntryType.ACTION_AUDITED, EntryType.ACTION_UPDATED):
        if entry.entry_type is EntryType.ACTION_AUDITED:
            if opens_action(entry):
                found[entry.subject] = entry
        elif not _is_open(entry):
            found.pop(entry.subject, None)
    plan = actions(work.session, case.id)
    mine = [one for one in plan if one.is_open and agency_id in (None, one.agency_id)]
    return [found[str(one.number)] for one in mine if str(one.number) in found]


def must_owe_no_audit(work: UnitOfWork, case: Case) -> None:
    """Refuse what waits for the completed plan while an audit of an action is owed (G11)."""
    numbers = sorted(audits_owed(work, case))
    if numbers:
        named = ", ".join(map(str, numbers))
        raise RuleBroken(f"The audit of these actions comes first (G11, EMB-09): {named}.")


def ask_about_plan(work: UnitOfWork, case: Case) -> Mapping[int, OwedAudit]:
    """Ask for what the plan waits for: the audits that are owed, and its next review (EMB-04).

    Returns the audits that are owed, by the number of the action.
    """
    plan = actions(work.session, case.id)
    owed = audits_owed(work, case)
    for one in plan:
        if one.number not in owed:
            close_todos(work, case, Todo.AUDIT_ACTION, subject=str(one.number))
    for number, audit in owed.items():
        open_todo(work, case, Todo.AUDIT_ACTION, last_day=audit.by, subject=str(number))
    _ask_for_review(work, case, plan)
    return owed


def _ask_for_review(work: UnitOfWork, case: Case, plan: list[Action]) -> None:
    """Have the plan reviewed while an action is open: by the day set for it, or by the policy.

    It is asked for also where neither names a day, which a plan of before says nothing of (EMB-04).
    Where it is asked for already, the earlier day counts.
    """
    if not any(one.is_open for one in plan):
        close_todos(work, case, Todo.REVIEW_PLAN)
        return
    open_todo(work, case, Todo.REVIEW_PLAN, last_day=next_review(work, case))


def next_review(work: UnitOfWork, case: Case) -> date | None:
    """Return by when the plan is reviewed next: as last set, or from today by the policy.

    It is set by each review, and by the partners' agreement on a plan that is put.
    """
    is_agreed = is_settled(work, case, SignOffMatter.PROPOSED_PLAN)
    for entry in reversed(all_of(work.session, case.id, *_SETTING_REVIEWS)):
        if entry.entry_type is EntryType.PLAN_REVIEWED:
            return ReviewPlan.model_validate(entry.command).next_on
        put = PlanPut.model_validate(entry.command)
        if is_agreed and put.review_on is not None:
            return put.review_on
        is_agreed = True
    return latest_review(work, case)


def latest_review(work: UnitOfWork, case: Case) -> date | None:
    """Return the last day on which the policy has a plan reviewed, if it says how often."""
    months = policy_of(case).plan_reviewed_every
    return None if months is None else add_months(work.today, months)


def must_be_reviewed_in_time(work: UnitOfWork, case: Case, field: str, told: date) -> None:
    """Refuse a review that is not to come, or that comes later than the policy says (EMB-04)."""
    if told <= work.today:
        raise AnswerRefused(field, "Enter a day that is still to come.")
    latest = latest_review(work, case)
    if latest is not None and told > latest:
        said = weekday_day_month_year(latest)
        raise AnswerRefused(field, f"Your policy has the plan reviewed by {said}.")
