"""Who carries out a local review: those appointed and neither replaced nor gone (LC-23, LC-24)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from services.database.decisions import declarations_on
from services.database.history import Entry, Fact, all_of
from services.domain.entry_types import EntryType
from services.domain.reviewers import ReviewerCapacity

OF_REVIEWERS: Final = (EntryType.REVIEWER_APPOINTED, EntryType.REVIEWER_ENDED)
"""What says who reviews, in the order in which it was said."""

OF_NAMES: Final = (*OF_REVIEWERS, EntryType.DRAFT_SUBMITTED)
"""What says whom the report names: reviewers, and that a version of it came."""


def reviewers_now(session: Session, case_id: UUID) -> tuple[UUID, ...]:
    """Return the reviewers of the case: one who leads, several, or those of a smaller review.

    They stand in the order in which they were appointed.
    """
    return in_office(all_of(session, case_id, *OF_REVIEWERS))


def reviewers_to_name(session: Session, case_id: UUID) -> tuple[UUID, ...]:
    """Return whom the report names: the reviewers, and who was one when a version of it came."""
    return to_be_named(all_of(session, case_id, *OF_NAMES), closed_since(session, case_id))


def reviewers_named_by(session: Session, case_id: UUID, said: Fact) -> tuple[UUID, ...]:
    """Return whom a text of the report names that was ordered by this entry."""
    entries = [one for one in all_of(session, case_id, *OF_NAMES) if one.number <= said.number]
    return to_be_named(entries, closed_since(session, case_id, until=said.at))


def closed_since(
    session: Session, case_id: UUID, *, until: datetime | None = None
) -> dict[UUID, datetime]:
    """Return to whom what they declared closes the case, and since when (LC-02).

    With a moment, what was declared after it is left out.
    """
    declared = declarations_on(session, case_id)
    return {
        person: one.at
        for person, one in declared.items()
        if not one.opens_case and (until is None or one.at <= until)
    }


def capacities(session: Session, case_id: UUID) -> dict[UUID, ReviewerCapacity]:
    """Return as what each reviewer of the case was appointed, by their newest appointment."""
    return appointed_as(all_of(session, case_id, EntryType.REVIEWER_APPOINTED))


def appointed_as(entries: Iterable[Entry]) -> dict[UUID, ReviewerCapacity]:
    """Return as what each person was appointed by these entries; at first all were leads."""
    return {
        UUID(one.command["person"]): ReviewerCapacity(one.command.get("capacity", "lead"))
        for one in entries
        if one.entry_type is EntryType.REVIEWER_APPOINTED
    }


def names_handed_over(session: Session, case_id: UUID) -> dict[UUID, str]:
    """Return the names that a former lead handed over with its reviewers: none is a member here."""
    said = all_of(session, case_id, *OF_NAMES)
    return {one: name for entry in said for one, name in entry.names_handed_over.items()}


def cases_reviewed_by(session: Session, person_id: UUID) -> set[UUID]:
    """Return the cases of the partnership of which the person is a reviewer now."""
    question = select(Entry).where(col(Entry.entry_type).in_(OF_REVIEWERS))
    found = session.exec(question.order_by(col(Entry.case_id), col(Entry.number)))
    by_case = groupby(found, key=lambda one: one.case_id)
    return {case_id for case_id, entries in by_case if person_id in in_office(entries)}


def in_office(entries: Iterable[Entry]) -> tuple[UUID, ...]:
    """Return who reviews by these entries, oldest first.

    Who is appointed takes the place of those before, unless they review together.
    """
    people: tuple[UUID, ...] = ()
    for entry in entries:
        people = _after(people, entry)
    return people


def to_be_named(entries: Iterable[Entry], closed: Mapping[UUID, datetime]) -> tuple[UUID, ...]:
    """Return the reviewers by these entries, and before them who was one as a draft came.

    Not who is closed out since a moment: only what came before it may be of their work (LC-02).
    """
    people: tuple[UUID, ...] = ()
    named: tuple[UUID, ...] = ()
    for entry in entries:
        people = _after(people, entry)
        if entry.entry_type is EntryType.DRAFT_SUBMITTED:
            then = [one for one in people if one not in closed or entry.at < closed[one]]
            named = (*named, *then)
    return tuple(dict.fromkeys((*named, *(one for one in people if one not in closed))))


def _after(people: tuple[UUID, ...], entry: Entry) -> tuple[UUID, ...]:
    if entry.entry_type not in OF_REVIEWERS:
        return people
    person = UUID(entry.command["person"])
    others = tuple(one for one in people if one != person)
    if entry.entry_type is EntryType.REVIEWER_ENDED:
        return others
    return (*(others if entry.command.get("beside") else ()), person)
