"""The things of a case that a question may be about: those that whoever asks may open."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.access.parts import reads_family
from services.casework.labels import label
from services.casework.steps.notes.who_is_asked import MayBeAsked
from services.casework.steps.rounds.sign_off_rounds import newest_round
from services.database.actions import actions
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.documents import DocumentKind
from services.domain.plain_text import capital
from services.domain.questions import AskedAbout, ThingAsked
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingOnCase:
    """One thing of the case: what it is called, on which page of the case, and of which agency."""

    thing: ThingAsked
    title: str
    path: str
    agency: UUID | None = None
    is_for_every_agency: bool = False

    def is_open_to(self, asked: MayBeAsked) -> bool:
        """Tell whether whoever is asked may open it: an agency opens what is its own (RR-41)."""
        own = self.is_for_every_agency or self.agency == asked.agency
        return asked.agency is None or own


def things_on(work: UnitOfWork, case: Case) -> dict[UUID, ThingOnCase]:
    """Return what the actor may open of the case and ask about, by the id of a form."""
    found = [*_returns(work, case), *_decisions(work, case), *_actions(work, case)]
    return {one.thing.id_on(case.id): one for one in (*found, *_documents(work, case))}


def _returns(work: UnitOfWork, case: Case) -> Iterator[ThingOnCase]:
    named, reads = agency_names(work.session), reads_family(work, case.id)
    for one in requests(work.session, case.id, Asked.SCOPING_RETURN):
        if reads or one.agency_id == work.actor.agency_id:
            yield ThingOnCase(
                thing=ThingAsked(kind=AskedAbout.RETURN, key=str(one.agency_id)),
                title=f"Return of {named.get(one.agency_id, 'an agency')}",
                path=f"agencies/{one.agency_id}/return" if one.answered_on else "agencies",
                agency=one.agency_id,
            )


def _decisions(work: UnitOfWork, case: Case) -> Iterator[ThingOnCase]:
    if not work.actor.may(Permission.READ_CASE):
        return
    for matter in SignOffMatter:
        if newest_round(work, case, matter):
            yield ThingOnCase(
                thing=ThingAsked(kind=AskedAbout.DECISION, key=matter.value),
                title=f"Decision: {label(matter)}",
                path=f"decisions/{matter.value}",
            )


def _actions(work: UnitOfWork, case: Case) -> Iterator[ThingOnCase]:
    reads = work.actor.may(Permission.READ_CASE)
    for one in actions(work.session, case.id):
        if reads or one.agency_id == work.actor.agency_id:
            yield ThingOnCase(
                thing=ThingAsked(kind=AskedAbout.ACTION, key=str(one.id)),
                title=f"Action {one.number}",
                path="actions" if reads else "",
                agency=one.agency_id,
            )


def _documents(work: UnitOfWork, case: Case) -> Iterator[ThingOnCase]:
    """Yield the newest version of each paper."""
    seen: set[tuple[str, str, str]] = set()
    agencies = {str(one): one for one in agency_names(work.session)}
    for one in papers_seen(work, case):
        paper = (one.kind.value, one.subject, one.shown_title)
        if paper not in seen:
            seen.add(paper)
            yield ThingOnCase(
                thing=ThingAsked(kind=AskedAbout.DOCUMENT, key=str(one.id)),
                title=capital(one.shown_title),
                path=f"documents/{one.id}",
                agency=agencies.get(one.subject),
                is_for_every_agency=one.kind is DocumentKind.PRACTICE_BRIEFING,
            )
