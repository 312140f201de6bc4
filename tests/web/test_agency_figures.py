"""How agencies answer: each figure leads to a list of so many, and costs no more for many cases."""

import pytest
from sqlalchemy import text

from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.many_cases import copy_case
from tests.statements import sent_by
from tests.web.collections_sent import Place
from tests.web.lists_read import cells, fitting, in_file
from tests.web.visitors import Answer, Visitor
from tests.world import HOSPITAL, SCHOOL

MANAGER, WHEN, LATER = Role.BUSINESS_MANAGER, "2026-09-01", "2030-01-02"
COPIED = ("declarations", "agency_requests", "assignments", "actions")
SUMMED = {"Days late": "Days late", "Reminders": "Reminders"}
# Of every third copy the answers came late, of every fifth two reminders went.
OTHERWISE = """
    update agency_requests r set answered_on = due + 3 from cases c
    where c.id = r.case_id and c.reference like 'EX-%3';
    update agency_requests r set times_chased = 2 from cases c
    where c.id = r.case_id and c.reference like 'EX-%5';
    update agency_requests r set answered = 'asked', answered_on = null from cases c
    where c.id = r.case_id and c.reference like 'EX-%7';
    update assignments a set closed_at = null from cases c
    where c.id = a.case_id and c.reference like 'EX-%7' and a.todo = 'submit_return';
    update cases set stage = 'rapid_review' where reference like 'EX-%7'
"""
MORE_AGENCIES = """
    insert into agencies select (jsonb_populate_record(a, jsonb_build_object(
        'id', md5(n::text)::uuid, 'name', 'An agency with a name that is rather long ' || n))).*
    from agencies a, generate_series(1, 40) n where a.name = :name;
    insert into agency_requests select (jsonb_populate_record(r, jsonb_build_object(
        'id', gen_random_uuid(), 'agency_id', md5(n::text)::uuid, 'times_chased', 2))).*
    from agency_requests r join agencies a on a.id = r.agency_id, generate_series(1, 40) n
    where a.name = :name;
    insert into actions select (jsonb_populate_record(t, jsonb_build_object(
        'id', gen_random_uuid(), 'agency_id', md5(n::text)::uuid))).*
    from actions t join agencies a on a.id = t.agency_id, generate_series(1, 40) n
    where a.name = :name
"""


def with_actions(case: Driven) -> None:
    plan = say.propose_plan(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.agree_on(plan, WHEN)


@pytest.fixture
def place(case_at, platform_postgres) -> Place:
    case = case_at(Stage.EMBEDDING, with_actions)
    admin = platform_postgres.admin_of(case.world.engine)
    copy_case(admin, case.case_id, 30, COPIED)
    with admin.begin() as link:
        for statement in OTHERWISE.split(";"):
            link.execute(text(statement))
    return Place(case.world, when=LATER)


def figures(answer: Answer) -> list[dict[str, tuple[str, str]]]:
    """Return what stands in each row by its column: the figure, and where it leads."""
    return [
        {
            one["data-label"]: (one.get_text(strip=True), one.a["href"] if one.a else "")
            for one in row.select("td")
        }
        for row in answer.page.select("tbody tr")
    ]


def counted(manager: Visitor, column: str, where: str) -> int:
    """Return what the list says that a figure leads to: how many rows, or the sum of a column."""
    if column not in SUMMED:
        return fitting(manager.get(where))
    head, *rows = in_file(manager.get(where.replace("/returns", "/lists/returns.csv")))
    return sum(int(row[head.index(SUMMED[column])] or 0) for row in rows)


@pytest.mark.parametrize("narrowed", ["", "?asked=scoping_return", "?asked=report"])
def test_each_figure_equals_the_list_to_which_it_leads(place: Place, narrowed: str):
    manager = place.person(MANAGER)
    page = manager.get(f"/agencies{narrowed}")
    rows, led = figures(page), 0
    assert rows
    for row in rows:
        for column, (figure, where) in row.items():
            assert (figure == "0") == (where == ""), column
            if where:
                assert counted(manager, column, where) == int(figure), (column, where)
                led += 1
        in_all = sum(int(row[one][0]) for one in ("In time", "Late", "Outstanding"))
        assert in_all <= int(row["Asked"][0])
    assert led > len(rows)
    if not narrowed:
        seen = {column for row in rows for column, (_, where) in row.items() if where}
        assert seen == set(rows[0])


def test_agencies_are_ordered_by_what_is_late_and_narrowed_by_kind(place: Place):
    manager = place.person(MANAGER)
    late = [int(one) for one in cells(manager.get("/agencies?sort=-days"), "Days late")]
    assert late == sorted(late, reverse=True)
    one = manager.get("/agencies?kind=example")
    assert fitting(one) == len(late)
    head, *rows = in_file(manager.get("/lists/agencies.csv"))
    assert head[:3] == ["Agency", "Asked", "In time"]
    assert len(rows) == len(late)
    assert place.person(Role.AGENCY_LEAD, HOSPITAL).get("/agencies").status == 403
    assert place.person(Role.AGENCY_LEAD, HOSPITAL).get("/returns").status == 403


def test_many_cases_cost_as_many_questions_as_few(place: Place, platform_postgres):
    manager = place.person(MANAGER)
    admin = platform_postgres.admin_of(place.world.engine)
    with admin.begin() as link:
        for statement in MORE_AGENCIES.split(";"):
            link.execute(text(statement), {"name": HOSPITAL})
    addresses = ("/agencies", "/returns", "/returns?standing=not_in_time&sort=-days")
    few = {}
    for where in addresses:
        manager.get(where)
        with sent_by(place.world.engine) as few[where]:
            size = len(manager.get(where).response.content)
        assert size < 60_000, (where, size)
    with admin.connect() as link:
        copied = link.execute(text("select id from cases where reference = 'EX-5'")).scalar_one()
    assert fitting(manager.get("/agencies")) > 40
    copy_case(admin, copied, 100, COPIED, called="MORE")
    for where in addresses:
        with sent_by(place.world.engine) as sent:
            page = manager.get(where)
        assert len(sent) <= len(few[where]), where
        assert len(page.response.content) < 60_000, where
