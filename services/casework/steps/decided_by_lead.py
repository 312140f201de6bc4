"""How a review that another partnership leads was decided, as it is shown to ours (DEC-14)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.joint.matters import bearer_of, entries_said, facts_said
from services.casework.steps.rapid_review.local_course import ProposeLocalCourse
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.reasons_told import words_shared
from services.casework.steps.rounds.agreed_words import agreed_words
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import LEFT_FOR_PANEL, EntryType
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import LocalCourse, Outcome
from services.domain.working_days import london_date

_MATTER = SignOffMatter.RAPID_REVIEW


@dataclass(frozen=True, slots=True)
class DecidedByLead:
    """What all partners decided, on which day, why in the words for agencies, and who said it."""

    outcome: Outcome
    decided_on: date
    reasons: tuple[str, ...]
    said: tuple[Entry, ...]


def decided_by_lead(work: UnitOfWork, case: Case) -> DecidedByLead | None:
    """Return what was decided on the case that leads the review which ours joins.

    It is told once all partners agree and it was sent to the Panel, and while the section that
    holds it is shown to us. Where the local review ended for a national one, the reasons of that
    take the place of those before; where it goes on or stands, they follow (DEC-14).
    """
    if bearer_of(work, case, _MATTER).is_own(case) or not all_agree(work, case, _MATTER):
        return None
    kinds = (EntryType.DECISION_PROPOSED, EntryType.LOCAL_COURSE_PROPOSED)
    read = {one.id: one for one in entries_said(work, case, _MATTER, *kinds)}
    found = agreed_words(work, case, _MATTER, EntryType.DECISION_PROPOSED)
    decided = read.get(found.put_by.id) if found is not None else None
    if found is None or decided is None or not _was_sent_since(work, case, decided):
        return None
    decision = ProposeDecision.model_validate(decided.command)
    told = DecidedByLead(
        decision.outcome, london_date(found.since), words_shared(decision), (decided,)
    )
    return _with_course(work, case, told, read)


def _was_sent_since(work: UnitOfWork, case: Case, decided: Entry) -> bool:
    """Tell whether the rapid review with this decision was sent to the Panel."""
    sent = facts_said(work, case, _MATTER, *LEFT_FOR_PANEL)
    return any(one.number > decided.number for one in sent)


def _with_course(
    work: UnitOfWork, case: Case, told: DecidedByLead, read: dict[UUID, Entry]
) -> DecidedByLead:
    """Return it with what all decided since on the course of the local review (GOV-14)."""
    found = agreed_words(work, case, _MATTER, EntryType.LOCAL_COURSE_PROPOSED)
    settled = read.get(found.put_by.id) if found is not None else None
    if found is None or settled is None or settled.number < told.said[0].number:
        return told
    course = ProposeLocalCourse.model_validate(settled.command)
    said = (*told.said, settled)
    if course.course is LocalCourse.ENDS:
        ended_on = london_date(found.since)
        return DecidedByLead(Outcome.NO_FURTHER_REVIEW, ended_on, words_shared(course), said)
    return DecidedByLead(
        told.outcome, told.decided_on, (*told.reasons, *words_shared(course)), said
    )
