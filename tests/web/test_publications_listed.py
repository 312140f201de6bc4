"""PUB-29: the publications on one page: what is there, where, until when, and the next look."""

import pytest
from sqlalchemy import text

from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.many_cases import copy_case
from tests.statements import sent_by
from tests.web.collections_sent import Place
from tests.web.lists_read import cells, fitting, in_file
from tests.web.visitors import Answer
from tests.world import HOSPITAL

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-09-01"
COPIED = ("declarations", "running_clocks", "entries")
DOUBTED = """
    update running_clocks set unseen_since = '2026-08-20'
    where clock = 'K13' and case_id = (select id from cases where reference = 'EX-1')
"""
DOWN = """
    insert into entries select (jsonb_populate_record(e, jsonb_build_object(
        'id', gen_random_uuid(), 'number', 999, 'once', null, 'entry_type', 'report_taken_down',
        'command', cast(:said as jsonb)))).*
    from entries e where entry_type = 'published'
      and case_id = (select id from cases where reference = 'EX-2')
"""
SAID = (
    '{"taken_down_on": "2026-08-25", "by_whom": "Communications", "why_before": null,'
    ' "address": "https://partnership.example/improvements"}'
)
PLANNED = """
    update cases set published_on = null, publish_on = '2027-01-05' where reference = 'EX-3'
"""


@pytest.fixture
def place(case_at, platform_postgres) -> Place:
    case = case_at(Stage.EMBEDDING)
    admin = platform_postgres.admin_of(case.world.engine)
    copy_case(admin, case.case_id, 30, COPIED)
    with admin.begin() as link:
        link.execute(text(DOUBTED))
        link.execute(text(DOWN), {"said": SAID})
        link.execute(text(PLANNED))
    return Place(case.world, when=WHEN)


def row(answer: Answer, reference: str) -> str:
    found = answer.page.find("a", string=reference)
    return " ".join(found.find_parent("tr").get_text(" ").split())


def test_each_says_how_it_stands_where_it_is_and_when_somebody_looks(place: Place):
    manager = place.person(MANAGER)
    page = manager.get("/publications?sort=reference")
    assert fitting(page) == 31
    told = manager.get("/publications?standing=doubted")
    assert "Not found at its address Since Thursday 20 August 2026" in row(told, "EX-1")
    assert "Now, by a person" in row(told, "EX-1")
    down = row(manager.get("/publications?standing=down"), "EX-2")
    assert "Taken down On Tuesday 25 August 2026" in down
    assert "https://partnership.example/improvements" in down
    planned = manager.get("/publications")
    assert cells(planned, "Published")[0] == "Tuesday 5 January 2027"
    assert "Planned" in row(planned, "EX-3")
    up = manager.get("/publications?standing=up")
    assert fitting(up) == 28
    assert all(one.startswith("By ") for one in cells(up, "Next look"))


def test_it_is_for_who_reads_cases_whole_or_plans_publication(place: Place):
    communications = place.person(Role.COMMUNICATIONS_LEAD)
    assert fitting(communications.get("/publications")) == 31
    assert len(in_file(communications.get("/lists/publications.csv"))) == 32
    opened = communications.get("/publications").page.select_one("tbody th a")["href"]
    assert communications.get(opened).status == 200
    assert place.person(Role.AGENCY_LEAD, HOSPITAL).get("/publications").status == 403


def test_many_cost_as_many_questions_as_few_and_a_light_page(place: Place, platform_postgres):
    manager = place.person(MANAGER)
    admin = platform_postgres.admin_of(place.world.engine)
    manager.get("/publications")
    with sent_by(place.world.engine) as few:
        manager.get("/publications")
    with admin.connect() as link:
        copied = link.execute(text("select id from cases where reference = 'EX-5'")).scalar_one()
    copy_case(admin, copied, 60, COPIED, called="MORE")
    with sent_by(place.world.engine) as sent:
        page = manager.get("/publications")
    assert fitting(page) == 91
    assert len(sent) <= len(few)
    assert len(page.response.content) < 60_000
