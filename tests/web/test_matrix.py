"""The matrix at the pages: who is shown a case leaves one view, and who is not learns nothing.

Each page below a case is asked for by a person who may open the case, by one who has yet to
declare, by one with a conflict, by an agency that was not asked, and by another partnership.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import text

from deployments.checks.figures import tell
from deployments.checks.turns import OF_ROWS
from deployments.demo.partnerships import PLACES
from services.web.pages import ROUTERS
from tests.matrix import PNG, SHORT, Tally, row_counts, some
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Reader, Visitor

NOBODYS = "/cases/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
BELOW = "/cases/{case_id}"
ROUTES = [
    (route.path, method)
    for router in ROUTERS
    for route in router.routes
    for method in sorted(route.methods)
    if route.path.startswith(BELOW)
]
READ = sorted(path for path, method in ROUTES if method == "GET")
# What is kept of a refusal, and of being signed in.
AUDIT = frozenset({"audit_links", "audit_heads", "audit_anchors", "audit_checks"})
KEPT = AUDIT | {"alerts", "refusal_runs", "web_sessions", "sign_in_attempts"}
DECLARATION = f"{BELOW}/declaration"
LEADS_ON = {f"{BELOW}/todo/{{code}}"}  # an address, and nothing of the case
NO_VIEW = {*LEADS_ON, DECLARATION}  # who has declared goes on from the declaration
INSIDE = ("manager", "notifier", "chair", "member", "scrutineer")
UNASKED = ("hospital", "reviewer", "communications")
each_read = pytest.mark.parametrize("path", READ)
each_route = pytest.mark.parametrize(("path", "method"), sorted(ROUTES))


@dataclass(frozen=True)
class Place:
    """One case of ours with a clock and a document, one of theirs, and people around them."""

    world: World
    case: str
    theirs: str
    ids: dict[str, str]
    inside: dict[str, Reader]
    unasked: dict[str, Reader]
    undeclared: Reader
    conflicted: Reader

    def address(self, path: str, case: str) -> str:
        for name, value in self.ids.items():
            path = path.replace(name, value)
        return path.replace(BELOW, case)

    def views(self) -> int:
        with self.world.admin.connect() as link:
            return link.execute(text("select count(*) from viewings")).scalar()

    @contextmanager
    def no_row_changes(self, without: frozenset[str] = KEPT) -> Iterator[None]:
        before = row_counts(self.world.admin, without)
        yield
        assert row_counts(self.world.admin, without) == before


# A package that waits to be sent by hand: a case so early on has none of its own.
A_DISPATCH = """
    insert into dispatches (tenant_id, id, case_id, notice, part, recipient, way, state,
                            documents, ordered_at, address, means, reference)
    select tenant_id, gen_random_uuid(), case_id, 'lateness_forecast', '1', 'panel_secretariat',
           'by_hand', 'to_send', jsonb_build_array(jsonb_build_object(
               'kind', kind, 'version', version, 'id', id, 'sha256', sha256)), now(), '', '', ''
      from documents where case_id = :case and standing = 'kept'
    returning id
