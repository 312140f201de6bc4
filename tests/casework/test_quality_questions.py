"""PUB-17, G9: the Panel's ten questions, of which a no says how the report goes on."""

import pytest

from services.casework.steps.local_review.quality_assurance import quality_assure
from services.domain.criteria import QualityQuestion
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.road_of_the_report import draft_alone

CHAIR, DRAFTED = Role.REVIEW_GROUP_CHAIR, "2026-05-01"


@pytest.mark.parametrize("ready", [True, False])
def test_a_no_says_how_the_report_goes_on(case_at, ready):
    """G9: neither to the partners nor back to the reviewer with a bare no."""
    case = draft_alone(case_at(Stage.LOCAL_REVIEW).report())
    bare = tuple({"question": one, "holds": False} for one in QualityQuestion)
    with pytest.raises(AnswerRefused, match="how the report goes on"):
        case.do(quality_assure, say.quality_assure(answers=bare, ready=ready), CHAIR, DRAFTED)
    said = tuple({**one, "comment": "Section 3 says it in the next version."} for one in bare)
    case.do(quality_assure, say.quality_assure(answers=said, ready=False), CHAIR, DRAFTED)
