"""What the page of one case shows, gathered for the person who looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import select

from services.casework.access.documents import papers_seen
from services.casework.access.parts import clocks_seen, reads_family
from services.casework.engine.progress import standings
from services.casework.labels import label
from services.casework.steps.referral import Care, ReferredChild
from services.database.actions import Action, actions
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case, Child, children
from services.database.decisions import SignOff
from services.database.documents import Document
from services.database.history import entries
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.identifiers import CaseId
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.workflow import Stage, StepStanding
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.timeline import Told, names_for, tell
from services.web.view_models.clocks import ClockLine, clock_line
from services.web.view_models.sign_offs import MatterLine, matter_lines
from services.web.view_models.todos import TodoLine, of_case

RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """What one agency was asked for, and how far its answer has come."""

    agency: str
    request: AgencyRequest
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """One child of the incident: the name, the day of birth, and what else is known."""

    name: str
    born_on: date | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything the page of a case shows."""

    case: Case
    sees_all: bool
    sees_history: bool
    steps: tuple[StepStanding, ...]
    clocks: list[ClockLine]
    todo: list[TodoLine]
    also: list[ActPage]
    children: list[ChildLine]
    matters: list[MatterLine]
    agencies: list[AgencyLine]
    actions: list[tuple[Action, str]]
    documents: list[Document]
    timeline: list[Told]


def case_view(work: UnitOfWork, case: Case) -> CaseView:
    """Gather what this person may see of the case."""
    actor, named = work.actor, names_for(work, _signers(work, case))
    sees_all = actor.may(Permission.READ_CASE)
    todo = of_case(work, case)
    return CaseView(
        case=case,
        sees_all=sees_all,
        sees_history=actor.may(Permission.READ_HISTORY),
        steps=standings(work, CaseId(case.id)) if sees_all else (),
        clocks=[clock_line(work, case, one, named) for one in clocks_seen(work, case)],
        todo=todo,
        also=also_open(work, case, todo),
        children=_children(work, case) if reads_family(work, case.id) else [],
        matters=matter_lines(work, case, named) if sees_all else [],
        agencies=_agencies(work, case, named),
        actions=_actions(work, case, named),
        documents=papers_seen(work, case)[:5],
        timeline=timeline_of(work, case, newest=RECENT) if sees_all else [],
    )


def _signers(work: UnitOfWork, case: Case) -> set[UUID]:
    signed = select(SignOff.person_id).where(SignOff.case_id == case.id).distinct()
    return set(work.session.exec(signed))


def timeline_of(work: UnitOfWork, case: Case, *, newest: int | None = None) -> list[Told]:
    """Return what happened, newest first: all of it to those who see whole cases, else their own.

    With `newest`, no more than so many are told.
    """
    found = entries(work.session, case.id)
    if not work.actor.may(Permission.READ_CASE):
        found = [one for one in found if one.person_id == work.actor.person_id]
    return tell(work, found[:newest])


def also_open(work: UnitOfWork, case: Case, todo: list[TodoLine]) -> list[ActPage]:
    """Return what the person may do besides what they are asked."""
    asked = {line.todo for line in todo if line.is_mine}
    return [
        page
        for page in CASE_PAGES
        if page.act.is_listed
        and case.stage in page.act.stages
        and page.act.todo not in asked
        and work.actor.may(page.act.permission)
    ]


def stage_named(text: str) -> Stage | None:
    """Return the stage with this name; what is no stage narrows nothing."""
    return next((stage for stage in Stage if stage.value == text), None)


def _children(work: UnitOfWork, case: Case) -> list[ChildLine]:
    return [
        ChildLine(name=child.name, born_on=child.born_on, facts=tuple(_facts(child)))
        for child in children(work.session, case.id)
    ]


def _facts(child: Child) -> Iterator[tuple[str, str]]:
    """Yield what is known of the child besides name and birth, under the referral's own titles."""
    for name in ("sex", "ethnicity", "disability"):
        if said := child.particulars.get(name):
            yield ReferredChild.model_fields[name].title or name, capital(said)
    if care := child.particulars.get("care"):
        yield ReferredChild.model_fields["care"].title or "care", capital(label(Care(care)))


def _agencies(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[AgencyLine]:
    sees_all = work.actor.may(Permission.READ_CASE)
    return [
        AgencyLine(
            agency=named.get(str(one.agency_id), "An agency"),
            request=one,
            is_late=one.answered_on is None and one.due < work.today,
        )
        for asked in Asked
        for one in requests(work.session, case.id, asked)
        if sees_all or one.agency_id == work.actor.agency_id
    ]


def _actions(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[tuple[Action, str]]:
    sees_all = work.actor.may(Permission.READ_CASE)
    return [
        (one, named.get(str(one.agency_id), "An agency"))
        for one in actions(work.session, case.id)
        if sees_all or one.agency_id == work.actor.agency_id
    ]
