"""The blank workbook of a running case: each sheet with its questions, and how each is answered."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.casework.commands import Kind
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import SheetWritten, workbook_of_sheets
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.bringing_in.questions_there import SheetAsked, all_sheets
from services.web.choices import choices_for
from services.web.forms.fields import Options, Question

HELP: Final = "How to answer"
HEAD: Final = ("Question", "Answer", "How to answer")
_HOW: Final = {
    Kind.DAY: "A day, such as 12 December 2025.",
    Kind.MOMENT: "A day with the time, such as 12 December 2025 at 14:30.",
    Kind.YES_NO: "Yes or no.",
    Kind.NUMBER: "A number.",
}
_SEVERAL: Final = frozenset({Kind.SEVERAL, Kind.AGENCIES})


def blank_workbook(options: Options) -> bytes:
    """Return the workbook with no answer in it; ``options`` are what may be chosen here."""
    return workbook_of_sheets([*(_sheet(one, options) for one in all_sheets()), _help(options)])


def _help(options: Options) -> SheetWritten:
    """Return the sheet that says how the columns of lists are answered; nothing is read of it."""
    rows = [
        (one.name, question.label, how_to_answer(question, options))
        for one in all_sheets()
        if one.rows_of
        for question in one.questions
    ]
    return SheetWritten(HELP, ("Sheet", "Column", "How to answer"), rows, {})


def _sheet(asked: SheetAsked, options: Options) -> SheetWritten:
    if asked.rows_of:
        head = tuple(one.label for one in asked.questions)
        words = {at: _words(one, options) for at, one in enumerate(asked.questions)}
        offered = {at: said for at, said in words.items() if said and not _takes_several(at, asked)}
        return SheetWritten(asked.name, head, (), offered)
    rows = [(one.label, "", how_to_answer(one, options)) for one in asked.questions]
    return SheetWritten(asked.name, HEAD, rows, {})


def _takes_several(at: int, asked: SheetAsked) -> bool:
    return asked.questions[at].kind in _SEVERAL


def how_to_answer(question: Question, options: Options) -> str:
    """Say how the question is answered in a cell, and whether it may be left empty."""
    parts = ["" if question.required else "May be left empty.", *_kinds(question, options)]
    return " ".join(one for one in (*parts, question.hint) if one)


def _kinds(question: Question, options: Options) -> Iterator[str]:
    words = _words(question, options) if question.kind is not Kind.YES_NO else ()
    if words:
        many = (
            "One or more of these, with ; between them"
            if question.kind in _SEVERAL
            else "One of these"
        )
        yield f"{many}: {'; '.join(words)}."
    elif question.kind in _HOW:
        yield _HOW[question.kind]


def _words(question: Question, options: Options) -> Sequence[str]:
    if question.words:
        return [capital(label(one)) for one in question.words]
    if question.kind is Kind.YES_NO:
        return ("Yes", "No")
    return [one.label for one in options.get(question.name, ())]


def workbook_here(work: UnitOfWork) -> bytes:
    """Return the blank workbook with what may be chosen in the partnership."""
    asked = [one for sheet in all_sheets() for one in sheet.questions]
    return blank_workbook(choices_for(work, tuple(asked)))
