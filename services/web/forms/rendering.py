"""How a question stands on the page: what was typed, what may be chosen, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.casework.commands import Kind, RowForEach, Rows
from services.casework.labels import label
from services.domain.plain_text import capital
from services.web.forms.fields import Choice, Options, Question
from services.web.forms.messages import heading
from services.web.forms.parsing import Problem, in_row, row_count
from services.web.forms.text import showable
from services.web.posted_form import Posted

YES_AND_NO = (Choice("yes", "Yes"), Choice("no", "No"))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list, with its heading."""

    heading: str
    fields: tuple["ShownField", ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question as the page shows it; a template needs nothing else.

    ``unanswered`` is the first choice of a list that opens: what holds where nothing is chosen.
    """

    kind: str
    name: str
    label: str
    hint: str
    error: str
    wrong_part: str
    typed: Mapping[str, str]
    chosen: tuple[str, ...]
    choices: tuple[Choice, ...]
    rows: tuple[ShownRow, ...] = ()
    longest: int = 0
    heading: str = ""
    unanswered: str = ""

    @property
    def is_used(self) -> bool:
        """Tell whether anything was answered here, or is wrong here."""
        return bool(self.error or any(self.chosen) or any(self.typed.values()))

    @property
    def value(self) -> str:
        """Return the one thing that was typed."""
        return next(iter(self.typed.values()), "")


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A whole form: its questions, and its problems in the order of the page."""

    fields: tuple[ShownField, ...]
    problems: tuple[Problem, ...] = ()
    has_files: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    posted: Posted
    options: Options
    problems: Sequence[Problem] = field(default_factory=tuple)


def show(
    questions: tuple[Question, ...],
    options: Options,
    posted: Posted | None = None,
    problems: Sequence[Problem] = (),
) -> ShownForm:
    """Return the form as the page shows it, with what was typed and what is wrong."""
    sheet = _Sheet(posted or Posted(), options, problems)
    fields = tuple(_shown(question, sheet) for question in questions)
    order = {name: at for at, name in enumerate(_names(fields))}
    ordered = sorted(problems, key=lambda one: order.get(one.field, -1))
    return ShownForm(fields, tuple(ordered), any(one.kind == "DOCUMENT" for one in fields))


def _shown(question: Question, sheet: _Sheet) -> ShownField:
    problem = next((one for one in sheet.problems if one.field == question.name), None)
    is_sure = question.required or question.kind is Kind.ROWS or question.unanswered
    optional = "" if is_sure else f" ({question.needed or 'optional'})"
    return ShownField(
        kind=question.kind.name,
        name=question.name,
        label=question.label + optional,
        hint=question.hint,
        error=problem.message if problem else "",
        wrong_part=problem.part if problem else "",
        typed={name: showable(sheet.posted.one(name)) for name in question.parts},
        chosen=sheet.posted.all(question.name),
        choices=_choices(question, sheet.options),
        rows=_rows(question, sheet) if question.kind is Kind.ROWS else (),
        longest=question.longest,
        heading=question.heading,
        unanswered=question.unanswered,
    )


def _choices(question: Question, options: Options) -> tuple[Choice, ...]:
    if question.kind is Kind.YES_NO:
        return YES_AND_NO
    if question.words:
        # Where the page narrows them, some of the words are not offered today.
        offered = {one.value for one in options.get(question.name, ())}
        is_narrowed = question.name in options
        words = (one for one in question.words if not is_narrowed or one.value in offered)
        return tuple(Choice(one.value, capital(label(one))) for one in words)
    return options.get(question.name, ())


def _rows(question: Question, sheet: _Sheet) -> tuple[ShownRow, ...]:
    headings = _headings(question, row_count(question, sheet.posted))
    rows = []
    for number, called in enumerate(headings):
        named = {
            f"{question.name}-{number}-{one.name}": sheet.options[f"{question.name}.{one.name}"]
            for one in question.rows
            if f"{question.name}.{one.name}" in sheet.options
        }
        row = _Sheet(sheet.posted, {**sheet.options, **named}, sheet.problems)
        given = question.layout.field if isinstance(question.layout, RowForEach) else ""
        asked = in_row(question, number)
        shown = tuple(
            _shown(one, row) for one in asked if one.name != f"{question.name}-{number}-{given}"
        )
        rows.append(ShownRow(called, shown, is_folded=number > 0 and not given))
    return tuple(rows)


def _headings(question: Question, posted: int) -> list[str]:
    layout = question.layout
    offered = len(layout.members) if isinstance(layout, RowForEach) else (layout or Rows()).count
    count = offered if isinstance(layout, RowForEach) else max(offered, posted)
    return [heading(question, number) for number in range(count)]


def _names(fields: tuple[ShownField, ...]) -> list[str]:
    names = []
    for one in fields:
        names.append(one.name)
        for row in one.rows:
            names.extend(_names(row.fields))
    return names
