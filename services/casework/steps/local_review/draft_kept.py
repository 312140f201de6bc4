"""What is kept with a version of the report: terms, recommendations, and who took no part."""

from collections.abc import Iterator

from services.casework.steps.families.in_report import not_involved
from services.casework.steps.local_review.draft_said import (
    DraftSubmitted,
    NotInvolved,
    StatedAmendment,
    StatedTerm,
    SubmitDraft,
)
from services.casework.steps.local_review.recommendations import stated_recommendations
from services.casework.steps.local_review.terms_amended import amendments, terms_in_force
from services.casework.steps.local_review.terms_said import TermsKept
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.plain_dates import month_and_year
from services.domain.working_days import london_date


def draft_kept(work: UnitOfWork, case: Case, draft: SubmitDraft) -> DraftSubmitted:
    """Return the version with what it states besides; RuleBroken for a gap.

    It states its terms (LC-06), what is recommended (PUB-18), and who took no part (FAM-10).
    """
    absent = tuple(NotInvolved(words=one) for one in not_involved(work, case))
    return DraftSubmitted(
        **dict(draft),
        recommendations=stated_recommendations(work, case),
        terms=_stated_terms(work, case),
        amended=_stated_amendments(work, case),
        not_involved=absent,
    )


def _stated_terms(work: UnitOfWork, case: Case) -> tuple[StatedTerm, ...]:
    """Return the scope and aims in force: the period by months, the key lines, the methodology.

    What else the terms say stays within the case: a report is published.
    """
    entry = terms_in_force(work, case)
    if entry is not None:
        return tuple(_stated(TermsKept.model_validate(entry.command)))
    if facts(work.session, case.id, EntryType.TERMS_AGREED):
        raise RuleBroken(
            "The report states its terms of reference (LC-06), and a mark hides them from you: "
            "whoever marked them lists you first."
        )
    return ()


def _stated_amendments(work: UnitOfWork, case: Case) -> tuple[StatedAmendment, ...]:
    """Return each change that the partners endorsed while the review was open, with its reason."""
    return tuple(
        StatedAmendment(
            endorsed_on=london_date(agreed.since),
            changed=terms.changed or "",
            why_changed=terms.why_changed or "",
        )
        for agreed, terms in amendments(work, case)
    )


def _stated(terms: TermsKept) -> Iterator[StatedTerm]:
    first, last = month_and_year(terms.period_from), month_and_year(terms.period_to)
    yield StatedTerm(part="Period", words=f"{first} to {last}")
    for number, line in enumerate(terms.key_lines, 1):
        yield StatedTerm(part=f"Key line of enquiry {number}", words=line.question)
    yield StatedTerm(part="Methodology", words=terms.methodology)
