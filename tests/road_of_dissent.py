"""A rapid review with which a partner disagrees until their named lead replaces the position."""

from services.casework.steps.sign_off import replacement
from services.domain.roles import Role, Seat
from tests.dissent_factories import given_by, replace_position, unresolved
from tests.driven import Driven


def decided_by_a_lead(case: Driven, when: str = "2026-01-05") -> Driven:
    """Have what is before the partners disagreed with, spoken about, and agreed by the lead."""
    unresolved(case, when)
    replaced = replace_position(given_by(case, Seat.POLICE))
    case.do(replacement.replace_position, replaced, Role.BUSINESS_MANAGER, when)
    return case
