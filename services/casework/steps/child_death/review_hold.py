"""The hold on a child death overview panel's final consideration, placed and released (GOV-06).

An act of Keyline itself, which looks at where the reviews of the death stand, so that whatever act
brought them there places the hold or releases it. The panel's coordinator is told of both, by the
reference alone: most have no account.
"""

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.alerts import raise_alert
from services.casework.commands import Command
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    policy_of,
)
from services.casework.steps.child_death.death import children_who_died
from services.casework.steps.child_death.death_review import all_linked, panels_elsewhere
from services.casework.steps.review_runs import awaits_panel, has_local_review
from services.database.cases import Case, get_case
from services.database.history import Entry, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.review_holds import HoldReason, ReviewOfDeath
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage


class SettleHold(Command):
    """Let the hold stand as the reviews do; there is nothing to say."""


class HoldKept(Command):
    """Why the panel's final consideration waits, or waits no longer."""

    reason: HoldReason = Field(title="Why?")


def settle_hold(work: UnitOfWork, case_id: CaseId, command: SettleHold) -> Case:
    """Place the hold, or release it, where the reviews have come there since; else do nothing."""
    work.actor.must(SETTLE_HOLD.permission)
    case = get_case(work.session, case_id, for_change=True)
    review = review_of_death(work, case)
    if review.is_held is is_held(work, case):
        return case
    placed = review.is_held
    kind = EntryType.HOLD_PLACED if placed else EntryType.HOLD_RELEASED
    entered = Entered(entry_type=kind, kept=HoldKept(reason=review.reason))
    entry = record_entry_as(work, case, SETTLE_HOLD, command, entered)
    _tell_panels(work, case, entry, placed=placed)
    if placed and not all_linked(work, case):
        open_todo(work, case, Todo.LINK_DEATH_REVIEW)
    if review.reason is HoldReason.NO_DEATH:
        close_todos(work, case, Todo.LINK_DEATH_REVIEW)
    return case


def _tell_panels(work: UnitOfWork, case: Case, entry: Entry, *, placed: bool) -> None:
    """Write to our own panel's coordinator; another area's is told by the manager."""
    elsewhere, our_own = panels_elsewhere(work, case)
    if elsewhere:
        raise_alert(work, AlertCode.TELL_OTHER_PANEL, case.id)
    if our_own:
        told = EmailTrigger.HOLD_PLACED if placed else EmailTrigger.HOLD_RELEASED
        enqueue_email(work, case, told, EmailContext(part=str(entry.number)))


SETTLE_HOLD = Act(
    name="settle_hold",
    command=SettleHold,
    perform=settle_hold,
    permission=Permission.CARRY_CASES,
    doing="place or release the hold",
    stages=frozenset(Stage),
    entry=EntryType.HOLD_PLACED,
    other_entry=EntryType.HOLD_RELEASED,
    kept=HoldKept,
    is_listed=False,
    section=Section.INTERNAL,
)


def review_of_death(work: UnitOfWork, case: Case) -> ReviewOfDeath:
    """Return how far the reviews are, and whether a child of the case died."""
    # What is proposed only, no seat has signed yet: a local review that was decided on stands.
    outcome = Outcome.LOCAL_REVIEW if has_local_review(work, case) else case.outcome
    return ReviewOfDeath(
        a_child_died=bool(children_who_died(work, case)),
        stage=case.stage,
        outcome=outcome,
        release=policy_of(case).cdop_release,
        awaits_panel=awaits_panel(work, case),
    )


def is_held(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the hold stands by what is on record."""
    said = facts(work.session, case.id, EntryType.HOLD_PLACED, EntryType.HOLD_RELEASED)
    newest = max(said, key=lambda one: one.number, default=None)
    return newest is not None and newest.entry_type is EntryType.HOLD_PLACED
