"""Who may know of a case, open it, and act on it: the one door for every page and every act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlmodel import col

from services.casework.access.cases_asked import named_by, open_to_actor, to_be_declared_on
from services.casework.access.reach import reached_by
from services.casework.audit import note_viewing
from services.database.audit import OtherChain
from services.database.cases import Case, get_case, list_cases
from services.database.decisions import (
    Declaration,
    SignOff,
    cases_closed,
    declaration,
    declared_by,
)
from services.database.history import Entry, Viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import DeclareFirst, NotFound, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.viewings import Viewed
from services.domain.workflow import Stage

_CLOSED: Final = "You declared a conflict: this case is not available to you (LC-02)."


@dataclass(frozen=True, slots=True)
class CasesSeen:
    """The cases a person may know of: those open to them, and those they have yet to declare on."""

    open: list[Case]
    to_declare: list[Case]


def open_case(
    work: UnitOfWork, case_id: CaseId, what: Viewed, document_id: UUID | None = None
) -> Case:
    """Return a case to somebody who may read it now, and record what they looked at (G7)."""
    case = case_to_read(work, case_id)
    record_viewing(work, case, what, document_id)
    return case


def case_to_read(work: UnitOfWork, case_id: CaseId) -> Case:
    """Return a case that the person may read and act on now: they have declared first (G7)."""
    case = case_in_reach(work, case_id)
    must_have_declared(work, case)
    return case


def case_in_sight(work: UnitOfWork, case_id: CaseId) -> Case:
    """Return a case that the person may know of; to anybody else there is no such case.

    Which cases a role reaches stands in `reach.py`. A person with a conflict is told only that the
    case is not available to them (LC-02).
    """
    case = case_in_reach(work, case_id)
    must_have_declared(work, case, before_declaring=True)
    return case


def case_in_reach(work: UnitOfWork, case_id: CaseId, *, for_change: bool = False) -> Case:
    """Return a case that the actor's role reaches and no conflict of their own has closed (LC-02).

    The database hides a closed case and all that belongs to it; the person is told that it is
    closed, also where they declared on another side of its joint review. For a case out of reach
    the database is asked what it is asked for an id that is none: the cost tells no more than the
    answer. Who is reached is asked once the case is locked, for it may have changed meanwhile.
    """
    try:
        case = get_case(work.session, case_id, for_change=for_change)
    except NotFound:
        case = None
    reached = reached_by(work)
    if case is not None and reached(case):
        return case
    if case_id in cases_closed(work.session):
        raise NotPermitted(_CLOSED)
    raise NotFound("There is no such case.")


def must_have_declared(work: UnitOfWork, case: Case, *, before_declaring: bool = False) -> None:
    """Refuse a case that the actor's declaration has closed to them, or has yet to open.

    Every person of every role declares before anything of the case is shown (LC-01, G7).
    Raises NotPermitted after a declared conflict, DeclareFirst before the declaration.
    """
    declared = declaration(work.session, case.id, work.actor.person_id)
    _must_not_be_closed(declared)
    if not before_declaring and not _opens(declared):
        raise DeclareFirst("Declare your interests and agree to keep the case confidential first.")


def is_open_to_actor(work: UnitOfWork, case_id: UUID) -> bool:
    """Tell whether the actor may open the case now."""
    try:
        case_to_read(work, CaseId(case_id))
    except (NotFound, NotPermitted):
        return False
    return True


def cases_seen(
    work: UnitOfWork,
    *,
    stage: Stage | None = None,
    reference: str = "",
    among: Collection[UUID] | None = None,
) -> CasesSeen:
    """Return the cases that the person may know of, newest first; none they have a conflict in.

    All there are are looked through; with ``among`` the database is asked for those alone. Of a
    case on which they have yet to declare nothing but the reference may be shown, so a search by
    stage does not find it.
    """
    if among is not None and not among:
        return CasesSeen(open=[], to_declare=[])
    narrowed = [named_by(reference)] if reference else []
    narrowed += [col(Case.id).in_(among)] if among is not None else []
    at_stage = [col(Case.stage) == stage] if stage is not None else []
    reach = reached_by(work)
    declares = to_be_declared_on(work, reach)
    return CasesSeen(
        open=list_cases(work.session, open_to_actor(work, reach), *narrowed, *at_stage),
        to_declare=list_cases(work.session, declares, *narrowed) if stage is None else [],
    )


def has_declared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the person has declared and agreed to keep the case confidential (LC-01)."""
    return _opens(declaration(work.session, case.id, work.actor.person_id))


def own_declarations(work: UnitOfWork, case: Case) -> list[Declaration]:
    """Return all that the person declared on a case that is open to them, oldest first."""
    return declared_by(work.session, case.id, work.actor.person_id)


def own_declaration(work: UnitOfWork, case: Case) -> Declaration:
    """Return what the person declared last on a case that is open to them."""
    declared = declaration(work.session, case.id, work.actor.person_id)
    if declared is None:
        raise NotFound("You have declared nothing on this case.")
    return declared


def record_viewing(
    work: UnitOfWork,
    case: Case,
    what: Viewed,
    document_id: UUID | None = None,
    said: Iterable[SignOff | Entry] = (),
) -> None:
    """Record who looked at what; there is no switch to turn this off.

    `said` is what was told in somebody's own words: of another partnership, it knows that too. What
    a party of it signed is its own row, which every party that decides reads (GOV-11).
    """
    keep_viewing(work, viewing_of(work, case, what, document_id), whose(case, said))


def whose(case: Case, said: Iterable[SignOff | Entry]) -> tuple[OtherChain, ...]:
    """Return the chains of the other partnerships that said any of this."""
    others = {(one.tenant_id, one.case_id) for one in said if one.tenant_id != case.tenant_id}
    return tuple(OtherChain(*one) for one in sorted(others))


def viewing_of(
    work: UnitOfWork, case: Case, what: Viewed, object_id: UUID | None = None, act: str = ""
) -> Viewing:
    """Return the record of a look of the actor's at the case."""
    return Viewing(
        tenant_id=case.tenant_id,
        id=uuid4(),
        case_id=case.id,
        document_id=object_id,
        what=what,
        act=act,
        person_id=work.actor.person_id,
        role=work.actor.role,
        at=work.now,
    )


def keep_viewing(work: UnitOfWork, viewing: Viewing, also: tuple[OtherChain, ...] = ()) -> None:
    """Keep the record of a look; `also` is the chain of the partnership that showed it."""
    work.session.add(viewing)
    note_viewing(work, viewing, also)


def _opens(declared: Declaration | None) -> bool:
    return declared is not None and declared.opens_case


def _must_not_be_closed(declared: Declaration | None) -> None:
    if _closes(declared):
        raise NotPermitted(_CLOSED)


def _closes(declared: Declaration | None) -> bool:
    return declared is not None and declared.closes
