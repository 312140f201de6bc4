"""The report of a local review: its versions, and the text that publication shares."""

from typing import Final

from services.casework.answers_as_text import Names, as_section, as_tables, names_for, text_of
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import BuilderContext, DocumentContent
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.casework.steps.local_review.review_opening import AppointReviewer
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType

_NOT_FOR_READERS: Final = frozenset({"anonymised", "one_alone"})


def report_version(context: BuilderContext) -> DocumentContent:
    """Build this version of the report (PUB-05 to PUB-18)."""
    return DocumentContent(
        sections=report_text(context.history, context.names),
        details=lead_reviewer(context.work, context.history),
    )


def report_text(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return the newest version's parts as headed prose, then its recommendations.

    After them it says who of the family took no part, and why (FAM-10).

    The form's self-checks are not for readers.
    """
    draft = history.command(EntryType.DRAFT_SUBMITTED, DraftSubmitted)
    prose = as_section("", draft, names, without=_NOT_FOR_READERS)
    return (
        *(
            PaperSection(heading=one.label, paragraphs=tuple(one.text.split("\n\n")))
            for one in prose.answers
        ),
        PaperSection(heading="Recommendations", table=_recommendations(draft, names)),
        *as_tables(draft, names, without=frozenset({"recommendations"})),
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


def lead_reviewer(work: UnitOfWork, history: CaseHistory) -> dict[str, str]:
    """Return the reviewer's name, which every published report carries (PUB-27)."""
    appointed = history.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    return {"Lead reviewer": names_for(work, appointed.person).get(appointed.person, "")}
