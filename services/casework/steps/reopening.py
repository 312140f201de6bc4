"""A case that ended without a review is reopened on new information."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_todos,
    enqueue_email,
    open_todo,
)
from services.casework.steps.joined_cases import marked_by
from services.casework.steps.notification.notification_clocks import (
    start_local_clocks,
    start_notification_clocks,
)
from services.casework.steps.notification.notification_moments import must_be_possible
from services.casework.steps.notification.own_duty import must_concern_a_child
from services.casework.steps.referral.referral_from_log import was_never_referred
from services.casework.steps.scoping.second_person import ask_second_persons_again
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


class Reopen(Command):
    """New information that makes the local authority suspect abuse or neglect (2.1 c)."""

    information: LongText = Field(title="What is new?")
    aware_at: Moment = Field(
        title="When was the local authority told of it?",
        description="The time to notify the Panel counts from this, until the local authority "
        "itself says when it was aware. The first decision stays on record.",
    )


def reopen(work: UnitOfWork, case_id: CaseId, command: Reopen) -> Case:
    """Reopen an unnotified case: a new awareness, a new clock, the old decision kept."""
    case = begin(work, case_id, REOPEN, command)
    if case.stage is Stage.CLOSED and case.notified_at is not None:
        raise StepNotOpen("A reviewed case is not reopened; new information is added to it.")
    if was_never_referred(work, case):
        raise StepNotOpen("There is no referral to reopen: refer what was logged instead.")
    if marked_by(work, case) is not None:
        raise StepNotOpen(
            "This case is closed as a duplicate. Reopen the case that carries the incident, or say "
            "that this one is no duplicate."
        )
    must_concern_a_child(case)
    must_be_possible(work, case, "aware_at", command.aware_at)
    if case.aware_at is not None and command.aware_at < case.aware_at:
        raise AnswerRefused("aware_at", "Enter a time after the first awareness.")
    case.stage = move(case.stage, Stage.REFERRED)
    case.closed_at = None
    # New information makes the authority itself suspect: the duty is its own from here on.
    case.abuse_suspected, case.duty_elsewhere = True, False
    case.awareness += 1
    case.aware_at, case.awareness_stated = command.aware_at, False
    # [inf] The guidance names no new referral date; ours count afresh from the new information.
    case.referred_at = command.aware_at
    record_entry(work, case, REOPEN, command)
    _ask_again(work, case)
    return case


def may_be_reopened(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a referral to reopen here, and no other case that carries it."""
    return marked_by(work, case) is None and not was_never_referred(work, case)


REOPEN = Act(
    name="reopen",
    command=Reopen,
    perform=reopen,
    permission=Permission.RUN_LEARNING,
    doing="reopen the case",
    stages=frozenset({Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH, Stage.CLOSED}),
    is_offered=may_be_reopened,
    entry=EntryType.REOPENED,
    shows=(EntryType.NOTIFY_DECIDED, EntryType.NOTIFICATION_WITHDRAWN),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _ask_again(work: UnitOfWork, case: Case) -> None:
    cancel_clock(work, case, ClockId.K15, because=ClockEnding.CASE_REOPENED)
    close_todos(work, case, Todo.CLOSE_OR_REOPEN)
    open_todo(work, case, Todo.RECORD_AWARENESS)
    start_notification_clocks(work, case)
    start_local_clocks(work, case)
    ask_second_persons_again(work, case)
    open_todo(work, case, Todo.GIVE_VIEW)
    enqueue_email(work, case, EmailTrigger.CASE_REOPENED, EmailContext(part=str(case.awareness)))
