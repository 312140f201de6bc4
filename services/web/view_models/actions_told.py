"""What the tracker says of each action: whose, by when, how it stands and how it is rated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.access.actions_listed import ListedAction
from services.casework.access.cases import record_viewing
from services.casework.steps.plan_owners import Planned, is_own, planned_in, post_of
from services.casework.steps.plan_standing import Rated, followed_on, ratings_of_cases
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.view_models.table_shown import TableCell

_COLOURS: Final = {
    Followed.OPEN: "blue",
    Followed.OVERDUE: "red",
    Followed.COMPLETE: "green",
    Followed.RISK_ACCEPTED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _AboutActions:
    """What is known of the actions of some cases beside their rows, and where they lead."""

    names: Mapping[UUID, str]
    planned: Planned
    rated: Mapping[UUID, Mapping[int, Rated]]
    below: str
    today: date


def action_rows(work: UnitOfWork, listed: Collection[ListedAction]) -> list[tuple[TableCell, ...]]:
    """Return a row for each; that the person looked stands in the record of its case."""
    cases = {one.case.id: one.case for one in listed}
    known = _AboutActions(
        names=agency_names(work.session),
        planned=planned_in(work, cases.keys()),
        rated=ratings_of_cases(work, cases.keys()),
        below="/actions" if work.actor.may(Permission.READ_CASE) else "",
        today=work.today,
    )
    for case in cases.values():
        record_viewing(work, case, Viewed.ACTIONS)
    return [_row(one, known) for one in listed]


def _row(one: ListedAction, known: _AboutActions) -> tuple[TableCell, ...]:
    case, action = one.case, one.action
    own = "Recommended by the agency to itself" if is_own(known.planned, action) else ""
    owner = known.names.get(action.agency_id, "An agency")
    place = f"/cases/{case.id}{known.below}"
    return (
        TableCell(case.reference, href=place, hint=f"Action {action.number}"),
        TableCell(action.action, hint=own),
        TableCell(owner, hint=post_of(known.planned, action)),
        TableCell(weekday_day_month_year(action.last_day)),
        _standing(one, known.today),
        _rating(known.rated.get(case.id, {}).get(action.number)),
    )


def _standing(one: ListedAction, today: date) -> TableCell:
    standing = followed_on(one.action, today)
    days = (today - one.action.last_day).days
    late = f"{days} {'day' if days == 1 else 'days'} late"
    hint = late if standing is Followed.OVERDUE else ""
    return TableCell(label(standing), colour=_COLOURS[standing], hint=hint)


def _rating(rated: Rated | None) -> TableCell:
    if rated is None:
        return TableCell("Not rated yet")
    return TableCell(capital(label(rated.rating)), hint=rated.reason)
