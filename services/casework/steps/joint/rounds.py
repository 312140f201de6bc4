"""A new round where who must sign has changed: what is open is put to the partners again."""

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command
from services.casework.effects import close_todos, drop_submission, last_day
from services.casework.steps.publication.beside_lead import TO_PUBLISH
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage

_SECTION = {
    SignOffMatter.RAPID_REVIEW: Section.CRITERIA_AND_DECISION,
    SignOffMatter.TERMS_OF_REFERENCE: Section.TERMS,
    SignOffMatter.RECOMMENDATIONS: Section.DRAFT_REPORT,
    SignOffMatter.INTERIM_LEARNING: Section.DRAFT_REPORT,
    SignOffMatter.REPORT: Section.DRAFT_REPORT,
    SignOffMatter.PUBLICATION: Section.PUBLICATION,
}
_CLOCK = {
    SignOffMatter.RAPID_REVIEW: ClockId.K10,
    SignOffMatter.PUBLICATION: ClockId.K12,
}
_FOLLOWED = {
    SignOffMatter.RAPID_REVIEW: (Todo.SUBMIT,),
    SignOffMatter.INTERIM_LEARNING: (Todo.PROPOSE_INTERIM_LEARNING, Todo.SHARE_INTERIM_LEARNING),
    SignOffMatter.PUBLICATION: TO_PUBLISH,
}


class TurnRound(Command):
    """Which matter is put to the partners again, in the same words."""

    matter: SignOffMatter


def turn_round(work: UnitOfWork, case: Case, command: TurnRound) -> Case:
    """Put a matter to the partners again, in the same words; the round before stays in sight."""
    matter = command.matter
    entered = Entered(subject=matter.value, section=_SECTION[matter])
    record_entry_as(work, case, TURN_ROUND, command, entered)
    close_todos(work, case, *_FOLLOWED.get(matter, ()))
    if matter is SignOffMatter.RAPID_REVIEW:
        drop_submission(work, case)
    clock = _CLOCK.get(matter, ClockId.K11)
    invite(work, case, matter, last_day=last_day(work, case, clock))
    return case


TURN_ROUND = Act(
    name="turn_round",
    command=TurnRound,
    perform=turn_round,
    permission=Permission.CARRY_CASES,
    doing="put a matter to the partners again",
    stages=frozenset(Stage),
    entry=EntryType.ROUND_TURNED,
    is_listed=False,
    section=Section.INTERNAL,
)
