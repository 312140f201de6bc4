"""The children of an incident, as the page of the case tells them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.casework.labels import label
from services.casework.steps.referral import Care, ReferredChild
from services.database.cases import Case, Child, children
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLine:
    """One child of the incident: the name, the day of birth, and what else is known."""

    name: str
    born_on: date | None
    facts: tuple[tuple[str, str], ...]


def child_lines(work: UnitOfWork, case: Case) -> list[ChildLine]:
    """Return the children of the incident, for a person who may read of the family."""
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
