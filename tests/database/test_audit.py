"""The audit chain in the database: one written form, one door, and no way back."""

import json
from contextlib import contextmanager, nullcontext
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.casework.access.cases import record_viewing
from services.casework.audit import account_of
from services.database import audit
from services.database.audit import NewLink
from services.database.cases import get_case
from services.database.engine import working_for
from services.database.migrations.roles import SIGN_IN
from services.database.people import Membership
from services.database.sessions import at_the_door
from services.domain.audit import AccountEvent
from services.domain.audit_verifier import GENESIS, canonical, link_hash
from services.domain.roles import Role
from services.domain.viewings import Viewed
from tests.audited import chain_of
from tests.driven import Driven
from tests.joint import Joint
from tests.servers import founder_of, sibling
from tests.statements import sent_by
from tests.world import Side, make_world

APPEND = text("select audit.append(cast(:links as jsonb))")
CANONICAL = text("select audit.canonical(cast(:body as jsonb))")
HASH = text("select audit.link_hash(:prev, :tenant, :seq, :at, cast(:body as jsonb))")
CLEARED = text(
    "select body->>'kind', body->>'by' from audit_links where tenant_id = :of"
    " and body->>'what' in ('command_line_used', 'factors_cleared') and body->>'person' = :by"
    " order by seq"
)
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
        "select audit.chains_of(null)",
        "select audit.append_to('{}', '{}', '[]')",
        "select audit.append_of_account(cast(:tenant as uuid), '[]')",
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


def test_what_is_done_to_an_account_stands_in_each_chain_of_its_owner_and_nothing_else_does(
    world, app_engine, admin_engine
):
    """The link of the account stands in all their chains; what is noted beside it in one."""
    third = make_world(app_engine)
    whose, by = (
        world.ours.actor(role) for role in (Role.BUSINESS_MANAGER, Role.PARTNERSHIP_ADMINISTRATOR)
    )
    ours, sides = world.ours.partnership_id, (world.theirs, third.theirs)
    for side, ended in zip(sides, (None, date(2020, 2, 1)), strict=True):
        founder = working_for(founder_of(app_engine), side.partnership_id)
        with Session(founder) as session:
            session.add(
                Membership(
                    tenant_id=side.partnership_id,
                    person_id=whose.person_id,
                    role=Role.REVIEW_GROUP_MEMBER,
                    from_on=date(2020, 1, 1),
                    to_on=ended,
                )
            )
            session.commit()
    beside = NewLink({"kind": "administration", "what": "command_line_used"})
    cleared = account_of(whose.person_id, AccountEvent.FACTORS_CLEARED)
    door = sibling(app_engine, SIGN_IN)
    with at_the_door(door, by.person_id, ours) as session:
        audit.append(session, [beside, cleared], account=whose.person_id)
    told = [("administration", None), ("account", None)], [("account", str(ours))], []
    for side, expected in zip((world.ours, *sides), told, strict=True):
        with admin_engine.connect() as link:
            found = link.execute(CLEARED, {"of": side.partnership_id, "by": str(by.person_id)})
            assert [tuple(one) for one in found] == expected
