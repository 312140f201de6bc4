"""It is put to the partners that a report that was taken down is published again (PUB-24)."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    cancel_clock,
    close_todos,
    drop_text_before_reissue,
    start_clock,
)
from services.casework.steps.after_publication.reissue_conditions import must_be_publishable
from services.casework.steps.after_publication.standing import is_down
from services.casework.steps.anonymity.checks import order_check
from services.casework.steps.publication.after_said import ProposeReissue
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def propose_reissue(work: UnitOfWork, case_id: CaseId, command: ProposeReissue) -> Case:
    """Put it to the partners, or another day for it; the last day to send its text follows (K12).

    What is published again is checked as it was the first time (PUB-16).
    """
    case = begin(work, case_id, PROPOSE_REISSUE, command)
    if not is_down(work, case):
        raise StepNotOpen("No report of this case is taken down: there is none to publish again.")
    must_be_publishable(work, case, command)
    close_todos(work, case, Todo.REISSUE)
    drop_text_before_reissue(work, case)
    cancel_clock(work, case, ClockId.K12, because=ClockEnding.DAY_SET_ANEW)
    clock = start_clock(work, case, ClockId.K12, publication=command.publish_on)
    entry = record_entry(work, case, PROPOSE_REISSUE, command)
    order_check(work, entry, Step.PUBLISH)
    invite(work, case, SignOffMatter.TAKING_DOWN, last_day=clock.due)
    return case


PROPOSE_REISSUE = Act(
    name="propose_reissue",
    command=ProposeReissue,
    perform=propose_reissue,
    permission=Permission.PLAN_PUBLICATION,
    doing="propose that the report is published again",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.REISSUE_PROPOSED,
    clock=ClockId.K12,
    is_offered=is_down,
    shows=(EntryType.REPORT_TAKEN_DOWN, EntryType.ANONYMITY_CHECKED),
    section=Section.PUBLICATION,
)
