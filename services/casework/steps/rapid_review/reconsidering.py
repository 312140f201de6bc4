"""How the rapid review is put to the partners, and whether it may change once they signed it."""

from typing import Final

from services.casework.effects import last_day, open_todo
from services.casework.joint.matters import bearer_of, facts_said, signatures
from services.casework.steps.rapid_review.panel_queries import open_queries
from services.casework.steps.rounds.report_signed import is_report_signed
from services.casework.steps.rounds.sign_off_rounds import (
    all_agree,
    ask_no_more,
    ask_others_no_more,
    invite,
    openings,
    round_of,
)
from services.database.cases import Case
from services.database.history import Fact, facts
from services.database.joint_reviews import membership_of, newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import StepNotOpen
from services.domain.sign_off import SAID_IN, SignOffMatter
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
    """Have what was put to the partners put to them again: it has changed since (RR-30).

    Who decides with us is asked no more either, until then.
    """
    if round_of(work, case, SignOffMatter.RAPID_REVIEW):
        ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
        ask_others_no_more(work, case, SignOffMatter.RAPID_REVIEW)
        open_todo(work, case, Todo.PROPOSE_DECISION)


def must_be_open_to_change(work: UnitOfWork, case: Case) -> None:
    """Refuse what comes before the meeting, or after the signatures while nothing reopens it.

    The Panel's query reopens it, and so may later information (GOV-14, RR-36).
    """
    if case.met_on is None:
        raise StepNotOpen("This comes after the rapid review meeting. Record the meeting first.")
    if case.published_on is not None:
        raise StepNotOpen("The local review is published: its decision stands.")
    must_be_decided_here(work, case)
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
    is_open = case.stage in DECIDED_AT and case.published_on is None
    return is_open and not _has_left(work, case)


def must_be_decided_here(work: UnitOfWork, case: Case) -> None:
    """Refuse what would have one partnership alone decide again what several decided (GOV-11).

    A case that has left a joint review has come to its own learning, unless it reviews alone.
    """
    if case.stage is Stage.EMBEDDING and _has_left(work, case):
        raise StepNotOpen(
            "It was decided with other partnerships, and the joint part has ended: invite them to "
            "a joint review again first."
        )


def _has_left(work: UnitOfWork, case: Case) -> bool:
    joined = newest_membership(work.session, case.id) is not None
    return joined and membership_of(work.session, case.id) is None


def must_not_be_decided(work: UnitOfWork, case: Case, otherwise: str = DECIDED_FIRST) -> None:
    """Refuse what rests on the decision while it is being taken again."""
    if is_being_decided(work, case):
        raise StepNotOpen(otherwise)


def is_being_decided(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners decide again: it was reopened or changed, or a round is not signed.

    A round on the course of the local review beside a national one changes no rapid review. Nor
    does a case that has left a joint review decide what those decide who still take part in it.
    """
    put = newest_put(work, case)
    is_theirs = not bearer_of(work, case, SignOffMatter.RAPID_REVIEW).is_own(case)
    if put is None or (is_theirs and _has_left(work, case)):
        return False
    if is_reopened(work, case):
        return True
    if put.entry_type is not EntryType.DECISION_PROPOSED:
        return False
    return is_changed(work, case) or not all_agree(work, case, SignOffMatter.RAPID_REVIEW)


def is_reopened(work: UnitOfWork, case: Case) -> bool:
    """Tell whether later information reopened the decision since words were put to the partners.

    What they were put then is signed no more: another round follows (RR-36). So is what was put
    before the notification was withdrawn, where the incident is notified anew.
    """
    put = newest_put(work, case)
    withdrawn = EntryType.NOTIFICATION_WITHDRAWN
    types = (EntryType.REVIEW_SUPPLEMENTED, withdrawn)
    told = facts_said(work, case, SignOffMatter.RAPID_REVIEW, *types)
    reopened = [one.number for one in told if one.subject == REOPENS or one.entry_type is withdrawn]
    return put is not None and bool(reopened) and reopened[-1] > put.number


def is_changed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether words that were put to the partners changed before all had agreed (RR-30).

    A signature that was given before and arrives from another side later is no agreement on what
    stands now (GOV-11). What changes under a decision that is in force changes nothing of it.
    """
    matter = SignOffMatter.RAPID_REVIEW
    put, said = openings(work, case, matter), facts_said(work, case, matter, *SAID_IN[matter])
    changed = [one.number for one in said if put and one.number > put[-1].number]
    if not changed or not all_agree(work, case, matter):
        return bool(changed)
    given = {str(one.id) for one in signatures(work, case, matter, len(put))}
    arrived = facts_said(work, case, matter, EntryType.SIGNATURE_RECEIVED)
    return any(one.number > changed[0] and one.subject in given for one in arrived)


def is_put_no_more(work: UnitOfWork, case: Case) -> bool:
    """Tell whether what the partners were put is signed no more, on our case or on the lead's.

    It was changed since (RR-30), or reopened (RR-36), or the report is signed, with which there was
    a review (PUB-02).
    """
    is_to_be_put = is_changed(work, case) or is_reopened(work, case)
    return is_to_be_put or stands_with_report(work, case)


def stands_with_report(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the decision stands because the report of its review is signed (PUB-02)."""
    return is_report_signed(work, case) and not is_being_decided(work, case)


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


def course_waits(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a course of the local review was put on which not every seat agrees."""
    is_put = course_put(work, case) is not None
    return is_put and not all_agree(work, case, SignOffMatter.RAPID_REVIEW)
