"""GOV-19: what is for an agency's own procedure is left to it, and the review keeps no detail."""

import pytest

from services.casework.steps.referred_out import ReferOut, refer_out
from services.database.history import last_entry
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Role
from tests.driven import Driven
from tests.process_factories import refer_out as told
from tests.world import make_world

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2025-12-16"


@pytest.fixture
def case(app_engine) -> Driven:
    return Driven(make_world(app_engine)).decide().notify()


def test_it_keeps_who_was_told_and_when_and_has_no_place_for_a_detail(case):
    """GOV-19: a flag; its entry is internal, so no other partnership and no paper has it."""
    assert set(ReferOut.model_fields) == {"agency", "told_on"}
    case.do(refer_out, told(case.agency()), CHAIR, WHEN)
    with case.world.act(CHAIR, WHEN) as work:
        kept = last_entry(work.session, case.case_id, EntryType.REFERRED_OUT)
        assert kept is not None
        assert kept.section is Section.INTERNAL
        assert kept.command == {"agency": str(case.agency()), "told_on": "2025-12-16"}


def test_a_day_to_come_and_an_agency_that_is_not_here_are_refused(case):
    with pytest.raises(AnswerRefused) as refused:
        case.do(refer_out, told(case.agency(), told_on="2025-12-17"), CHAIR, WHEN)
    assert refused.value.field == "told_on"
    with pytest.raises(NotFound):
        case.do(refer_out, told(case.world.theirs.agency("Hill Hospital (example)")), CHAIR, WHEN)
