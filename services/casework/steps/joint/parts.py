"""A joining partnership takes part in another way; who must sign changes with its part."""

from services.casework.joint.standing_aside import stop_asking
from services.casework.steps.joint.rounds import TurnRound, turn_round
from services.casework.steps.rapid_review.reconsidering import is_put_no_more
from services.casework.steps.review_team.interim_learning import (
    waits_to_be_shared,
    was_put_here,
)
from services.casework.steps.rounds.sign_off_rounds import all_agree, ask_no_more, round_of
from services.casework.steps.scoping.second_person import ask_second_persons_again
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_reviews import ASKS_AGENCIES, DECIDED_WITH, JointPart
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage

_DECIDED_AT = {
    SignOffMatter.RAPID_REVIEW: Stage.RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: Stage.COMMISSIONING,
    SignOffMatter.RECOMMENDATIONS: Stage.LOCAL_REVIEW,
    SignOffMatter.INTERIM_LEARNING: Stage.LOCAL_REVIEW,
    SignOffMatter.REPORT: Stage.LOCAL_REVIEW,
    SignOffMatter.PUBLICATION: Stage.PUBLICATION,
}


def take_part_as(work: UnitOfWork, case: Case, part: JointPart) -> None:
    """Keep our part from now on, and ask nobody to sign what it does not decide."""
    membership = membership_of(work.session, case.id)
    assert membership is not None  # noqa: S101 - asked by the caller
    membership.part = part
    work.session.add(membership)
    work.session.flush()
    decided = (one for one, least in DECIDED_WITH.items() if not part.holds(least))
    ask_no_more(work, case, *decided)
    if not part.holds(ASKS_AGENCIES):
        stop_asking(work, case)
    else:
        ask_second_persons_again(work, case)


def turn_rounds(
    work: UnitOfWork,
    case: Case,
    unsettled: tuple[SignOffMatter, ...],
    *,
    before: JointPart | None,
    after: JointPart | None,
) -> None:
    """Put to the partners again what is open and who signs it has changed; settled is settled."""
    for matter, least in DECIDED_WITH.items():
        signed = before is not None and before.holds(least)
        signs = after is not None and after.holds(least)
        if signed is not signs and is_open(work, case, matter, unsettled):
            turn_round(work, case, TurnRound(matter=matter))


def is_open(
    work: UnitOfWork, case: Case, matter: SignOffMatter, unsettled: tuple[SignOffMatter, ...]
) -> bool:
    """Tell whether the matter is before the partners: not agreed, or agreed and not acted on.

    Learning that was shared is not (LC-22), nor what a lead before put: its successor puts it anew.
    """
    if matter is SignOffMatter.INTERIM_LEARNING:
        is_its_stage = case.stage is _DECIDED_AT[matter]
        return is_its_stage and was_put_here(work, case) and waits_to_be_shared(work, case)
    was_put = round_of(work, case, matter) > 0
    return was_put and (matter in unsettled or _DECIDED_AT[matter] is case.stage)


def unsettled_matters(work: UnitOfWork, case: Case) -> tuple[SignOffMatter, ...]:
    """Return the joint matters that were put to the partners and on which not all agree yet.

    Without a decision that is put to them no more: it was reopened, or its report is signed.
    """
    return tuple(
        matter
        for matter in DECIDED_WITH
        if round_of(work, case, matter)
        and not all_agree(work, case, matter)
        and not (matter is SignOffMatter.RAPID_REVIEW and is_put_no_more(work, case))
    )
