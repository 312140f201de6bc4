"""Two partnerships in one database: by plain SQL as the application's role, they stay apart."""

from contextlib import contextmanager, suppress
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session, select

from services.casework.alerts import note_refused_read, raise_alert
from services.casework.engine.audit_anchors import anchor_chain, check
from services.casework.steps import family_reading
from services.casework.steps.notification import notification_decision
from services.casework.steps.police_marks import police_marks
from services.database.cases import Case, Child, get_case
from services.database.engine import working_for
from services.database.history import Viewing
from services.domain.alerts import AlertCode
from services.domain.errors import NotFound
from services.domain.roles import Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage
from tests import factories as say
from tests.collecting import a_collection
from tests.desk import Desk
from tests.directory import with_a_directory
from tests.driven import Driven
from tests.identity_providers import a_provider_for
from tests.information_requests import TABLES_OF_REQUESTS, with_requests
from tests.inspection_packs import TABLES_OF_PACKS, with_packs
from tests.isolation_appointments import ADDED_OF_PEOPLE
from tests.isolation_drafts import own_rows
from tests.isolation_guests import guest_rows
from tests.joint_rows import joint_rows
from tests.kept import a_caught_email, nothing_changes, tenant_tables
from tests.operators import an_operator_act
from tests.police_factories import mark_sensitive
from tests.reached import reach
from tests.retained import ADDED_OF_RETENTION, with_retention
from tests.servers import app_engine_on
from tests.shared_learning import with_rows_of_no_case
from tests.world import make_world

HAS_NO_ROWS_HERE = {"documents", "leases"}
OF_ITS_AUTHOR = {"drafts", "saved_views"}  # seen by one person alone, and ended by them
READ_ONLY = ("disposals", "gone_runs", "memberships", "provider_partnerships")
ADDED_TO_ONLY = (
    *(*ADDED_OF_PEOPLE, *TABLES_OF_REQUESTS, *ADDED_OF_RETENTION),
    *("contact_confirmations", "contacts", "delegations", "directory_endings"),
    "duty_turns",
    *("paper_template_answers", "policy_adoptions", "policy_answers", "policy_versions"),
    "organisations",
    "audit_anchors",
    "audit_checks",
    "audit_heads",
    "audit_links",
    "entries",
    "viewings",
    "sign_offs",
    "declarations",
    "caught_emails",
    "case_grants",
    "joint_invitations",
    *TABLES_OF_PACKS,
    *("joint_replies", "filed_words", "learning_records", "operator_acts"),
)


@contextmanager
def raw(engine, side=None):
    """Speak plain SQL as the application's role, for a partnership or for none."""
    signed = engine if side is None else working_for(engine, side.partnership_id)
    with signed.connect() as link, link.begin():
        yield link


@pytest.fixture(scope="module")
def far(app_engine) -> Driven:
    """A case of ours that has been everywhere, and been looked at; an alert and an email."""
    case = reach(make_world(app_engine), Stage.CLOSED)
    manager = case.world.ours.actor(Role.BUSINESS_MANAGER)
    scrutineer = case.world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id
    grant = say.grant_family_reading(scrutineer)
    case.do(family_reading.grant_family_reading, grant, Role.REVIEW_GROUP_CHAIR, "2026-12-01")
    case.do(police_marks.mark_sensitive, mark_sensitive(), manager, "2026-12-01")
    with case.world.act(manager) as work:
        work.session.add(
            Viewing(
                tenant_id=manager.partnership_id,
                case_id=case.case_id,
                what=Viewed.CASE,
                person_id=manager.person_id,
                role=manager.role,
                at=work.now,
            )
        )
        work.session.add(a_caught_email(manager.partnership_id))
        work.session.add_all(joint_rows(work, case.case_id))
        work.session.add_all(guest_rows(work, case.case_id, case.agency()))
        alone = (a_collection(work.session, case.case_id), *own_rows(work, case.case_id))
        work.session.add_all([*alone, an_operator_act(work, case.case_id)])
        note_refused_read(work, None)
        raise_alert(work, AlertCode.DIGEST_MISMATCH, case.case_id)
    with_a_directory(case.world, "2026-12-01")
    a_provider_for(case.world.engine, case.world.ours.code)
    with_rows_of_no_case(case.world, case.case_id)
    with_requests(case.world, case.row())
    with_packs(case.world, case.row())
    with_retention(case)
    desk = Desk(case.world)
    anchor_chain(desk, manager.partnership_id)
    assert check(desk, manager.partnership_id) == ""
    return case


