"""Gate G6: a local review opens once its terms are endorsed and its reviewer may act."""

from uuid import UUID

from pydantic import Field

from services.casework.act import latest_command
from services.casework.commands import Command, LongText, PersonChoice, YesNo
from services.casework.effects import last_day, open_todo
from services.casework.joint.own_agencies import tell_review_opened
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.decisions import conflicted_beside, declaration
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


class AppointReviewer(Command):
    """Who carries out the review, and why they may (LC-02, LC-23)."""

    person: PersonChoice = Field(title="Lead reviewer")
    skills: LongText = Field(
        title="Knowledge and expertise for this review",
        description="Held against what the terms of reference require of the author.",
    )
    independent: YesNo = Field(
        title="Are they free of any real or perceived conflict with the case? (LC-02)"
    )
    independence: LongText = Field(title="How was that checked?")


def reviewer_of(work: UnitOfWork, case: Case) -> UUID | None:
    """Return the case's lead reviewer: whoever was appointed last."""
    appointed = latest_command(work, case, EntryType.REVIEWER_APPOINTED, AppointReviewer)
    return None if appointed is None else appointed.person


def may_review(work: UnitOfWork, case: Case, person_id: UUID) -> bool:
    """Tell whether the person has declared no conflict and signed for confidentiality (G7)."""
    declared = declaration(work.session, case.id, person_id)
    if declared is None or not declared.opens_case:
        return False
    return person_id not in conflicted_beside(work.session, case.id)


def must_be_its_reviewer(work: UnitOfWork, case: Case) -> None:
    """Refuse anybody but the case's own lead reviewer, who has declared (LC-01, G7)."""
    if reviewer_of(work, case) != work.actor.person_id:
        raise NotPermitted("This is for the lead reviewer of this case only.")
    if not may_review(work, case, work.actor.person_id):
        raise NotPermitted("Declare any conflict and sign the confidentiality agreement first.")


def open_review_if_ready(work: UnitOfWork, case: Case) -> None:
    """Open the review when G6 holds: three endorsements, and a reviewer free of conflict."""
    reviewer = reviewer_of(work, case)
    if reviewer is None or not may_review(work, case, reviewer):
        return
    if not all_agree(work, case, SignOffMatter.TERMS_OF_REFERENCE):
        return
    case.stage = move(case.stage, Stage.LOCAL_REVIEW)
    case.commissioned_on = work.today
    work.session.add(case)
    limit = last_day(work, case, ClockId.K11)
    open_todo(work, case, Todo.REQUEST_REPORTS, last_day=limit)
    open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=limit)
    tell_review_opened(work, case)
