"""A search over the cases that are open to the actor, and in them over what the actor reads.

It is the case's own door that answers (`access/`), and the policies of the rows: a word that stands
only where the actor may not read is not found, and no count tells of it. A case on which they have
yet to declare is found by its reference alone, as the list of cases tells it (LC-01, G7). Cases
that another partnership shows are not searched (decision 0114).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import false, or_, true
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from services.casework.access.cases_asked import named_by, open_to_actor, to_be_declared_on
from services.casework.access.parts import closed_log
from services.casework.acts import ACTS
from services.database import searching
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case, Child, cases_of
from services.database.history import Entry
from services.database.partnerships import agency_names
from services.database.reading_grants import cases_granted
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.searching import FoundIn, SearchAsked, asked_in, names_answering

A_PAGE: Final = 10
ENTRIES_OF_A_CASE: Final = 3
_OF_FAMILY: Final = tuple(sorted(act.name for act in ACTS.values() if act.holds_family_data))


@dataclass(frozen=True, slots=True)
class CaseFound:
    """One case that was found, and in what of it; nothing of one to be declared on."""

    case: Case
    found_in: tuple[FoundIn, ...] = ()
    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a search found: one page of the cases, how many there are, and those to declare on."""

    cases: tuple[CaseFound, ...]
    to_declare: tuple[Case, ...]
    total: int
    part: int
    parts: int


@dataclass(slots=True)
class _Hits:
    """In which cases each place of what is asked was found, and in what."""

    places: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[UUID, set[FoundIn]] = field(default_factory=lambda: defaultdict(set))
    agencies: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def add(self, kind: FoundIn, case_id: UUID, *places: int) -> None:
        """Add that these places were found in something of the case."""
        self.places[case_id].update(places)
        self.kinds[case_id].add(kind)

    def having(self, needed: frozenset[int]) -> list[UUID]:
        """Return the cases in which all of these places were found."""
        return [case_id for case_id, places in self.places.items() if needed <= places]


