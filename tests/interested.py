"""Who decides on a declared interest, who is asked to, and to whom the case is open meanwhile."""

from services.casework.access.cases import is_open_to_actor
from services.casework.steps import interests
from services.database.assignments import open_assignments
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from tests.driven import Driven
from tests.interest_factories import decide_on_interest
from tests.road_of_interests import WHEN


def decides(case: Driven, who: Role | Actor, person: Actor, **but: object) -> None:
    command = decide_on_interest(person.person_id, **but)
    case.do(interests.decide_on_interest, command, who, WHEN)


def is_open(case: Driven, who: Actor) -> bool:
    with case.world.act(who, WHEN) as work:
        return is_open_to_actor(work, case.case_id)


def asked(case: Driven, seen_by: Role = Role.BUSINESS_MANAGER) -> set[tuple[Role, str]]:
    with case.world.act(seen_by, WHEN) as work:
        found = open_assignments(work.session, case.case_id)
        return {(one.role, one.subject) for one in found if one.todo is Todo.DECIDE_ON_INTEREST}