"""


@pytest.fixture(scope="module")
def place(world: World) -> Place:
    def person(who: str, where: int = 0) -> Reader:
        return Reader(world.app, world.person(who, where).cookies, declares=False)

    manager, case = world.person("manager"), refer(world.person("manager"))
    manager.upload(f"{case}/documents", {"title": "A scan"}, "scan.png", PNG)
    for who in INSIDE:
        assert world.person(who).get(case).status == 200  # declares
    undeclared, conflicted = person("council"), person("icb")
    taken = Visitor(world.app, conflicted.cookies)
    taken.declare(f"{case}/declaration", has_conflict="yes", particulars="A cousin.")
    return Place(
        world,
        case,
        refer(world.person("manager", place=1)),
        ids_below(world, case),
        {who: person(who) for who in INSIDE},
        {who: person(who) for who in UNASKED},
        undeclared,
        conflicted,
    )


def ids_below(world: World, case: str) -> dict[str, str]:
    """Return what stands in addresses below the case besides its own id."""
    known = {"case": UUID(case[-36:])}
    clock = text("select id from running_clocks where case_id = :case order by id limit 1")
    document = text("select id from documents where case_id = :case and standing = 'kept'")
    dispatch = text(A_DISPATCH)
    with world.admin.begin() as link:
        return {
            "{clock_id}": str(link.execute(clock, known).scalar_one()),
            "{document_id}": str(link.execute(document, known).scalar_one()),
            "{dispatch_id}": str(link.execute(dispatch, known).scalar_one()),
            "{agency_id}": NOBODYS[-36:],
            "{partnership_id}": str(PLACES[1].partnership_id),
            "{code}": "give_view",
            "{act}": "give_view",
            "{matter}": "notification",
        }


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.mark.in_turns
@each_read
def test_a_page_that_is_shown_leaves_one_view_and_no_other_row(path, place, tally, is_whole):
    for who, reader in some(place.inside.items(), path, whole=is_whole):
        before = place.views()
        with place.no_row_changes(KEPT | {"viewings"}):
            status, body = reader.bytes_of("GET", place.address(path, place.case))
        seen = place.views() - before
        assert status in {200, 303, 403, 404}, (who, status)
        if status in {403, 404}:  # a document is there for whoever may open it only
            assert body == reader.bytes_of("GET", place.address(path, NOBODYS))[1]
        else:
            assert (status == 303) == (path in NO_VIEW)
        assert seen == (status == 200), (who, status, seen)
        tally.counts["views"] += seen
        tally.counts[f"answered {status}"] += 1
    tally.acts.add(path)


@pytest.mark.in_turns
@each_route
def test_a_case_out_of_reach_is_answered_like_one_that_never_was(
    path, method, place, tally, is_whole
):
    manager = place.inside["manager"]
    asked = [(reader, place.case) for reader in place.unasked.values()] + [(manager, place.theirs)]
    for reader, case in some(asked, path, whole=is_whole):
        with place.no_row_changes():
            hidden = reader.bytes_of(method, place.address(path, case))
            nobodys = reader.bytes_of(method, place.address(path, NOBODYS))
        assert hidden == nobodys
        assert hidden[0] in {403, 404} or path in LEADS_ON
        tally.counts["equal to the answer for a random id"] += 1


@pytest.mark.in_turns
@each_route
def test_before_declaring_a_page_leads_to_the_declaration_and_a_form_does_nothing(
    path, method, place, tally
):
    address = place.address(path, place.case)
    with place.no_row_changes():
        answer = place.undeclared.get(address) if method == "GET" else None
        status = answer.status if answer else place.undeclared.bytes_of(method, address)[0]
    if path == DECLARATION:
        assert status == (200 if method == "GET" else 422)
    elif status != 403:
        assert method == "GET"
        assert status == 303
        assert path in LEADS_ON or answer.where == f"{place.case}/declaration?next={address}"
    tally.counts[f"before declaring {status}"] += 1


@pytest.mark.in_turns
@each_route
def test_after_a_conflict_no_page_is_shown_and_no_form_taken(path, method, place, tally):
    with place.no_row_changes():
        status, _body = place.conflicted.bytes_of(method, place.address(path, place.case))
    assert status == 403 or path in LEADS_ON
    tally.counts[f"after a conflict {status}"] += 1


def test_before_declaring_a_document_that_is_there_is_like_one_that_is_not(place):
    missing = f"{place.case}/documents/{NOBODYS[-36:]}"
    kept = place.address(f"{BELOW}/documents/{{document_id}}", place.case)
    for reader, status in ((place.undeclared, 303), (place.conflicted, 403)):
        assert [reader.get(one).status for one in (kept, missing)] == [status, status]


@pytest.mark.slow
def test_the_matrix_says_what_it_tried(tally, capsys, record_property, is_whole):
    if len(tally.acts) < len(READ) // OF_ROWS:
        pytest.skip("only some of the pages were tried")
    with capsys.disabled():
        tell(f"matrix of pages: {tally.said()}")
    record_property("matrix", tally.said())
    assert tally.counts["views"] * (1 if is_whole else SHORT) > len(tally.acts)
    # Some rows of a run are forms only, which lead nobody anywhere.
    assert tally.counts["before declaring 303"] > (5 if is_whole else 0)
