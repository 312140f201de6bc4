"""Whether a party may sign now: what was put is what it saw, it is finished, the seat is free."""

from typing import Final

from services.casework.joint.matters import (
    parties_deciding,
    signatures,
    signatures_of,
)
from services.casework.steps.plan_standing import must_owe_no_audit
from services.casework.steps.rapid_review.reconsidering import (
    is_reopened,
    must_be_decided_here,
    must_not_be_decided,
    stands_with_report,
)
from services.casework.steps.rounds.group_advice import must_be_advised
from services.casework.steps.rounds.sign_off_rounds import is_settled, round_of
from services.casework.steps.sign_off.assured import must_be_assured
from services.casework.steps.sign_off.dissent_route import is_put_to_nobody
from services.database.actions import actions
from services.database.cases import Case
from services.database.delegations import authority_of
from services.database.reviewers import reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.delegation import DelegatedAuthority, must_be_clear
from services.domain.errors import NotPermitted, RuleBroken, StepNotOpen
from services.domain.labels import label
from services.domain.parties import Party, must_be_free_to_sign, must_have_seen, party_of
from services.domain.sign_off import SignOffMatter

_AFTER_DECISION: Final = frozenset(
    {SignOffMatter.REPORT, SignOffMatter.PROPOSED_PLAN, SignOffMatter.ACTION_PLAN}
)

OF_THE_REVIEWER: Final = frozenset({SignOffMatter.RECOMMENDATIONS, SignOffMatter.REPORT})
"""What is the lead reviewer's own, so that they do not decide on it."""


def party_that_signs(work: UnitOfWork) -> Party:
    """Return the party for which the person acts; no form asks for it (GOV-12)."""
    if (party := party_of(work.actor)) is None:
        raise NotPermitted("Only a person who acts for one of the partners may sign.")
    return party


def authority_to_sign(work: UnitOfWork, party: Party) -> DelegatedAuthority:
    """Return by what authority the person decides for the party today; refuse without (GOV-12)."""
    person_id = work.actor.person_id
    return must_be_clear(authority_of(work.session, person_id, party, work.today))


def round_to_sign(work: UnitOfWork, case: Case, matter: SignOffMatter, *, seen: int) -> int:
    """Return the round that is signed: the newest one, and the one that the person saw."""
    newest = round_of(work, case, matter)
    if newest == 0:
        raise RuleBroken(f"There is nothing to sign yet on {label(matter)}.")
    must_have_seen(seen, newest)
    return newest


def must_be_ready_to_sign(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Refuse a draft that is not assured (PUB-15, G9) and a plan with open actions (EMB-05).

    Its lead reviewer neither signs a report nor its recommendations, nor puts a lead's position on
    them on record.
    Report and plan wait as well while the decision that they follow from is taken again (RR-36),
    and terms of reference until the review group has advised on them (G6).
    """
    must_be_advised(work, case, matter)
    if matter is SignOffMatter.RAPID_REVIEW:
        _must_still_be_put(work, case)
    if matter is SignOffMatter.INTERIM_LEARNING:
        _must_come_before_report(work, case)
    if matter is SignOffMatter.TAKING_DOWN:
        _must_not_be_dropped(work, case)
    if matter in _AFTER_DECISION:
        must_not_be_decided(work, case)
    if matter in OF_THE_REVIEWER:
        _must_be_of_another(work, case)
    if matter is SignOffMatter.REPORT:
        must_be_assured(work, case)
    if matter is SignOffMatter.ACTION_PLAN:
        _must_be_completed(work, case)


def _must_come_before_report(work: UnitOfWork, case: Case) -> None:
    """Refuse to agree to early learning once the report that holds it is signed (LC-22)."""
    if is_put_to_nobody(work, case, SignOffMatter.INTERIM_LEARNING):
        raise StepNotOpen("The report is signed: this learning is shared with it (LC-22).")


def _must_not_be_dropped(work: UnitOfWork, case: Case) -> None:
    """Refuse to decide on what is done already, or is not pursued any more."""
    if is_put_to_nobody(work, case, SignOffMatter.TAKING_DOWN):
        raise StepNotOpen("Nothing of the published report is put to the partners now.")


def _must_be_completed(work: UnitOfWork, case: Case) -> None:
    """Refuse a plan of which anything is open: an action, an audit, an agreement (EMB-05)."""
    if any(one.is_open for one in actions(work.session, case.id)):
        raise RuleBroken("The partners sign the completed plan: an action is open (EMB-05).")
    must_owe_no_audit(work, case)
    if not is_settled(work, case, SignOffMatter.PROPOSED_PLAN):
        raise RuleBroken("Further actions wait for the partners' agreement first (GOV-11).")


def _must_still_be_put(work: UnitOfWork, case: Case) -> None:
    """Refuse a decision that later information reopened since, or of a review that we have left.

    Nor is it put to the partners any more once the report of its local review is signed (PUB-02).
    """
    must_be_decided_here(work, case)
    if is_reopened(work, case):
        raise StepNotOpen("The decision was reopened since: it is put to the partners again first.")
    if stands_with_report(work, case):
        raise StepNotOpen("The report of the local review is signed: its decision stands.")


def must_be_first_to_sign(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int, party: Party
) -> None:
    """Refuse a second signature for a party, and a person in two seats (rules.md 4)."""
    person_id = work.actor.person_id
    must_be_free_to_sign(
        signatures(work, case, matter, round_),
        signatures_of(work, case, matter, person_id),
        party,
        person_id,
        parties_deciding(work, case, matter),
    )


def _must_be_of_another(work: UnitOfWork, case: Case) -> None:
    if work.actor.person_id in reviewers_to_name(work.session, case.id):
        raise RuleBroken("A lead reviewer cannot sign off their own report or recommendations.")
