"""What is still to be shared of the learning of every case, as a table (EMB-07)."""

from collections.abc import Mapping
from typing import Final

from services.casework.access.cases import record_viewing
from services.casework.steps.embedding.sharing_listed import (
    BY_DUE,
    BY_REFERENCE,
    OVERDUE,
    TO_COME,
    ListedSharing,
    SharingWanted,
    sharing_counted,
    sharing_listed,
)
from services.database.paging import MANY
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingWay
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.viewings import Viewed
from services.web.long_table import ListColumn, ListFilter, TableShape, asked_of
from services.web.view_models.sharing import how_it_stands
from services.web.view_models.table_shown import TableCell, TableShown

SHAPE: Final = TableShape(
    path="/actions/sharing",
    one="part of a plan",
    several="parts of plans",
    columns=(
        ListColumn("Case", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
        ListColumn("How"),
        ListColumn("With whom"),
        ListColumn("Who sees to it"),
        ListColumn("By when", BY_DUE, "Last day, earliest first", "Last day, latest first"),
        ListColumn("How it stands"),
    ),
    filters=(
        ListFilter(
            "standing",
            "Status",
            "Overdue or to come",
            ((OVERDUE, "Overdue"), (TO_COME, "To come")),
        ),
        ListFilter(
            "way", "How", "Every way", tuple((one.value, capital(label(one))) for one in SharingWay)
        ),
    ),
    order=BY_DUE,
)


def sharing_table(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page that the address asks for; who saw it stands in the record of each case."""
    asked = asked_of(SHAPE, query)
    way = asked.of("way")
    wanted = SharingWanted(
        standing=asked.of("standing"),
        way=SharingWay(way) if way else None,
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    found = sharing_listed(work, wanted)
    for case in {one.case.id: one.case for one in found.rows}.values():
        record_viewing(work, case, Viewed.ACTIONS)
    rows = [_row(work, one) for one in found.rows]
    total = sharing_counted(work).to_come
    return TableShown(shape=SHAPE, asked=asked, rows=rows, found=found, total=total)


def _row(work: UnitOfWork, one: ListedSharing) -> tuple[TableCell, ...]:
    said = one.part.said
    stands = capital(how_it_stands(one.part, work.today))
    return (
        TableCell(one.case.reference, href=f"/cases/{one.case.id}/actions#sharing"),
        TableCell(capital(label(said.way))),
        TableCell(said.audience),
        TableCell(said.by_whom),
        TableCell(weekday_day_month_year(said.last_day)),
        TableCell("overdue", colour="red", hint=stands)
        if one.part.is_late(work.today)
        else TableCell(stands),
    )
