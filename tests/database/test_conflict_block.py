"""A person with a conflict is kept out of the case by the database, in every role (LC-02)."""

import pytest
from sqlalchemy import text

from services.casework.access.cases import case_in_sight, case_to_read, cases_seen
from services.casework.acts import ACTS
from services.casework.steps import declaration
from services.database.engine import working_for
from services.domain.errors import NotFound, NotPermitted
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import tenant_tables
from tests.reached import reach
from tests.world import make_world, someone_else

MEMBER = Role.REVIEW_GROUP_MEMBER
WHEN = "2026-12-01"


@pytest.fixture(scope="module")
def case(app_engine) -> Driven:
    return reach(make_world(app_engine), Stage.CLOSED)


@pytest.fixture(scope="module")
def of_cases(admin_engine) -> list[str]:
    question = text(
        "select table_name from information_schema.columns where column_name = 'case_id'"
        " and table_schema = 'public'"
    )
    with admin_engine.connect() as link:
        found = set(link.execute(question).scalars())
    return sorted(found & set(tenant_tables(admin_engine)))


@pytest.fixture(scope="module")
def conflicted(case):
    """A new colleague of the review group who has declared a conflict in the case."""
    person = someone_else(case.world.ours.actor(MEMBER))
    command = say.declare(has_conflict=True, particulars="A relative")
    case.do(declaration.declare, command, person, WHEN)
    return person


def count(engine, actor, table: str) -> int:
    """Count what they see of cases: of agencies, those that are listed for one."""
    of = " where case_id is not null" if table == "agencies" else ""
    with working_for(engine, actor.partnership_id, actor.person_id).connect() as link:
        return link.execute(text(f"select count(*) from {table}{of}")).scalar_one()  # noqa: S608 -- names from the catalogue


def test_the_act_that_declares_the_conflict_is_carried_to_its_end(case, conflicted, admin_engine):
    question = text(
        "select count(*) from entries where case_id = :case and entry_type = 'declared'"
        " and person_id = :person"
    )
    with admin_engine.connect() as link:
        known = {"case": case.case_id, "person": conflicted.person_id}
        assert link.execute(question, known).scalar_one() == 1


def test_of_the_case_nothing_is_counted_and_a_colleague_sees_it(
    case, conflicted, of_cases, app_engine
):
    colleague = case.world.ours.actor(MEMBER)
    for table in ("cases", *of_cases):
        left = 1 if table == "declarations" else 0  # their own
        assert count(app_engine, conflicted, table) == left, table
    for table in ("cases", "children", "entries", "assignments", "running_clocks", "sign_offs"):
        assert count(app_engine, colleague, table) > 0, table


@pytest.mark.parametrize("ask", [case_in_sight, case_to_read])
def test_the_person_is_told_that_the_case_is_not_available_to_them(ask, case, conflicted):
    with (
        case.world.act(conflicted) as work,
        pytest.raises(NotPermitted, match="You declared a conflict: this case is not available"),
    ):
        ask(work, case.case_id)


def test_an_act_is_refused_in_the_same_words(case, conflicted):
    act = ACTS["declare"]
    with (
        case.world.act(conflicted, WHEN) as work,
        pytest.raises(NotPermitted, match="You declared a conflict: this case is not available"),
    ):
        act.perform(work, case.case_id, say.declare())


def test_the_case_is_in_none_of_their_lists(case, conflicted):
    with case.world.act(conflicted) as work:
        seen = cases_seen(work)
        assert (seen.open, seen.to_declare) == ([], [])


def test_to_a_stranger_there_is_still_no_such_case(case):
    with (
        case.world.act(case.world.theirs.actor(MEMBER)) as work,
        pytest.raises(NotFound, match="no such case"),
    ):
        case_in_sight(work, case.case_id)


def test_nothing_is_added_to_a_closed_case(case, conflicted, app_engine):
    add = text(
        "insert into children (tenant_id, id, case_id, version, place, name, particulars)"
        " values (sec.tenant(), gen_random_uuid(), :case, 1, 9, 'Planted', '{}')"
    )
    signed = working_for(app_engine, conflicted.partnership_id, conflicted.person_id)
    with signed.connect() as link, pytest.raises(Exception, match="row-level security"):
        link.execute(add, {"case": case.case_id})


def test_what_a_barred_person_declares_later_opens_nothing(case, conflicted, app_engine):
    """LC-02: a declaration of no interest that they add themselves does not let them in."""
    add = text(
        "insert into declarations (tenant_id, id, case_id, person_id, number, has_conflict, closes,"
        " particulars, keeps_confidential, agreement, at) values (sec.tenant(), gen_random_uuid(),"
        " :case, sec.person(), 2, false, false, '', true, 1, now())"
    )
    of_case = text("select count(*) from cases where id = :case")
    known = {"case": case.case_id}
    signed = working_for(app_engine, conflicted.partnership_id, conflicted.person_id)
    with signed.connect() as link:
        link.execute(add, known)
        assert link.execute(text("select count(*) from declarations")).scalar_one() == 2
        assert link.execute(of_case, known).scalar_one() == 0
        link.rollback()
