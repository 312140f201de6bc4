"""What is measured of casework, and that nothing is called well while any of it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Connection, text

from services.casework.operations.backups import BackupsMeasured, measure_backups
from services.casework.operations.families import families_of_flow_engine, families_of_record
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.casework.operations.troubles import (
    TICK_BEHIND_AFTER,
    troubles_of,
    troubles_of_installation,
)
from services.casework.restorations import note_backup, note_drill
from services.database.measures import Measures, all_measured, migrated_to, read_measures
from services.database.migrations import newest_migration
from services.domain.identifiers import PartnershipId
from services.domain.workflow import Stage
from services.orchestration.deployment_registry import queue_of
from tests.desk import Desk
from tests.driven import Driven

GOOD = FlowEngineMeasured(answers=True, is_known=True, has_deployment=True, has_worker=True)
TODAY = "(clock_timestamp() at time zone 'Europe/London')::date"
ALL_IS_WELL = (
    "update running_clocks set met_on = due",
    "delete from outbox_emails",
    "update due_work set done_at = clock_timestamp()",
    "update alerts set seen_at = clock_timestamp()",
    (
        "insert into ticks values ('tick', clock_timestamp(), '')"
        " on conflict (name) do update set made_at = clock_timestamp()"
    ),
)


@pytest.fixture(scope="module")
def case(carried_once) -> Driven:
    """A case that is reviewed, alone with its partnership in a database of this file's own."""
    return carried_once.at(Stage.RAPID_REVIEW)


@dataclass
class Record:
    """The record as a transaction changes it that is undone in the end."""

    link: Connection
    case: Driven

    @property
    def whose(self) -> PartnershipId:
        return self.case.world.ours.partnership_id

    @property
    def measured(self) -> Measures:
        return all_measured(self.link)

    @property
    def troubles(self) -> tuple[str, ...]:
        return troubles_of(self.measured, self.whose)

    def change(self, statement: str) -> None:
        """Change rows as no act would; every date is another one than casework would write."""
        self.link.execute(text(statement), {"whose": self.whose, "case": self.case.case_id})

    def of(self, rows):
        return next(one for one in rows if one.tenant_id == self.whose)


@pytest.fixture
def record(case: Driven, platform_postgres) -> Iterator[Record]:
    with platform_postgres.admin_of(case.world.engine).connect() as link:
        link.execute(text("set local session_replication_role = replica"))
        found = Record(link, case)
        for statement in ALL_IS_WELL:
            found.change(statement)
        yield found
        link.rollback()


def open_a_clock(record: Record, due: str, force: str = "S") -> None:
    record.change(
        f"update running_clocks set met_on = null, ended_on = null, due = {TODAY} + ({due}),"  # noqa: S608 -- ours
        f" force = '{force}' where id = (select id from running_clocks"
        " where case_id = :case and met_on is not null order by id limit 1)"
    )


def test_a_record_in_which_nothing_is_wrong_is_well(record: Record):
    assert record.troubles == ()
    assert troubles_of_installation(record.measured, GOOD) == ()


def test_the_application_and_the_worker_read_the_same_numbers(case: Driven):
    measures = read_measures(case.world.engine)
    assert {one.code for one in measures.clocks} == {
        side.code for side in (case.world.ours, case.world.theirs)
    }
    assert measures.tables_unprotected == 0
    assert migrated_to(case.world.engine) == newest_migration()


@pytest.mark.parametrize(
    ("due", "force", "words"),
    [
        ("-1", "S", ("1 clock late on 1 case",)),
        ("-1", "L", ("1 clock of its own late",)),
        ("0", "S", ()),
        ("1", "S", ()),
    ],
)
def test_a_clock_is_late_the_day_after_its_last(record: Record, due, force, words):
    open_a_clock(record, due, force)
    assert record.troubles == words


def test_a_clock_that_is_due_and_that_nobody_has_is_told(record: Record):
    open_a_clock(record, "1")
    assert record.of(record.measured.clocks).due_unowned == 0
    record.change(
        "delete from memberships where role in ('business_manager', 'review_group_chair',"
        " 'safeguarding_partner', 'agency_lead')"
    )
    record.change(
        "delete from assignments where role not in ('business_manager',"
        " 'review_group_chair', 'safeguarding_partner', 'agency_lead')"
    )
    assert record.troubles == ("1 clock due today or tomorrow that nobody has",)
    open_a_clock(record, "2")
    assert record.of(record.measured.clocks).due_unowned == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            (
                "update due_work set done_at = null, parked_at = clock_timestamp()"
                " where (case_id, digest) in (select case_id, digest from due_work limit 1)"
            ),
            "1 piece of work set aside",
        ),
        (
            (
                "update due_work set done_at = null, not_before = now() - interval '3 hours'"
                " where (case_id, digest) in (select case_id, digest from due_work limit 1)"
            ),
            "machine work overdue for 3 hours",
        ),
        (
            "update partnerships set work_paused_at = clock_timestamp() - interval '2 days'",
            "machine work paused for 2 days",
        ),
        (
            (
                "insert into audit_checks values (:whose, gen_random_uuid(), clock_timestamp(), 1,"
                " 'hash')"
            ),
            "the audit chain is not whole",
        ),
        (
            (
                "insert into audit_checks values (:whose, gen_random_uuid(),"
                " clock_timestamp() - interval '40 hours', 1, '')"
            ),
            "the audit chain was last checked 40 hours ago",
        ),
    ],
)
def test_what_is_wrong_is_said(record: Record, change: str, words: str):
    record.change(change)
    assert record.troubles == (words,)


