"""The actions of the plans and what came of them, in words and in figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.inspection_packs.said import PackItem
from services.casework.steps.plan_said import AuditRecorded
from services.casework.steps.plan_standing import Rated, followed_on, ratings_on
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import AuditFinding, Followed
from services.domain.entry_types import EntryType
from services.domain.inspection import InspectionQuestion
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital

COLUMNS: Final = (
    "Action",
    "Agency",
    "Last day",
    "How it stands",
    "Rating",
    "What it is measured by",
    "Audits of it",
)
_NOT_AUDITED: Final = "None on record"


@dataclass(frozen=True, slots=True)
class InspectedAction:
    """An action of a plan, how it stands today, how it is rated, and what each audit found."""

    row: Action
    standing: Followed
    rated: Rated | None
    audits: tuple[AuditFinding, ...]


def inspected_actions(work: UnitOfWork, case: Case) -> list[InspectedAction]:
    """Return the actions of the case, each as the action tracker shows it now."""
    rated = ratings_on(work, case)
    found: dict[str, list[AuditFinding]] = {}
    for entry in all_of(work.session, case.id, EntryType.ACTION_AUDITED):
        finding = AuditRecorded.model_validate(entry.command).finding
        found.setdefault(entry.subject, []).append(finding)
    return [
        InspectedAction(
            row=one,
            standing=followed_on(one, work.today),
            rated=rated.get(one.number),
            audits=tuple(found.get(str(one.number), ())),
        )
        for one in actions(work.session, case.id)
    ]


def actions_of(work: UnitOfWork, case: Case, found: Sequence[InspectedAction]) -> PackItem | None:
    """Return the item of a case, or none of one that has no plan."""
    if not found:
        return None
    named = agency_names(work.session)
    return PackItem(
        question=InspectionQuestion.ACTIONS,
        reference=case.reference,
        title=f"{case.reference}: actions, and what came of them",
        columns=COLUMNS,
        rows=tuple(_cells(one, named) for one in found),
    )


def actions_in_figures(found: Iterable[InspectedAction]) -> PackItem:
    """Return how many actions stand in which way, and what audits found, over all cases."""
    all_of_them = list(found)
    standing = [
        (capital(label(one)), str(sum(each.standing is one for each in all_of_them)))
        for one in Followed
    ]
    audits = [
        (f"Audits: {label(one)}", str(sum(each.audits.count(one) for each in all_of_them)))
        for one in AuditFinding
    ]
    return PackItem(
        question=InspectionQuestion.ACTIONS,
        title="Actions and their audits, in figures",
        columns=("What", "How many"),
        rows=(*standing, *audits),
    )


def _cells(one: InspectedAction, named: Mapping[UUID, str]) -> tuple[str, ...]:
    row = one.row
    return (
        f"{row.number}. {row.action}",
        named.get(row.agency_id, "An agency"),
        weekday_day_month_year(row.last_day),
        capital(label(one.standing)),
        f"{capital(label(one.rated.rating))}: {one.rated.reason}" if one.rated else "Not rated",
        row.measure,
        capital("; ".join(label(each) for each in one.audits)) or _NOT_AUDITED,
    )
