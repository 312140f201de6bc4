"""LC-17: police or prosecution are spoken to before terms are drawn up beside their process."""

import pytest

from services.casework.steps.other_reviews import liaison, processes
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from tests.driven import Driven
from tests.process_factories import record_liaison, record_process
from tests.put_terms import put_terms

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2025-12-15"


def test_terms_beside_a_criminal_process_wait_for_a_course_that_was_agreed(one_world):
    """LC-17, LC-16: police or prosecution are spoken to at the outset of the review, each time."""
    case, said = Driven(one_world), record_process(kind="criminal", called="Operation X")
    case.do(processes.record_process, said, MANAGER, WHEN)
    case.do(liaison.record_liaison, record_liaison(course="proceed"), MANAGER, WHEN)
    case.decide().notify().scope().review().answer()
    on = "2026-01-20"
    with pytest.raises(RuleBroken, match="Operation X"):
        put_terms(case, on)
    spoken = record_liaison(held_on=on, whom="coroner", course="proceed")
    with pytest.raises(AnswerRefused, match="leave this empty"):
        case.do(liaison.record_liaison, spoken, MANAGER, on)
    case.do(liaison.record_liaison, record_liaison(held_on=on), MANAGER, on)
    with pytest.raises(RuleBroken, match="the course that was agreed"):
        put_terms(case, on)
    agreed = record_liaison(held_on=on, course="delay_publication")
    case.do(liaison.record_liaison, agreed, MANAGER, on)
    put_terms(case, on)
