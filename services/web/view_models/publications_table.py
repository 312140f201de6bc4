"""The publications as a table: what is published, since when, where, until when, and the next look.

How long a report has to stay, and when somebody looks whether it is there, is by PUB-29 and K13.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.access.cases import record_viewing
from services.casework.access.publications_listed import (
    BY_DAY,
    BY_REFERENCE,
    BY_UNTIL,
    DOUBTED,
    DOWN,
    INSTEAD,
    KEPT,
    PLANNED,
    UP,
    ListedPublication,
    PublicationsWanted,
    publications_listed,
)
from services.casework.steps.publication.after_said import TakeDown
from services.casework.steps.publication.published_addresses import published_addresses
from services.database.history import all_of_cases
from services.database.paging import MANY
from services.database.unit_of_work import UnitOfWork
from services.domain.availability import LOOKED_AT_EVERY
from services.domain.entry_types import EntryType
from services.domain.plain_dates import weekday_day_month_year
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.domain.working_days import london_date
from services.web.long_table import REFERENCE, ListColumn, ListFilter, TableShape, asked_of
from services.web.view_models.table_shown import TableCell, TableShown

STANDINGS: Final = {
    PLANNED: "Planned",
    UP: "Published",
    DOUBTED: "Not found at its address",
    DOWN: "Taken down",
    INSTEAD: "Improvements published instead",
    KEPT: "Its time is over",
}
_COLOURS: Final = {
    PLANNED: "blue",
    UP: "green",
    DOUBTED: "red",
    DOWN: "orange",
    INSTEAD: "green",
    KEPT: "grey",
}
SHAPE: Final = TableShape(
    path="/publications",
    one="publication",
    several="publications",
    columns=(
        ListColumn("Review", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
        ListColumn("Published", BY_DAY, "Day, earliest first", "Day, latest first"),
        ListColumn("Where"),
        ListColumn(
            "Kept until", BY_UNTIL, "Kept until, first to last", "Kept until, last to first"
        ),
        ListColumn("How it stands"),
        ListColumn("Next look"),
    ),
    filters=(
        ListFilter("standing", "How it stands", "However it stands", tuple(STANDINGS.items())),
        REFERENCE,
    ),
    order=f"-{BY_DAY}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AboutPublished:
    """What is known of some publications beside their rows: where, since when one is gone."""

    addresses: Mapping[UUID, str]
    gone: Mapping[UUID, date]
    below: str


def publications_table(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page of the publications that the address asks for.

    Who saw them stands in the record of each case.
    """
    asked = asked_of(SHAPE, query)
    wanted = PublicationsWanted(
        standing=asked.of("standing"),
        reference=asked.of("reference"),
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    listed = publications_listed(work, wanted)
    known = _known(work, {one.case.id for one in listed.page.rows})
    for one in listed.page.rows:
        record_viewing(work, one.case, Viewed.PUBLICATION)
    rows = [_row(one, known) for one in listed.page.rows]
    return TableShown(shape=SHAPE, asked=asked, rows=rows, found=listed.page, total=listed.total)


def _known(work: UnitOfWork, case_ids: Collection[UUID]) -> _AboutPublished:
    taken = all_of_cases(work.session, case_ids, EntryType.REPORT_TAKEN_DOWN)
    return _AboutPublished(
        addresses=published_addresses(work, case_ids),
        gone={
            case_id: TakeDown.model_validate(said[-1].command).taken_down_on
            for case_id, said in taken.items()
        },
        below="/publication" if work.actor.may(Permission.READ_CASE) else "",
    )


def _row(one: ListedPublication, known: _AboutPublished) -> tuple[TableCell, ...]:
    case = one.case
    what = "Information about improvements" if case.publishes is False else "Report"
    return (
        TableCell(case.reference, href=f"/cases/{case.id}{known.below}", hint=what),
        TableCell(_day(case.published_on or case.publish_on)),
        _where(known.addresses.get(case.id, "")),
        TableCell(_day(one.clock.due if one.clock else None)),
        TableCell(STANDINGS[one.standing], colour=_COLOURS[one.standing], hint=_since(one, known)),
        _next_look(one),
    )


def _day(day: date | None) -> str:
    return weekday_day_month_year(day) if day else ""


def _where(address: str) -> TableCell:
    is_web = address.startswith(("https://", "http://"))
    return TableCell(address or "No address is on record", href=address if is_web else "")


def _since(one: ListedPublication, known: _AboutPublished) -> str:
    if one.standing == DOWN:
        gone = known.gone.get(one.case.id)
        return f"On {_day(gone)}" if gone else ""
    if one.standing == DOUBTED and one.clock is not None:
        return f"Since {_day(one.clock.unseen_since)}"
    return ""


def _next_look(one: ListedPublication) -> TableCell:
    """Say by when somebody, or Keyline itself, looks whether it is there, while its time runs."""
    if one.clock is None or not one.clock.runs:
        return TableCell("None is due")
    if one.clock.unseen_since is not None:
        return TableCell("Now, by a person")
    seen = london_date(one.clock.seen_at) if one.clock.seen_at else None
    by = min((seen or one.clock.anchored_on) + LOOKED_AT_EVERY, one.clock.due)
    found = f"Found there last on {_day(seen)}" if seen else "Nobody has looked yet"
    return TableCell(f"By {_day(by)}", hint=found)
