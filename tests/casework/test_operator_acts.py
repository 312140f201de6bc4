"""Operators act on what waits, item by item, each on record; they decide nothing of a case."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.event import listen, remove
from sqlalchemy.pool import NullPool
from sqlmodel import select

from services.casework.alerts import raise_alert
from services.casework.engine.transactions import acting
from services.casework.operations.acting import (
    Operator,
    acknowledge,
    act_on_emails,
    act_on_runs,
)
from services.casework.operations.affecting import affecting_now
from services.casework.operations.operator_commands import (
    AcknowledgeAlerts,
    ActOnEmails,
    ActOnRuns,
    EmailCourse,
    RunCourse,
)
from services.casework.operations.results import results_of
from services.casework.operations.waiting import waiting_alerts, waiting_emails, waiting_runs
from services.database import audit, due_work, measures
from services.database.console import Among
from services.database.due_work import DueWork
from services.database.migrations.restored import note_restored
from services.database.operator_acts import OperatorActRow
from services.database.outbox import DeliveryStatus, OutboxEmail, for_a_person
from services.domain.alerts import AlertCode
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.operator_acts import OperatorOutcome
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Step
from services.orchestration import Run, RunState
from services.orchestration.memory import MemoryFlows
from tests.carried_cases import OURS, THEIRS, ToyNeighbours, a_case, make_record, the_case
from tests.joint_cases import OPERATOR

WHY = "The store answers again."
ALL = Among()
LETTER = (Step.SCOPE, "letter", "one")


@pytest.fixture(scope="module")
def record(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def around(record):
    """A record in which nothing waits at first."""
    for side in (OURS, THEIRS):
        with acting(record, side) as work:
            for piece in work.session.exec(select(DueWork).where(DueWork.done_at.is_(None))):
                piece.done_at = piece.ordered_at
            for email in work.session.exec(select(OutboxEmail)):
                email.delivery = DeliveryStatus.SENT
    return record


def set_aside(around, side=OURS):
    case_id = a_case(around, partnership_id=side, orders=(LETTER,))
    with acting(around, side) as work:
        piece = work.session.exec(select(DueWork).where(DueWork.case_id == case_id)).one()
        piece.parked_at, piece.last_error = piece.ordered_at, "StoreUnavailable"
    return case_id


def an_email(
    around,
    case_id,
    delivery=DeliveryStatus.HELD,
    *,
    event=EmailTrigger.REFERRAL_RECEIVED,
    recipient=Recipient.BUSINESS_MANAGER,
    **content,
):
    with acting(around, OURS) as work:
        email = OutboxEmail(
            tenant_id=OURS,
            case_id=case_id,
            key=str(uuid4()),
            event=event,
            recipient=Recipient.PANEL if content else recipient,
            address="manager@example.org",
            content=content,
            message_id=f"<{uuid4()}@example.org>",
            delivery=delivery,
            posted_at=work.now,
        )
        work.session.add(email)
        return email.id


def delivery_of(around, email, side=OURS):
    with acting(around, side) as work:
        return work.session.get_one(OutboxEmail, (side, email)).delivery


def an_operator(around, actor=OPERATOR):
    return Operator(actor, around, uuid4())


def on_runs(around, course, *items, flows=None, operator=None):
    operator = operator or an_operator(around)
    act_on_runs(operator, flows, ActOnRuns(course=course, items=items, because=WHY))
    return [one.outcome for one in results_of(around, operator.once)]


def on_emails(around, course, *items):
    operator = an_operator(around)
    act_on_emails(operator, ActOnEmails(course=course, items=items, because=WHY))
    return [one.outcome for one in results_of(around, operator.once)]


def test_what_was_set_aside_is_taken_up_and_each_item_has_its_result(around):
    ours, theirs = set_aside(around), set_aside(around, THEIRS)
    waits = a_case(around, orders=(LETTER,))
    outcomes = on_runs(around, RunCourse.TAKE_UP, ours, theirs, waits)
    done, nothing = OperatorOutcome.DONE, OperatorOutcome.NOTHING_TO_DO
    assert sorted(outcomes) == sorted([done, done, nothing])
    assert [one.run.set_aside for one in waiting_runs(around, ALL).items] == [0, 0, 0]


def test_an_act_stands_in_the_chain_and_on_record_with_its_reason_of_whose_it_is(around):
    theirs = set_aside(around, THEIRS)
    with acting(around, THEIRS) as work:
        before = audit.head(work.session).seq
    on_runs(around, RunCourse.TAKE_UP, theirs)
    with acting(around, THEIRS) as work:
        row = work.session.exec(select(OperatorActRow)).all()[-1]
        assert (row.case_id, row.because) == (theirs, WHY)
        assert row.person_id == OPERATOR.person_id
        assert audit.head(work.session).seq == before + 1


def test_what_was_put_off_is_tried_now(around):
    case_id = a_case(around, orders=(LETTER,))
    with acting(around, OURS) as work:
        piece = work.session.exec(select(DueWork).where(DueWork.case_id == case_id)).one()
        piece.not_before += timedelta(hours=3)
    assert [one.run.put_off for one in waiting_runs(around, ALL).items] == [1]
    assert on_runs(around, RunCourse.TRY_NOW, case_id) == [OperatorOutcome.DONE]
    with acting(around, OURS) as work:
        assert due_work.ready_steps(work, case_id) == {Step.SCOPE}


def test_a_run_is_begun_anew_where_prefect_answers(around):
    case_id, flows, run = set_aside(around), MemoryFlows(), uuid4()
    with the_case(around, case_id) as (_work, case):
        case.flow_run_id = run
    flows.known[run] = Run(run, RunState.PAUSED, "Suspended", "", "mark")
    assert on_runs(around, RunCourse.BEGIN_ANEW, case_id) == [OperatorOutcome.NO_ANSWER]
    outcomes = on_runs(around, RunCourse.BEGIN_ANEW, case_id, flows=flows)
    assert outcomes == [OperatorOutcome.DONE]
    assert flows.known[run].state is RunState.CANCELLED


def test_a_form_sent_twice_acts_once_and_one_with_nothing_left_is_refused(around):
    case_id, operator = set_aside(around), an_operator(around)
    for _ in range(2):
        assert on_runs(around, RunCourse.TAKE_UP, case_id, operator=operator) == [
            OperatorOutcome.DONE
        ]
    with pytest.raises(AnswerRefused, match="waits any more"):
        on_runs(around, RunCourse.TAKE_UP, UUID(int=77))


def test_an_email_is_sent_again_or_stopped_and_a_dispatch_is_its_managers(around):
    case_id = a_case(around)
    again, stopped, refused = (
        an_email(around, case_id),
        an_email(around, case_id),
        an_email(around, case_id, dispatch=str(uuid4())),
    )
    for course, email in ((EmailCourse.SEND_AGAIN, again), (EmailCourse.STOP_EMAIL, stopped)):
        command = ActOnEmails(course=course, items=(email, refused), because=WHY)
        operator = an_operator(around)
        act_on_emails(operator, command)
        outcomes = {one.outcome for one in results_of(around, operator.once)}
        assert outcomes == {OperatorOutcome.DONE, OperatorOutcome.FOR_ITS_MANAGER}
    assert delivery_of(around, again) is DeliveryStatus.PENDING
    assert delivery_of(around, stopped) is DeliveryStatus.STOPPED
    assert delivery_of(around, refused) is DeliveryStatus.HELD


@pytest.mark.parametrize(
    ("event", "recipient"),
    [
        (EmailTrigger.CHAIR_TOLD, Recipient.CHAIR),
        (EmailTrigger.OUTCOME_TOLD, Recipient.AGENCY),
        (EmailTrigger.NOTIFICATION_RECORDED, Recipient.PARTNERS),
        (EmailTrigger.SCOPING_REQUESTED, Recipient.AGENCY),
        (EmailTrigger.DECLARATION_NEEDED, Recipient.PARTNERS),
    ],
)
def test_what_meets_a_duty_is_not_stopped_but_left_to_its_manager(around, event, recipient):
    email = an_email(around, a_case(around), event=event, recipient=recipient)
    assert on_emails(around, EmailCourse.STOP_EMAIL, email) == [OperatorOutcome.FOR_ITS_MANAGER]
    assert delivery_of(around, email) is DeliveryStatus.HELD
    assert on_emails(around, EmailCourse.SEND_AGAIN, email) == [OperatorOutcome.DONE]


@pytest.fixture
def restored(around, platform_postgres):
    """The record as it was put back from a backup, before its emails may leave."""
    place = platform_postgres.url(make_url(around.url).database)
    engine = create_engine(place, poolclass=NullPool)
    with engine.begin() as link:
        note_restored(link)
    yield around
    with engine.begin() as link:
        link.execute(text("delete from restorations"))


def test_what_waits_in_a_restored_database_is_stopped_or_held_for_its_manager(restored):
    case_id, pending = a_case(restored), DeliveryStatus.PENDING
    stopped = an_email(restored, case_id, pending)
    doubtful = an_email(restored, case_id, DeliveryStatus.SENDING)
    duty = an_email(restored, case_id, pending, event=EmailTrigger.CHAIR_TOLD)
    notice = an_email(restored, case_id, pending, dispatch=str(uuid4()))
    told = [one for one in affecting_now(restored) if one.what is RunTrouble.EMAILS]
    assert {one.cause for one in told} == {"the database was restored"}
    assert on_emails(restored, EmailCourse.SEND_AGAIN, stopped) == [OperatorOutcome.NOTHING_TO_DO]
    all_four = on_emails(restored, EmailCourse.STOP_EMAIL, stopped, doubtful, duty, notice)
    done, for_manager = OperatorOutcome.DONE, OperatorOutcome.FOR_ITS_MANAGER
    assert sorted(all_four) == sorted([done, done, for_manager, for_manager])
    for email in (stopped, doubtful):
        assert delivery_of(restored, email) is DeliveryStatus.STOPPED
    for email in (duty, notice):
        assert delivery_of(restored, email) is DeliveryStatus.HELD
    with acting(restored, OURS) as work:
        assert {one.id for one in for_a_person(work.session, case_id)} == {duty, notice}


def test_what_waits_to_be_sent_is_not_listed_where_nothing_was_restored(around):
    email = an_email(around, a_case(around), DeliveryStatus.PENDING)
    assert waiting_emails(around, ALL).items == ()
    with pytest.raises(AnswerRefused):
        on_emails(around, EmailCourse.STOP_EMAIL, email)


def test_an_operator_locks_the_case_before_its_email(around):
    case_id = a_case(around)
    email, asked = an_email(around, case_id), []

    def note(_link, _cursor, statement, *_more):
        if "FOR UPDATE" in statement or "FOR NO KEY UPDATE" in statement:
            asked.append("cases" if "FROM cases" in statement else "emails")

    listen(around.engine, "before_cursor_execute", note)
    on_emails(around, EmailCourse.STOP_EMAIL, email)
    remove(around.engine, "before_cursor_execute", note)
    assert asked[:2] == ["cases", "emails"]


def test_an_acknowledged_alert_leaves_the_list_and_stays_unseen_for_its_own(around):
    with acting(around, OURS) as work:
        raise_alert(work, AlertCode.REFUSED_READS)
    (alert,) = waiting_alerts(around, ALL).items
    acknowledge(an_operator(around), AcknowledgeAlerts(items=(alert.id,), because=WHY))
    assert waiting_alerts(around, ALL).items == ()
    found = measures.read_measures(around.engine).alerts
    assert sum(one.unseen for one in found if one.tenant_id == OURS) == 1


def test_what_affects_casework_is_grouped_by_cause_with_its_effect(around):
    for side in (OURS, OURS, THEIRS):
        set_aside(around, side)
    case_id = a_case(around)
    an_email(around, case_id, DeliveryStatus.FAILED)
    an_email(around, case_id, dispatch=str(uuid4()))
    told = [one for one in affecting_now(around) if one.what is not RunTrouble.UNSTARTED]
    assert [(one.effect, one.partnerships) for one in told] == [
        ("3 pieces of joint work not done on 3 cases", 2),
        ("1 notice to a national body may or may not have arrived", 1),
        ("1 email not sent", 1),
    ]
    assert told[0].cause == "set aside after StoreUnavailable"
    assert (told[0].cases, len(told[0].first)) == (3, 3)


def test_nobody_else_acts(around):
    case_id = set_aside(around)
    manager = replace(OPERATOR, role=Role.BUSINESS_MANAGER)
    with pytest.raises(NotPermitted):
        on_runs(around, RunCourse.TAKE_UP, case_id, operator=an_operator(around, manager))
