"""How each agency answers, as a table of figures; each leads to the list of what it counts."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from services.casework.access.requests_listed import (
    BY_ACTIONS,
    BY_AGENCY,
    BY_ASKED,
    LATE,
    NOT_IN_TIME,
    ON_TIME,
    OUTSTANDING,
    OVERDUE,
    AgencyFigures,
    RequestsWanted,
    figures_of_agencies,
)
from services.database.paging import MANY
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed
from services.domain.agency_kinds import kind_in_words
from services.domain.agency_requests import Asked
from services.web.long_table import ListColumn, TableShape, asked_of
from services.web.view_models.actions_table import PATH as ACTIONS
from services.web.view_models.agency_filters import agencies_wanted, agency_filters
from services.web.view_models.returns_table import KINDS, REMINDED
from services.web.view_models.returns_table import PATH as RETURNS
from services.web.view_models.table_shown import TableCell, TableShown


def _figure(title: str, code: str) -> ListColumn:
    return ListColumn(title, code, f"{title}, fewest first", f"{title}, most first")


COLUMNS: Final = (
    ListColumn("Agency", BY_AGENCY, "Agency, A to Z", "Agency, Z to A"),
    _figure("Asked", BY_ASKED),
    _figure("In time", ON_TIME),
    _figure("Late", LATE),
    _figure("Days late", "days"),
    _figure("Outstanding", OUTSTANDING),
    _figure("Overdue", OVERDUE),
    _figure("Reminders", "reminders"),
    _figure("Actions overdue", BY_ACTIONS),
)


def agencies_table(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page of the agencies that the address asks for, with their figures."""
    shape = TableShape(
        path="/agencies",
        one="agency",
        several="agencies",
        columns=COLUMNS,
        filters=(*agency_filters(work, query.get("agency", "")), KINDS),
        order=BY_AGENCY,
    )
    asked = asked_of(shape, query)
    wanted = RequestsWanted(
        agencies=agencies_wanted(work, asked.of("agency"), asked.of("kind")),
        asked=Asked(asked.of("asked")) if asked.of("asked") else None,
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    found = figures_of_agencies(work, wanted)
    is_all = wanted.agencies is None and wanted.asked is None
    every = found if is_all else figures_of_agencies(work, RequestsWanted(sort=BY_AGENCY, many=1))
    rows = [_row(one, asked.of("asked")) for one in found.rows]
    return TableShown(shape=shape, asked=asked, rows=rows, found=found, total=every.matching)


def _row(one: AgencyFigures, kind: str) -> tuple[TableCell, ...]:
    def returns(figure: int, **more: str) -> TableCell:
        told = {"agency": str(one.agency.id)} | ({"asked": kind} if kind else {}) | more
        return TableCell(str(figure), href=f"{RETURNS}?{urlencode(told)}" if figure else "")

    overdue = urlencode({"agency": str(one.agency.id), "standing": Followed.OVERDUE.value})
    actions = f"{ACTIONS}?{overdue}" if one.actions_overdue else ""
    return (
        TableCell(one.agency.name, hint=kind_in_words(one.agency.kind)),
        returns(one.asked),
        returns(one.on_time, standing=ON_TIME),
        returns(one.late, standing=LATE),
        returns(one.days_late, standing=NOT_IN_TIME),
        returns(one.outstanding, standing=OUTSTANDING),
        returns(one.overdue, standing=OVERDUE),
        returns(one.reminders, reminded=REMINDED),
        TableCell(str(one.actions_overdue), href=actions),
    )
