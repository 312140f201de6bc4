"""How a link of the audit is shown to a person: when, who, in which role, what, on which case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.access.audit import links_seen, told_of, verified_chain
from services.database.audit import AuditAnchor, AuditCheck, AuditLink
from services.database.cases import Case, cases_of
from services.database.people import everybody
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.web.view_models.audit_narrowing import Narrowed
from services.web.view_models.audit_words import role_of, what_of, who_of

MANY: Final = 75
NOT_OPEN: Final = "Something on a case that is not open to you"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One link as a person reads it."""

    number: int
    at: datetime
    who: str
    role: str
    what: str
    reference: str
    case_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    """What a page of the audit shows."""

    lines: list[AuditLine]
    people: list[tuple[str, str]]
    narrowed: Narrowed
    older: str
    anchor: AuditAnchor | None
    check: AuditCheck | None
    verified_up_to: int
    finding: str


def audit_view(work: UnitOfWork, narrowed: Narrowed, case: Case | None = None) -> AuditView:
    """Gather the newest links that are wanted, and up to where the chain was verified."""
    found = links_seen(work, narrowed.wanted, MANY + 1, case)
    shown, people = found[:MANY], everybody(work.session)
    verified = verified_chain(work)
    return AuditView(
        lines=audit_lines(work, shown, people),
        people=[("", "Everybody"), *((str(one), name) for one, name in people.items())],
        narrowed=narrowed,
        older=narrowed.older(shown[-1].seq) if len(found) > MANY else "",
        anchor=verified.anchor,
        check=verified.check,
        verified_up_to=verified.up_to,
        finding=verified.finding,
    )


def audit_lines(
    work: UnitOfWork, links: Iterable[AuditLink], people: Mapping[UUID, str]
) -> list[AuditLine]:
    """Return the links as lines, in the order given."""
    links, told = list(links), told_of(work)
    named = {one.about_case for one in links if one.about_case in told.cases}
    elsewhere = _partnerships(work, links)
    cases = cases_of(work.session, {case_id for case_id in named if case_id})
    lines = []
    for link in links:
        hidden = told.withholds(link.body)
        case = cases.get(link.about_case) if link.about_case and not hidden else None
        lines.append(
            AuditLine(
                number=link.seq,
                at=link.at,
                who=who_of(link.body, people, elsewhere),
                role=role_of(link.body),
                what=NOT_OPEN if hidden else capital(what_of(link.body)),
                reference=case.reference if case else "",
                case_id=case.id if case else None,
            )
        )
    return lines


def _partnerships(work: UnitOfWork, links: Iterable[AuditLink]) -> Mapping[str, str]:
    """Return the names of the other partnerships whose people the links tell of, by id."""
    own = str(work.actor.partnership_id)
    if all(link.body.get("by", own) == own for link in links):
        return {}
    known = known_partnerships(work.session)
    return {str(one): name for one, name in known.items() if str(one) != own}
