"""The list of cases as a table: by clock, stage, joint review and lead reviewer."""

from collections.abc import Mapping
from typing import Final

from services.casework.access.cases_listed import (
    BY_CLOCK,
    BY_RECEIVED,
    BY_REFERENCE,
    BY_STAGE,
    LED_BY_US,
    LED_ELSEWHERE,
    NOT_JOINT,
    CasesWanted,
    ListedCase,
    cases_listed,
    cases_to_declare_on,
)
from services.casework.access.next_duties import (
    AFTER,
    LAST_DAY,
    NONE_RUNS,
    OVERDUE,
    SOON,
    SOON_DAYS,
)
from services.casework.search import cases_having
from services.database.paging import MANY
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_dates import date_and_time, weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage
from services.web.long_table import REFERENCE, ListColumn, ListFilter, TableShape, asked_of
from services.web.path_ids import id_told
from services.web.typed_words import TypedWords, words_box, words_filter
from services.web.view_models.clocks import COLOURS, days_left, standing_of
from services.web.view_models.table_shown import TableCell, TableShown

TO_DECLARE: Final = "/cases/to-declare"
CLOCKS: Final = (
    (OVERDUE, "Overdue"),
    (LAST_DAY, "Due today"),
    (SOON, f"Due in the next {SOON_DAYS} working days"),
    (AFTER, "Due later"),
    (NONE_RUNS, "No clock runs"),
)
JOINT: Final = (
    (NOT_JOINT, "Not joint"),
    (LED_BY_US, "Joint, and we lead"),
    (LED_ELSEWHERE, "Joint, and another partnership leads"),
)
COLUMNS: Final = (
    ListColumn("Reference", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
    ListColumn("Stage", BY_STAGE, "Stage, earliest first", "Stage, furthest first"),
    ListColumn("Next duty", BY_CLOCK, "Time left, least first", "Time left, most first"),
    ListColumn("How it stands"),
    ListColumn("Received", BY_RECEIVED, "Received, oldest first", "Received, newest first"),
)


def cases_shape(work: UnitOfWork, typed: TypedWords | None = None) -> TableShape:
    """Return what the table of cases has for this person: an agency is asked less."""
    stages = tuple((one.value, capital(label(one))) for one in Stage)
    filters: tuple[ListFilter, ...] = (
        ListFilter("stage", "Stage", "Every stage", stages),
        ListFilter("clock", "Next duty", "Whenever it is due", CLOCKS),
    )
    if work.actor.may(Permission.READ_CASE):
        reviewers = members(work.session, Role.LEAD_REVIEWER, on=work.today)
        named = tuple((str(one.id), one.name) for one in reviewers)
        filters += (
            ListFilter("joint", "Joint review", "Joint or not", JOINT),
            ListFilter("lead", "Lead reviewer", "Whoever it is, or nobody", named),
        )
    return TableShape(
        path="/cases",
        one="case",
        several="cases",
        columns=COLUMNS,
        filters=(*filters, REFERENCE, words_filter(typed)),
        order=BY_CLOCK,
    )


def cases_table(
    work: UnitOfWork,
    query: Mapping[str, str],
    many: int = MANY,
    typed: TypedWords | None = None,
) -> TableShown:
    """Return the page of the cases that the address asks for, within what the person may see.

    ``typed`` are the words that the address names: they are searched for as on the page of search.
    """
    shape = cases_shape(work, typed)
    asked = asked_of(shape, query)
    wanted = CasesWanted(
        stage=Stage(asked.of("stage")) if asked.of("stage") else None,
        clock=asked.of("clock"),
        joint=asked.of("joint"),
        reviewer=id_told(asked.of("lead")),
        reference=asked.of("reference"),
        among=cases_having(work, typed.words) if typed is not None else None,
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    listed = cases_listed(work, wanted)
    rows = [_row(work, one) for one in listed.page.rows]
    searches = work.actor.may(Permission.SEARCH_CASES)
    return TableShown(
        shape=shape,
        asked=asked,
        rows=rows,
        found=listed.page,
        total=listed.total,
        box=words_box("cases", shape, asked, typed) if searches else None,
    )


def to_declare_table(work: UnitOfWork, query: Mapping[str, str]) -> TableShown:
    """Return the cases on which the person has yet to declare: their references alone (LC-01)."""
    shape = TableShape(
        path=TO_DECLARE,
        one="case",
        several="cases",
        columns=(ListColumn("Reference"),),
        order="",
    )
    asked = asked_of(shape, query)
    found = cases_to_declare_on(work, asked.number)
    rows = [(TableCell(one.reference, href=f"/cases/{one.id}"),) for one in found.rows]
    return TableShown(shape=shape, asked=asked, rows=rows, found=found, total=found.matching)


def _row(work: UnitOfWork, one: ListedCase) -> tuple[TableCell, ...]:
    case = one.case
    notified = f"Notified {date_and_time(case.notified_at)}" if case.notified_at else ""
    return (
        TableCell(case.reference, href=f"/cases/{case.id}"),
        TableCell(capital(label(case.stage))),
        *_next_duty(work, one),
        TableCell(date_and_time(case.referred_at), hint=notified),
    )


def _next_duty(work: UnitOfWork, one: ListedCase) -> tuple[TableCell, TableCell]:
    if one.clock is None:
        return TableCell("No clock runs"), TableCell("")
    row, standing = one.clock, standing_of(work, one.case, one.clock)
    by = f"By the end of {weekday_day_month_year(row.due)}"
    return (
        TableCell(capital(row.duty), href=f"/cases/{one.case.id}/clocks/{row.id}", hint=by),
        TableCell(label(standing), colour=COLOURS[standing], hint=days_left(work, one.case, row)),
    )
