"""What was sent to the national bodies, as the page of the case tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches
from services.database.documents import Document
from services.database.people import names as names_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.roles import Permission

_GREY, _RED, _GREEN, _BLUE = "grey", "red", "green", "blue"


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


def sent_lines(work: UnitOfWork, case: Case) -> list[SentLine]:
    """Return every dispatch of the case, newest last, with the documents that the person sees."""
    found = dispatches(work.session, case.id)
    people = {one for sent in found for one in (sent.sent_by, sent.confirmed_by) if one}
    named = names_of(work.session, people) if people else {}
    papers = {one.id: one for one in papers_seen(work, case)} if found else {}
    may_send = work.actor.may(Permission.SEND_DISPATCHES)
    return [_line(one, named, papers, may_send=may_send) for one in found]


def _line(
    one: Dispatch, named: Mapping[UUID, str], papers: Mapping[UUID, Document], *, may_send: bool
) -> SentLine:
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
        proof=tuple(_proof(one, named)),
        documents=tuple((paper, sha256) for paper, sha256 in seen if paper is not None),
        package=one.id if may_send and one.state.waits_for_a_person else None,
    )


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
