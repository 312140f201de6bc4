"""The children of an incident, as the page of the case tells them."""

from dataclasses import dataclass
from datetime import date

from services.casework.answers_as_text import text_of
from services.casework.steps.referral.referred import ChildParticulars, as_child
from services.casework.steps.referral.same_incident import may_be_same_incident
from services.database.cases import Case, children
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.versions import UNBORN_CHILDREN


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """One child of the incident: the name, the day of birth, and what else is known."""

    name: str
    born_on: date | None
    facts: tuple[tuple[str, str], ...]
    note: str


def child_lines(work: UnitOfWork, case: Case) -> list[ChildLine]:
    """Return the children of the incident, for a person who may read of the family."""
    told = [as_child(one.particulars) for one in children(work.session, case.id)]
    return [
        ChildLine(
            name=child.name,
            born_on=child.born_on,
            facts=tuple((title, text_of(said, {})) for title, said in child.facts),
            note=_note(child),
        )
        for child in told
    ]


def same_incidents(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases that may be about the same incident, for a person who may join them."""
    return may_be_same_incident(work, case)


def _note(child: ChildParticulars) -> str:
    """Say that no readable source confirms that an unborn child is a subject."""
    if child.expected_on is None or UNBORN_CHILDREN.confirmed:
        return ""
    return f"{UNBORN_CHILDREN.effect} Not verified: {UNBORN_CHILDREN.source}."