def search(work: UnitOfWork, asked: SearchAsked, part: int = 1) -> SearchFound:
    """Return the open cases in which all that is asked was found, the nearest first.

    It asks the database as often for many cases as for few. ``part`` is the page, from 1.
    """
    work.actor.must(Permission.SEARCH_CASES)
    needed = _needed(work, asked)
    if not needed:
        return SearchFound((), (), 0, 1, 1)
    hits = _hits(work, asked)
    fitting = hits.having(needed)
    ranked = _ranked(work, fitting, hits.kinds)
    parts = max(1, -(-len(ranked) // A_PAGE))
    part = min(max(1, part), parts)
    shown = ranked[(part - 1) * A_PAGE : part * A_PAGE]
    return SearchFound(
        cases=_found(work, asked, shown, hits),
        to_declare=_to_declare(work, asked, needed),
        total=len(ranked),
        part=part,
        parts=parts,
    )


def cases_having(work: UnitOfWork, words: str) -> list[UUID]:
    """Return the open cases in which all that was typed is found: a list is narrowed to them.

    Nothing of them is told here, so it is no look at a case.
    """
    work.actor.must(Permission.SEARCH_CASES)
    asked = asked_in(words)
    needed = _needed(work, asked)
    return _hits(work, asked).having(needed) if needed else []


def _needed(work: UnitOfWork, asked: SearchAsked) -> frozenset[int]:
    """Return the places of what has to be found in a case."""
    needed = searching.words_asked(work.session, asked.words) | asked.places_of_days
    return needed or asked.places_of_words


def _hits(work: UnitOfWork, asked: SearchAsked) -> _Hits:
    hits, session = _Hits(), work.session
    for case_id, place in searching.entries_hit(session, asked.words, *_entries_read(work)):
        hits.add(FoundIn.ENTRY, case_id, place)
    for case_id, place in searching.children_hit(session, asked.words, _children_read(work)):
        hits.add(FoundIn.CHILD, case_id, place)
    for case_id, places in _referenced(work, asked, open_to_actor(work)):
        hits.add(FoundIn.REFERENCE, case_id, *places)
    if asked.days:
        _of_days(work, asked, hits)
    if work.actor.may(Permission.READ_CASE):
        _of_agencies(work, asked, hits)
    return hits


def _of_days(work: UnitOfWork, asked: SearchAsked, hits: _Hits) -> None:
    """Add the cases of which a child was born, or the incident was, on a day asked for."""
    place_of = dict(zip(asked.days, sorted(asked.places_of_days), strict=True))
    born = select(col(Child.case_id), col(Child.born_on)).where(
        col(Child.born_on).in_(asked.days), _children_read(work)
    )
    for case_id, day in work.session.exec(born):
        hits.add(FoundIn.CHILD, case_id, *(place_of[one] for one in (day,) if one))
    if not work.actor.may(Permission.READ_CASE):
        return
    on_day = select(col(Case.id), col(Case.incident_on)).where(
        col(Case.incident_on).in_(asked.days)
    )
    for case_id, day in work.session.exec(on_day):
        hits.add(FoundIn.INCIDENT, case_id, *(place_of[one] for one in (day,) if one))


def _of_agencies(work: UnitOfWork, asked: SearchAsked, hits: _Hits) -> None:
    """Add the cases on which an agency of such a name was asked, or that it referred."""
    places = _places_of_agencies(asked, agency_names(work.session))
    if not places:
        return
    requests = select(AgencyRequest.case_id, AgencyRequest.agency_id).where(
        col(AgencyRequest.agency_id).in_(places)
    )
    referred = select(Case.id, Case.referred_by_agency_id).where(
        col(Case.referred_by_agency_id).in_(places)
    )
    for case_id, agency_id in {*work.session.exec(requests), *work.session.exec(referred)}:
        if agency_id is not None:
            hits.add(FoundIn.AGENCY, case_id, *places[agency_id])
            hits.agencies[case_id].add(agency_id)


def _places_of_agencies(asked: SearchAsked, names: Mapping[UUID, str]) -> dict[UUID, set[int]]:
    places: dict[UUID, set[int]] = defaultdict(set)
    for place, word in enumerate(asked.words, 1):
        named = set(names_answering(names.values(), word))
        for agency_id, name in names.items():
            if name in named:
                places[agency_id].add(place)
    return places


def _referenced(
    work: UnitOfWork, asked: SearchAsked, seen: ColumnElement[bool]
) -> Iterator[tuple[UUID, set[int]]]:
    """Yield the cases among those in whose reference a piece of what is asked stands."""
    if not asked.references:
        return
    pieces = or_(*(named_by(piece) for piece, _ in asked.references))
    for case_id, reference in work.session.exec(
        select(Case.id, Case.reference).where(pieces, seen)
    ):
        named = (places for one, places in asked.references if one.lower() in reference.lower())
        yield case_id, set().union(*named)


def _to_declare(work: UnitOfWork, asked: SearchAsked, needed: frozenset[int]) -> tuple[Case, ...]:
    seen = to_be_declared_on(work)
    found = {one for one, places in _referenced(work, asked, seen) if needed <= places}
    return tuple(cases_of(work.session, found).values()) if found else ()


def _ranked(work: UnitOfWork, ids: list[UUID], kinds: Mapping[UUID, set[FoundIn]]) -> list[UUID]:
    """Return those that are open to the actor, the nearest first and of two the newer one."""
    order = list(FoundIn)
    question = select(Case.id).where(open_to_actor(work), searching.is_of(col(Case.id), ids))
    newest = work.session.exec(question.order_by(col(Case.opened_at).desc(), col(Case.id)))
    return sorted(newest, key=lambda one: min(map(order.index, kinds[one])))


def _found(
    work: UnitOfWork, asked: SearchAsked, ids: list[UUID], hits: _Hits
) -> tuple[CaseFound, ...]:
    """Return the cases of one page, with what was found in each."""
    if not ids:
        return ()
    session, cases, names = work.session, cases_of(work.session, {*ids}), agency_names(work.session)
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    read = _entries_read(work)
    for entry in searching.best_entries(session, asked.words, ids, ENTRIES_OF_A_CASE, *read):
        entries[entry.case_id].append(entry)
    children: dict[UUID, list[Child]] = defaultdict(list)
    born = col(Child.born_on).in_(asked.days)
    for child in searching.children_found(session, asked.words, born, ids, _children_read(work)):
        children[child.case_id].append(child)
    return tuple(
        CaseFound(
            case=cases[one],
            found_in=tuple(kind for kind in FoundIn if kind in hits.kinds[one]),
            entries=tuple(entries[one]),
            children=tuple(children[one]),
            agencies=tuple(sorted(names[agency] for agency in hits.agencies[one])),
        )
        for one in ids
    )


def _children_read(work: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that the actor reads of the child, as `reads_family` says of a case."""
    if work.actor.may(Permission.READ_FAMILY):
        return true()
    return col(Child.case_id).in_(_granted(work))


def _entries_read(work: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that the actor reads an entry, as its timeline tells it.

    Who reads no whole cases finds what they said themselves.
    """
    opened = col(Entry.case_id).in_(select(Case.id).where(open_to_actor(work)))
    if not work.actor.may(Permission.READ_CASE):
        return (opened, col(Entry.person_id) == work.actor.person_id)
    closed = col(Entry.entry_type).not_in(closed_log(work))
    if work.actor.may(Permission.READ_FAMILY):
        return (opened, closed)
    granted = col(Entry.case_id).in_(_granted(work))
    return (opened, closed, or_(false(), granted, col(Entry.act).not_in(_OF_FAMILY)))


def _granted(work: UnitOfWork) -> set[UUID]:
    return cases_granted(work.session, work.actor.person_id, work.today)
