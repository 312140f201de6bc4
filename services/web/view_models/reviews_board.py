"""The local reviews as a board: one row a review, with its scope, reviewer, time, risk and family.

Of what was written there stands the reason of a delay alone; the rest is days, counts and codes.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from services.casework.access.cases import record_viewing
from services.casework.access.parts import reads_family_log
from services.casework.access.reviews_listed import (
    ASSURED,
    BY_PHASE,
    BY_REFERENCE,
    BY_TIME,
    CARRIED_ELSEWHERE,
    CLOSED,
    COMMISSIONING,
    DONE,
    DRAFTED,
    EMBEDDING,
    EVENT_HELD,
    INFORMATION,
    LAST_MONTH,
    LATER,
    OVERDUE,
    PUBLICATION,
    ListedReview,
    ReviewsWanted,
    reviews_listed,
)
from services.database.history import Entry, all_of_cases
from services.database.paging import MANY
from services.database.people import members, names
from services.database.reviewers import OF_REVIEWERS, in_office
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.roles import Role
from services.domain.viewings import Viewed
from services.web.long_table import ListColumn, ListFilter, TableShape, asked_of
from services.web.path_ids import id_told
from services.web.view_models.clocks import COLOURS, standing_of
from services.web.view_models.reviews_told import (
    TOLD_OF,
    family_of,
    month_of,
    next_meeting,
    risk_of,
    scope_of,
)
from services.web.view_models.table_shown import TableCell, TableShown

PHASES: Final = {
    COMMISSIONING: "Commissioning: terms and reviewer",
    INFORMATION: "Gathering information",
    EVENT_HELD: "Learning event held",
    DRAFTED: "Draft report",
    ASSURED: "Quality assured, to be signed",
    PUBLICATION: "Publication",
    EMBEDDING: "Embedding",
    CARRIED_ELSEWHERE: "Carried by another review",
    CLOSED: "Closed",
}
TIMES: Final = (
    (OVERDUE, "Last day has passed"),
    (LAST_MONTH, "Last day within a month"),
    (LATER, "Last day is later"),
    (DONE, "Published"),
)
COLUMNS: Final = (
    ListColumn("Review", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
    ListColumn("Lead reviewer"),
    ListColumn("Stage", BY_PHASE, "Stage, earliest first", "Stage, furthest first"),
    ListColumn("Time", BY_TIME, "Time left, least first", "Time left, most first"),
    ListColumn("Risk to the date"),
    ListColumn("Family"),
    ListColumn("Next meeting"),
)


def reviews_board(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page of the reviews that the address asks for; who saw it is on each record."""
    shape = _shape(work)
    asked = asked_of(shape, query)
    wanted = ReviewsWanted(
        phase=asked.of("stage"),
        time=asked.of("time"),
        reviewer=id_told(asked.of("lead")),
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    listed = reviews_listed(work, wanted)
    rows = _rows(work, listed.page.rows)
    return TableShown(shape=shape, asked=asked, rows=rows, found=listed.page, total=listed.total)


def _shape(work: UnitOfWork) -> TableShape:
    reviewers = members(work.session, Role.LEAD_REVIEWER, on=work.today)
    named = tuple((str(one.id), one.name) for one in reviewers)
    return TableShape(
        path="/reviews",
        one="local review",
        several="local reviews",
        columns=COLUMNS,
        filters=(
            ListFilter("stage", "Stage", "Every stage", tuple(PHASES.items())),
            ListFilter("time", "Time", "Whenever it is due", TIMES),
            ListFilter("lead", "Lead reviewer", "Whoever it is, or nobody", named),
        ),
        order=BY_TIME,
    )


def _rows(work: UnitOfWork, listed: Sequence[ListedReview]) -> list[tuple[TableCell, ...]]:
    ids = [one.case.id for one in listed]
    said = all_of_cases(work.session, ids, *TOLD_OF, *OF_REVIEWERS)
    office = {case_id: in_office(_of_reviewers(found)) for case_id, found in said.items()}
    named = names(work.session, {one for people in office.values() for one in people})
    for one in listed:
        record_viewing(work, one.case, Viewed.REVIEWS)
    return [
        _row(work, one, said.get(one.case.id, []), _called(office.get(one.case.id, ()), named))
        for one in listed
    ]


def _of_reviewers(found: Sequence[Entry]) -> list[Entry]:
    return [one for one in found if one.entry_type in OF_REVIEWERS]


def _called(people: Sequence[UUID], named: Mapping[UUID, str]) -> str:
    known = [named[one] for one in people if one in named]
    return ", ".join(known) or "Nobody is appointed"


def _row(
    work: UnitOfWork, one: ListedReview, said: Sequence[Entry], reviewers: str
) -> tuple[TableCell, ...]:
    standing = standing_of(work, one.case, one.clock)
    ended = one.clock.ended_on is not None and one.clock.met_on is None
    by = weekday_day_month_year(one.clock.due)
    month = f"{month_of(one.clock, work.today)}, " if one.clock.runs else ""
    time = TableCell(
        "ended" if ended else label(standing),
        colour="grey" if ended else COLOURS[standing],
        hint=f"{month}by {by}",
    )
    return (
        TableCell(one.case.reference, href=f"/cases/{one.case.id}", hint=scope_of(said)),
        TableCell(reviewers),
        TableCell(PHASES[one.phase]),
        time,
        risk_of(said),
        TableCell(family_of(said, is_read=reads_family_log(work, one.case.id))),
        next_meeting(said, work.today),
    )
