"""What a unit of work remembers of what it read, and when it asks again."""

from uuid import uuid4

import pytest
from sqlalchemy import text, update

from services.database.cases import Case, get_case
from services.database.remembered import remembered
from services.domain.roles import Role
from tests.driven import Driven

MANAGER = Role.BUSINESS_MANAGER


class Asked:
    """A question that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def case(world) -> Driven:
    return Driven(world)


def test_what_was_read_is_asked_once_and_each_unit_of_work_asks_for_itself(case):
    ask = Asked()
    for times in (1, 2):
        with case.world.act(MANAGER) as work:
            found = [remembered(work.session, "key", ask) for _ in range(3)]
            assert found == [times] * 3
            assert remembered(work.session, "another", lambda: "other") == "other"


def _writes(work, case):
    row = get_case(work.session, case.case_id)
    row.reference = f"{row.reference[:-1]}9"
    work.session.add(row)
    work.session.flush()


def _changes(work, case):
    change = update(Case).where(Case.id == case.case_id).values(report_version=7)
    work.session.execute(change)


def _locks(work, case):
    get_case(work.session, case.case_id, for_change=True)


def _is_undone(work, _case):
    with pytest.raises(LookupError), work.savepoint():
        raise LookupError


@pytest.mark.parametrize("does", [_writes, _changes, _locks, _is_undone])
def test_it_is_asked_again_once_something_is_written_undone_or_locked(does, case):
    ask = Asked()
    with case.world.act(MANAGER) as work:
        assert remembered(work.session, "key", ask) == 1
        does(work, case)
        assert remembered(work.session, "key", ask) == 2
        work.session.rollback()


def test_what_waits_to_be_written_is_never_answered_from_memory(case):
    ask = Asked()
    with case.world.act(MANAGER) as work:
        row = get_case(work.session, case.case_id)
        assert remembered(work.session, "key", ask) == 1
        row.report_version = 3
        assert remembered(work.session, "key", ask) == 2
        assert remembered(work.session, "key", ask) == 3
        work.session.rollback()


def test_to_read_by_words_of_sql_forgets_nothing(case):
    ask = Asked()
    with case.world.act(MANAGER) as work:
        remembered(work.session, "key", ask)
        work.session.execute(text("select 1"))
        assert remembered(work.session, "key", ask) == 1
        assert remembered(work.session, ("key", uuid4()), ask) == 2
