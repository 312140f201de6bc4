"""The review group oversees the commissioning and advises the partners (DEC-15, LC-03, G6)."""

from datetime import date

from services.casework.act import Act, begin, record_entry
from services.casework.effects import close_todos, open_todo
from services.casework.steps.attendance.who_may_attend import may_attend
from services.casework.steps.beside_panel import may_begin_local_review
from services.casework.steps.local_review.oversight_said import (
    AGREED_BY_GROUP,
    OverseeCommissioning,
)
from services.casework.steps.rounds.group_advice import AdviceOnTerms, waits_for_advice
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date


def oversee_commissioning(work: UnitOfWork, case_id: CaseId, command: OverseeCommissioning) -> Case:
    """Keep what the group considered and advises; its advice puts terms that wait to the partners.

    It may be recorded again at any time: each entry stays.
    """
    case = begin(work, case_id, OVERSEE_COMMISSIONING, command)
    if not may_begin_local_review(work, case):
        raise StepNotOpen("The partners have decided on no local review that could be overseen.")
    _must_have_read_the_terms(work, case, command.versions)
    _must_be_its_day(work, case, command.considered_on)
    _must_have_met(work, case, command)
    _must_advise(work, case, command)
    record_entry(work, case, OVERSEE_COMMISSIONING, command, subject=command.on_terms or "")
    close_todos(work, case, Todo.OVERSEE_COMMISSIONING)
    if command.on_terms is AdviceOnTerms.ENDORSE:
        invite(work, case, SignOffMatter.TERMS_OF_REFERENCE)
    elif command.on_terms is AdviceOnTerms.CHANGE_FIRST:
        open_todo(work, case, Todo.AGREE_TERMS)
    return case


OVERSEE_COMMISSIONING = Act(
    name="oversee_commissioning",
    command=OverseeCommissioning,
    perform=oversee_commissioning,
    permission=Permission.OVERSEE_COMMISSIONING,
    doing="record the review group's oversight of the commissioning",
    stages=frozenset({Stage.WITH_PANEL, Stage.COMMISSIONING, Stage.LOCAL_REVIEW}),
    entry=EntryType.COMMISSIONING_OVERSEEN,
    todo=Todo.OVERSEE_COMMISSIONING,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.REQUEST_CONSIDERED,
        EntryType.TERMS_AGREED,
        EntryType.REVIEWER_APPOINTED,
        EntryType.COMMISSIONING_OVERSEEN,
        EntryType.PROGRESS_REPORTED,
    ),
    is_offered=may_begin_local_review,
    section=Section.TERMS,
    holds_family_data=True,
    is_joint=True,
)


def versions_of_terms(work: UnitOfWork, case: Case) -> int:
    """Return how many versions of the terms of reference were drawn up."""
    return len(facts(work.session, case.id, EntryType.TERMS_AGREED))


def _must_have_read_the_terms(work: UnitOfWork, case: Case, seen: int) -> None:
    """Refuse advice that was written beside another version of the terms than the newest."""
    if seen != versions_of_terms(work, case):
        raise RuleBroken(
            "The terms of reference were drawn up again after you opened this page, so this advice "
            "is not kept. Read them here, then record what the group advises on them."
        )


def _must_be_its_day(work: UnitOfWork, case: Case, on: date) -> None:
    """Refuse a day to come, one before the decision, and one before what the terms replace.

    The group may have considered terms before they were typed in here, but no changed ones before
    the version that they change.
    """
    if on > work.today:
        raise AnswerRefused("considered_on", "Enter a day that is not in the future.")
    if case.decided_on is not None and on < case.decided_on:
        raise AnswerRefused(
            "considered_on", "Enter a day that is not before the decision to commission the review."
        )
    before = facts(work.session, case.id, EntryType.TERMS_AGREED)[:-1]
    waits = waits_for_advice(work, case, SignOffMatter.TERMS_OF_REFERENCE)
    if waits and before and on < london_date(before[-1].at):
        raise AnswerRefused(
            "considered_on", "Enter a day that is not before the version that these terms change."
        )


def _must_have_met(work: UnitOfWork, case: Case, command: OverseeCommissioning) -> None:
    """Refuse a consideration by nobody, by who did not serve on the day, and of nothing."""
    served = may_attend(work, case, command.considered_on)
    if not command.took_part or not set(command.took_part) <= served.keys():
        raise AnswerRefused("took_part", "Choose who took part, of those who served on the day.")
    if not command.matters:
        raise AnswerRefused("matters", "Choose what the group considered.")


def _must_advise(work: UnitOfWork, case: Case, command: OverseeCommissioning) -> None:
    """Refuse to leave terms that wait without advice, and advice on terms that do not wait (G6)."""
    if not waits_for_advice(work, case, SignOffMatter.TERMS_OF_REFERENCE):
        if command.on_terms is not None:
            raise AnswerRefused("on_terms", "No terms of reference wait for the group's advice.")
        return
    if command.on_terms is None:
        raise AnswerRefused("on_terms", "Say what the group advises on the terms that wait (G6).")
    is_endorsed = command.on_terms is AdviceOnTerms.ENDORSE
    if is_endorsed and not set(command.matters) >= AGREED_BY_GROUP:
        raise AnswerRefused(
            "matters",
            "Terms are endorsed once the group has considered their scope, the methodology, and "
            "how the author is appointed (LC-03).",
        )
