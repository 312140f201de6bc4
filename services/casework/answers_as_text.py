"""How an act's words read on paper: each question with its answer, rows as a table."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.casework.labels import label
from services.database.agency_requests import AgencyRequest
from services.database.partnerships import agencies
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, Section, Table
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.working_days import LONDON

Names = Mapping[UUID, str]


def names_for(work: UnitOfWork, *people: UUID) -> Names:
    """Return what ids stand for: the partnership's agencies, and these people."""
    known = {agency.id: agency.name for agency in agencies(work.session)}
    return known | names(work.session, set(people))


def as_section(
    heading: str, command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> Section:
    """Return the words as a headed part of a paper, one answer a question."""
    asked = type(command).model_fields
    answers = tuple(
        Answer(label=field.title or name, text=said(getattr(command, name), known))
        for name, field in asked.items()
        if name not in without and not _is_rows(getattr(command, name))
    )
    return Section(heading=heading, answers=answers)


def as_tables(command: BaseModel, known: Names) -> tuple[Section, ...]:
    """Return each list of rows among the words as a headed table."""
    return tuple(
        Section(
            heading=field.title or name,
            table=_table(field.title or name, getattr(command, name), known),
        )
        for name, field in type(command).model_fields.items()
        if _is_rows(getattr(command, name))
    )


def said(value: object, known: Names) -> str:
    """Return one answer as a person reads it; nothing for what was not given."""
    text = str(value)
    match value:
        case None:
            text = ""
        case bool():
            text = "Yes" if value else "No"
        case StrEnum():
            text = capital(label(value))
        case datetime():
            local = value.astimezone(LONDON)
            text = f"{weekday_day_month_year(local.date())} at {local:%H:%M}"
        case date():
            text = weekday_day_month_year(value)
        case UUID():
            text = known.get(value, "")
        case tuple():
            text = "; ".join(said(one, known) for one in value)
    return text


def asked_of(requests: list[AgencyRequest], known: Names) -> Table | None:
    """Return the agencies asked, with what became of each request."""
    if not requests:
        return None
    return Table(
        caption="Agencies asked, and their answers",
        columns=("Agency", "Asked on", "Due", "Answer", "Records secured"),
        rows=tuple(
            (
                known.get(one.agency_id, ""),
                weekday_day_month_year(one.sent_on),
                weekday_day_month_year(one.due),
                said(one.answered, known) + (f": {one.reasons}" if one.reasons else ""),
                "Yes" if one.records_secured else "Not confirmed",
            )
            for one in requests
        ),
    )


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], BaseModel)


def _table(caption: str, rows: tuple[BaseModel, ...], known: Names) -> Table:
    fields = type(rows[0]).model_fields
    return Table(
        caption=caption,
        columns=tuple(field.title or name for name, field in fields.items()),
        rows=tuple(tuple(said(getattr(row, name), known) for name in fields) for row in rows),
    )
