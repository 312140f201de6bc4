"""Agencies send their chronologies, typed or as a table, whole or not at all (LC-33, LC-34)."""

from collections.abc import Sequence
from typing import TypeVar

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.steps.local_review.chronologies_sent import asked_for, is_asked_for
from services.casework.steps.local_review.chronology_pasted import rows_pasted
from services.casework.steps.local_review.chronology_rows import (
    ChangesSaid,
    ChronologyEvent,
    ChronologySaid,
    DatedRow,
    OrganisationalChange,
    SubmitChanges,
    SubmitChronology,
    in_order,
)
from services.casework.steps.local_review.practitioners_named import (
    must_name_nobody_known,
    must_name_none_in_rows,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import REPORTED_AT, WantedItem
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission

R = TypeVar("R", bound=DatedRow)


def checked(
    work: UnitOfWork,
    case: Case,
    rows: Sequence[tuple[int, R]],
    field: str,
    false_alarm: str | None = None,
) -> tuple[R, ...]:
    """Refuse rows that are still to come, or of which one names a practitioner; say which."""
    _must_have_been(work, rows, field)
    must_name_none_in_rows(work, case, rows, field, false_alarm)
    return tuple(row for _number, row in rows)


def checked_of_file(work: UnitOfWork, case: Case, rows: Sequence[tuple[int, R]]) -> tuple[R, ...]:
    """Refuse rows of a file that are still to come, or name whom the partnership knows.

    Names after a title are looked for as the rows are sent, where a false alarm can be explained.
    """
    _must_have_been(work, rows, "file")
    must_name_nobody_known(work, case, rows, "file")
    return tuple(row for _number, row in rows)


def _must_have_been(work: UnitOfWork, rows: Sequence[tuple[int, DatedRow]], field: str) -> None:
    ahead = [number for number, row in rows if row.on > work.today]
    if ahead:
        raise AnswerRefused(field, f"Row {ahead[0]}, Date: enter a day that is not in the future.")


def submit_chronology(work: UnitOfWork, case_id: CaseId, command: SubmitChronology) -> Case:
    """Keep the chronology of the actor's own agency, in place of what it sent before (LC-33)."""
    case = begin(work, case_id, SUBMIT_CHRONOLOGY, command)
    agency_id = asked_for(work, case, WantedItem.CHRONOLOGY)
    alarm = command.false_alarm
    read = rows_pasted(command.pasted or "", ChronologyEvent)
    pasted = checked(work, case, read, "pasted", alarm)
    typed = checked(work, case, list(enumerate(command.events, start=1)), "events", alarm)
    kept = ChronologySaid(events=_whole((*typed, *pasted), "events"), false_alarm=alarm)
    entered = Entered(subject=str(agency_id), kept=kept)
    record_entry_as(work, case, SUBMIT_CHRONOLOGY, command, entered)
    return case


def owes_chronology(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor's agency is asked for a chronology of its involvement."""
    return is_asked_for(work, case, WantedItem.CHRONOLOGY)


SUBMIT_CHRONOLOGY = Act(
    name="submit_chronology",
    command=SubmitChronology,
    kept=ChronologySaid,
    perform=submit_chronology,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="send a chronology",
    stages=REPORTED_AT,
    entry=EntryType.CHRONOLOGY_SENT,
    is_offered=owes_chronology,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def submit_changes(work: UnitOfWork, case_id: CaseId, command: SubmitChanges) -> Case:
    """Keep the changes in the actor's own organisation, in place of what it sent before (LC-33)."""
    case = begin(work, case_id, SUBMIT_CHANGES, command)
    agency_id = asked_for(work, case, WantedItem.ORGANISATIONAL_CHANGES)
    pasted = rows_pasted(command.pasted or "", OrganisationalChange)
    alarm = command.false_alarm
    read = checked(work, case, pasted, "pasted", alarm)
    typed = checked(work, case, list(enumerate(command.changes, start=1)), "changes", alarm)
    kept = ChangesSaid(changes=_whole((*typed, *read), "changes"), false_alarm=alarm)
    entered = Entered(subject=str(agency_id), kept=kept)
    record_entry_as(work, case, SUBMIT_CHANGES, command, entered)
    return case


def owes_changes(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor's agency is asked for a chronology of changes in its organisation."""
    return is_asked_for(work, case, WantedItem.ORGANISATIONAL_CHANGES)


SUBMIT_CHANGES = Act(
    name="submit_changes",
    command=SubmitChanges,
    kept=ChangesSaid,
    perform=submit_changes,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="send a chronology of changes",
    stages=REPORTED_AT,
    entry=EntryType.CHANGES_SENT,
    is_offered=owes_changes,
    section=Section.AGENCY_REPORTS,
    holds_family_data=True,
)


def _whole(rows: tuple[R, ...], field: str) -> tuple[R, ...]:
    if not rows:
        raise AnswerRefused(field, "Enter at least one row, or paste a table.")
    return in_order(rows)
