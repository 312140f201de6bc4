"""Whether the learning of a case is completed, so that it may be closed (G11)."""

from services.casework.steps.plan_standing import must_owe_no_audit
from services.casework.steps.practice_seen import practice_unseen
from services.casework.steps.publication.other_day import must_be_answered
from services.casework.steps.rapid_review.reconsidering import must_not_be_decided
from services.casework.steps.rounds.sign_off_rounds import all_agree, is_settled
from services.database.actions import actions
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken
from services.domain.sign_off import SignOffMatter


def must_be_completed(work: UnitOfWork, case: Case) -> None:
    """Refuse the close while an action is open, an audit owed, or the partners have not decided.

    Each of them decides on it by signing the completed plan; who records the close decides nothing.
    """
    plan = actions(work.session, case.id)
    if not plan or any(one.is_open for one in plan):
        raise RuleBroken("Every action is completed, or its risk accepted, before the close (G11).")
    must_owe_no_audit(work, case)
    must_be_answered(work, case)
    must_not_be_decided(work, case, "The partners decide again on the rapid review first (RR-36).")
    if not is_settled(work, case, SignOffMatter.PROPOSED_PLAN):
        raise RuleBroken("Further actions wait for the partners' agreement first (GOV-11).")
    if not all_agree(work, case, SignOffMatter.ACTION_PLAN):
        raise RuleBroken("All partners sign the completed plan and decide to close (EMB-05, G11).")


def must_have_seen_practice(work: UnitOfWork, case: Case) -> None:
    """Refuse the close while of a completed action no changed practice is on record (EMB-12)."""
    left = sorted(practice_unseen(work, case))
    if left:
        named = ", ".join(map(str, left))
        raise RuleBroken(
            "Leaders are assured by what is seen of practice (EMB-12). “Record what is seen in "
            f"practice” is still to be done of these actions: {named}."
        )
