"""Who reads the audit, and which of its links: none tells of a case that is not open to them.

A link on a case on which the reader has yet to declare, or declared a conflict, or on what a police
mark hides from them, keeps its place in the chain and is shown without saying what it tells of.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from services.database import audit
from services.database.audit import AuditAnchor, AuditCheck, AuditLink, LinksWanted
from services.database.cases import Case
from services.database.decisions import cases_closed, declarations_of
from services.database.police_marks import hidden_documents, hidden_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import AuditKind
from services.domain.audit_verifier import TAMPERED, Link, Mark
from services.domain.roles import Permission

# A refused request names what was asked for, whether or not there is such a case. How long a record
# is kept, and that it was disposed of, tells nothing of what it says.
ABOUT_NO_CASE: Final = frozenset({AuditKind.REFUSED, AuditKind.RETENTION})


def links_seen(
    work: UnitOfWork, wanted: LinksWanted, many: int, case: Case | None = None
) -> list[AuditLink]:
    """Return the newest links of the partnership, or of one case that is open to the actor."""
    work.actor.must(Permission.READ_AUDIT)
    if case is not None:
        wanted = replace(wanted, case_id=case.id)
    return audit.newest_links(work.session, wanted, many)


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What the actor may be told of: the cases open to them, but for what a police mark hides."""

    cases: Set[UUID]
    hidden: Set[str]

    def withholds(self, body: Mapping[str, Any]) -> bool:
        """Tell whether the body of a link tells of another case, or of what is hidden."""
        case_id = body.get("case")
        if case_id is None or body["kind"] in ABOUT_NO_CASE:
            return False
        return UUID(case_id) not in self.cases or body.get("object") in self.hidden


def told_of(work: UnitOfWork) -> ToldOf:
    """Return what the actor may be told of: they have declared, have no conflict, are listed."""
    hidden = hidden_entries(work.session) | hidden_documents(work.session)
    return ToldOf(cases=open_to_actor(work), hidden={str(one) for one in hidden})


def open_to_actor(work: UnitOfWork) -> set[UUID]:
    """Return the cases of which the actor may be told: they have declared and have no conflict."""
    declared = declarations_of(work.session, work.actor.person_id)
    opened = {case_id for case_id, one in declared.items() if one.opens_case}
    return opened - cases_closed(work.session)


@dataclass(frozen=True, slots=True)
class VerifiedChain:
    """Up to which link the partnership's chain is verified, by what, and what was found wrong."""

    anchor: AuditAnchor | None
    check: AuditCheck | None

    @property
    def up_to(self) -> int:
        """Return the number of the last link that an anchor or a whole check reaches."""
        checked = self.check.up_to if self.check and not self.check.finding else 0
        return max(self.anchor.seq if self.anchor else 0, checked)

    @property
    def finding(self) -> str:
        """Say what the last check found wrong; nothing where it found nothing."""
        if self.check is None or not self.check.finding:
            return ""
        unknown = "Something on record is not as the chain tells."
        return TAMPERED.get(self.check.finding, unknown).format(links="Links were")


def verified_chain(work: UnitOfWork) -> VerifiedChain:
    """Return up to where the chain of the partnership is verified, as it stands now."""
    return VerifiedChain(audit.last_anchor(work.session), audit.last_check(work.session))


def export(work: UnitOfWork, anchors: Iterable[Mark]) -> Iterator[str]:
    """Yield the chain as JSON lines: where it ends, its links, and its anchors in the store."""
    work.actor.must(Permission.READ_AUDIT)
    last, head = audit.last_number(work.session), audit.head(work.session)
    yield _first(work, head, None)
    yield from _links(work, audit.all_links(work.session, up_to=max(last, head.seq)))
    for anchor in anchors:
        yield _line({"anchor": vars(anchor)})


def export_case(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield the links of a case as JSON lines.

    They are a part of the chain: each can be verified, and not that none is missing.
    """
    work.actor.must(Permission.READ_AUDIT)
    head = audit.head(work.session)
    yield _first(work, head, case)
    yield from _links(work, audit.all_links(work.session, up_to=head.seq, case_id=case.id))


def _first(work: UnitOfWork, head: Mark, case: Case | None) -> str:
    told = {"partnership": str(work.actor.partnership_id), "case": str(case.id) if case else None}
    return _line({"export": {**told, **vars(head)}})


def _links(work: UnitOfWork, links: Iterable[Link]) -> Iterator[str]:
    told = told_of(work)
    for link in links:
        hidden = link.body is not None and told.withholds(link.body)
        yield _line(vars(replace(link, body=None) if hidden else link))


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, sort_keys=True) + "\n"