@pytest.fixture(scope="module")
def tables(admin_engine) -> list[str]:
    return tenant_tables(admin_engine)


def count(link, table: str, side=None) -> int:
    of = "" if side is None else f" where tenant_id = '{side.partnership_id}'"
    return link.execute(text(f"select count(*) from {table}{of}")).scalar_one()  # noqa: S608 -- names from the catalogue


def test_ours_are_seen_by_us_and_by_nobody_else(far, tables, app_engine):
    ours, theirs = far.world.ours, far.world.theirs
    for table in set(tables) - HAS_NO_ROWS_HERE - OF_ITS_AUTHOR:
        with raw(app_engine, ours) as link:
            assert count(link, table, ours) == count(link, table) > 0, table
            assert count(link, table, theirs) == 0, table
        with raw(app_engine, theirs) as link:
            assert count(link, table, ours) == 0, table


def test_without_a_partnership_nothing_is_seen(far, tables, app_engine):
    del far
    for unchosen in (app_engine, working_for(app_engine)):
        with raw(unchosen) as link:
            assert {table: count(link, table) for table in tables} == dict.fromkeys(tables, 0)


def test_theirs_are_neither_changed_nor_taken_over(far, tables, app_engine, admin_engine):
    ours, theirs = far.world.ours, far.world.theirs
    with nothing_changes(admin_engine, far.world):
        for table in set(tables) - {*ADDED_TO_ONLY, *READ_ONLY}:
            with raw(app_engine, theirs) as link:
                mine = f"update {table} set tenant_id = '{theirs.partnership_id}'"  # noqa: S608 -- names from the catalogue
                touched = link.execute(
                    text(f"{mine} where tenant_id = '{ours.partnership_id}'")
                ).rowcount
                assert touched == 0, table


def test_a_row_is_not_given_away_to_another_partnership(far, app_engine):
    ours, theirs = far.world.ours, far.world.theirs
    give = text("update children set tenant_id = :theirs where tenant_id = :ours")
    with pytest.raises(DBAPIError, match="row-level security"), raw(app_engine, ours) as link:
        link.execute(give, {"ours": ours.partnership_id, "theirs": theirs.partnership_id})


def test_a_row_is_not_added_in_anothers_name(far, app_engine):
    ours, theirs = far.world.ours, far.world.theirs
    add = text(
        "insert into children (tenant_id, id, case_id, version, place, name, particulars)"
        " values (:tenant, :id, :case, 1, 9, 'Planted', '{}')"
    )
    values = {"id": uuid4(), "case": far.case_id}
    with pytest.raises(DBAPIError, match="row-level security"), raw(app_engine, theirs) as link:
        link.execute(add, {**values, "tenant": ours.partnership_id})
    with pytest.raises(IntegrityError, match="children_tenant_id_case_id"):  # noqa: SIM117 -- two fences
        with raw(app_engine, theirs) as link:
            link.execute(add, {**values, "tenant": theirs.partnership_id})


def test_another_partnerships_agency_cannot_be_named_either(far, app_engine):
    ours, theirs = far.world.ours, far.world.theirs
    with pytest.raises(IntegrityError, match="agency_id"), raw(app_engine, ours) as link:
        link.execute(text("update actions set agency_id = :foreign"), {"foreign": theirs.agency()})


@pytest.mark.parametrize("table", [*ADDED_TO_ONLY, *READ_ONLY])
@pytest.mark.parametrize("change", ["update {} set tenant_id = tenant_id", "delete from {}"])
def test_what_is_only_added_to_is_never_changed(table, change, far, app_engine):
    with pytest.raises(ProgrammingError, match="denied"), raw(app_engine, far.world.ours) as link:
        link.execute(text(change.format(table)))


