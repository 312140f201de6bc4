"""Other reviews and proceedings on a road: recorded, changed, spoken about, in one report."""

from services.casework.steps.other_reviews import liaison, processes, requirements
from services.casework.steps.other_reviews.register import OtherProcess, processes_on
from services.domain.roles import Role
from tests.driven import Driven
from tests.process_factories import (
    change_process,
    list_requirements,
    record_liaison,
    record_process,
)

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def on_register(case: Driven, who: Role = MANAGER) -> tuple[OtherProcess, ...]:
    """Return the processes on the case that the person reads."""
    with case.world.act(who) as work:
        found = processes_on(work, case.case_id)
        work.session.expunge_all()
        return found


OBJECTS = ({"holds_back": "published", "words": "The whole report", "until": "The verdict"},)
CRIMINAL = {"kind": "criminal", "called": "R v A", "state": "under_way"}


def prosecution_objects(case: Driven, when: str) -> None:
    """Put a trial on the register, for the sake of which the prosecution objects to publication."""
    said = record_process(**CRIMINAL, since=when, constraints=OBJECTS)
    case.do(processes.record_process, said, MANAGER, when)


def trial_changes(case: Driven, when: str, **but: object) -> None:
    """Say anew how the trial stands: it holds nothing back, unless it is said otherwise."""
    (one,) = on_register(case)
    usual = {**CRIMINAL, "since": when, "goes_first": "side_by_side", "constraints": ()}
    case.do(processes.change_process, change_process(one.id, **(usual | but)), MANAGER, when)


def keep_register(case: Driven, when: str = "2025-12-15") -> Driven:
    """Record a safeguarding adult review, speak about it, and agree on a joint report with it."""
    case.do(processes.record_process, record_process(), MANAGER, when)
    (one,) = on_register(case)
    spoken = record_liaison(process=one.id)
    case.do(liaison.record_liaison, spoken, Role.SAFEGUARDING_PARTNER, when)
    case.do(processes.change_process, change_process(one.id), CHAIR, when)
    case.do(requirements.list_requirements, list_requirements(one.id), MANAGER, when)
    return case
