"""What was said in an act, told again with the labels of its own form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.casework.acts import act_of
from services.casework.commands import Kind, RowForEach
from services.casework.labels import label
from services.database.history import Entry
from services.database.partnerships import agencies
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.web.forms.fields import Question, questions
from services.web.rendering import moment

KEYLINE_ITSELF: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: what was asked, and the answer as text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of the history as a page tells it."""

    number: int
    entry_type: str
    subject: str
    who: str
    role: str
    at: datetime
    said: tuple[Said, ...]


def names_for(work: UnitOfWork, people: Iterable[UUID]) -> Mapping[str, str]:
    """Return the names behind ids: of these people, and of the partnership's agencies."""
    known = {str(one.id): one.name for one in agencies(work.session)}
    found = {str(person): name for person, name in names(work.session, set(people)).items()}
    return {**known, **found, str(KEYLINE_ITSELF): "Keyline"}


def tell(work: UnitOfWork, kept: list[Entry], *, in_full: bool) -> list[Told]:
    """Tell these entries, with what was said only to those who may read it all."""
    named = names_for(work, {*(one.person_id for one in kept), *_people_in(kept)})
    return [
        Told(
            number=one.number,
            entry_type=capital(label(one.entry_type)),
            subject=named.get(one.subject, ""),
            who=named.get(str(one.person_id), "A person who has left"),
            role=f"{label(one.role)}, {label(one.seat)}" if one.seat else label(one.role),
            at=one.at,
            said=_said(one, named) if in_full else (),
        )
        for one in kept
    ]


def _people_in(kept: list[Entry]) -> Iterator[UUID]:
    for entry in kept:
        for question in questions(act_of(entry).content):
            if question.kind is Kind.PERSON and question.name in entry.command:
                yield UUID(entry.command[question.name])


def _said(entry: Entry, named: Mapping[str, str]) -> tuple[Said, ...]:
    return tuple(_told(questions(act_of(entry).content), entry.command, named, ""))


def _told(
    asked: tuple[Question, ...], command: Mapping[str, Any], named: Mapping[str, str], stem: str
) -> Iterator[Said]:
    for question in asked:
        value = command.get(question.name)
        if value is None or value in ("", []):
            continue
        if question.kind is Kind.ROWS:
            for number, row in enumerate(value, 1):
                heading = _heading(question, row, number)
                yield from _told(question.asked, row, named, f"{heading}: ")
        else:
            yield Said(f"{stem}{question.label}", _text(question, value, named))


def _heading(question: Question, row: Mapping[str, Any], number: int) -> str:
    layout = question.layout
    if isinstance(layout, RowForEach):
        return capital(label(layout.members(row[layout.field])))
    return f"{capital(layout.of if layout else 'row')} {number}"


def _text(question: Question, value: Any, named: Mapping[str, str]) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return ", ".join(_text(question, one, named) for one in value)
    if question.kind is Kind.YES_NO:
        return "Yes" if value else "No"
    if question.kind is Kind.DAY:
        return weekday_day_month_year(date.fromisoformat(value))
    if question.kind is Kind.MOMENT:
        return moment(datetime.fromisoformat(value))
    if question.words is not None:
        return capital(label(question.words(value)))
    return named.get(str(value), str(value))
