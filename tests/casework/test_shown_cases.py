"""What is shown beside our case is asked for that case alone, however much else is shown to us."""

from services.casework.access.shown_cases import cases_shown
from services.database.cases import get_case
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests.joint import Joint
from tests.statements import sent_by
from tests.world import make_world


def shown_beside(joint: Joint, case_id: CaseId) -> tuple[list[CaseId], int]:
    """Return what is shown beside a case of theirs, and how many statements it took to know."""
    manager = joint.theirs.actor(Role.BUSINESS_MANAGER)
    with joint.world.act(manager, joint.when) as work:
        case = get_case(work.session, case_id)
        with sent_by(joint.world.engine) as sent:
            found = [one.case_id for one in cases_shown(work, case)]
    return found, len(sent)


def test_another_case_that_is_shown_costs_no_statement(app_engine):
    world = make_world(app_engine)
    first = Joint(world)
    theirs = first.joined(JointPart.CONSULTED)
    shown, before = shown_beside(first, theirs)
    assert shown == [first.case_id]
    for _ in range(2):
        more = Joint(world)
        waiting = more.invited(JointPart.CONSULTED)
        assert shown_beside(more, waiting)[0] == [more.case_id]
    assert shown_beside(first, theirs) == (shown, before)
