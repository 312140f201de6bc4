"""Published on another day than the partners approved: it goes back to each of them (PUB-21).

What is public stays so, and the clock of the review is met by it all the same (K11). Each partner
says what they say to the day, and the case is not closed before all of them have.
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import EmailContext, close_todos, enqueue_email, open_todo
from services.casework.steps.publication.days_against import against_day
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.parties import party_of
from services.domain.roles import Permission
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import written

_PUBLISHED: Final = (EntryType.PUBLISHED, EntryType.IMPROVEMENTS_PUBLISHED)


class AnswerOtherDay(Command):
    """What a partner says to publication on another day than the partners approved (PUB-21).

    The day stands. What is said of it stands beside it for good.
    """

    position: Position = Field(title="What is your position on the day?")
    words: LongText = Field(
        title="What do you say to it, and what follows?",
        description="Such as who was told anew, and what spared those closely affected.",
    )


def answer_other_day(work: UnitOfWork, case_id: CaseId, command: AnswerOtherDay) -> Case:
    """Keep a partner's position on the day; that partner is asked no more."""
    case = begin(work, case_id, ANSWER_OTHER_DAY, command)
    if (party := party_of(work.actor)) is None:
        raise NotPermitted("Only a person who acts for one of the partners may say this.")
    if party.code not in _asked(work, case):
        raise StepNotOpen("Your seat is not asked about the day of publication.")
    record_entry(work, case, ANSWER_OTHER_DAY, command, subject=party.code)
    close_todos(work, case, Todo.ANSWER_OTHER_DAY, subject=party.code)
    if command.position is Position.DISAGREES:
        part = f"other_day:{party.code}"
        enqueue_email(work, case, EmailTrigger.DISAGREEMENT_TOLD, EmailContext(part=part))
    return case


ANSWER_OTHER_DAY = Act(
    name="answer_other_day",
    command=AnswerOtherDay,
    perform=answer_other_day,
    permission=Permission.SIGN_OFF,
    doing="say what you say to the day of publication",
    stages=frozenset({Stage.PUBLICATION, Stage.EMBEDDING, Stage.JOINT_REVIEW}),
    entry=EntryType.OTHER_DAY_ANSWERED,
    todo=Todo.ANSWER_OTHER_DAY,
    shows=(EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD, *_PUBLISHED),
    is_listed=False,
    section=Section.PUBLICATION,
)


def put_to_partners(work: UnitOfWork, case: Case) -> None:
    """Ask each partner of ours, by email too, what they say to the day of publication."""
    open_todo(work, case, Todo.ANSWER_OTHER_DAY)
    for party in work.partnership.parties:
        about = EmailContext(
            matter=EmailMatter.OTHER_DAY,
            todo=Todo.ANSWER_OTHER_DAY,
            party=party,
            part=f"OTHER_DAY:{party.code.upper()}",
        )
        enqueue_email(work, case, EmailTrigger.SIGN_OFF_NEEDED, about)


def must_be_answered(work: UnitOfWork, case: Case) -> None:
    """Refuse the close while a partner has not said what they say to the day (PUB-21)."""
    if _asked(work, case):
        raise RuleBroken(
            "The report was published on another day than the partners approved: each of them says "
            "first what they say to it (PUB-21)."
        )


def what_speaks_against(work: UnitOfWork, case: Case) -> str:
    """Say of the day of publication what speaks against it, as the reader may know it."""
    if case.published_on is None:
        return ""
    why = against_day(work, case, case.published_on)
    said = f"It was published on {written(case.published_on)}."
    return f"{said} Against that day: {why}." if why else said


def _asked(work: UnitOfWork, case: Case) -> set[str]:
    waiting = open_assignments(work.session, case.id)
    return {one.subject for one in waiting if one.todo is Todo.ANSWER_OTHER_DAY}
