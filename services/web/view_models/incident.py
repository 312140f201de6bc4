"""What happened and to whom, as the page of the case begins: as far as its reader may know."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.access.parts import reads_family
from services.casework.answers_as_text import text_of
from services.casework.steps.referral.referral_correction import referral_on_record
from services.casework.steps.referral.referred import (
    Referral,
    ReferredChild,
    RequestedChild,
    as_child,
)
from services.database.cases import Case, children
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission

MOST_SHOWN: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """When, where and what it was, who was harmed and how, and why that is serious.

    ``reads_family`` says whether the reader may know of the child; without it nothing else is told.
    ``is_cut`` says that more stands on the page of the people and the family.
    """

    reads_family: bool
    happened_on: date | None = None
    at: str = ""
    place: str = ""
    kinds: str = ""
    who: tuple[tuple[str, str], ...] = ()
    seriousness: str = ""
    is_cut: bool = False


def incident_view(work: UnitOfWork, case: Case) -> IncidentView | None:
    """Return it to who reads the whole case; what a police mark hides from them is left out."""
    if not work.actor.may(Permission.READ_CASE):
        return None
    if not reads_family(work, case.id):
        return IncidentView(reads_family=False)
    said = referral_on_record(work, case)
    return IncidentView(
        reads_family=True,
        happened_on=said.incident_on if said else None,
        at=(said.incident_time or "") if said else "",
        place=_place(said) if said else "",
        kinds=text_of(said.kinds, {}) if said else "",
        who=tuple(_who(as_child(one.particulars)) for one in children(work.session, case.id)),
        seriousness=said.seriousness[:MOST_SHOWN] if said else "",
        is_cut=said is not None and len(said.seriousness) > MOST_SHOWN,
    )


def _place(said: Referral) -> str:
    return f"{said.place} ({text_of(said.area, {}).lower()})"


def _who(child: ReferredChild | RequestedChild) -> tuple[str, str]:
    """Return a child's name, and in one line how old they are or were and what happened to them."""
    said = [_age(child)]
    if isinstance(child, ReferredChild):
        said.append(text_of(child.harm, {}))
        said.append(f"died on {day_month_year(child.died_on)}" if child.died_on else "")
    elif child.died:
        said.append("died")
    return child.name, ", ".join(filter(None, said))


def _age(child: ReferredChild | RequestedChild) -> str:
    if child.born_on is not None:
        return f"born on {day_month_year(child.born_on)}"
    if child.expected_on is not None:
        return f"not born yet, expected on {day_month_year(child.expected_on)}"
    return f"aged {child.age}" if child.age is not None else "date of birth not known"
