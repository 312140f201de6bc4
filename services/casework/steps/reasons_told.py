"""Why the partners decided as they did, in the words that they share with agencies (DEC-14)."""

from services.casework.act import latest_command
from services.casework.steps.rapid_review.local_course import ProposeLocalCourse
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.rapid_review.reconsidering import course_put
from services.casework.steps.reasons_shared import ReasonsShared
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.workflow import LocalCourse


def decision_of_round(work: UnitOfWork, case: Case) -> ProposeDecision | None:
    """Return what was put to the partners in the newest round, if the actor reads it."""
    subject = str(case.decision_round)
    return latest_command(work, case, EntryType.DECISION_PROPOSED, ProposeDecision, subject)


def reasons_of_decision(
    work: UnitOfWork, case: Case, decision: ProposeDecision | None
) -> tuple[str, ...]:
    """Return why it was decided, in the words for agencies (DEC-14).

    Where the local review ended for a national one, the reasons of that take their place; where it
    goes on or stands, they follow.
    """
    course = course_put(work, case)
    if course is None:
        return words_shared(decision)
    settled = latest_command(
        work, case, EntryType.LOCAL_COURSE_PROPOSED, ProposeLocalCourse, course
    )
    before = () if course is LocalCourse.ENDS else words_shared(decision)
    return (*before, *words_shared(settled))


def words_shared(said: ReasonsShared | None) -> tuple[str, ...]:
    """Return the words in which the reasons are shared with agencies, if they are."""
    words = said.agencies_words if said is not None and said.tells_agencies else None
    return (words,) if words else ()
