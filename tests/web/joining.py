"""Two partnerships that come to a joint review at the pages, each by its own people."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from services.casework.engine.case_leases import Holder, acquire, release
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from tests.web.answering import do
from tests.web.conftest import World
from tests.web.referrals import refer

HERE, THERE = 0, 1
US, THEM = (str(PLACES[place].partnership_id) for place in (HERE, THERE))


def settle(world: World, case: str) -> None:
    """Do what the acts on a case have ordered, as its flow does."""
    around, case_id = world.app.state.site.neighbours, CaseId(UUID(case[-36:]))
    lease = acquire(around, case_id, Holder("a test"))
    assert lease is not None
    for step in Step:
        run_step(around, lease, step, HANDLERS)
    release(around, lease)


def invite(world: World) -> str:
    """Invite the partnership over there to be consulted; return our case."""
    manager = world.person("manager")
    case, later = refer(manager), world.now.date() + timedelta(days=60)
    do(manager, f"{case}/joint/invite", later, partnership=THEM, lead=US, part="consulted")
    settle(world, case)
    return case


def join(world: World) -> tuple[str, str]:
    """Invite them, have it approved and accepted; return our case and theirs."""
    ours, theirs = invited(world)
    manager = world.person("manager", THERE)
    do(manager, f"{theirs}/joint/answer", world.now.date(), answer="accepted", own_case="")
    settle(world, theirs)
    return ours, theirs


def invited(world: World) -> tuple[str, str]:
    """Invite them and have it approved; return our case and the one that is opened over there."""
    ours = invite(world)
    do(world.person("chair"), f"{ours}/joint/approve", world.now.date())
    settle(world, ours)
    return ours, _opened_over_there(world)


def _opened_over_there(world: World) -> str:
    newest = text("select id from cases where invitation_id is not null order by opened_at desc")
    with world.admin.connect() as link:
        return f"/cases/{link.execute(newest).scalars().first()}"
