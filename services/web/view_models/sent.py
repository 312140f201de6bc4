"""What was sent to the national bodies, as the page of the case tells it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.effects import policy_of
from services.casework.steps.dispatches.letter_correction import letter_in
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
from services.domain.dispatches import (
    HAVE_AN_ADDRESS,
    LEFT_HERE,
    TO_CORRECT,
    TO_GIVE_AN_ADDRESS,
    DispatchState,
)
from services.domain.documents import DocumentForm
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.ways import Way
from services.domain.working_days import Calendar
from services.web.view_models.breaches import BreachLine, breach_lines

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
    ways: Callable[[Dispatch], tuple[Way, ...]]
    gone_on: Set[str]
    may_send: bool
    may_correct: bool


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
        ways=lambda one: policy_of(case).ways_of(one.notice.rule.document_class, one.recipient),
        gone_on={one.subject for one in found if one.state.counts or one.state.is_under_way},
        may_send=work.actor.may(Permission.SEND_DISPATCHES),
        may_correct=work.actor.may(Permission.CORRECT_LETTERS),
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
        proof=tuple(_proof(one, known.named)),
        documents=tuple((paper, sha256) for paper, sha256 in seen if paper is not None),
        package=one.id if known.may_send and one.state.waits_for_a_person else None,
        collection=_collection(one, known),
        links=tuple(_links(one, known)),
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


def _links(one: Dispatch, known: _Known) -> Iterator[tuple[str, str]]:
    """Yield the pages on which the person goes on with it."""
    letter = letter_in(one) if known.may_correct and one.state in TO_CORRECT else None
    if letter is not None:
        yield f"dispatches/words?of={one.id}", "Put its words right"
    if letter is not None and DocumentForm.WORD in letter[0].particulars.forms:
        yield f"dispatches/word?of={one.id}", "Bring back its Word file"
    if known.may_send:
        yield from _ways_on(one, known)


def _ways_on(one: Dispatch, known: _Known) -> Iterator[tuple[str, str]]:
    may_go = one.state in TO_GIVE_AN_ADDRESS and one.subject not in known.gone_on
    if may_go and Way.COLLECTION in known.ways(one):
        page = "rapid-review/collection" if one.awaits_submission else "dispatches/collection"
        yield page, "Send it to be collected"
    if one.is_collected and one.state in HAVE_AN_ADDRESS:
        yield "dispatches/collection-code", "Make a code"
    if one.is_collected and one.state.is_under_way:
        yield "dispatches/take-back", "Take the address back"
    if one.state in LEFT_HERE:
        yield "dispatches/wrong-person", "It went to the wrong person"


def _proof(one: Dispatch, named: Mapping[UUID, str]) -> list[str]:
    said = [
        label(one.proof) if one.proof else "",
        f"to {one.address}" if one.address else "",
        one.means,
        f"reference {one.reference}" if one.reference else "",
        f"by {named[one.sent_by]}" if one.sent_by and one.sent_by in named else "",
        f"read by {named[one.confirmed_by]}"
        if one.confirmed_by and one.confirmed_by in named
        else "",
        "the sent item is kept" if one.evidence_id else "",
    ]
    return [one for one in said if one]


def _colour(state: DispatchState) -> str:
    if state.counts:
        return _GREEN
    if state.has_failed:
        return _RED
    return _GREY if state is DispatchState.DROPPED else _BLUE