def test_a_draft_or_a_view_is_its_authors_alone_in_its_partnership_too(far, app_engine):
    ours, theirs = far.world.ours, far.world.theirs
    for side, person, seen in (
        (ours, ours.actor(Role.BUSINESS_MANAGER).person_id, 1),
        (ours, ours.actor(Role.REVIEW_GROUP_CHAIR).person_id, 0),
        (theirs, ours.actor(Role.BUSINESS_MANAGER).person_id, 0),
        (theirs, theirs.actor(Role.BUSINESS_MANAGER).person_id, 0),
    ):
        signed = working_for(app_engine, side.partnership_id, person)
        with signed.connect() as link:
            for said in ("update {} set person_id = person_id", "delete from {}"):
                for table in OF_ITS_AUTHOR:
                    assert link.execute(text(said.format(table))).rowcount == seen
            link.rollback()


def test_nothing_of_a_partnership_but_a_draft_is_ever_deleted(far, tables, app_engine):
    for table in set(tables) - OF_ITS_AUTHOR:
        with (
            pytest.raises(ProgrammingError, match="denied"),
            raw(app_engine, far.world.ours) as link,
        ):
            link.execute(text(f"delete from {table}"))  # noqa: S608 -- names from the catalogue


@pytest.mark.parametrize(
    "attempt",
    [
        "set role keyline_owner",
        "set role keyline_watch",
        "set role keyline_sec",
        "select * from sec.context_keys",
        "select sec.genuine()",
        "set session authorization postgres",
        "alter table cases disable row level security",
        "drop policy z_ours on cases",
        "create table mine (it int)",
        "create function f() returns int language sql as 'select 1'",
        "truncate cases",
        "select * from watch.carriage",
        "select * from pg_authid",
        "select * from credentials",
        "select * from web_sessions",
        "insert into people values (gen_random_uuid(), 'x', 'x', false)",
        "insert into memberships select * from memberships",
        "alter role keyline_app bypassrls",
        "copy cases to program 'cat'",
    ],
)
def test_the_applications_role_cannot_step_out_of_itself(attempt, far, app_engine):
    with pytest.raises(DBAPIError), raw(app_engine, far.world.ours) as link:
        link.execute(text(attempt))


def test_turning_the_policies_off_shows_an_error_and_no_rows(far, app_engine):
    with raw(app_engine) as link:
        link.execute(text("set local row_security = off"))
        with pytest.raises(DBAPIError, match="row-level security"):
            count(link, "cases")
    assert far.row()


def test_a_context_ends_with_its_transaction_and_leaks_to_nobody(far, app_database):
    narrow = app_engine_on(app_database.app_url)
    backend, links = text("select pg_backend_pid()"), set()
    for question in ("select 1", "select 1 / 0"):
        with suppress(DBAPIError), raw(narrow, far.world.ours) as link:
            links.add(link.execute(backend).scalar_one())
            assert count(link, "cases") == 1
            link.execute(text(question))
        with raw(narrow) as link:
            links.add(link.execute(backend).scalar_one())
            assert count(link, "cases") == 0
    assert len(links) == 1
    narrow.dispose()


def test_a_session_is_confined_a_second_time_in_the_product_itself(far, admin_engine):
    """The administrator sees past the policies, and still only one partnership by a session."""
    administrators = far.world.__class__(admin_engine, far.world.ours, far.world.theirs)
    with administrators.act(far.world.theirs.actor(Role.BUSINESS_MANAGER)) as work:
        assert work.session.exec(select(Case)).all() == []
        assert work.session.exec(select(Child)).all() == []
        assert work.session.get(Case, (far.world.ours.partnership_id, far.case_id)) is None
        with pytest.raises(NotFound):
            get_case(work.session, far.case_id)


def test_a_plain_session_of_the_products_engine_sees_nothing(far, app_engine):
    with Session(app_engine) as session:
        assert session.get(Case, (far.world.ours.partnership_id, far.case_id)) is None


def test_the_watchers_see_a_cases_place_and_never_its_words(far, app_engine):
    with raw(app_engine) as link:
        row = (
            link.execute(text("select * from watch.case_of(:case)"), {"case": far.case_id})
            .mappings()
            .one()
        )
    assert (row["tenant_id"], row["stage"]) == (far.world.ours.partnership_id, "closed")
    assert "Example" not in str(dict(row))
    assert say.SAID not in str(dict(row))


def test_a_view_given_on_our_case_is_unknown_to_the_other_partnership(far):
    with (
        pytest.raises(NotFound, match="no such case"),
        far.world.act(far.world.theirs.actor(Role.SAFEGUARDING_PARTNER)) as work,
    ):
        notification_decision.give_view(work, far.case_id, say.give_view())
