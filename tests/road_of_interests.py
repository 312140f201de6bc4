"""A partner who declares an interest before anybody else opens the case, and is decided on."""

from services.casework.steps import declaration, interests
from services.domain.roles import Role, Seat
from tests import factories as say
from tests.declared import declare_everybody
from tests.driven import Driven
from tests.interest_factories import decide_on_interest
from tests.world import World

WHEN = "2025-12-12 12:00"


def with_an_interest(world: World, drive: type[Driven] = Driven) -> Driven:
    """Have the partner of the police seat declare an interest; everybody else declares none."""
    case = drive(world, all_declare=False)
    police = world.ours.partner(Seat.POLICE)
    interest = say.declare(has_conflict=True, particulars="The father is a colleague.")
    case.do(declaration.declare, interest, police, WHEN)
    declare_everybody(world, case.case_id, WHEN)
    return case


def decided_on(world: World, drive: type[Driven] = Driven) -> Driven:
    """Bar the partner at first, and let them take part after all."""
    case = with_an_interest(world, drive)
    police = world.ours.partner(Seat.POLICE).person_id
    for takes_part in (False, True):
        decided = decide_on_interest(police, takes_part=takes_part)
        case.do(interests.decide_on_interest, decided, Role.BUSINESS_MANAGER, WHEN)
    return case
