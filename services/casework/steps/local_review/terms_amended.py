"""Terms of reference are amended while the review is open, and the report says how (LC-06)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.casework.joint.matters import parties_deciding, signatures
from services.casework.steps.beside_panel import may_begin_local_review
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.rounds.agreed_words import (
    AgreedWords,
    agreed_words,
    each_agreed,
    each_agreed_as_read,
)
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.cases import Case
from services.database.history import Entry, all_of, facts, last_entry, last_fact
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.parties import standing
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage

_MATTER, _KIND = SignOffMatter.TERMS_OF_REFERENCE, EntryType.TERMS_AGREED


def may_draw_up(work: UnitOfWork, case: Case) -> bool:
    """Tell whether terms may be drawn up, or amended: not while the partners sign the report.

    One of them who disagrees with it may do so because of its terms: they are amended then.
    """
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
    return [(one, terms) for one, terms in _each_endorsed(work, case) if terms.changed is not None]


def agencies_to_ask(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return the agencies that amended terms in force added and that nobody asked (LC-29).

    Requests since then that left one out said why.
    """
    endorsed = _each_endorsed(work, case)
    named = [set(terms.agencies) for _, terms in endorsed]
    requested = all_of(work.session, case.id, EntryType.REPORTS_REQUESTED)
    left_out_at = [one.at for one in requested if one.command.get("left_out")]
    added = {
        agency
        for before, now, (agreed, _) in zip(named, named[1:], endorsed[1:], strict=False)
        for agency in (now - before) & named[-1]
        if all(at < agreed.since for at in left_out_at)
    }
    ours = agency_names(work.session).keys()
    return frozenset(added & ours - agencies_asked(work, case))


def must_ask_who_was_added(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on while an agency that amended terms added waits to be asked (LC-29)."""
    if waiting := agencies_to_ask(work, case):
        names = agency_names(work.session)
        raise RuleBroken(
            "The amended terms of reference added agencies. Ask them first for their reports "
            f"(LC-29): {', '.join(sorted(names[one] for one in waiting))}."
        )


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
    version = str(case.report_version)
    draft = last_fact(work.session, case.id, EntryType.DRAFT_SUBMITTED, version)
    if draft is None:
        return
    written = last_entry(work.session, case.id, EntryType.DRAFT_SUBMITTED, version)
    if written is not None and not written.command.get("terms"):
        raise RuleBroken(
            "This version states no terms of reference, though they are endorsed (LC-06): return "
            "it, so that its next version states them."
        )
    if draft.at < agreed.since:
        raise RuleBroken(
            "The terms of reference were amended after this version was written (LC-06): return "
            "it, so that its next version states how."
        )


def _each_endorsed(work: UnitOfWork, case: Case) -> list[tuple[AgreedWords, TermsKept]]:
    """Return each version that was endorsed and that the actor reads, oldest first."""
    return [
        (one, TermsKept.model_validate(entry.command))
        for one, entry in each_agreed_as_read(work, case, _MATTER, _KIND)
        if entry is not None
    ]


def _is_with_partners(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest version is before the partners, and none of them disagrees."""
    if case.stage is not Stage.LOCAL_REVIEW or case.report_version == 0:
        return False
    version = str(case.report_version)
    if last_fact(work.session, case.id, EntryType.QUALITY_ASSURED, version) is None:
        return False
    report = SignOffMatter.REPORT
    signed = signatures(work, case, report, round_of(work, case, report))
    return not standing(signed, parties_deciding(work, case, report)).dissents
