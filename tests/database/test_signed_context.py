"""A context that the application did not sign shows nothing, changes nothing and says nothing."""

import time
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from deployments import release
from services.calendars import england
from services.database.engine import connect, working_for
from services.database.signed_context import LASTS, NONE_CHOSEN, ContextKey
from services.database.unit_of_work import NothingShown, unit_of_work
from services.domain.audit import INSTALLATION
from services.domain.errors import Unavailable
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.kept import tenant_tables
from tests.reached import reach
from tests.servers import CONTEXT_KEY, SECRETS
from tests.world import at, make_world

OTHER_KEY = ContextKey("another key, of the right length and never installed")
SET = text("select set_config('app.ctx', :said, true)")


@pytest.fixture(scope="module")
def case(app_engine) -> Driven:
    return reach(make_world(app_engine), Stage.COMMISSIONING)


def forgeries(ours: UUID, theirs: UUID, person: UUID) -> dict[str, str]:
    """Return contexts for our partnership that somebody of theirs might make up, by their kind."""
    true, expired = CONTEXT_KEY.sign(ours, person), CONTEXT_KEY.sign(ours, person, lasts=-1)
    when, others = expired[83:93], OTHER_KEY.sign(ours, person)
    return {
        "none": "",
        "their own with our id": CONTEXT_KEY.sign(theirs, person).replace(str(theirs), str(ours)),
        "unsigned": true[:94] + "0" * 64,
        "another key": others,
        "another key under our key's name": CONTEXT_KEY.name + others[8:],
        "expired a second ago": expired,
        "a longer life": expired.replace(when, f"{int(when) + 3600}"),
        "only the partnership": str(ours),
        "rubbish": "'; drop table cases; --",
        "of the right length": "x" * len(true),
        "not ASCII": "\N{LATIN SMALL LETTER E WITH ACUTE}" * len(true),
        "too long": "1" * 5000,
    }


KINDS = list(forgeries(uuid4(), uuid4(), uuid4()))


@contextmanager
def said(engine, context: str):
    """Speak as the application's role in a transaction whose context was set by hand."""
    with engine.connect() as link, link.begin():
        link.execute(SET, {"said": context})
        # What trusted a plain setting once must not do so any more.
        link.execute(text("select set_config('app.tenant', :it, true)"), {"it": context[:36]})
        yield link


def count(link, table: str) -> int:
    return link.execute(text(f"select count(*) from {table}")).scalar_one()  # noqa: S608 -- names from the catalogue


@pytest.mark.parametrize("kind", KINDS)
def test_a_forged_context_sees_nothing_and_causes_no_error(kind, case, app_engine, admin_engine):
    tables, ours = tenant_tables(admin_engine), case.world.ours.partnership_id
    person = case.world.theirs.actor(Role.BUSINESS_MANAGER).person_id
    forged = forgeries(ours, case.world.theirs.partnership_id, person)[kind]
    with said(app_engine, forged) as link:
        assert {table: count(link, table) for table in tables} == dict.fromkeys(tables, 0)
        change = text("update cases set reference = 'taken' where tenant_id = :ours")
        assert link.execute(change, {"ours": ours}).rowcount == 0


def test_the_right_context_said_by_hand_sees_its_own_partnership(case, app_engine):
    """The positive control: what the forgeries differ from is accepted."""
    ours = case.world.ours.partnership_id
    with said(app_engine, CONTEXT_KEY.sign(ours, NONE_CHOSEN)) as link:
        assert count(link, "cases") == 1


def test_a_forged_context_adds_nothing_either(case, app_engine):
    ours = case.world.ours.partnership_id
    add = text(
        "insert into children (tenant_id, id, case_id, version, place, name, particulars)"
        " values (:ours, :id, :case, 1, 9, 'Planted', '{}')"
    )
    values = {"ours": ours, "id": uuid4(), "case": case.case_id}
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        said(app_engine, OTHER_KEY.sign(ours, NONE_CHOSEN)) as link,
    ):
        link.execute(add, values)


