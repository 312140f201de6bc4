"""An agency that is given more time, stays silent until formal action, and rings at last."""

from services.casework.steps.scoping import (
    extension,
    return_confirmation,
    return_entered,
    scoping,
    silence,
)
from services.domain.roles import Role
from tests import factories as say
from tests import silence_factories as on_silence
from tests.driven import Driven
from tests.road_of_notes import noted_and_reminded
from tests.road_of_questions import asked_and_answered
from tests.world import SCHOOL, World

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER


def up_the_ladder(world: World, drive: type[Driven]) -> Driven:
    """Ask a school, give it more time, take its silence up to the partners, and have it ring."""
    case = drive(world).decide().notify()
    school = case.agency(SCHOOL)
    case.do(scoping.request_returns, say.request_returns(school), MANAGER, "2025-12-15")
    later = on_silence.extend_day(school, new_day="2025-12-23")
    case.do(extension.extend_day, later, MANAGER, "2025-12-19")
    noted_and_reminded(case, "2025-12-24")
    asked_and_answered(case, "2025-12-24")
    for act, make, who, when in (
        (silence.refer_silence, on_silence.refer_silence, MANAGER, "2025-12-24"),
        (silence.reach_strategic_lead, on_silence.reach_strategic_lead, CHAIR, "2025-12-24"),
        (silence.put_silence_to_partners, on_silence.put_silence_to_partners, CHAIR, "2025-12-29"),
        (silence.act_formally, on_silence.act_formally, PARTNER, "2025-12-30"),
    ):
        case.do(act, make(school, by_when="2026-01-05"), who, when)
    rang = say.enter_return(school, received_at="2025-12-31 11:00")
    case.do(return_entered.enter_return, rang, MANAGER, "2025-12-31 12:00")
    confirmed = say.confirm_return(key_events="Other events.", reason="It was heard wrongly.")
    confirms = return_confirmation.confirm_return
    case.do(confirms, confirmed, Role.AGENCY_LEAD, "2026-01-02", agency=SCHOOL)
    return case