def test_work_of_a_paused_partnership_is_not_overdue(record: Record):
    record.change("update partnerships set work_paused_at = clock_timestamp()")
    record.change("update due_work set done_at = null, not_before = ordered_at - interval '1 day'")
    assert record.of(record.measured.work).overdue == 0
    assert record.of(record.measured.work).undone > 0


def post(delivery: str, content: str = "{}", age: str = "0") -> str:
    columns = "tenant_id, id, key, event, recipient, address, content, message_id, delivery, claim"
    return (
        f"insert into outbox_emails ({columns}, posted_at, last_error) values (:whose,"  # noqa: S608 -- ours
        f" gen_random_uuid(), gen_random_uuid()::text, 'case_opened', 'panel', '', '{content}', '',"
        f" '{delivery}', 1, clock_timestamp() - interval '{age} minutes', '')"
    )


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (post("pending", age="9"), ()),
        (post("pending", age="30"), ("emails unsent for 30 minutes",)),
        (post("sending", age="130"), ("emails unsent for 2 hours",)),
        (post("held"), ("1 email held or refused",)),
        (post("failed"), ("1 email held or refused",)),
        (post("failed", '{"dispatch": "1"}'), ()),
        (post("held", '{"dispatch": "1"}'), ("1 email held or refused",)),
    ],
)
def test_what_the_outbox_holds_is_measured(record: Record, statement: str, words):
    record.change(statement)
    assert record.troubles == words


def test_an_email_waits_by_the_partnerships_own_clock(record: Record):
    record.change("update partnerships set practice_offset = 864000")
    record.change(
        post("pending").replace("clock_timestamp()", "clock_timestamp() + interval '10 days'")
    )
    assert record.of(record.measured.emails).longest_unsent < 60


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (FlowEngineMeasured(answers=False), "Prefect: it does not answer"),
        (FlowEngineMeasured(answers=True), "Prefect: it refuses what is asked of it"),
        (replace(GOOD, has_deployment=False), "Prefect: the flow is not registered"),
        (replace(GOOD, is_pool_paused=True), "Prefect: the work pool is paused"),
        (replace(GOOD, has_worker=False), "Prefect: no worker answers"),
    ],
)
def test_nothing_is_well_while_what_carries_cases_is_not(record: Record, engine, words: str):
    assert troubles_of_installation(record.measured, engine) == (words,)


def test_nothing_is_well_while_nobody_ticks(record: Record):
    assert TICK_BEHIND_AFTER == 300
    record.change("update ticks set made_at = made_at - interval '360 s'")
    (words,) = troubles_of_installation(record.measured, GOOD)
    assert words == "emails, reminders and clocks were last seen to 6 minutes ago"
    record.change("delete from ticks")
    (words,) = troubles_of_installation(record.measured, GOOD)
    assert words == "emails, reminders and clocks have never been seen to"


def test_a_table_that_lost_its_protection_is_counted(record: Record):
    record.change("alter table children no force row level security")
    assert record.measured.tables_unprotected == 1


def test_a_backup_and_a_drill_that_found_nothing_amiss_have_an_age(case: Driven):
    engine, desk = case.world.engine, Desk(case.world)
    assert measure_backups(engine) == BackupsMeasured(None, None)
    note_backup(desk, "0" * 64, 100)
    note_drill(desk, "0" * 64, seconds=60, faults=2)
    after = measure_backups(engine)
    assert after.backed_up_ago < 60
    assert after.drilled_ago is None, "it found faults"
    note_drill(desk, "0" * 64, seconds=60, faults=0)
    assert measure_backups(engine).drilled_ago < 60


def test_the_numbers_name_partnerships_by_their_codes_and_nothing_else(record: Record):
    measures = record.measured
    codes = {one.tenant_id: one.code for one in measures.clocks}
    found = [*families_of_record(measures), *families_of_flow_engine(GOOD, codes)]
    labelled = {
        labels[0] for one in found if one.labels[:1] == ("partnership",) for labels in one.samples
    }
    assert labelled == set(codes.values())
    paused = replace(GOOD, paused_queues=frozenset({queue_of(record.whose)}))
    (queues,) = [
        one for one in families_of_flow_engine(paused, codes) if one.name.endswith("queue_paused")
    ]
    assert queues.samples[(codes[record.whose],)] == 1
    assert sum(queues.samples.values()) == 1
