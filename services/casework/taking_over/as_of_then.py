"""An act is done as of the moment at which it was, and nobody is told of what has happened already.

What it starts, such as a clock, counts from then; its entry says when it was put on record.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.casework.act import Act
from services.casework.commands import Command
from services.casework.steps.notes.notes import KeepNote, keep_note
from services.database.cases import Case
from services.database.history import facts
from services.database.outbox import DeliveryStatus, case_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.errors import NotFound, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.notes import NoteKind
from services.domain.plain_dates import date_and_time


def is_on_record(work: UnitOfWork, case: Case, act: Act) -> bool:
    """Tell whether the act was done on the case, here or as it was taken over."""
    return bool(facts(work.session, case.id, act.entry))


def case_named(work: UnitOfWork, reference: str) -> Case:
    """Return the case of that reference that is open to the actor; to others there is none."""
    wanted = reference.strip().casefold()
    found = cases_seen(work, reference=reference.strip())
    for case in found.open:
        if case.reference.casefold() == wanted:
            return case
    raise NotFound("There is no such case.")


def done_then(
    work: UnitOfWork, act: Act, case: Case | None, command: Command, at: datetime
) -> Case:
    """Do the act as of the moment at which it was done.

    Raises RuleBroken for a moment to come, and whatever the act itself refuses.
    """
    if at > work.now:
        raise RuleBroken(
            "This has not happened yet: bring in what has, and do the rest in Keyline."
        )
    then = replace(work, now=at, recorded_at=work.now)
    if case is None:
        opened: Case = act.perform(then, command)
        return opened
    act.perform(then, CaseId(case.id), command)
    return case


@contextmanager
def telling_nobody(work: UnitOfWork, case: Case | None) -> Iterator[list[Case]]:
    """Stop the emails that what is taken over would send, and nothing that waited before.

    What is done inside puts its case into the list that it is given.
    """
    before: set[UUID] = set()
    if case is not None:
        before = {one.id for one in case_emails(work.session, case.id)}
    cases: list[Case] = [] if case is None else [case]
    yield cases
    work.session.flush()
    for one in (email for each in cases[:1] for email in case_emails(work.session, each.id)):
        if one.id not in before:
            one.delivery, one.waits_until = DeliveryStatus.STOPPED, None
            work.session.add(one)


def say_brought_in(
    work: UnitOfWork, case: Case, file: str, done: list[tuple[str, datetime]]
) -> None:
    """Keep a note in the history: what came from a spreadsheet, and when each of it happened."""
    lines = [f"{what}: {date_and_time(at)}" for what, at in done]
    words = (
        "Brought in from a spreadsheet, with the days on which it happened. "
        "Nobody was written to.\n\n"
        + "\n".join(lines)
        + f"\n\nSHA-256 of what the file says: {file}"
    )
    note = KeepNote(kind=NoteKind.NOTE, words=words, section=Section.INTERNAL)
    keep_note(replace(work, once=None), CaseId(case.id), note)
