"""Legal advice is decided on again before publication, on the report as it stands (LC-12).

Once publication is to be planned, the business manager is asked for the decision; so they are on a
text that is changed after it is signed. That is no gate: a change of form is published without.

What is decided of it is the client's, as the advice is: no other partnership is shown it, and no
paper tells it. The advice itself is a contact on record (`other_reviews/liaison.py`).
"""

from datetime import date
from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, ShortText, YesNo
from services.casework.effects import close_todos, open_todo
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REPORT, EntryType, Section
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

_STAGES: Final = frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION})


class DecideLegalAdvice(Command):
    """Whether legal advice is needed before the report is published, or is not published (LC-12).

    It was decided at the outset, and is decided again once there is a report.
    """

    is_needed: YesNo = Field(title="Is legal advice needed before publication? (LC-12)")
    reasons: LongText = Field(
        title="For what, and from whom; or why not?",
        description="It is shown to no other partnership, and stands in no paper.",
    )
    decided_by: ShortText = Field(
        title="Who decided it for the safeguarding partners?", description="Their names and posts."
    )


def decide_legal_advice(work: UnitOfWork, case_id: CaseId, command: DecideLegalAdvice) -> Case:
    """Keep the decision on the newest version of the report; it may be decided again (LC-12)."""
    case = begin(work, case_id, DECIDE_LEGAL_ADVICE, command)
    if not has_a_report(work, case):
        raise StepNotOpen("There is no draft report yet on which advice could be needed.")
    record_entry(work, case, DECIDE_LEGAL_ADVICE, command)
    close_todos(work, case, Todo.DECIDE_LEGAL_ADVICE)
    return case


def has_a_report(_work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a version of the report."""
    return case.report_version > 0


DECIDE_LEGAL_ADVICE = Act(
    name="decide_legal_advice",
    command=DecideLegalAdvice,
    perform=decide_legal_advice,
    permission=Permission.RECORD_PROCESSES,
    doing="decide whether legal advice is needed before publication",
    stages=_STAGES,
    entry=EntryType.LEGAL_ADVICE_DECIDED,
    todo=Todo.DECIDE_LEGAL_ADVICE,
    is_offered=has_a_report,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def must_have_decided_on_advice(work: UnitOfWork, case: Case) -> None:
    """Refuse to decide on publication before it is decided whether advice is needed (LC-12).

    It is decided on the report as it stands; whoever decides on publication need not read it.
    """
    known = facts(work.session, case.id, EntryType.DRAFT_SUBMITTED, EntryType.LEGAL_ADVICE_DECIDED)
    if not known or known[-1].entry_type is not EntryType.LEGAL_ADVICE_DECIDED:
        raise RuleBroken(
            "Decide first whether legal advice is needed before publication, on the report as it "
            "now stands (LC-12): for what, or why not."
        )


def ask_for_decision(work: UnitOfWork, case: Case, by: date | None) -> None:
    """Ask who must decide whether advice is needed on the newest text, unless they have (LC-12).

    A text that was changed once it was signed is decided on anew.
    """
    told = facts(work.session, case.id, *THE_REPORT, EntryType.LEGAL_ADVICE_DECIDED)
    if not told or told[-1].entry_type is not EntryType.LEGAL_ADVICE_DECIDED:
        open_todo(work, case, Todo.DECIDE_LEGAL_ADVICE, last_day=by)
