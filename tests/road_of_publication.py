"""A report that is published on a road: its steps, a look at its address, and a copy of it."""

from services.casework.steps.after_publication import updates
from services.casework.steps.publication import archived_copies, availability
from services.domain.roles import Role
from tests.changed_factories import change_and_sign
from tests.communications_factories import (
    all_answer_other_day,
    record_archived_copy,
    record_update,
    take_a_step,
)
from tests.dispatch_factories import confirm_available
from tests.driven import Driven
from tests.road_after_publication import taken_down_and_back

MANAGER, AFTER = Role.BUSINESS_MANAGER, "2026-07-06"


def publish_and_look(case: Driven) -> Driven:
    """Plan, change the text, take a step, publish on another day; look, and take it down."""
    changed = change_and_sign(take_a_step(case.plan(), "2026-06-08"), "2026-06-09")
    all_answer_other_day(changed.publish(on="2026-07-04"), AFTER)
    case.do(availability.confirm_available, confirm_available(), MANAGER, AFTER)
    case.do(archived_copies.record_archived_copy, record_archived_copy(), MANAGER, AFTER)
    case.do(updates.record_update, record_update(), MANAGER, AFTER)
    return taken_down_and_back(case)
