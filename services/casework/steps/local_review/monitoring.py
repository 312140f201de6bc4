"""The safeguarding partners monitor the time and the quality of an open review (LC-21).

Regulation 14 of SI 2018/789 makes it theirs. It goes on until the report is published, or until
they have decided not to publish it; each time names the day of the next.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, NeededWhen, PersonChoice, YesNo
from services.casework.effects import close_todos, open_todo
from services.casework.steps.local_review.partners_there import left_out, served_for_partners
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


class MonitorReview(Command):
    """What the safeguarding partners found of the time and the quality of the review (LC-21)."""

    considered_on: Day = Field(title="On which day did the partners consider it?")
    took_part: tuple[PersonChoice, ...] = Field(title="Who of the partners took part?")
    absent: Annotated[LongText | None, NeededWhen("if nobody took part for one of them")] = Field(
        default=None,
        title="Why did nobody take part for one of them, and how do they know of it?",
    )
    in_time: YesNo = Field(
        title="Do they expect publication by its last day?",
        description="If not, the delay is considered at once (LC-14).",
    )
    time: LongText = Field(title="How does the review stand in time?")
    quality: LongText = Field(
        title="How good is it so far?",
        description="Held against the terms of reference and what the reviewer wrote.",
    )
    course: LongText = Field(
        title="What do they ask for, and of whom?", description="Or that nothing is to change."
    )
    next_on: Day = Field(title="On which day do they consider it next?")


def monitor_review(work: UnitOfWork, case_id: CaseId, command: MonitorReview) -> Case:
    """Keep what the partners found; they are asked again by the day that they name (LC-21)."""
    case = begin(work, case_id, MONITOR_REVIEW, command)
    if not is_monitored(work, case):
        raise StepNotOpen("The partners have decided not to publish: there is nothing to monitor.")
    _must_be_its_days(work, case, command)
    _must_have_met(work, command)
    record_entry(work, case, MONITOR_REVIEW, command)
    close_todos(work, case, Todo.MONITOR_REVIEW)
    open_todo(work, case, Todo.MONITOR_REVIEW, last_day=command.next_on)
    if not command.in_time:
        open_todo(work, case, Todo.RECORD_DELAY, last_day=work.today)
    return case


def is_monitored(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners have not all decided that the report is not published."""
    return case.publishes is not False or not all_agree(work, case, SignOffMatter.PUBLICATION)


MONITOR_REVIEW = Act(
    name="monitor_review",
    command=MonitorReview,
    perform=monitor_review,
    permission=Permission.MONITOR_REVIEW,
    doing="monitor the time and quality of the review",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION}),
    entry=EntryType.REVIEW_MONITORED,
    todo=Todo.MONITOR_REVIEW,
    clock=ClockId.K11,
    shows=(EntryType.PROGRESS_REPORTED, EntryType.REVIEW_MONITORED),
    is_offered=is_monitored,
    section=Section.TERMS,
    holds_family_data=True,
    is_joint=True,
)


def _must_be_its_days(work: UnitOfWork, case: Case, said: MonitorReview) -> None:
    """Refuse a day to come, one from before the review was open, and a next day that is past."""
    if said.considered_on > work.today:
        raise AnswerRefused("considered_on", "Enter a day that is not in the future.")
    if said.considered_on < (case.commissioned_on or date.min):
        raise AnswerRefused("considered_on", "Enter a day since the review was opened.")
    if said.next_on <= work.today:
        raise AnswerRefused("next_on", "Enter a day to come: it is monitored until the end.")


def _must_have_met(work: UnitOfWork, said: MonitorReview) -> None:
    """Refuse who served for no partner on the day, and a partner who is left out in silence."""
    there = dict.fromkeys(said.took_part, said.considered_on)
    if not there or not served_for_partners(work, there):
        raise AnswerRefused(
            "took_part", "Choose who took part, of those who served for a partner on the day."
        )
    left = left_out(work, there)
    if bool(left) is (said.absent is None):
        raise AnswerRefused(
            "absent",
            f"Nobody took part for {', '.join(left)}: say why, and how they know of it (LC-21)."
            if left
            else "Somebody took part for each partner: leave this empty.",
        )
