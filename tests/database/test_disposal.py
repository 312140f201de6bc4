"""The function that deletes asks by itself: for two people, a closed case, and no hold."""

import threading
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.casework.information_requests.entering import enter_request
from services.casework.retention.holds import hold_case, hold_partnership
from services.database import disposals
from services.database.engine import working_for
from tests.information_requests import a_request
from tests.retained import CONTACT, HOLD, LATER, MANAGER, closed_unreviewed, propose
from tests.servers import worker_of
from tests.world import at

_OF_CASES = text(
    "select distinct k.conrelid::regclass::text from pg_constraint k"
    " where k.contype = 'f' and k.confrelid = 'public.cases'::regclass"
)
_BODY = text("select prosrc from pg_proc where oid = 'sec.remove_case'::regproc")


@pytest.fixture
def case(world):
    return closed_unreviewed(world)


def tried(case, who, proposal) -> str:
    """Ask the function itself, as this person, and undo whatever it did."""
    with Session(working_for(case.world.engine, who.partnership_id, who.person_id)) as session:
        said = disposals.dispose(session, proposal, uuid4(), at(LATER))
        session.rollback()
        return said


def test_every_table_of_a_case_is_emptied(admin_engine):
    with admin_engine.connect() as link:
        tables = set(link.execute(_OF_CASES).scalars())
        body = link.execute(_BODY).scalar_one()
    assert tables
    assert {table for table in tables if f"'{table}'" not in body} == set()


def test_it_deletes_for_a_second_person_of_the_same_partnership_alone(case):
    ours, proposal = case.world.ours, propose(case)
    assert tried(case, ours.actor(CONTACT), proposal) == "done"
    assert tried(case, ours.actor(MANAGER), proposal) == "another"
    assert tried(case, case.world.theirs.actor(CONTACT), proposal) == "unknown"
    assert tried(case, ours.actor(CONTACT), uuid4()) == "unknown"
    worker = working_for(worker_of(case.world.engine), ours.partnership_id)
    with pytest.raises(DBAPIError, match="denied"), Session(worker) as session:
        disposals.dispose(session, proposal, uuid4(), at(LATER))
    with pytest.raises(DBAPIError, match="denied"), case.world.act(CONTACT) as work:
        work.session.execute(text("select sec.remove_case(:id, false)"), {"id": case.case_id})


def test_no_line_is_replayed_where_nothing_was_restored(case):
    with case.world.act(CONTACT) as work:
        line = {"id": str(uuid4()), "disposed_case": str(case.case_id)}
        line["tenant_id"] = str(case.world.ours.partnership_id)
        assert not disposals.replay(work.session, line)
        line["tenant_id"] = str(case.world.theirs.partnership_id)
        assert not disposals.replay(work.session, line)
    assert case.row().id == case.case_id


HOLDING = {
    "the case": lambda work, case: hold_case(work, case.id, HOLD),
    "the partnership": lambda work, _case: hold_partnership(work, HOLD),
    "a request on the case": lambda work, case: enter_request(work, a_request(case=case.reference)),
    "a request on none": lambda work, _case: enter_request(work, a_request()),
}


@pytest.mark.parametrize("what", HOLDING)
def test_what_holds_it_meanwhile_stops_the_deletion(case, what, admin_engine):
    """The hold is not committed when the disposal begins: it waits, and then sees it."""
    contact, proposal, said = case.world.ours.actor(CONTACT), propose(case), []
    row = case.row()
    with case.world.act(MANAGER, LATER) as work:
        HOLDING[what](work, row)
        other = threading.Thread(target=lambda: said.append(tried(case, contact, proposal)))
        other.start()
        _until_somebody_waits(admin_engine)
        assert said == []
    other.join()
    assert said == ["held"]


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ("the case", "NotFound"),
        ("a request on the case", "AnswerRefused"),
        ("a request on none", ""),
    ],
)
def test_it_waits_for_a_deletion_that_is_under_way_and_then_finds_no_case(
    case, what, refusal, admin_engine
):
    contact, proposal, placed = case.world.ours.actor(CONTACT), propose(case), []
    row = case.row()

    def place() -> None:
        try:
            with case.world.act(MANAGER, LATER) as work:
                HOLDING[what](work, row)
            placed.append("")
        except Exception as trouble:  # noqa: BLE001 - what it is refused with
            placed.append(type(trouble).__name__)

    whose = (contact.partnership_id, contact.person_id)
    with Session(working_for(case.world.engine, *whose)) as session:
        assert disposals.dispose(session, proposal, uuid4(), at(LATER)) == "done"
        other = threading.Thread(target=place)
        other.start()
        _until_somebody_waits(admin_engine)
        session.commit()
    other.join()
    assert placed == [refusal]


def test_the_ledger_is_only_added_to(case, admin_engine):
    proposal, contact = propose(case), case.world.ours.actor(CONTACT)
    with case.world.act(contact, LATER) as work:
        assert disposals.dispose(work.session, proposal, uuid4(), work.now) == "done"
    for change in ("delete from disposals", "update disposals set reference = 'x'"):
        with pytest.raises(DBAPIError, match="only added to"), admin_engine.begin() as link:
            link.execute(text(change))
        with pytest.raises(DBAPIError, match="denied"), case.world.act(contact) as work:
            work.session.execute(text(change))


def _until_somebody_waits(admin_engine) -> None:
    """Wait until a transaction of this database waits for another one."""
    waiting = text(
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and wait_event_type = 'Lock'"
    )
    for _ in range(2_000):
        with admin_engine.connect() as link:
            if link.execute(waiting).scalar_one():
                return
    raise AssertionError("nobody waits")
