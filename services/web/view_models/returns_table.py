"""What agencies were asked for on every case, as a table: by agency, kind, and how it stands."""

from collections.abc import Mapping
from typing import Final

from services.casework.access.cases import record_viewing
from services.casework.access.requests_listed import (
    AWAITED,
    BY_AGENCY,
    BY_DAYS,
    BY_DUE,
    BY_REFERENCE,
    LATE,
    NOT_IN_TIME,
    NOT_WAITED,
    ON_TIME,
    OUTSTANDING,
    OVERDUE,
    ListedRequest,
    RequestsWanted,
    requests_listed,
)
from services.database.paging import MANY
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.viewings import Viewed
from services.web.long_table import REFERENCE, ListColumn, ListFilter, TableShape, asked_of
from services.web.view_models.agency_filters import agencies_wanted, agency_filters
from services.web.view_models.table_shown import TableCell, TableShown

PATH: Final = "/returns"
REMINDED: Final = "yes"
KINDS: Final = ListFilter(
    "asked", "Asked for", "Returns and reports", tuple((one, capital(label(one))) for one in Asked)
)
STANDINGS: Final = {
    OUTSTANDING: "Outstanding",
    OVERDUE: "Outstanding, last day has passed",
    AWAITED: "Outstanding, still in time",
    ON_TIME: "Came in time",
    LATE: "Came late",
    NOT_IN_TIME: "Late: came late or overdue",
    NOT_WAITED: "Not waited for",
}
_WORDS: Final = {
    OVERDUE: ("overdue", "red"),
    AWAITED: ("awaited", "blue"),
    ON_TIME: ("in time", "green"),
    LATE: ("late", "yellow"),
    NOT_WAITED: ("not waited for", "grey"),
}
COLUMNS: Final = (
    ListColumn("Case", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
    ListColumn("Agency", BY_AGENCY, "Agency, A to Z", "Agency, Z to A"),
    ListColumn("Asked for"),
    ListColumn("Due by", BY_DUE, "Last day, earliest first", "Last day, latest first"),
    ListColumn("How it stands"),
    ListColumn("Days late", BY_DAYS, "Days late, fewest first", "Days late, most first"),
    ListColumn("Reminders"),
)


def returns_table(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page of the requests to agencies that the address asks for.

    Who saw them stands in the record of each case.
    """
    shape = _shape(work, query.get("agency", ""))
    asked = asked_of(shape, query)
    wanted = RequestsWanted(
        agencies=agencies_wanted(work, asked.of("agency"), asked.of("kind")),
        asked=Asked(asked.of("asked")) if asked.of("asked") else None,
        standing=asked.of("standing"),
        reminded=asked.of("reminded") == REMINDED,
        reference=asked.of("reference"),
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    listed = requests_listed(work, wanted)
    for case in {one.case.id: one.case for one in listed.page.rows}.values():
        record_viewing(work, case, Viewed.AGENCIES)
    rows = [_row(one) for one in listed.page.rows]
    return TableShown(shape=shape, asked=asked, rows=rows, found=listed.page, total=listed.total)


def _shape(work: UnitOfWork, agency: str) -> TableShape:
    return TableShape(
        path=PATH,
        one="request to an agency",
        several="requests to agencies",
        columns=COLUMNS,
        filters=(
            *agency_filters(work, agency),
            KINDS,
            ListFilter("standing", "How it stands", "However it stands", tuple(STANDINGS.items())),
            ListFilter(
                "reminded", "Reminders", "Reminded or not", ((REMINDED, "Reminded at least once"),)
            ),
            REFERENCE,
        ),
        order=BY_DUE,
    )


def _row(one: ListedRequest) -> tuple[TableCell, ...]:
    request = one.request
    words, colour = _WORDS[one.standing]
    came = request.answered_on if one.standing in {ON_TIME, LATE} else None
    moved = request.due != request.first_due
    first = f"First {weekday_day_month_year(request.first_due)}" if moved else ""
    return (
        TableCell(one.case.reference, href=f"/cases/{one.case.id}/agencies"),
        TableCell(one.agency),
        TableCell(
            capital(label(request.asked)), hint=f"On {weekday_day_month_year(request.sent_on)}"
        ),
        TableCell(weekday_day_month_year(request.due), hint=first),
        TableCell(words, colour=colour, hint=f"On {weekday_day_month_year(came)}" if came else ""),
        TableCell(str(one.days_late) if one.days_late else ""),
        TableCell(str(request.times_chased) if request.times_chased else ""),
    )
