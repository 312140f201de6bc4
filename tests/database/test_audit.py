"""The audit chain in the database: one written form, one door, and no way back."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from services.casework.access.cases import record_viewing
from services.casework.access.shown_cases import open_shown_case
from services.casework.steps.joint.change_proposal import propose_change
from services.database import audit
from services.database.audit import NewLink
from services.database.cases import get_case
from services.database.engine import connect, working_for
from services.domain.audit_verifier import GENESIS, Chain, canonical, findings, link_hash
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.roles import Role
from services.domain.viewings import Viewed
from tests import joint_factories
from tests.driven import Driven
from tests.joint import Joint
from tests.servers import CONTEXT_KEY
from tests.statements import sent_by
from tests.world import Side, World, make_world

APPEND = text("select audit.append(cast(:links as jsonb))")
CANONICAL = text("select audit.canonical(cast(:body as jsonb))")
HASH = text("select audit.link_hash(:prev, :tenant, :seq, :at, cast(:body as jsonb))")
DEADLOCKS = text("select deadlocks from pg_stat_database where datname = current_database()")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
BODIES = st.dictionaries(TEXTS, TEXTS | st.integers(-(10**20), 10**20) | st.booleans() | st.none())
IN_THE_DATABASE = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def raw(engine: Engine, side: Side | None = None):
    """Speak plain SQL as the application's role, for a partnership or for none."""
    signed = engine if side is None else working_for(engine, side.partnership_id)
    with signed.connect() as link, link.begin():
        yield link


def chain_of(engine: Engine, world: World, side: Side) -> Chain:
    """Return a partnership's chain as its own people read it."""
    with World(engine, world.ours, world.theirs).act(side.actor(Role.BUSINESS_MANAGER)) as work:
        head = audit.head(work.session)
        links = list(audit.all_links(work.session, up_to=10**9))
    return Chain(str(side.partnership_id), links, head)


@IN_THE_DATABASE
@given(body=BODIES)
def test_the_database_and_the_verifier_write_a_body_alike(body, admin_engine):
    with admin_engine.connect() as link:
        said = link.execute(CANONICAL, {"body": json.dumps(body)}).scalar_one()
    assert said == canonical(body)


@IN_THE_DATABASE
@given(body=BODIES, seq=st.integers(1, 2**62), at=st.datetimes(timezones=st.timezones()))
def test_the_database_and_the_verifier_hash_a_link_alike(body, seq, at, admin_engine):
    tenant, given_body = str(uuid4()), {"body": json.dumps(body)}
    if not 1000 < at.year < 9000:
        return
    with admin_engine.connect() as link:
        values = {"prev": GENESIS, "tenant": UUID(tenant), "seq": seq, "at": at, **given_body}
        said = link.execute(HASH, values).scalar_one()
    assert said == link_hash(GENESIS, tenant, seq, audit.written_moment(at), body)


@pytest.mark.parametrize("body", ['{"a": {}}', '{"a": []}', '{"a": 1.5}', "[]", '"a"', "{}e"])
def test_a_body_is_flat_and_has_no_fractions(body, world, app_engine):
    links = f'[{{"body": {body}, "also": {{}}}}]'
    with pytest.raises(DBAPIError), raw(app_engine, world.ours) as link:
        link.execute(APPEND, {"links": links})


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into audit_links values (cast(:tenant as uuid), 999, now(), '{}', '', '')",
        "update audit_links set body = '{}'",
        "delete from audit_links",
        "truncate audit_links",
        "update audit_heads set seq = 0",
        "delete from audit_heads",
        "insert into audit_heads values (cast(:tenant as uuid), 0, '', now(), 0)",
        "select audit.own_chains()",
        "select audit.may_append_to(null, null, null)",
        "set role keyline_audit",
        "create or replace function audit.person() returns uuid language sql as 'select null'",
        'select audit.append(\'[{"body": {"kind": "view"}, "also": {"not an id": null}}]\')',
        "alter table audit_links disable trigger only_added_to",
    ],
)
def test_the_application_adds_by_the_one_function_and_changes_nothing(attempt, world, app_engine):
    tenant = {"tenant": str(world.ours.partnership_id)} if ":tenant" in attempt else {}
    with pytest.raises(DBAPIError), raw(app_engine, world.ours) as link:
        link.execute(text(attempt), tenant)


