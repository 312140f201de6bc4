"""When the rapid review can have been sent to the Panel: signed, made, and on a day that can be."""

from dataclasses import dataclass
from datetime import date, datetime

from services.casework.effects import last_day
from services.casework.steps.dispatches.dispatch_choice import must_be_possible_day
from services.casework.steps.rapid_review.reconsidering import is_reopened
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import DispatchState
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class SentPapers:
    """The record and the covering letter, and the day on which they were sent."""

    papers: Dispatch
    on: date


def papers_to_send(
    work: UnitOfWork, case: Case, submitted_at: datetime, late_reason: str | None
) -> SentPapers:
    """Return what a person says they sent at that moment; refuse what cannot be (G5, RR-34).

    The record and the letter exist before they are sent, and the partners have signed them.
    """
    is_put = not is_reopened(work, case)  # signed before a withdrawal, it is not signed now
    if not (is_put and all_agree(work, case, SignOffMatter.RAPID_REVIEW)):
        raise RuleBroken("All partners sign the rapid review before it is sent (RR-30, G4).")
    on = london_date(submitted_at)
    if submitted_at > work.now:
        raise AnswerRefused("submitted_at", "Enter a time that is not in the future.")
    if case.decided_on and on < case.decided_on:
        raise AnswerRefused("submitted_at", "Enter a time after the partners signed it.")
    limit = last_day(work, case, ClockId.K10)
    if limit and on > limit and not late_reason:
        raise AnswerRefused("late_reason", "Enter why it was late: it was due earlier (RR-34).")
    papers = _waiting(work, case)
    must_be_possible_day(work, case, papers, on, "submitted_at")
    return SentPapers(papers, on)


def _waiting(work: UnitOfWork, case: Case) -> Dispatch:
    found = [one for one in dispatches(work.session, case.id) if one.awaits_submission]
    ready = [one for one in found if one.state is DispatchState.TO_SEND]
    if not ready:
        raise RuleBroken(
            "The record and the covering letter are still being made. They are sent once they "
            "stand under “What was sent”."
        )
    return ready[-1]
