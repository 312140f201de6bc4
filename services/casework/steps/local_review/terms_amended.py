"""Terms of reference are amended while the review is open, and the report says how (LC-06)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.casework.steps.beside_panel import may_begin_local_review
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.rounds.agreed_words import AgreedWords, agreed_words, each_agreed
from services.database.cases import Case
from services.database.history import Entry, all_of, facts, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage

_MATTER, _KIND = SignOffMatter.TERMS_OF_REFERENCE, EntryType.TERMS_AGREED


def may_draw_up(work: UnitOfWork, case: Case) -> bool:
    """Tell whether terms may be drawn up, or amended: not while the partners sign the report."""
    return may_begin_local_review(work, case) and not _is_with_partners(work, case)


def must_say_what_changes(work: UnitOfWork, case: Case, said: TermsKept) -> None:
    """Refuse terms in place of endorsed ones that say not what is changed and why (LC-06).

    Nor are they amended while the partners sign a report that could not state it.
    """
    if _is_with_partners(work, case):
        raise StepNotOpen(
            "The report is before the partners. Terms of reference are amended before its next "
            "version, which states it (LC-06)."
        )
    if endorsed_terms(work, case) is not None and said.changed is None:
        raise AnswerRefused(
            "changed", "The partners endorsed terms before: say what is changed in these (LC-06)."
        )
    if (said.changed is None) is not (said.why_changed is None):
        raise AnswerRefused("why_changed", "Say what is changed and why: both, or neither.")


def endorsed_terms(work: UnitOfWork, case: Case) -> AgreedWords | None:
    """Return the newest terms that all partners endorsed: those are in force (LC-06, GOV-11)."""
    return agreed_words(work, case, _MATTER, _KIND)


def terms_in_force(work: UnitOfWork, case: Case) -> Entry | None:
    """Return the entry of the terms in force; before any are endorsed, of the newest drawn up.

    Nothing where there are none, or the actor does not read them.
    """
    return in_force_among(work, case, all_of(work.session, case.id, _KIND), work.now)


def in_force_among(
    work: UnitOfWork, case: Case, drawn_up: Sequence[Entry], at: datetime
) -> Entry | None:
    """Return which of these versions was in force at the moment; else the newest of them."""
    agreed = {one.put_by.id for one in each_agreed(work, case, _MATTER, _KIND) if one.since <= at}
    endorsed = [one for one in drawn_up if one.id in agreed]
    return next(iter([*drawn_up[-1:], *endorsed][::-1]), None)


def amendments(work: UnitOfWork, case: Case) -> list[tuple[AgreedWords, TermsKept]]:
    """Return each version that was endorsed in place of another, oldest first (LC-06)."""
    words = {one.id: one.command for one in all_of(work.session, case.id, _KIND)}
    agreed = each_agreed(work, case, _MATTER, _KIND)
    read = (one for one in agreed if one.put_by.id in words)
    told = ((one, TermsKept.model_validate(words[one.put_by.id])) for one in read)
    return [(one, terms) for one, terms in told if terms.changed is not None]


def agencies_added(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return the agencies that the terms in force name and those before them did not (LC-29)."""
    words = {one.id: one.command for one in all_of(work.session, case.id, _KIND)}
    agreed = each_agreed(work, case, _MATTER, _KIND)
    named = [words[one.put_by.id]["agencies"] for one in agreed if one.put_by.id in words]
    if len(named) < 2:
        return frozenset()
    return frozenset(map(UUID, set(named[-1]) - set(named[-2])))


def must_reflect_terms(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft while amended terms wait, and one from before they were endorsed (LC-06)."""
    agreed = endorsed_terms(work, case)
    drawn_up = facts(work.session, case.id, _KIND)
    if agreed is None or not drawn_up:
        return
    if drawn_up[-1].number > agreed.put_by.number:
        raise RuleBroken(
            "Amended terms of reference wait for the partners (LC-06): the report is put to them "
            "once they have endorsed those, or the terms as they stood before."
        )
    draft = last_fact(work.session, case.id, EntryType.DRAFT_SUBMITTED, str(case.report_version))
    if draft is not None and draft.at < agreed.since:
        raise RuleBroken(
            "The terms of reference were amended after this version was written (LC-06): return "
            "it, so that its next version states how."
        )


def _is_with_partners(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest version of the report is before the partners."""
    if case.stage is not Stage.LOCAL_REVIEW or case.report_version == 0:
        return False
    version = str(case.report_version)
    return last_fact(work.session, case.id, EntryType.QUALITY_ASSURED, version) is not None
