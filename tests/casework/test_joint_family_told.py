"""In a joint review each side records what its own family was told of what all have decided."""

import pytest

from services.casework.steps.family_told import RECORD_FAMILY_TOLD, still_to_tell
from services.database.cases import get_case
from services.domain.errors import StepNotOpen
from services.domain.family import SharedWithFamily
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.act_pages.learning import PAGES
from tests.joint_publishing import Publishing
from tests.panel_factories import record_family_told

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
BOTH = {SharedWithFamily.LEARNING, SharedWithFamily.REASONS}
(CLOSE,) = (one for one in PAGES if one.act.name == "close")


def untold(several: Publishing) -> tuple[set[SharedWithFamily], str]:
    """Return what is still to be told over there, and what their close page says of it."""
    assert CLOSE.note is not None
    with several.world.act(several.theirs.actor(CHAIR), several.when) as work:
        case = get_case(work.session, several.theirs_case)
        return set(still_to_tell(work, case)), CLOSE.note(work, case)


def tell(several: Publishing) -> None:
    several.do_theirs(RECORD_FAMILY_TOLD, several.theirs_case, record_family_told(), MANAGER)


@pytest.mark.parametrize("part", [JointPart.CONTRIBUTING, JointPart.JOINTLY_DECIDING])
def test_a_joining_side_records_it_once_every_seat_has_agreed(part, ready_by):
    """DEC-14, RR-33: what is decided stands on the case that leads; the family is told by each."""
    several = ready_by(Publishing).begun(part)
    with pytest.raises(StepNotOpen, match="decide first"):
        tell(several)
    assert untold(several) == (set(), "")
    several.sent_to_panel()
    found, said = untold(several)
    assert (found, "not on record as done: the learning" in said) == (BOTH, True)
    tell(several)
    assert untold(several)[0] == {SharedWithFamily.LEARNING}


def test_it_is_recorded_and_told_of_also_once_the_joint_part_has_ended(ready_by):
    """DEC-14: the case goes on with its own learning, and what was decided together stays so."""
    several = ready_by(Publishing).begun().sent_to_panel().reviewed().signed_and_planned()
    several.send()
    several.send_theirs()
    several.publish()
    several.publish_theirs()
    assert several.own.stage() is Stage.EMBEDDING
    assert untold(several)[0] == BOTH
    tell(several)
    assert untold(several)[0] == {SharedWithFamily.LEARNING}
    several.end_sharing()
    tell(several)  # what was decided together stays so, whatever is shown of it
