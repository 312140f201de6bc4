"""Each agency confirms that its practitioners were told of the day of publication (PUB-22).

Senior managers tell them, and see that they are supported. An agency confirms it itself, or the
business manager records its word, with who gave it.
"""

from typing import Final
from uuid import UUID

from services.casework.act import Act, begin, record_entry
from services.casework.steps.agencies_say import SaidByAgencies, must_say, own_agency
from services.casework.steps.publication.staff_said import ConfirmStaffTold, RecordStaffTold
from services.casework.steps.publication.staff_standing import (
    must_be_since_day_set,
    staff_of_each,
    unsaid_of,
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

WHERE_PUBLISHED: Final = frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW})
_SAID: Final = SaidByAgencies(Todo.CONFIRM_STAFF_TOLD, DocumentKind.STAFF_CONFIRMATIONS, unsaid_of)


def confirm_staff_told(work: UnitOfWork, case_id: CaseId, command: ConfirmStaffTold) -> Case:
    """Keep the actor's own agency's word that its practitioners were told (PUB-22)."""
    case = begin(work, case_id, CONFIRM_STAFF_TOLD, command)
    agency_id = own_agency(work)
    _must_have_a_day(case)
    if agency_id not in _to_be_told(work, case):
        raise RuleBroken("Your agency was not asked to report to this review.")
    must_be_since_day_set(work, case, "told_on", command.told_on, rule="PUB-22")
    entry = record_entry(work, case, CONFIRM_STAFF_TOLD, command, subject=str(agency_id))
    _SAID.is_said(work, case, entry, agency_id)
    return case


CONFIRM_STAFF_TOLD = Act(
    name="confirm_staff_told",
    command=ConfirmStaffTold,
    perform=confirm_staff_told,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="confirm that practitioners were told of publication",
    stages=WHERE_PUBLISHED,
    entry=EntryType.STAFF_TOLD,
    todo=Todo.CONFIRM_STAFF_TOLD,
    is_listed=False,
    section=Section.PUBLICATION,
)


def record_staff_told(work: UnitOfWork, case_id: CaseId, command: RecordStaffTold) -> Case:
    """Keep what an agency says elsewhere of it, or why publication does not wait for it."""
    case = begin(work, case_id, RECORD_STAFF_TOLD, command)
    _must_have_a_day(case)
    if command.agency not in _to_be_told(work, case):
        raise AnswerRefused("agency", "Choose an agency that was asked to report to the review.")
    needed = ("told_on", "told_by", "support") if command.were_told else ("why_not",)
    must_say(command, *needed, rule="PUB-22")
    if command.told_on is not None:
        must_be_since_day_set(work, case, "told_on", command.told_on, rule="PUB-22")
    entry = record_entry(work, case, RECORD_STAFF_TOLD, command, subject=str(command.agency))
    _SAID.is_said(work, case, entry, command.agency)
    return case


RECORD_STAFF_TOLD = Act(
    name="record_staff_told",
    command=RecordStaffTold,
    which="agency",
    perform=record_staff_told,
    permission=Permission.PLAN_PUBLICATION,
    doing="record that an agency's practitioners were told of publication",
    stages=WHERE_PUBLISHED,
    entry=EntryType.STAFF_TOLD_RECORDED,
    is_offered=lambda work, case: case.publish_on is not None and bool(staff_of_each(work, case)),
    section=Section.PUBLICATION,
)


def _must_have_a_day(case: Case) -> None:
    if case.publish_on is None:
        raise RuleBroken("No day of publication is set yet: it is planned first.")


def _to_be_told(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    return frozenset(one.id for one in staff_of_each(work, case))
