"""The report of a local review: its versions, and the text that publication shares."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import (
    Names,
    as_section,
    as_tables,
    names_of_people,
    text_of,
)
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import BuilderContext, DocumentContent
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.database.history import Entry
from services.database.reviewers import OF_NAMES, appointed_as, closed_since, to_be_named
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.reviewers import ReviewerCapacity

_NOT_FOR_READERS: Final = frozenset({"anonymised", "one_alone"})
_AFTER_PROSE: Final = frozenset({"recommendations", "not_involved"})
_BEFORE_PROSE: Final = frozenset({"recommendations", "terms", "amended"})


def report_version(context: BuilderContext) -> DocumentContent:
    """Build this version of the report (PUB-05 to PUB-18)."""
    return DocumentContent(
        sections=report_text(context.history, context.names),
        details=reviewers(context.work, context.history),
    )


def report_text(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return the newest version's parts as headed prose, then its recommendations.

    It begins with the terms of reference and how they were amended (LC-06), and ends with who of
    the family took no part, and why (FAM-10). The form's self-checks are not for readers.
    """
    draft = history.command(EntryType.DRAFT_SUBMITTED, DraftSubmitted)
    prose = as_section("", draft, names, without=_NOT_FOR_READERS)
    return (
        *as_tables(draft, names, without=_AFTER_PROSE),
        *(
            PaperSection(heading=one.label, paragraphs=tuple(one.text.split("\n\n")))
            for one in prose.answers
        ),
        PaperSection(heading="Recommendations", table=_recommendations(draft, names)),
        *as_tables(draft, names, without=_BEFORE_PROSE),
    )


def _recommendations(draft: DraftSubmitted, names: Names) -> Table:
    """Return what is asked of whom, by when and of what kind, and what was asked before (PUB-18).

    A column in which nothing would stand is left out.
    """
    told = draft.recommendations
    columns = {
        "Recommendation": [one.text for one in told],
        "Asked of": [text_of((one.owner, *one.others), names) for one in told],
        "By when": [text_of(one.by_when, names) for one in told],
        "Addresses": [text_of(one.addresses, names) for one in told],
        "Recommended before": [one.came_of_it or "" for one in told],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    return Table(caption="", columns=tuple(kept), rows=tuple(zip(*kept.values(), strict=True)))


def reviewers(work: UnitOfWork, history: CaseHistory) -> dict[str, str]:
    """Return the reviewers' names, which every published report carries (PUB-27, LC-23).

    Each is called as they were appointed: who is not commissioned as a lead reviewer, a reviewer.
    """
    said = history.all(*OF_NAMES)
    closed = closed_since(work.session, said[0].case_id) if said else {}
    people = to_be_named(said, closed)
    named: dict[str, list[str]] = {}
    for one, name in names_of_people(work, people, history.names()).items():
        named.setdefault(called(said, one), []).append(name)
    return {title: ", ".join(names) for title, names in named.items()}


def called(said: Sequence[Entry], person: UUID) -> str:
    """Return what the reviewer is called, by their own newest appointment (LC-23)."""
    capacity = appointed_as(said).get(person)
    return "Reviewer" if capacity is ReviewerCapacity.LOCAL else "Lead reviewer"
