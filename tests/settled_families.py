"""A family of which nobody is invited: what a case needs before its report, and nothing more."""

from typing import TYPE_CHECKING

from services.casework.steps.families.decided import DecidedRelative, decided_for_each
from services.casework.steps.families.involvement import decide_involvement
from services.database.cases import get_case
from services.domain.roles import Role
from tests import family_factories as say

if TYPE_CHECKING:
    from tests.driven import Driven


def family_of(case: "Driven", who: Role = Role.BUSINESS_MANAGER) -> tuple[DecidedRelative, ...]:
    """Return each person of the family, with what is decided for them, as the person reads it."""
    with case.world.act(who) as work:
        found = decided_for_each(work, get_case(work.session, case.case_id))
        work.session.expunge_all()
        return found


def settle_family(case: "Driven", when: str) -> None:
    """Decide for each of the family about whom nothing is decided that they are not invited."""
    for one in family_of(case):
        if one.said is None:
            said = say.decide_involvement(one.person.id, **say.NOT_INVITED)
            case.do(decide_involvement, said, Role.BUSINESS_MANAGER, when)