def test_a_context_ends_with_its_time_within_one_transaction(case, app_engine):
    ours = case.world.ours.partnership_id
    with said(app_engine, CONTEXT_KEY.sign(ours, NONE_CHOSEN, lasts=1)) as link:
        assert count(link, "cases") == 1
        time.sleep(2.1)
        assert count(link, "cases") == 0


def test_no_transaction_may_last_as_long_as_its_context():
    assert LASTS > 2 * 30  # the longest statement


def test_the_roles_own_settings_do_not_stand_in_for_a_context(case, app_engine):
    """A context is the transaction's alone: one that was set for the session ends with it too."""
    ours = case.world.ours.partnership_id
    signed = {"said": CONTEXT_KEY.sign(ours, NONE_CHOSEN)}
    with app_engine.connect() as link:
        with link.begin():
            link.execute(SET, signed)
            assert count(link, "cases") == 1
        with link.begin():
            assert count(link, "cases") == 0


def test_the_database_and_python_agree_on_whose_context_it_is(case, app_engine):
    actor = case.world.ours.actor(Role.BUSINESS_MANAGER)
    with working_for(app_engine, actor.partnership_id, actor.person_id).connect() as link:
        row = link.execute(text("select sec.tenant(), sec.person()")).one()
    assert tuple(row) == (actor.partnership_id, actor.person_id)


def test_two_keys_are_accepted_while_a_key_is_changed_and_one_afterwards(platform_postgres):
    database, new = platform_postgres.make_migrated(), OTHER_KEY
    assert _accepted(database, CONTEXT_KEY, new) == [True, False]
    release.migrate(database.admin_url, release.DatabaseSecrets(SECRETS.passwords, new))
    assert _accepted(database, CONTEXT_KEY, new) == [True, True]
    assert release.retire_keys(database.admin_url, new) == [CONTEXT_KEY.name]
    assert _accepted(database, CONTEXT_KEY, new) == [False, True]
    with create_engine(database.admin_url, poolclass=NullPool).connect() as link:
        question = text("select body - 'person' from audit_links where tenant_id = :chain")
        bodies = link.execute(question, {"chain": INSTALLATION}).scalars().all()
    assert bodies == [{"kind": "administration", "what": "context_keys_retired", "keys": 1}]
    release.migrate(database.admin_url, SECRETS)
    assert _accepted(database, CONTEXT_KEY, new) == [True, True]


def _accepted(database, *keys: ContextKey) -> list[bool]:
    found = []
    for key in keys:
        engine = connect(database.app_url, key.secret)
        with working_for(engine).connect() as link:
            found.append(link.execute(text("select sec.tenant() is not null")).scalar_one())
        engine.dispose()
    return found


def test_an_act_under_a_key_that_is_not_installed_says_so(case, app_database):
    engine = connect(app_database.app_url, OTHER_KEY.secret)
    actor = case.world.ours.actor(Role.BUSINESS_MANAGER)
    with (
        pytest.raises(NothingShown, match="context key"),
        unit_of_work(engine, actor, at("2026-02-02"), england()),
    ):
        pass
    engine.dispose()


def test_a_short_secret_is_no_key_and_none_is_shown():
    with pytest.raises(Unavailable, match="32 characters"):
        ContextKey("short")
    assert "for tests" not in repr(CONTEXT_KEY)


def test_the_key_is_read_by_no_role_that_signs_in(admin_engine):
    with admin_engine.connect() as link:
        readers = link.execute(
            text(
                "select rolname from pg_roles where not rolsuper"
                " and not starts_with(rolname, 'pg_')"
                " and not pg_has_role(oid, 'keyline_sec', 'usage') and has_table_privilege(oid,"
                " 'sec.context_keys', 'select, insert, update, delete, references, trigger')"
            )
        ).all()
    assert readers == []


def test_what_is_kept_of_a_key_is_not_the_secret(app_database):
    with create_engine(app_database.admin_url, poolclass=NullPool).connect() as link:
        kept = str(link.execute(text("select * from sec.context_keys")).all())
    assert CONTEXT_KEY.secret not in kept
    assert CONTEXT_KEY.secret.encode().hex() not in kept
