"""The review group and the partners each consider a delay as soon as it arises (LC-14)."""

from pydantic import Field

from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.commands import Command, Day, LongText
from services.casework.effects import close_todos
from services.casework.steps.local_review.delay import (
    ASKED_AS,
    RECORD_DELAY,
    DelayRecorded,
    WhyLater,
    must_say_why_later,
)
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


class ConsiderDelay(Command):
    """What the review group, or the partners, say of a delay that is on record (LC-14)."""

    considered_on: Day = Field(title="On which day did you consider it?")
    why_later: WhyLater = None
    took_part: LongText = Field(title="Who took part, by post?")
    found: LongText = Field(
        title="What do you say of the delay, and of what the partners do?",
        description="And what shortens it. Proceedings are not of themselves a reason (LC-15).",
    )


def consider_delay(work: UnitOfWork, case_id: CaseId, command: ConsiderDelay) -> Case:
    """Keep what the body says for which the actor acts: the chair for the group, or a partner."""
    case = begin(work, case_id, CONSIDER_DELAY, command)
    delay = latest_command(work, case, EntryType.DELAY_RECORDED, DelayRecorded)
    if delay is None:
        raise StepNotOpen("There is no delay on record that you could consider.")
    arose_on = delay.arose_on or command.considered_on
    if not arose_on <= command.considered_on <= work.today:
        raise AnswerRefused(
            "considered_on", "Enter a day since the delay arose, and not in the future (LC-14)."
        )
    must_say_why_later(arose_on, command.why_later, command.considered_on)
    who = next(body for body, role in ASKED_AS.items() if role is work.actor.role)
    record_entry(work, case, CONSIDER_DELAY, command, subject=who)
    close_todos(work, case, Todo.CONSIDER_DELAY, subject=who)
    return case


def has_delay(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a delay is on record."""
    return bool(facts(work.session, case.id, EntryType.DELAY_RECORDED))


CONSIDER_DELAY = Act(
    name="consider_delay",
    command=ConsiderDelay,
    perform=consider_delay,
    permission=Permission.CONSIDER_DELAY,
    doing="consider a delay",
    stages=RECORD_DELAY.stages,
    entry=EntryType.DELAY_CONSIDERED,
    todo=Todo.CONSIDER_DELAY,
    shows=(EntryType.DELAY_RECORDED,),
    is_offered=has_delay,
    section=Section.PUBLICATION,
)
