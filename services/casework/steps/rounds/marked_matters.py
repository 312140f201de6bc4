"""A matter waits while a signer may not read part of it: a police mark hides it from their seat.

Nobody is asked to sign what they may not read. The seat that marked is asked to list the signers or
to lift the mark; once every signer may read the whole, the matter is put to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.effects import AboutTodo, AskedSeat, close_todos, open_todo_of
from services.casework.joint.matters import (
    bearer_of,
    facts_said,
    parties_deciding,
)
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case
from services.database.history import Fact
from services.database.police_marks import PoliceMark, hidden_entries, live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REPORT, EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.other_reviews import OF_A_PROCESS, OF_REGISTER
from services.domain.parties import Party
from services.domain.police_marks import NEVER_HIDDEN, is_listed, waits_for_signers
from services.domain.sign_off import SAID_IN, SignOffMatter
from services.domain.todos import Todo

# What the paper of a matter says besides what is signed, or what was advised: signers read it too.
_READ_WITH: Final[Mapping[SignOffMatter, tuple[EntryType, ...]]] = {
    SignOffMatter.RAPID_REVIEW: (EntryType.MEETING_HELD,),
    SignOffMatter.TERMS_OF_REFERENCE: (EntryType.COMMISSIONING_OVERSEEN, EntryType.TEAM_NAMED),
    SignOffMatter.RECOMMENDATIONS: (
        EntryType.RECOMMENDATIONS_PROPOSED,
        EntryType.RECOMMENDATION_DEVELOPED,
    ),
    SignOffMatter.REPORT: (EntryType.QUALITY_ASSURED,),
    SignOffMatter.PUBLICATION: THE_REPORT,
    SignOffMatter.TAKING_DOWN: THE_REPORT,
}


def must_read_all_of_it(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Refuse somebody from whom part of what is signed is hidden: they neither sign nor file it."""
    if {one.id for one in _said(work, case, matter)} & hidden_entries(work.session):
        raise RuleBroken(
            "Part of what is signed is marked as police-sensitive and your seat is not listed. "
            "Who marked it is asked to let your seat read it; until then you are not asked to sign."
        )


def waiting_signers(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Party]:
    """Return the parties that may not read part of the matter, in the order in which they sign."""
    marks = _marks_on(work, case, matter)
    return [
        party
        for party in parties_deciding(work, case, matter)
        if not all(lets_read(mark, party) for mark in marks)
    ]


def lets_read(mark: PoliceMark, party: Party) -> bool:
    """Tell whether the mark lists the party's seat."""
    return is_listed(party, mark.listed, list(map(PartnershipId, mark.partnerships)))


def ask_to_list(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> bool:
    """Ask whoever marked to let the signers read; tell whether the matter waits for that."""
    close_asked(work, case, matter)
    waiting = waiting_signers(work, case, matter)
    for mark in _marks_on(work, case, matter):
        if not all(lets_read(mark, party) for party in waiting):
            about = AboutTodo(f"{mark.id}:{matter}", last_day)
            open_todo_of(work, case, Todo.REVIEW_MARK, who_marked(mark), about)
    return bool(waiting)


def close_asked(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Close what was asked of those who marked for the matter's sake."""
    for asked, waiting in asked_for_signers(work, case):
        if waiting is matter:
            close_todos(work, case, Todo.REVIEW_MARK, subject=asked.subject)


def asked_for_signers(work: UnitOfWork, case: Case) -> Iterator[tuple[Assignment, SignOffMatter]]:
    """Yield what is asked of those who marked because a signer waits, with the matter."""
    for one in open_assignments(work.session, case.id):
        if matter := waits_for_signers(one.todo, one.subject):
            yield one, matter


def waiting_on(work: UnitOfWork, case: Case, mark: PoliceMark) -> dict[SignOffMatter, list[Party]]:
    """Return the parties that wait for this mark, by the matter that they are to sign."""
    matters = [
        matter
        for one, matter in asked_for_signers(work, case)
        if one.subject.startswith(str(mark.id))
    ]
    return {
        matter: [
            party for party in parties_deciding(work, case, matter) if not lets_read(mark, party)
        ]
        for matter in matters
    }


def who_marked(mark: PoliceMark) -> AskedSeat:
    """Return the seat that marked, whoever fills it now."""
    return AskedSeat(mark.role, mark.seat)


def _marks_on(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[PoliceMark]:
    """Return our marks on what the matter's signers read, if the matter is our own case's."""
    if not bearer_of(work, case, matter).is_own(case):
        return []
    marks = live_marks(work.session, case.id)
    said: Sequence[Fact] = _said(work, case, matter) if marks else ()
    ids: set[UUID] = {one.id for one in said}
    sections = {one.section for one in said}
    return [mark for mark in marks if mark.entry_id in ids or mark.section in sections]


def _said(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Fact]:
    types = (*SAID_IN[matter], *_READ_WITH.get(matter, ()))
    said = facts_said(work, case, matter, *types)
    drawn_up = [one for one in said if one.entry_type is EntryType.TERMS_AGREED]
    if drawn_up:
        on_record = facts_said(work, case, matter, *OF_REGISTER)
        said += _told_in_terms([one for one in on_record if one.number <= drawn_up[-1].number])
    return [one for one in said if one.entry_type not in NEVER_HIDDEN]


def _told_in_terms(known: Sequence[Fact]) -> list[Fact]:
    """Return of what is on the register, oldest first, what the terms of reference tell (Doc 6).

    Of each process the newest entry, of each the newest list of requirements, and every contact
    that was not in confidence.
    """
    newest = {
        (one.subject, one.entry_type in OF_A_PROCESS): one
        for one in known
        if one.entry_type is not EntryType.LIAISON_RECORDED
    }
    contacts = [one for one in known if one.entry_type is EntryType.LIAISON_RECORDED]
    return [*newest.values(), *(one for one in contacts if one.section is Section.TERMS)]
