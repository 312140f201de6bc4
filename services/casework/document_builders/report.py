"""The report of a local review: its versions, and the text that publication shares."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.casework.answers_as_text import Names, as_section, as_tables, names_for
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import BuilderContext, DocumentContent
from services.casework.steps.local_review.draft_report import SubmitDraft
from services.casework.steps.local_review.review_opening import AppointReviewer
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType

_NOT_FOR_READERS: Final = frozenset({"anonymised"})
_RULES = re.compile(r" \([A-Z]{2,4}-\d\d[^)]*\)$")


def report_version(context: BuilderContext) -> DocumentContent:
    """Build this version of the report (PUB-05 to PUB-18)."""
    return DocumentContent(
        sections=report_text(context.history, context.names),
        details=lead_reviewer(context.work, context.history),
    )


def report_text(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return the newest version's parts as headed prose, then its recommendations.

    The form's self-checks and the rules behind its questions are not for readers.
    """
    draft = history.command(EntryType.DRAFT_SUBMITTED, SubmitDraft)
    prose = as_section("", draft, names, without=_NOT_FOR_READERS)
    return (
        *(
            PaperSection(
                heading=_RULES.sub("", one.label), paragraphs=tuple(one.text.split("\n\n"))
            )
            for one in prose.answers
        ),
        *_under(("Recommendation", "Asked of", "By when"), as_tables(draft, names)),
    )


def lead_reviewer(work: UnitOfWork, history: CaseHistory) -> dict[str, str]:
    """Return the reviewer's name, which every published report carries (PUB-27)."""
    appointed = history.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    return {"Lead reviewer": names_for(work, appointed.person).get(appointed.person, "")}


def _under(columns: tuple[str, ...], sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Return the tables under headings instead of the form's questions."""
    return tuple(
        replace(one, table=replace(one.table, columns=columns)) if one.table else one
        for one in sections
    )
