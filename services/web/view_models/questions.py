"""The questions on a case as a page tells them, those that wait first, and beside a thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import Names, names_for
from services.casework.steps.notes.answering import (
    ANSWER_QUESTION,
    may_withdraw,
)
from services.casework.steps.notes.asking import ASK_QUESTION
from services.casework.steps.notes.question_said import QuestionAnswered, QuestionWithdrawn
from services.casework.steps.notes.questions_on_record import (
    AskedOnCase,
    questions_on,
    reads_words,
)
from services.casework.steps.notes.things_asked import things_on
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.personal_todos import MARK
from services.domain.questions import AskedAbout, QuestionState, ThingAsked

_COLOURS: Final[Mapping[QuestionState, str]] = {
    QuestionState.OPEN: "yellow",
    QuestionState.ANSWERED: "green",
    QuestionState.WITHDRAWN: "grey",
    QuestionState.ENDED: "grey",
}
_TELLS: Final = frozenset({EntryType.QUESTION_ANSWERED, EntryType.QUESTION_WITHDRAWN})
_MOST_BESIDE: Final = 10
_GONE: Final = "A person who has left"


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuestionsKnown:
    """What is read once for all lines: names, where things stand, and what the actor may close."""

    names: Names
    paths: Mapping[str, str]
    closing: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfQuestion:
    """What came of a question: the answer, or why it was withdrawn; no words to who reads none."""

    what: str
    words: str
    who: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question: of whom, by whom, about what, how it stands, and what the reader may do."""

    id: str
    asked_at: datetime
    asker: str
    role: str
    whom: str
    about: str
    about_href: str
    words: str
    answer_by: date | None
    is_late: bool
    state: QuestionState
    colour: str
    said: tuple[SaidOfQuestion, ...]
    reminded: tuple[datetime, ...]
    may: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuestionsBeside:
    """The questions that stand beside things of a page, and where one more is asked."""

    lines: list[QuestionLine]
    ask: str


def question_lines(work: UnitOfWork, case: Case) -> list[QuestionLine]:
    """Return the questions that the actor may know of: those that wait first, then the newest."""
    newest = _lines(work, case, questions_on(work, case)[::-1])
    return sorted(newest, key=lambda one: one.state is not QuestionState.OPEN)


def questions_about(work: UnitOfWork, case: Case, thing: ThingAsked) -> QuestionsBeside:
    """Return the questions about the thing, newest first, and where one more is asked."""
    found = [one for one in questions_on(work, case) if one.thing == thing.code]
    ask = f"/cases/{case.id}/questions/ask?of={thing.id_on(case.id)}"
    lines = _lines(work, case, found[::-1])
    return QuestionsBeside(lines, ask if _may_ask(work, case) else "")


def beside_documents(work: UnitOfWork, case: Case) -> QuestionsBeside:
    """Return the newest questions about documents of the case, and where one more is asked."""
    return _beside(work, case, AskedAbout.DOCUMENT)


def beside_actions(work: UnitOfWork, case: Case) -> QuestionsBeside:
    """Return the newest questions about actions of its plan, and where one more is asked."""
    return _beside(work, case, AskedAbout.ACTION)


def _beside(work: UnitOfWork, case: Case, kind: AskedAbout) -> QuestionsBeside:
    found = [one for one in questions_on(work, case) if one.thing.startswith(f"{kind}{MARK}")]
    ask = f"/cases/{case.id}/questions/ask" if _may_ask(work, case) else ""
    return QuestionsBeside(_lines(work, case, found[::-1][:_MOST_BESIDE]), ask)


def _may_ask(work: UnitOfWork, case: Case) -> bool:
    return work.actor.may(ASK_QUESTION.permission) and case.stage in ASK_QUESTION.stages


def _lines(work: UnitOfWork, case: Case, found: list[AskedOnCase]) -> list[QuestionLine]:
    if not found:
        return []
    ids = {one.entry.person_id for one in found} | {one.said.whom for one in found}
    ids |= {later.person_id for one in found for later in one.later}
    known = _QuestionsKnown(
        names=names_for(work, *ids),
        paths={one.thing.code: one.path for one in things_on(work, case).values()},
        closing=frozenset(one.entry.id for one in may_withdraw(work, case)),
    )
    return [_line(work, case, one, known) for one in found]


def _line(work: UnitOfWork, case: Case, one: AskedOnCase, known: _QuestionsKnown) -> QuestionLine:
    said, reads = one.said, reads_words(work, case, one)
    path, by = known.paths.get(one.thing, ""), said.answer_by
    later = [each for each in one.later if each.entry_type in _TELLS]
    reminded = [each.at for each in one.later if each.entry_type is EntryType.QUESTION_REMINDED]
    return QuestionLine(
        id=str(one.entry.id),
        asked_at=one.entry.at,
        asker=known.names.get(one.entry.person_id, _GONE),
        role=label(one.entry.role),
        whom=known.names.get(said.whom, _GONE),
        about=(said.about or "") if reads or path else "",
        about_href=f"/cases/{case.id}/{path}" if path else "",
        words=said.question if reads else "",
        answer_by=by,
        is_late=by is not None and by < work.today and one.waits is not None,
        state=one.state,
        colour=_COLOURS[one.state],
        said=tuple(_said(each, known.names, reads=reads) for each in later),
        reminded=tuple(reminded),
        may=_may(work, case, one, may_close=one.entry.id in known.closing),
    )


def _said(later: Entry, named: Names, *, reads: bool) -> SaidOfQuestion:
    is_answer = later.entry_type is EntryType.QUESTION_ANSWERED
    words = (
        QuestionAnswered.model_validate(later.command).answer
        if is_answer
        else QuestionWithdrawn.model_validate(later.command).reason
    )
    return SaidOfQuestion(
        what="Answered" if is_answer else "Withdrawn",
        words=words if reads else "",
        who=named.get(later.person_id, _GONE),
        role=label(later.role),
        at=later.at,
    )


def _may(
    work: UnitOfWork, case: Case, one: AskedOnCase, *, may_close: bool
) -> tuple[tuple[str, str], ...]:
    """Return what the reader may do about it now: in words, and where."""
    if case.stage not in ANSWER_QUESTION.stages or not work.actor.may(ANSWER_QUESTION.permission):
        return ()
    above, of = f"/cases/{case.id}/questions", f"?of={one.entry.id}"
    found = [("Answer it", f"{above}/answer{of}")] if one.waits_for_actor(work) else []
    if one.waits is not None and one.is_asked_by(work):
        found.append(("Remind them", f"{above}/remind{of}"))
    if may_close:
        found.append(("Withdraw it", f"{above}/withdraw{of}"))
    return tuple(found)
