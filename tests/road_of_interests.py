"""A partner who declares an interest before anybody else opens the case, and is decided on."""

from services.casework.steps import declaration, interests
from services.domain.roles import Actor, Role, Seat
from tests import factories as say
from tests.declared import declare_everybody
from tests.driven import Driven
from tests.interest_factories import decide_on_interest, declare_again
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
    """Bar the partner at first, let them take part after all, and so once another one arose."""
    case = with_an_interest(world, drive)
    police = world.ours.partner(Seat.POLICE)
    for takes_part in (False, True):
        _decide(case, police, takes_part=takes_part)
    case.do(declaration.declare_again, declare_again(), police, WHEN)
    _decide(case, police, takes_part=True)
    return case


def _decide(case: Driven, person: Actor, *, takes_part: bool) -> None:
    decided = decide_on_interest(person.person_id, takes_part=takes_part)
    case.do(interests.decide_on_interest, decided, Role.BUSINESS_MANAGER, WHEN)
