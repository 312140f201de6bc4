"""What was sent to the national bodies, as the page of the case tells it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.steps.dispatches.proof_told import proof_told
from services.database.cases import Case
from services.database.collections import (
    Collection,
    Opening,
    collections,
    opened_ids,
    openings_of,
)
from services.database.dispatches import Dispatch, dispatches
from services.database.documents import Document
from services.database.people import names as names_of
from services.database.unit_of_work import UnitOfWork
from services.domain.collection import closes_on
from services.domain.dispatches import DispatchState
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.working_days import Calendar
from services.web.view_models.breaches import BreachLine, breach_lines
from services.web.view_models.sent_links import Onward, onward

_GREY, _RED, _GREEN, _BLUE = "grey", "red", "green", "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionLine:
    """How a collection stands: until when it is open, whether it is locked, each opening.

    ``opened`` says how many of the documents were opened while it does not count yet.
    """

    opened: str
    closes_on: date | None
    is_locked: bool
    openings: tuple[tuple[Opening, str], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines are made from, asked for once."""

    named: Mapping[UUID, str]
    papers: Mapping[UUID, Document]
    collections: Mapping[UUID, Collection]
    calendar: Calendar
    onward: Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """One dispatch: what, to whom, by which way, how it stands, and what shows it."""

    what: str
    rule: str
    recipient: str
    way: str
    status: str
    colour: str
    sent_on: date | None
    ended_on: date | None
    proof: tuple[str, ...]
    documents: tuple[tuple[Document, str], ...]
    package: UUID | None
    collection: CollectionLine | None
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentView:
    """What was sent, and what of it went to the wrong person; nothing to who sees no whole case."""

    lines: Sequence[SentLine] = ()
    breaches: Sequence[BreachLine] = ()


def sent_view(work: UnitOfWork, case: Case) -> SentView:
    """Return what the page tells of what has left."""
    return SentView(lines=sent_lines(work, case), breaches=breach_lines(work, case))


def sent_lines(work: UnitOfWork, case: Case) -> list[SentLine]:
    """Return every dispatch of the case, newest last, with the documents that the person sees."""
    found = dispatches(work.session, case.id)
    people = {one for sent in found for one in (sent.sent_by, sent.confirmed_by) if one}
    named = names_of(work.session, people) if people else {}
    papers = {one.id: one for one in papers_seen(work, case)} if found else {}
    known = _Known(
        named=named,
        papers=papers,
        collections=collections(work.session, case.id) if _any_collected(found) else {},
        calendar=work.calendar,
        onward=onward(work, case, found),
    )
    return [_line(one, known) for one in found]


def _any_collected(found: Iterable[Dispatch]) -> bool:
    return any(one.is_collected for one in found)


def _line(one: Dispatch, known: _Known) -> SentLine:
    papers = known.papers
    seen = ((papers.get(UUID(doc["id"])), doc["sha256"]) for doc in one.documents if "id" in doc)
    return SentLine(
        what=capital(label(one.notice)),
        rule=one.notice.rule.rule,
        recipient=label(one.recipient),
        way=label(one.way),
        status=label(one.state),
        colour=_colour(one.state),
        sent_on=one.sent_on,
        ended_on=one.ended_on,
        proof=tuple(proof_told(one, known.named)),
        documents=tuple((paper, sha256) for paper, sha256 in seen if paper is not None),
        package=one.id if known.onward.may_send and one.state.waits_for_a_person else None,
        collection=_collection(one, known),
        links=tuple(known.onward.links(one)),
    )


def _collection(one: Dispatch, known: _Known) -> CollectionLine | None:
    kept = known.collections.get(one.id)
    if kept is None:
        return None
    is_open = one.state.may_be_collected and one.sent_on is not None
    return CollectionLine(
        opened=_opened(one, kept) if one.state is DispatchState.TO_COLLECT else "",
        closes_on=closes_on(one.sent_on, known.calendar) if is_open and one.sent_on else None,
        is_locked=is_open and kept.is_locked,
        openings=tuple((each, _title(each, known)) for each in openings_of(kept)),
    )


def _opened(one: Dispatch, kept: Collection) -> str:
    asked = set(one.document_ids)
    return f"{len(asked & opened_ids(kept))} of {len(asked)} opened"


def _title(opening: Opening, known: _Known) -> str:
    found = known.papers.get(opening.document_id)
    return found.shown_title if found is not None else "a document"


def _colour(state: DispatchState) -> str:
    if state.counts:
        return _GREEN
    if state.has_failed:
        return _RED
    return _GREY if state is DispatchState.DROPPED else _BLUE
