"""Learning is shared while a review goes on once every partner has agreed to it (LC-22)."""

import pytest

from services.casework.steps.review_team.interim_learning import (
    propose_interim_learning,
    share_interim_learning,
)
from services.casework.steps.sign_off import sign_off
from services.casework.steps.sign_off.sign_off import SIGN_INTERIM_LEARNING
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests.kept import PARTNERS, SEATS, Traces, emails, turns
from tests.team_factories import progress_is_reported, propose_interim, share_interim

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
WHEN, NEXT = "2026-02-03", "2026-02-04"
LEARNT = "Call the family on the day."


def test_the_partners_agree_to_learning_before_it_is_shared_and_read_the_progress(case_at, left_by):
    """LC-22, EMB-02, GOV-11: one partner short, nothing is shared; a no is put again."""
    case = case_at(Stage.LOCAL_REVIEW)
    progress_is_reported(case)
    with pytest.raises(AnswerRefused, match="one agency"):
        case.do(propose_interim_learning, propose_interim(), CHAIR, WHEN)
    said = propose_interim(case.agency(), learning=LEARNT)
    left = left_by(case, propose_interim_learning, said, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["interim_learning_proposed"],
        opened=turns("sign_interim_learning", *SEATS),
        emails=emails("sign_off_needed", *PARTNERS),
    )
    with case.world.act(case.world.ours.partner(Seat.POLICE), WHEN) as work:
        row = get_case(work.session, case.case_id)
        told = said_before(work, SIGN_INTERIM_LEARNING, row)
    assert LEARNT in {answer.text for one in told for answer in one.said}
    case.sign(sign_off.sign_interim_learning, WHEN, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    with pytest.raises(StepNotOpen, match="every partner"):
        case.do(share_interim_learning, share_interim(), MANAGER, WHEN)


def test_a_partner_who_disagrees_has_it_put_again_and_it_is_shared_once(case_at, left_by):
    """LC-22, GOV-11: a no is put again; what all agreed to is shared, and kept once."""
    case = case_at(Stage.LOCAL_REVIEW)
    said = propose_interim(case.agency(), learning=LEARNT)
    case.do(propose_interim_learning, said, CHAIR, WHEN)
    no = {"position": Position.DISAGREES}
    case.sign(sign_off.sign_interim_learning, WHEN, Seat.INTEGRATED_CARE_BOARD, **no)
    assert "propose_interim_learning" in {one.todo for one in case.turns()}
    case.do(propose_interim_learning, said, CHAIR, WHEN)
    case.sign(sign_off.sign_interim_learning, WHEN)
    assert "share_interim_learning" in {one.todo for one in case.turns()}
    with pytest.raises(AnswerRefused, match="not in the future"):
        case.do(share_interim_learning, share_interim(shared_on=NEXT), MANAGER, WHEN)
    with pytest.raises(AnswerRefused, match="every partner had agreed"):
        case.do(share_interim_learning, share_interim(shared_on="2026-02-02"), MANAGER, WHEN)
    with pytest.raises(StepNotOpen, match="record first"):
        case.do(propose_interim_learning, said, CHAIR, WHEN)
    left = left_by(case, share_interim_learning, share_interim(), who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["interim_learning_shared"], closed=["share_interim_learning | business_manager"]
    )
    with pytest.raises(StepNotOpen):
        case.do(share_interim_learning, share_interim(), MANAGER, NEXT)


def test_nothing_is_signed_before_learning_is_put(case_at):
    """LC-22: there is no round to sign while none was put."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(RuleBroken, match="nothing to sign"):
        case.sign(sign_off.sign_interim_learning, WHEN, Seat.POLICE)
