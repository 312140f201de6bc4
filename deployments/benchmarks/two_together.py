"""Two demonstration partnerships that carry a review together, and a joint act of either."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import Engine

from deployments.benchmarks.one_case import DAY_0, one_case
from deployments.demo.partnerships import PLACES, Place
from services.calendars import england
from services.casework.joint.membership import join
from services.casework.provisioning import partnership_id_of, person_id_of
from services.casework.steps.joint.change_proposal import ProposeChange, propose_change
from services.database.unit_of_work import unit_of_work
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Actor, Role


def carry_together(engine: Engine, *places: Place) -> Mapping[str, CaseId]:
    """Refer a case in each and join both in one review; return the case of each, by its code."""
    review, found = uuid4(), {}
    for place in places:
        referral = next(one_case(place, 1))
        with unit_of_work(engine, manager_of(place), DAY_0, england()) as work:
            case = referral.act(work, None, referral.words)
            join(work, case, review, JointPart.JOINTLY_DECIDING, is_lead=place is places[0])
            found[place.code] = CaseId(case.id)
    return found


def propose(engine: Engine, place: Place, case_id: CaseId) -> int:
    """Propose a change of the joint review, which stands in both chains."""
    about = partnership_id_of(PLACES[1].code)
    command = ProposeChange(partnership=about, change=JointChange.LEAVES, reasons="A benchmark.")
    with unit_of_work(engine, manager_of(place), DAY_0, england()) as work:
        propose_change(work, case_id, command)
    return 2


def manager_of(place: Place) -> Actor:
    """Return the business manager of a demonstration partnership."""
    return Actor(
        person_id=person_id_of(place.email("manager")),
        partnership_id=partnership_id_of(place.code),
        role=Role.BUSINESS_MANAGER,
    )
