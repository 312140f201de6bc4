"""Each agency confirms that its staff were given the briefing on the learning (EMB-07).

It confirms it itself, or the business manager records its word, with who gave it. No case waits for
it: what is not confirmed is seen on the case and in the tracker.
"""

from datetime import date
from typing import Final
from uuid import UUID

from services.casework.act import Act, begin, record_entry
from services.casework.past_days import must_be_past
from services.casework.steps.agencies_say import SaidByAgencies, must_say, own_agency
from services.casework.steps.embedding.sharing_said import ConfirmBriefing, RecordBriefingGiven
from services.casework.steps.embedding.sharing_standing import (
    briefing_day,
    briefing_of_each,
    unconfirmed,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

# With the last of them the paper of the sharing is made anew.
_GIVEN: Final = SaidByAgencies(Todo.CONFIRM_BRIEFING, DocumentKind.DISSEMINATION_PLAN, unconfirmed)


def confirm_briefing(work: UnitOfWork, case_id: CaseId, command: ConfirmBriefing) -> Case:
    """Keep the actor's own agency's word that its staff were given the briefing (EMB-07)."""
    case = begin(work, case_id, CONFIRM_BRIEFING, command)
    agency_id = own_agency(work)
    if agency_id not in _to_be_given(work, case):
        raise RuleBroken("Your agency is not asked about a briefing on this case.")
    _must_have_come(work, case, command.given_on)
    entry = record_entry(work, case, CONFIRM_BRIEFING, command, subject=str(agency_id))
    _GIVEN.is_said(work, case, entry, agency_id)
    return case


CONFIRM_BRIEFING = Act(
    name="confirm_briefing",
    command=ConfirmBriefing,
    perform=confirm_briefing,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="confirm that staff were given the briefing",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.BRIEFING_CONFIRMED,
    todo=Todo.CONFIRM_BRIEFING,
    is_listed=False,
    section=Section.ACTION_PLAN,
)


def record_briefing_given(work: UnitOfWork, case_id: CaseId, command: RecordBriefingGiven) -> Case:
    """Keep what an agency says elsewhere of it, or why it is not asked any more."""
    case = begin(work, case_id, RECORD_BRIEFING_GIVEN, command)
    if command.agency not in _to_be_given(work, case):
        raise AnswerRefused("agency", "Choose an agency that is asked about the briefing.")
    needed = ("given_on", "to_whom", "given_how") if command.were_given else ("why_not",)
    must_say(command, *needed, rule="EMB-07")
    if command.given_on is not None:
        _must_have_come(work, case, command.given_on)
    entry = record_entry(work, case, RECORD_BRIEFING_GIVEN, command, subject=str(command.agency))
    _GIVEN.is_said(work, case, entry, command.agency)
    return case


RECORD_BRIEFING_GIVEN = Act(
    name="record_briefing_given",
    command=RecordBriefingGiven,
    which="agency",
    perform=record_briefing_given,
    permission=Permission.RUN_LEARNING,
    doing="record that an agency's staff were given the briefing",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.BRIEFING_GIVEN_RECORDED,
    is_offered=lambda work, case: bool(briefing_of_each(work, case)),
    section=Section.ACTION_PLAN,
)


def _must_have_come(work: UnitOfWork, case: Case, given_on: date) -> None:
    """Refuse a day that has not come, and one before the briefing had the words that it has."""
    must_be_past(work, "given_on", given_on, briefing_day(work, case))


def _to_be_given(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    return frozenset(one.id for one in briefing_of_each(work, case))
