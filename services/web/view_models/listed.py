"""The organisations that are asked on one case only, as its page tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.effects.addressees import practice_leads
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.cases import Case
from services.database.directory import Contact
from services.database.partnerships import Agency, listed_for
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import ListedKind
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """An organisation of this case only: what it is, where it is asked, and who has said so."""

    name: str
    kind: ListedKind
    address: str
    standing: str


def listed_lines(work: UnitOfWork, case: Case) -> list[ListedLine]:
    """Return the organisations of this case only, to those who see the whole case."""
    if not work.actor.may(Permission.READ_CASE):
        return []
    leads, asked = practice_leads(work), asked_this_time(work, case)
    return [
        ListedLine(
            name=one.name,
            kind=ListedKind(one.kind),
            address=_where_asked(one, leads),
            standing=_standing(one, was_asked=one.id in asked),
        )
        for one in listed_for(work.session, case.id)
    ]


def _where_asked(one: Agency, leads: Mapping[UUID, Contact]) -> str:
    if one.through is None:
        return one.address or "None: the one that was listed is wrong"
    lead = leads.get(one.through)
    return f"Through {lead.holder}, {lead.address}" if lead else "Nobody is the named lead today"


def _standing(one: Agency, *, was_asked: bool) -> str:
    if one.through is not None:
        return "The address is the directory's"
    if one.is_reached:
        return "Confirmed by a second person"
    if one.waits:
        waits = "Waits for a second person"
        return (
            f"{waits}. It was asked elsewhere, and is reached nowhere now" if was_asked else waits
        )
    asked = "Asked, and reached nowhere now" if was_asked else "Not asked"
    return f"{asked}: list it again with another address"
