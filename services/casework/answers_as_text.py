"""The one teller of what was answered in an act: each field's title with its value as text.

A page tells it under the questions of the form, a paper under names that are no questions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.casework.commands import RowForEach, Rows
from services.casework.labels import label
from services.database.agency_requests import AgencyRequest
from services.database.documents import titles
from services.database.learning import themes_listed
from services.database.partnerships import agency_names
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.cited import plainly
from services.domain.documents import Answer, PaperSection, Table
from services.domain.labels import paper_title
from services.domain.labels.own_words import in_own_words
from services.domain.plain_dates import date_and_time, weekday_day_month_year
from services.domain.plain_text import capital

Names = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class AnsweredField:
    """One field of a command: its title, its value, and the rows' layout if it holds rows.

    ``on_paper`` is its name where it is not asked but told.
    """

    name: str
    title: str
    on_paper: str
    value: object
    layout: Rows | RowForEach | None

    @property
    def rows(self) -> tuple[BaseModel, ...]:
        """Return the rows that the field holds, if it holds rows."""
        value = self.value
        return value if isinstance(value, tuple) and _is_model(value[:1]) else ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was answered; "no" and 0 are answers."""
        return self.value is None or self.value in ("", ())


def names_for(work: UnitOfWork, *ids: UUID) -> Names:
    """Return what ids stand for: the partnership's agencies, people, files and own themes."""
    known = agency_names(work.session) | names(work.session, set(ids))
    others = set(ids) - known.keys()
    if not others:
        return known
    listed = themes_listed(work.session).themes
    own = {one: capital(listed[one].words) for one in others & listed.keys()}
    return known | titles(work.session, others) | own


def names_of_people(work: UnitOfWork, people: Iterable[UUID], handed_over: Names) -> Names:
    """Return the names of those of these people who are known, in their order.

    Of who is no member here it is the name that another partnership handed over.
    """
    found = tuple(people)
    known = handed_over | names(work.session, set(found))
    return {one: known[one] for one in found if one in known}


def ids_in(command: BaseModel) -> set[UUID]:
    """Return every id that the command holds, of whatever it is."""
    values = [value for _, value in command]
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    inner = [ids_in(one) for one in flat if isinstance(one, BaseModel)]
    return {one for one in flat if isinstance(one, UUID)}.union(*inner)


def as_answers(
    command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> Iterator[Answer]:
    """Tell what was answered one after another, rows too; what was not answered is left out."""
    for field in (one for one in _fields(command) if one.name not in without):
        for number, row in enumerate(field.rows, 1):
            heading, asked = _headed(field, number, row, known)
            yield from (_answer(one, known, f"{heading}: ") for one in asked if not one.is_empty)
        if not field.rows and not field.is_empty:
            yield _answer(field, known)


def as_section(
    heading: str, command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> PaperSection:
    """Return the command as a headed part of a paper; what was not answered is left out."""
    answers = tuple(
        Answer(label=field.on_paper, text=text_of(field.value, known))
        for field in _fields(command)
        if field.name not in without and field.layout is None and not field.is_empty
    )
    return PaperSection(heading=heading, answers=answers)


def as_tables(
    command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> tuple[PaperSection, ...]:
    """Return each list of rows of the command as a headed table; rows of one answer as a list."""
    fields = (field for field in _fields(command) if field.rows and field.name not in without)
    return tuple(_part(field, known) for field in fields)


def text_of(value: object, known: Names) -> str:
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
            text = date_and_time(value)
        case date():
            text = weekday_day_month_year(value)
        case UUID():
            text = known.get(value, text)
        case tuple():
            text = ", ".join(text_of(one, known) for one in value)
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
                _due(one),
                text_of(one.answered, known) + (f": {one.reasons}" if one.reasons else ""),
                _of_records(one),
            )
            for one in requests
        ),
    )


def _of_records(request: AgencyRequest) -> str:
    if request.records_secured:
        return "Yes"
    return "None held" if request.holds_no_records else "Not confirmed"


def _due(request: AgencyRequest) -> str:
    """Return the day by which the answer was due, and the one first given where that is another."""
    due = weekday_day_month_year(request.due)
    if request.due == request.first_due:
        return due
    return f"{due}; first {weekday_day_month_year(request.first_due)}"


def _fields(command: BaseModel) -> Iterator[AnsweredField]:
    for name, field in type(command).model_fields.items():
        title = plainly(in_own_words(field.title or name.replace("_", " ").capitalize()))
        layout = next((one for one in field.metadata if isinstance(one, Rows | RowForEach)), None)
        named = paper_title((one.__name__ for one in type(command).__mro__), name)
        on_paper = named or title
        yield AnsweredField(name, title, on_paper, getattr(command, name), layout)


def _answer(field: AnsweredField, known: Names, stem: str = "") -> Answer:
    return Answer(label=f"{stem}{field.title}", text=text_of(field.value, known))


def _headed(
    field: AnsweredField, number: int, row: BaseModel, known: Names
) -> tuple[str, tuple[AnsweredField, ...]]:
    """Return a row's heading, which is what it is given for or its number, and its fields."""
    layout, fields = field.layout, tuple(_fields(row))
    if not isinstance(layout, RowForEach):
        return f"{capital(layout.of if layout else Rows().of)} {number}", fields
    given = text_of(getattr(row, layout.field), known)
    return given, tuple(one for one in fields if one.name != layout.field)


def _part(field: AnsweredField, known: Names) -> PaperSection:
    table = _table(field, known)
    if len(table.columns) > 1:
        return PaperSection(heading=field.on_paper, table=table.without_empty_columns)
    return PaperSection(heading=field.on_paper, items=tuple(row[0] for row in table.rows))


def _table(field: AnsweredField, known: Names) -> Table:
    return Table(
        caption="",
        columns=tuple(column.on_paper for column in _fields(field.rows[0])),
        rows=tuple(
            tuple(text_of(cell.value, known) for cell in _fields(row)) for row in field.rows
        ),
    )


def _is_model(values: tuple[object, ...]) -> bool:
    return bool(values) and isinstance(values[0], BaseModel)
