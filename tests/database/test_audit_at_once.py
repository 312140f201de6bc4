"""Opposite joint acts, looks and readers at one time: the chains stay whole, and none waits."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from time import perf_counter

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from services.casework.access.cases import record_viewing
from services.casework.access.shown_cases import open_shown_case
from services.casework.steps.joint.change_proposal import propose_change
from services.database.cases import get_case
from services.database.engine import connect
from services.domain.audit_verifier import Chain, findings
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.roles import Role
from services.domain.viewings import Viewed
from tests import joint_factories
from tests.audited import chain_of
from tests.joint import Joint
from tests.servers import CONTEXT_KEY
from tests.world import Side, make_world

DEADLOCKS = text("select deadlocks from pg_stat_database where datname = current_database()")


@dataclass
class Busy:
    """A database of its own, on which two partnerships carry a review together."""

    engine: Engine
    joint: Joint
    their_case: CaseId
    deadlocks: int


def be_patient(link: Connection) -> None:
    """Wait longer for a lock than the product does: a slow machine is no deadlock."""
    link.exec_driver_sql("set local lock_timeout = '5min'")


@pytest.fixture(scope="module")
def busy(platform_postgres):
    database = platform_postgres.make_migrated()
    admin = create_engine(database.admin_url)
    engine = connect(database.app_url, CONTEXT_KEY.secret, pool_size=70)
    event.listen(engine, "begin", be_patient)
    joint = Joint(make_world(engine))
    their_case = joint.joined()
    with admin.connect() as link:
        deadlocks = link.execute(DEADLOCKS).scalar_one()
    yield Busy(engine, joint, their_case, deadlocks)
    engine.dispose()
    admin.dispose()


def at_once(*acts) -> float:
    """Let all run from the same moment; return how many seconds they took."""
    start = Barrier(len(acts) + 1)

    def run(act) -> None:
        start.wait()
        act()

    with ThreadPoolExecutor(len(acts)) as people:
        running = [people.submit(run, act) for act in acts]
        start.wait()
        begun = perf_counter()
        for one in running:
            one.result()
    return perf_counter() - begun


TIMES, READERS, WRITERS = 6, 50, 8
# Real acts, each under the lock of its own case, on each side of the review.
PROPOSERS, PROPOSALS = 2, 3


def test_fifty_readers_and_opposite_joint_acts_at_once_never_wait_for_each_other(
    busy, capsys, record_property
):
    world, joint = busy.joint.world, busy.joint
    sides = (world.ours, world.theirs)
    cases = {world.ours: joint.case_id, world.theirs: busy.their_case}
    for case_id in cases.values():
        joint.settle(case_id)
    before = {side: chain_of(busy.engine, world, side) for side in sides}
    crowd = crowd_of(joint, cases)
    seconds = at_once(*crowd)
    for case_id in cases.values():
        joint.settle(case_id)
    after = {side: chain_of(busy.engine, world, side) for side in sides}
    added = {side: len(after[side].links) - len(before[side].links) for side in sides}
    proposed = PROPOSERS * PROPOSALS
    in_both = WRITERS * TIMES + 2 * proposed
    # What arrived is of the chain of the side where it did.
    assert added == {
        world.ours: READERS * TIMES + in_both + proposed,
        world.theirs: in_both + proposed,
    }
    assert [findings(one) for one in after.values()] == [[], []]
    known = pairs(before[world.ours]) & pairs(before[world.theirs])
    ours, theirs = (pairs(after[side]) - known for side in sides)
    assert len(ours & theirs) == in_both
    with busy.engine.connect() as link:
        assert link.execute(DEADLOCKS).scalar_one() == busy.deadlocks == 0
    speed = sum(added.values()) / seconds
    said = f"audit: {speed:.0f} appends a second, {len(crowd)} at once, 0 deadlocks"
    record_property("audit", said)
    with capsys.disabled():
        sys.stdout.write(f"\n{said}\n")


def crowd_of(joint: Joint, cases: dict[Side, CaseId]):
    """Return who reads, who acts on each side, and who carries what the acts leave meanwhile."""
    readers = [reader(joint)] * READERS + [reader_of_what_is_shown(joint)] * WRITERS
    opposite = [proposer(joint, *one) for one in cases.items()] * PROPOSERS
    return [*readers, *opposite, *(partial(joint.settle, one) for one in cases.values())]


def reader(joint: Joint):
    def read() -> None:
        for _ in range(TIMES):
            with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
                record_viewing(work, get_case(work.session, joint.case_id), Viewed.CASE)

    return read


def reader_of_what_is_shown(joint: Joint):
    """Return how their manager looks at what ours shows, which stands in both chains."""

    def read() -> None:
        for _ in range(TIMES):
            with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
                open_shown_case(work, joint.case_id)

    return read


def proposer(joint: Joint, own: Side, case_id: CaseId):
    """Return how a side's manager proposes a change: a joint act under the lock of its own case."""

    def propose() -> None:
        for number in range(PROPOSALS):
            command = joint_factories.propose_change(
                joint.theirs.partnership_id,
                change=JointChange.LEAVES,
                reasons=f"Proposal {number}.",
            )
            with joint.world.act(own.actor(Role.BUSINESS_MANAGER), joint.when) as work:
                propose_change(work, case_id, command)

    return propose


def pairs(chain: Chain) -> set[str]:
    return {link.body["pair"] for link in chain.links if "pair" in link.body}
