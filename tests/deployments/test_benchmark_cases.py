"""The example case that the benchmarks carry: its people may do what it has them do."""

from deployments.benchmarks.prepare import carry_case
from deployments.demo.partnerships import SALTMARSH, founding_of
from services.casework.provisioning import person_id_of
from services.database.cases import get_case
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from tests.world import found_on


def test_the_case_of_the_benchmarks_is_carried_to_the_panel(world):
    found_on(world.engine, founding_of(SALTMARSH))
    case_id = carry_case(world.engine, SALTMARSH, 7, last_act="submit")
    manager = Actor(
        person_id=person_id_of(SALTMARSH.email("manager")),
        partnership_id=SALTMARSH.partnership_id,
        role=Role.BUSINESS_MANAGER,
    )
    with world.act(manager, "2026-03-01") as work:
        assert get_case(work.session, case_id).stage is Stage.WITH_PANEL
