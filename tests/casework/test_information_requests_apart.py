"""Who may read a request by its case, what plain SQL may do, what an open request holds back."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.casework.information_requests.access import request_to_read, requests_seen
from services.casework.information_requests.closing import close_request
from services.database.decisions import Declaration
from services.database.engine import working_for
from services.domain.errors import AnswerRefused, NotFound, NotPermitted
from services.domain.workflow import Stage
from tests.information_requests import CONTACT, MANAGER, a_closing, entered
from tests.world import make_world, someone_else

IN_ANOTHERS_NAME = (
    "insert into information_request_steps (tenant_id, id, salt, request_id, number, event, on_day,"
    " words, added_by, added_at) values (sec.tenant(), gen_random_uuid(), '', :request, 9,"
    " 'closed', now(), '{}', :contact, now())"
)
HOLDS = "select sec.is_held(:case)"


@pytest.fixture(scope="module")
def world(app_engine):
    return make_world(app_engine)


def closed(world, request_id, when="2026-12-01"):
    with world.act(MANAGER, when, once=uuid4()) as work:
        close_request(work, request_id, a_closing())


def reads(world, request_id, when, who=MANAGER):
    with world.act(who, when) as work:
        return request_to_read(work, request_id).request.case_id


def test_plain_sql_changes_no_request_and_adds_none_in_anothers_name(world):
    request_id = entered(world)
    manager, contact = (world.ours.actor(role) for role in (MANAGER, CONTACT))
    engine = working_for(world.engine, world.ours.partnership_id, manager.person_id)
    told = {"request": request_id, "contact": contact.person_id}
    for what, otherwise in (
        ("update information_requests set wanted = ''", "permission denied"),
        ("delete from information_request_steps", "permission denied"),
        (IN_ANOTHERS_NAME, "row-level security"),
    ):
        with pytest.raises(DBAPIError, match=otherwise), engine.begin() as link:
            link.execute(text(what), told if what == IN_ANOTHERS_NAME else {})


def holds(world, case_id, side=None):
    side = side or world.ours
    manager = side.actor(MANAGER)
    engine = working_for(world.engine, side.partnership_id, manager.person_id)
    with engine.begin() as link:
        return link.execute(text(HOLDS), {"case": case_id}).scalar_one()


def test_an_open_request_stops_the_disposal_of_its_case_and_one_without_a_case_of_all(case_at):
    case = case_at(Stage.CLOSED)
    world, day = case.world, "2026-12-01"
    assert not holds(world, case.case_id)
    named = entered(world, day, case=case.row().reference)
    assert holds(world, case.case_id)
    assert not holds(world, uuid4())
    assert not holds(world, case.case_id, world.theirs)
    closed(world, named)
    assert not holds(world, case.case_id)
    of_none = entered(world, day)
    assert holds(world, case.case_id)
    assert holds(world, uuid4())
    closed(world, of_none)
    assert not holds(world, case.case_id)


def test_a_request_that_names_a_case_is_open_to_who_may_read_that_case(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    world, day = case.world, "2026-01-20"
    with pytest.raises(AnswerRefused, match="No case with this reference"):
        entered(world, day, case="NONE-2026-001")
    named = entered(world, day, case=case.row().reference)
    assert reads(world, named, day) == case.case_id
    colleague = someone_else(world.ours.actor(MANAGER))
    with pytest.raises(NotPermitted, match="Open the case first"):
        reads(world, named, day, colleague)
    with world.act(colleague, day) as work:
        work.session.add(
            Declaration(
                tenant_id=colleague.partnership_id,
                case_id=case.case_id,
                person_id=colleague.person_id,
                has_conflict=True,
                closes=True,
                keeps_confidential=True,
                agreement=1,
                at=work.now,
            )
        )
    with world.act(colleague, day) as work:
        assert requests_seen(work) == []
        with pytest.raises(NotFound):
            request_to_read(work, named)
