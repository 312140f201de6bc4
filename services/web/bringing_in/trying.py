"""What a workbook would make: each act is done as of its day, and undone again in a dry run."""

import hashlib
import json
from dataclasses import replace
from typing import NoReturn
from uuid import UUID

from services.casework.access.cases import is_open_to_actor
from services.casework.form_keys import repeated_case
from services.casework.taking_over import as_of_then
from services.casework.taking_over.acts_taken import TAKEN
from services.database.cases import Case, get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.web.bringing_in.cells import Book, strange_sheets
from services.web.bringing_in.one_act import do
from services.web.bringing_in.outcomes import Tried
from services.web.bringing_in.questions_there import all_sheets
from services.web.bringing_in.template import HELP


class Undone(Exception):
    """Nothing of a dry run is kept."""


def _undo() -> NoReturn:
    raise Undone


def digest_of(book: Book, case: Case | None) -> str:
    """Return the SHA-256 of what the workbook says, and of the case for which it is brought in."""
    said = [str(case.id) if case is not None else "", sorted(book.items())]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def try_out(work: UnitOfWork, book: Book, case: Case | None) -> Tried:
    """Return what the workbook would make; nothing of it is kept."""
    tried = Tried(case=case)
    try:
        with work.savepoint():
            _do_all(work, book, tried)
            _undo()
    except Undone:
        if case is None:
            tried.case = None
        return tried


def bring_in(work: UnitOfWork, book: Book, case: Case | None) -> Tried:
    """Make all that the workbook says, or where anything stands in the way nothing of it."""
    tried = Tried(case=case)
    try:
        with work.savepoint():
            _do_all(work, book, tried)
            if tried.problems or not tried.made or tried.case is None:
                _undo()
            done = [(one.what, one.at) for one in tried.made if one.at is not None]
            as_of_then.say_brought_in(work, tried.case, digest_of(book, case), done)
    except Undone:
        tried.case = case
    return tried


def _do_all(work: UnitOfWork, book: Book, tried: Tried) -> None:
    tried.problems.extend(strange_sheets(book, [HELP, *(one.name for one in all_sheets())]))
    doing = replace(work, once=UUID(digest_of(book, tried.case)[:32]))
    with as_of_then.telling_nobody(work, tried.case) as cases:
        for taken in TAKEN:
            outcome = do(doing, book, taken, tried)
            if outcome is None:
                continue
            tried.outcomes.append(outcome)
            if outcome.is_made:
                doing = replace(doing, once=None)
                if tried.case is not None and tried.case not in cases:
                    cases.append(tried.case)


def case_of(work: UnitOfWork, book: Book) -> str:
    """Return the reference of the case that was opened with this file, if the reader sees it."""
    found = repeated_case(replace(work, once=UUID(digest_of(book, None)[:32])))
    if found is None or not is_open_to_actor(work, found):
        return "another person brought it in"
    return get_case(work.session, CaseId(found)).reference
