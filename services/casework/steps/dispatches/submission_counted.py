"""When the rapid review counts as submitted, on our case and on every other of a joint review.

A dispatch counts once it was sent by hand, or was opened where it is collected; one that came back
was no submission, and what it met is open again at its old day (P7).
"""

from datetime import date, datetime, time
from typing import Final

from services.casework.effects import end_extra_clocks, start_extra_clocks
from services.casework.joint.notifications import tell_not_submitted, tell_submitted
from services.casework.joint.standing_aside import meet_covered, open_submission_again
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding
from services.domain.working_days import LONDON, london_date

_NOON: Final = time(12, tzinfo=LONDON)


def date_submission(work: UnitOfWork, case: Case, dispatch: Dispatch, day: date | None) -> None:
    """Date the submission by what counts now; have the others told when that changes.

    A dispatch that a person sends again has a day and no hour: noon stands for it.
    """
    before = london_date(case.submitted_at) if case.submitted_at else None
    if day == before:
        return
    case.submitted_at = None if day is None else datetime.combine(day, _NOON)
    work.session.add(case)
    if day is None:
        end_extra_clocks(work, case, Anchor.SUBMISSION, ClockEnding.SUBMISSION_RETURNED)
    else:
        start_extra_clocks(work, case, Anchor.SUBMISSION)
        meet_covered(work, case, on=day)
        tell_submitted(work, case, dispatch.id, day)
    if day is None and before is not None:
        open_submission_again(work, case, met_on=before)
        tell_not_submitted(work, case, dispatch.id, dispatch.ended_on or work.today)
