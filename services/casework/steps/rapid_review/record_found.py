"""What the checks find in the text of the record, and what of it is not settled yet (G4).

What is found is changed, or kept with a reason (`kept_passages.py`). Until then the chair has it to
do, and the rapid review is not put to the partners: whoever acts, the gate asks what is to be done,
and reads no words that a police mark may hide. What was found by the words of a form of the case is
to be done by itself: it is settled by who reads all its forms, and by nobody who reads less.
"""

from collections.abc import Iterator
from typing import Any, Final

from services.casework.commands import Command
from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.referral.referred import Referral
from services.casework.steps.scoping.return_questions import SubmitReturn
from services.database.assignments import open_assignments
from services.database.cases import Case, birthdays
from services.database.history import all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import THE_REFERRAL, THE_RETURN, EntryType
from services.domain.errors import RuleBroken
from services.domain.record_checks.findings import RecordFinding, find
from services.domain.record_checks.passages import KnownForm, KnownOfCase, RecordText
from services.domain.todos import Todo
from services.domain.working_days import london_date

_BIRTHS: Final = frozenset({"child", "family"})
_YEARS: Final = frozenset({"child", "national_reviews"})
OF_A_FORM: Final = "form"
IN_THE_TEXT: Final = "text"
"""The subjects of what is to be settled: what a form of the case says, and anything else."""
_CITES: Final = frozenset({"national_reviews"})
_FORMS: Final[tuple[tuple[EntryType, type[Command]], ...]] = (
    *((one, Referral) for one in THE_REFERRAL),
    *((one, SubmitReturn) for one in THE_RETURN),
)


def part_of_record(name: str, text: str) -> RecordText:
    """Return what was written under a question of the record, as the checks read it."""
    return RecordText(
        name=name,
        text=text,
        tells_births=name in _BIRTHS,
        tells_years=name in _YEARS,
        cites=name in _CITES,
    )


def parts_of(record: Command) -> tuple[RecordText, ...]:
    """Return the parts of the record, in the order of its questions."""
    return tuple(part_of_record(name, str(text)) for name, text in record)


def known_of(work: UnitOfWork, case: Case) -> KnownOfCase:
    """Return what the checks know of the case: its days, and its forms as the actor reads them."""
    return KnownOfCase(
        incident_on=case.incident_on or london_date(case.referred_at),
        births=frozenset(birthdays(work.session, case.id)),
        forms=tuple(_forms(work, case)),
    )


def findings_in(work: UnitOfWork, case: Case, record: Command) -> tuple[RecordFinding, ...]:
    """Return what the record seems to hold of what it must not (RR-23 to RR-26)."""
    return find(parts_of(record), known_of(work, case))


def kept_findings(work: UnitOfWork, case: Case) -> frozenset[str]:
    """Return the ids, as text, of what was found and is kept with a reason."""
    return frozenset(one.subject for one in facts(work.session, case.id, EntryType.PASSAGE_KEPT))


def unsettled(work: UnitOfWork, case: Case, record: Command) -> tuple[RecordFinding, ...]:
    """Return what was found in the record and is not kept with a reason."""
    kept = kept_findings(work, case)
    return tuple(one for one in findings_in(work, case, record) if str(one.id) not in kept)


def ask_about(work: UnitOfWork, case: Case, record: Command) -> None:
    """Ask the chair to settle what is found in this version, or no longer where it is settled.

    Who does not read every form of the case cannot tell that none of them stands in the record:
    what somebody else has found of it waits on for one who can (G4).
    """
    waiting = {one.is_of_case for one in unsettled(work, case, record)}
    for is_of_case, subject in ((False, IN_THE_TEXT), (True, OF_A_FORM)):
        if is_of_case in waiting:
            by = last_day(work, case, ClockId.K8)
            open_todo(work, case, Todo.SETTLE_RECORD, last_day=by, subject=subject)
        elif not is_of_case or _reads_all_forms(work, case):
            close_todos(work, case, Todo.SETTLE_RECORD, subject=subject)


def _reads_all_forms(work: UnitOfWork, case: Case) -> bool:
    types = [one for one, _form in _FORMS]
    read = {one.id for one in all_of(work.session, case.id, *types)}
    return all(one.id in read for one in facts(work.session, case.id, *types))


def must_be_settled(work: UnitOfWork, case: Case) -> None:
    """Refuse to put a record to the partners while what was found in it has no answer (G4)."""
    if any(one.todo is Todo.SETTLE_RECORD for one in open_assignments(work.session, case.id)):
        raise RuleBroken(
            "The record seems to hold what does not belong into a rapid review. Change it, or keep "
            "each passage with its reason first (RR-23 to RR-26, G4)."
        )


def _forms(work: UnitOfWork, case: Case) -> Iterator[KnownForm]:
    for entry_type, form in _FORMS:
        asked = tuple(field.title or "" for field in form.model_fields.values())
        for entry in all_of(work.session, case.id, entry_type):
            yield KnownForm(asked, tuple(_texts(entry.command)))


def _texts(said: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for one in said.values() if isinstance(said, dict) else said:
            yield from _texts(one)
