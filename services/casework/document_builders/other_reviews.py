"""The other reviews and proceedings beside a review, as the terms of reference tell them (Doc 6).

How parallel and criminal processes are handled is part of the terms. Legal advice is not told.
"""

from services.casework.answers_as_text import as_section, as_tables, text_of
from services.casework.document_builders.context import BuilderContext
from services.casework.steps.other_reviews.register import OtherProcess, Register, register_in
from services.casework.steps.other_reviews.said import LiaisonKept
from services.database.history import Entry, facts
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import Section


def other_reviews(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return a part for each process that was on record, and one for the contacts about them."""
    register = _as_of(context)
    contacts = [
        (entry, said) for entry, said in register.contacts if entry.section is Section.TERMS
    ]
    said = [entry for one in register.processes for entry in one.entries]
    for entry in (*said, *(one for one, _ in contacts)):
        context.history.numbered(entry.number)  # the paper holds its words
    told = tuple(_process(one) for one in register.processes)
    return (*told, _contacts(contacts)) if contacts else told


def _as_of(context: BuilderContext) -> Register:
    """Return the register as it stood when the paper was ordered."""
    until = context.history.newest.number
    known = facts(context.work.session, context.case.id)
    return register_in(context.history.entries, [one for one in known if one.number <= until])


def _process(process: OtherProcess) -> PaperSection:
    """Return what was on record of one process, with what is held back and what it requires."""
    said = process.said
    answers = as_section("", said, {}, without=frozenset({"kind", "called"})).answers
    return PaperSection(
        heading=said.name, answers=answers, parts=(*as_tables(said, {}), *_requirements(process))
    )


def _requirements(process: OtherProcess) -> tuple[PaperSection, ...]:
    if not process.requirements:
        return ()
    rows = tuple((one.requirement, one.met_by or "Not yet") for one in process.requirements)
    columns = ("What it requires", "Where the report meets it")
    table = Table(caption="", columns=columns, rows=rows)
    return (PaperSection(heading="Requirements of the joint report", table=table),)


def _agreed(said: LiaisonKept) -> str:
    """Return what was agreed, with the course of the review where one was (LC-16)."""
    if said.course is None:
        return said.outcome
    return f"{said.outcome}\nThe review: {text_of(said.course, {})}."


def _contacts(found: list[tuple[Entry, LiaisonKept]]) -> PaperSection:
    columns = ("When", "With", "Had by", "About", "What was agreed, or left open")
    rows = tuple(
        (text_of(said.held_on, {}), text_of(said.whom, {}), said.by_whom, said.about, _agreed(said))
        for _, said in found
    )
    table = Table(caption="", columns=columns, rows=rows)
    return PaperSection(heading="Contacts about other proceedings", table=table)
