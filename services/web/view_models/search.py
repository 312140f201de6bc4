"""The cases that a search found, each with where the words stand that were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.casework.access.cases import record_viewing
from services.casework.search import CaseFound, SearchFound
from services.database.cases import Case, Child
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.plain_dates import day_month_year
from services.domain.searching import Extract, FoundIn, SearchAsked, extract
from services.domain.viewings import Viewed
from services.web.timeline import Told, tell


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry in which a word stands: what it is, of which section, and the words around."""

    title: str
    section: Section
    at: datetime
    extract: Extract | None


@dataclass(frozen=True, slots=True)
class CaseFoundLine:
    """One case that was found, with what of it answers the search."""

    case: Case
    children: tuple[str, ...]
    agencies: tuple[str, ...]
    is_by_incident: bool
    entries: tuple[EntryLine, ...]


def case_lines(work: UnitOfWork, asked: SearchAsked, found: SearchFound) -> list[CaseFoundLine]:
    """Return the cases of the page, and record the look at each of which more is told than that.

    What its list tells of a case, the reference and the stage, is no look at it.
    """
    told = _told(work, found.cases)
    lines = [_line(one, asked, told) for one in found.cases]
    for one in found.cases:
        if {*one.found_in} - {FoundIn.REFERENCE}:
            record_viewing(work, one.case, Viewed.SEARCH, said=one.entries)
    return lines


def _told(work: UnitOfWork, cases: Sequence[CaseFound]) -> dict[UUID, Told]:
    entries = [entry for one in cases for entry in one.entries]
    return {entry.id: told for entry, told in zip(entries, tell(work, entries), strict=True)}


def _line(found: CaseFound, asked: SearchAsked, told: dict[UUID, Told]) -> CaseFoundLine:
    return CaseFoundLine(
        case=found.case,
        children=tuple(dict.fromkeys(map(_called, found.children))),
        agencies=found.agencies,
        is_by_incident=FoundIn.INCIDENT in found.found_in,
        entries=tuple(
            EntryLine(
                title=told[entry.id].entry_type,
                section=entry.section,
                at=entry.at,
                extract=extract((one.text for one in told[entry.id].said), asked.words),
            )
            for entry in found.entries
        ),
    )


def _called(child: Child) -> str:
    born = f", born {day_month_year(child.born_on)}" if child.born_on else ""
    return f"{child.name}{born}"