@pytest.mark.parametrize("attempt", ["update audit_links set hash = ''", "delete from audit_links"])
def test_not_even_the_owner_changes_a_link(attempt, world, admin_engine):
    del world
    with pytest.raises(DBAPIError, match="only added to"), admin_engine.begin() as link:
        link.execute(text(attempt))


def append_to(engine, side: Side, other: UUID, case_id: UUID | None = None) -> None:
    """Append a link to another partnership's chain, as whoever holds the application's login."""
    also = {str(other): str(case_id) if case_id else None}
    with raw(engine, side) as link:
        link.execute(APPEND, {"links": json.dumps([{"body": {"kind": "act"}, "also": also}])})


def test_a_partnership_does_not_append_to_anothers_chain(world, app_engine):
    with pytest.raises(DBAPIError, match="may not append"):
        append_to(app_engine, world.ours, world.theirs.partnership_id)


def test_a_proposal_that_no_second_person_approved_opens_no_chain(world, app_engine):
    joint = Joint(world)
    joint.invite()
    for own, other in ((world.ours, world.theirs), (world.theirs, world.ours)):
        with pytest.raises(DBAPIError, match="may not append"):
            append_to(app_engine, own, other.partnership_id)


def test_those_who_share_a_review_append_to_each_other_and_to_no_third(world, app_engine):
    joint = Joint(world)
    case_id = joint.joined()
    third = make_world(app_engine)
    append_to(app_engine, world.ours, world.theirs.partnership_id, case_id)
    append_to(app_engine, world.theirs, world.ours.partnership_id, joint.case_id)
    with pytest.raises(DBAPIError, match="may not append"):
        append_to(app_engine, world.ours, world.theirs.partnership_id, joint.case_id)
    before = chain_of(app_engine, third, third.ours)
    for own, other in ((world.ours, third.ours), (third.ours, world.ours)):
        with pytest.raises(DBAPIError, match="may not append"):
            append_to(app_engine, own, other.partnership_id)
    assert chain_of(app_engine, third, third.ours) == before


def test_the_person_is_the_transactions_own_whatever_is_said(world, app_engine):
    manager = world.ours.actor(Role.BUSINESS_MANAGER)
    with world.act(manager) as work:
        work.links.append(NewLink({"kind": "view", "what": "case", "person": str(uuid4())}))
    body = chain_of(app_engine, world, world.ours).links[-1].body
    assert body["person"] == str(manager.person_id)


def test_what_is_undone_leaves_no_link(world, app_engine):
    before = chain_of(app_engine, world, world.ours)

    def look(work, *, inside: bool) -> None:
        with work.savepoint() if inside else nullcontext():
            work.links.append(NewLink({"kind": "view", "what": "case"}))
            raise LookupError

    with pytest.raises(LookupError), world.act(Role.BUSINESS_MANAGER) as work:
        look(work, inside=False)
    with world.act(Role.BUSINESS_MANAGER) as work:
        with pytest.raises(LookupError):
            look(work, inside=True)
        assert work.links == []
    assert chain_of(app_engine, world, world.ours) == before


def test_a_transaction_appends_by_one_statement_the_last_before_its_commit(world, app_engine):
    case = Driven(world)
    with sent_by(app_engine) as statements, world.act(Role.BUSINESS_MANAGER) as work:
        found = get_case(work.session, case.case_id)
        for what in (Viewed.CASE, Viewed.TIMELINE, Viewed.DOCUMENTS):
            record_viewing(work, found, what)
    asked = [one for one in statements if "audit" in one]
    assert asked == statements[-1:]


@dataclass
class Busy:
    """A database of its own, on which two partnerships carry a review together."""

    engine: Engine
    joint: Joint
    their_case: CaseId
    deadlocks: int


@pytest.fixture(scope="module")
def busy(platform_postgres):
    database = platform_postgres.make_migrated()
    admin = create_engine(database.admin_url)
    engine = connect(database.app_url, CONTEXT_KEY.secret, pool_size=70)
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
