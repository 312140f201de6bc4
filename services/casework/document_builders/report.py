"""The report of a local review: its versions, and the text that publication shares."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import (
    Names,
    as_section,
    as_tables,
    names_of_people,
)
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
)
from services.casework.document_builders.recommendations import as_table
from services.casework.steps.local_review.draft_said import DraftSubmitted, text_said
from services.database.history import Entry
from services.database.reviewers import OF_NAMES, appointed_as, closed_since, to_be_named
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection
from services.domain.entry_types import THE_REPORT
from services.domain.reviewers import ReviewerCapacity

_NOT_FOR_READERS: Final = frozenset({"anonymised", "detail_kept", "one_alone"})
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
    draft = text_said(history.last(*THE_REPORT).command)
    prose = as_section("", draft, names, without=_NOT_FOR_READERS)
    return (
        *as_tables(draft, names, without=_AFTER_PROSE),
        *(in_paragraphs(one.label, one.text) for one in prose.answers),
        *_recommendations(draft, names),
        *as_tables(draft, names, without=_BEFORE_PROSE),
    )


def _recommendations(draft: DraftSubmitted, names: Names) -> tuple[PaperSection, ...]:
    """Return the recommendations, if any is endorsed by then (PUB-18)."""
    if not draft.recommendations:
        return ()
    table = as_table(draft.recommendations, names)
    return (PaperSection(heading="Recommendations", table=table),)


def reviewers(
    work: UnitOfWork, history: CaseHistory, called_then: Names | None = None
) -> dict[str, str]:
    """Return the reviewers' names, which every published report carries (PUB-27, LC-23).

    They are those who are to be named as the document is ordered, by their names of today or those
    of then. Each is called as they were appointed: who is not commissioned as a lead reviewer, a
    reviewer.
    """
    said = history.all(*OF_NAMES)
    until = history.newest.at
    closed = closed_since(work.session, said[0].case_id, until=until) if said else {}
    people = to_be_named(said, closed)
    named: dict[str, list[str]] = {}
    for one, name in names_of_people(work, people, history.names()).items():
        then = (called_then or {}).get(one, name)
        named.setdefault(called(said, one), []).append(then)
    return {title: ", ".join(names) for title, names in named.items()}


def called(said: Sequence[Entry], person: UUID) -> str:
    """Return what the reviewer is called, by their own newest appointment (LC-23)."""
    capacity = appointed_as(said).get(person)
    return "Reviewer" if capacity is ReviewerCapacity.LOCAL else "Lead reviewer"
