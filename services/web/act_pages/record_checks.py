"""The checks of the rapid review's record as its pages show them, beside each question.

What is found is asked about and decides nothing; the words stand in the form of who types them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from services.casework.labels import label
from services.casework.steps.rapid_review.kept_passages import passages_to_settle, title_of
from services.casework.steps.rapid_review.record_found import (
    kept_findings,
    known_of,
    part_of_record,
)
from services.casework.steps.rapid_review.record_writing import WriteRecord
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.cited import plainly
from services.domain.plain_text import capital
from services.domain.record_checks.findings import RecordFinding, find
from services.domain.record_checks.length import length_of
from services.domain.record_checks.names import names_asked_about
from services.domain.record_checks.passages import RecordText
from services.web.act_pages.record_length import in_words
from services.web.forms.fields import Choice, Options
from services.web.posted_form import Posted

MOST_SHOWN, LONGEST_SHOWN = 3, 200
WHOLE: Final = ""
"""The name under which the remark on the whole form stands."""


def remarks_on_record(work: UnitOfWork, case: Case, typed: Posted) -> Mapping[str, tuple[str, ...]]:
    """Return what is to be looked at again in what stands in the form, by the name of the question.

    Under no name stands how long it is (RR-27).
    """
    parts = [part_of_record(name, typed.one(name)) for name in WriteRecord.model_fields]
    kept, known = kept_findings(work, case), _people(work, case)
    found = find(parts, known_of(work, case))
    remarks: dict[str, tuple[str, ...]] = {
        part.name: (
            *(_remark(one, kept) for one in found if one.part == part.name),
            *_on_names(part, known),
        )
        for part in parts
    }
    length = in_words(length_of(parts))
    return {**remarks, WHOLE: (length,)} if length else remarks


def passages_offered(work: UnitOfWork, case: Case) -> Options:
    """Offer what was found in the record and is not settled, each with the words found."""
    return {
        "passage": tuple(
            Choice(str(one.id), f"{capital(_what(one))}, in “{title_of(one.part)}”", _quoted(one))
            for one in passages_to_settle(work, case)
        )
    }


def _remark(found: RecordFinding, kept: frozenset[str]) -> str:
    says = f"{capital(_what(found))}: {_quoted(found)}"
    if str(found.id) in kept:
        return f"{says} This is kept, and the reason is on record."
    return f"{says} Change it, or keep it with a reason once the record is kept."


def _on_names(part: RecordText, known: Iterable[str]) -> Iterator[str]:
    named = names_asked_about(part.text, known)
    if named:
        yield (
            f"Who works with the family may be named here: {_shown(named)} Is the role enough? "
            + plainly("The framework asks that of reports (LC-34). ")
            + "This is a question, and holds nothing back."
        )


def _what(found: RecordFinding) -> str:
    return plainly(f"{label(found.what)} ({found.what.rule})")


def _quoted(found: RecordFinding) -> str:
    return _shown(found.passages)


def _shown(passages: tuple[str, ...]) -> str:
    quoted = [f"“{one[:LONGEST_SHOWN]}{'…' * (len(one) > LONGEST_SHOWN)}”" for one in passages]
    more = len(quoted) - MOST_SHOWN
    return "; ".join(quoted[:MOST_SHOWN]) + (f"; and {more} more." if more > 0 else ".")


def _people(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return the names that the product knows of people who work on the case: who attends."""
    return tuple(names(work.session, set(named_attendees(work.session, case.id))).values())
