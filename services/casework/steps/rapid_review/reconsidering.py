"""How the rapid review is put to the partners, and whether it may change once they signed it."""

from typing import Final

from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.rapid_review.panel_queries import open_queries
from services.casework.steps.rounds.sign_off_rounds import all_agree, invite, openings, round_of
from services.database.cases import Case
from services.database.history import Fact, facts, last_fact
from services.database.joint_reviews import membership_of, newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import StepNotOpen
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, Stage

DECIDED_FIRST = "The partners decide again on the rapid review first."
REOPENS = "reopens"
"""The subject of a supplement because of which the decision is taken again."""

# Later than in the rapid review it is decided again where the Panel's query or a supplement
# reopens it (GOV-14, RR-36).
DECIDED_AT: Final = frozenset(
    {
        Stage.RAPID_REVIEW,
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.EMBEDDING,
    }
)


def put_to_partners(work: UnitOfWork, case: Case) -> None:
    """Ask every party to sign; by the day of the submission where that is still to come (K10)."""
    invite(work, case, SignOffMatter.RAPID_REVIEW, last_day=last_day(work, case, ClockId.K10))


def take_back(work: UnitOfWork, case: Case) -> None:
    """Have what was put to the partners put to them again: it has changed since (RR-30)."""
    if round_of(work, case, SignOffMatter.RAPID_REVIEW):
        close_todos(work, case, Todo.SIGN_RAPID_REVIEW)
        open_todo(work, case, Todo.PROPOSE_DECISION)


def must_be_open_to_change(work: UnitOfWork, case: Case) -> None:
    """Refuse what comes before the meeting, or after the signatures while nothing reopens it.

    The Panel's query reopens it, and so may later information (GOV-14, RR-36).
    """
    if case.met_on is None:
        raise StepNotOpen("This comes after the rapid review meeting. Record the meeting first.")
    if case.published_on is not None:
        raise StepNotOpen("The local review is published: its decision stands.")
    if case.decided_on is None or is_queried(work, case) or is_being_decided(work, case):
        return
    raise StepNotOpen("The partners have signed this rapid review; it no longer changes.")


def is_queried(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the Panel has queried the decision since it was put, and waits for a reply.

    It may be taken again then, wherever the case has come to meanwhile.
    """
    if not is_decided_here(work, case):
        return False
    asked, put = facts(work.session, case.id, EntryType.PANEL_ANSWERED), newest_put(work, case)
    is_open = SignOffMatter.RAPID_REVIEW in open_queries(work, case)
    return is_open and put is not None and asked[-1].number > put.number


def is_decided_here(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the decision can be taken again by those who may sign on this case.

    Not once its local review is signed off or published, nor once a joint part has ended in which
    several partnerships took it.
    """
    joined = newest_membership(work.session, case.id) is not None
    left = joined and membership_of(work.session, case.id) is None
    return case.stage in DECIDED_AT and case.published_on is None and not left


def must_not_be_decided(work: UnitOfWork, case: Case, otherwise: str = DECIDED_FIRST) -> None:
    """Refuse what rests on the decision while it is being taken again."""
    if is_being_decided(work, case):
        raise StepNotOpen(otherwise)


def is_being_decided(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners decide again: a supplement reopened it, or a round is not signed.

    A round on the course of the local review beside a national one changes no rapid review.
    """
    put = newest_put(work, case)
    if put is None:
        return False
    reopened = last_fact(work.session, case.id, EntryType.REVIEW_SUPPLEMENTED, REOPENS)
    if reopened is not None and reopened.number > put.number:
        return True
    is_decision = put.entry_type is EntryType.DECISION_PROPOSED
    return is_decision and not all_agree(work, case, SignOffMatter.RAPID_REVIEW)


def newest_put(work: UnitOfWork, case: Case) -> Fact | None:
    """Return what put the newest words to the partners; a turned round has none of its own."""
    put = [
        one
        for one in openings(work, case, SignOffMatter.RAPID_REVIEW)
        if one.entry_type is not EntryType.ROUND_TURNED
    ]
    return put[-1] if put else None


def course_put(work: UnitOfWork, case: Case) -> LocalCourse | None:
    """Return the course that is put to the partners, if the newest round is about one."""
    put = newest_put(work, case)
    if put is None or put.entry_type is not EntryType.LOCAL_COURSE_PROPOSED:
        return None
    return LocalCourse(put.subject)


def local_review_stands(work: UnitOfWork, case: Case) -> bool:
    """Tell whether all seats let the local review stand until the national one has ended."""
    stands = course_put(work, case) is LocalCourse.STANDS
    return stands and all_agree(work, case, SignOffMatter.RAPID_REVIEW)
