"""A thousand waiting cases are not a thousand rows on a page, nor a statement more."""

import pytest
from sqlalchemy import text

from tests.statements import sent_by
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

MANY = 1000
# Every column of the example but its key, whatever columns there are.
CASES = (
    "insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),"
    " 'reference', 'EX-' || n))).* from cases c, generate_series(1, :many) n where c.id = :case"
)
ORDERS = (
    "insert into due_work select (jsonb_populate_record(d, jsonb_build_object('case_id', c.id))).*"
    " from due_work d join cases c on c.reference like 'EX-%' where d.case_id = :case"
)
PAGES = ("/operations", "/operations/runs", "/operations/runs?what=set_aside", "/operations/work")


def signed_in(world: World) -> Visitor:
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    return operator


def test_an_operator_is_of_no_partnership_wherever_the_role_is_held(world: World):
    who = signed_in(world).get("/operations").page.select_one(".keyline-who").get_text(" ")
    assert "this installation of Keyline" in who
    assert "Northmoor" not in who


@pytest.fixture
def operator(world: World) -> Visitor:
    return signed_in(world)


def set_aside(world: World, case: str) -> None:
    with world.admin.begin() as link:
        link.execute(
            text(
                "update due_work set done_at = null, parked_at = clock_timestamp(),"
                " last_error = 'StoreUnavailable' where case_id = :case"
            ),
            {"case": case[-36:]},
        )


def measured(world: World, operator: Visitor) -> dict[str, tuple[int, int]]:
    """Return for each page how many statements it takes, and how many rows or boxes it shows."""
    found = {}
    for path in PAGES:
        with sent_by(world.engine) as sent:
            page = operator.get(path).page
        found[path] = (len(sent), len(page.select("main tbody tr, main input[type=checkbox]")))
    return found


@pytest.fixture(scope="module")
def grown(world: World) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """What was measured with one waiting case, and with a thousand copies of it."""
    case, operator = refer(world.person("manager")), signed_in(world)
    set_aside(world, case)
    operator.get("/operations")
    before = measured(world, operator)
    with world.admin.begin() as link:
        link.execute(text("set local session_replication_role = replica"))
        for copy in (CASES, ORDERS):
            link.execute(text(copy), {"many": MANY, "case": case[-36:]})
    return before, measured(world, operator)


def test_pages_of_operators_do_not_grow_with_the_cases(grown, operator: Visitor):
    before, after = grown
    assert {path: sent for path, (sent, _) in after.items()} == {
        path: sent for path, (sent, _) in before.items()
    }
    assert all(rows <= 40 for _, rows in after.values()), after
    front = operator.get("/operations").text
    assert f"documents not made on {MANY + 1} cases" in front
    assert "998 more" in front
    second = operator.get("/operations/runs?what=set_aside&page=2")
    assert "Page 2 of 41, 1001 in all" in second.text
    assert "what=set_aside" in second.page.select_one("a[rel=next]")["href"]


@pytest.mark.usefixtures("grown")
def test_a_run_is_acted_on_from_its_own_page_wherever_it_stands_in_the_list(operator: Visitor):
    last = operator.get("/operations/runs?what=set_aside&page=41").page.select("main tbody a")[-1]
    path = str(last["href"])
    page = operator.get(path)
    assert "Set aside" in page.text
    said = {"course": "take_up", "items": path[-36:], "because": "The store answers again."}
    done = operator.post("/operations/work", operator.unopened() | said)
    assert "Done" in operator.get(done.where).text
    again = operator.get(path).text
    assert "Work that was set aside is taken up again The store answers again." in again
    assert f"{MANY} in all" in operator.get("/operations/runs?what=set_aside").text


def test_only_operators_have_the_pages_and_what_is_not_there_is_not_found(
    world: World, operator: Visitor
):
    never = "/operations/runs/00000000-0000-4000-8000-000000000000"
    assert operator.get(never).status == 404
    assert operator.get("/operations/runs?page=999999&what=nonsense&partnership=x").status == 200
    for path in ("/operations/runs", never):
        assert world.person("manager").get(path).status == 403
