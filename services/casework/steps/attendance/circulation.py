"""The circulation of the record: who is asked to agree it, and who is asked again (RR-47).

A person is asked again only where the words have changed since they answered. Nothing waits for
the answers: no gate names them, and the review is submitted rather than late (RR-34, RR-35).
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from services.casework.access.meeting import is_final, is_written
from services.casework.effects import (
    AboutTodo,
    EmailContext,
    close_todos,
    enqueue_email,
    enqueue_to_people,
    last_day,
    open_todo_of,
    order_document,
)
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.assignments import open_assignments
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.decisions import declarations_on
from services.database.due_work import count_orders
from services.database.history import Entry, Fact, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.meeting_record import (
    ABOUT_RECORD,
    last_answer,
    newest_version,
    version_answered,
)
from services.domain.todos import Todo
from services.domain.workflow import Step


def circulate(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the record made as a paper, and ask each named attendee whose words it changes.

    Where nobody is named, the partners and the chair are told: they read it by their role.
    """
    people = named_attendees(work.session, case.id)
    if not people:
        about = EmailContext(due=last_day(work, case, ClockId.K8), part=str(entry.number))
        enqueue_email(work, case, EmailTrigger.RECORD_TO_AGREE, about)
        return
    order_document(work, entry, Step.SUBMIT, DocumentKind.MEETING_RECORD)
    ask_of_record(work, case, entry, list(_whose_words_changed(work, case, people)))


def circulate_to(work: UnitOfWork, case: Case, entry: Entry, people: Collection[UUID]) -> None:
    """Ask those who are named once the record is written; the paper is made if there is none."""
    if not is_written(work, case):
        return
    kind = DocumentKind.MEETING_RECORD
    if not count_orders(work, CaseId(case.id), {"type": "document", "kind": kind.value}):
        order_document(work, entry, Step.SUBMIT, kind)
    ask_of_record(work, case, entry, people)


def circulate_anew(work: UnitOfWork, case: Case, entry: Entry, person_id: UUID) -> None:
    """Ask a person to whom the case opens again, where they owe the newest words an answer.

    What they have answered stays answered, and once the Panel has the record nobody is asked: they
    are told of no todo that is not there (RR-45, RR-47).
    """
    if not is_final(case):
        circulate_to(work, case, entry, list(_whose_words_changed(work, case, [person_id])))


def ask_of_record(work: UnitOfWork, case: Case, entry: Entry, people: Collection[UUID]) -> None:
    """Ask these people, by the last day on which the record is to be sent (K8).

    A person to whom a conflict has closed the case is asked nothing (LC-02). What is written after
    the Panel has had the record is told to them; nobody waits for their answer.
    """
    by = last_day(work, case, ClockId.K8)
    serving = may_attend(work, case)
    declared = declarations_on(work.session, case.id)
    for person_id in people if not is_final(case) else ():
        one = declared.get(person_id)
        if person_id in serving and (one is None or not one.closes):
            about = AboutTodo(str(person_id), by)
            open_todo_of(work, case, Todo.AGREE_RECORD, serving[person_id].seat, about)
    told = EmailContext(due=by, todo=Todo.AGREE_RECORD, part=str(entry.number))
    enqueue_to_people(work, case, EmailTrigger.RECORD_TO_AGREE, told, people)


def ask_no_longer(work: UnitOfWork, case: Case, people: Collection[UUID]) -> None:
    """Ask these people no longer: they are not on the list."""
    for person_id in people:
        close_todos(work, case, Todo.AGREE_RECORD, subject=str(person_id))


def said_of_record(work: UnitOfWork, case: Case) -> list[Fact]:
    """Return what was said of the record, as the rules see it, oldest first."""
    return facts(work.session, case.id, *ABOUT_RECORD)


def who_is_asked(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return the people who have still to answer."""
    waiting = open_assignments(work.session, case.id)
    return {UUID(one.subject) for one in waiting if one.todo is Todo.AGREE_RECORD}


def _whose_words_changed(work: UnitOfWork, case: Case, people: Collection[UUID]) -> Iterator[UUID]:
    """Yield who has not answered the newest version, nor another one with the same words."""
    said = said_of_record(work, case)
    newest = newest_version(said)
    written = all_of(work.session, case.id, EntryType.RECORD_WRITTEN)
    words = {one.number: one.command for one in written}
    for person_id in people:
        answer = last_answer(said, person_id)
        answered = 0 if answer is None else version_answered(said, answer)
        is_same = answered in words and words[answered] == words.get(newest)
        if answered != newest and not is_same:
            yield person_id
