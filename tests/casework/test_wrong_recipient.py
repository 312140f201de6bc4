"""Sent to the wrong person: what it revokes, whom it tells, and its 72 hours (UK GDPR, art. 33)."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from services.casework.alerts import alerts_for, raise_alert
from services.casework.collecting.handing_out import offered
from services.casework.engine.breach_rounds import look_after_breaches
from services.casework.steps import closing
from services.casework.steps.dispatches import breach_decision, breaches, wrong_recipient
from services.casework.steps.dispatches.breaches import Breach
from services.casework.steps.dispatches.mailbox_elsewhere import alert_elsewhere
from services.casework.steps.dispatches.wrong_recipient import BreachReported
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.database.alerts import MOST, Alert
from services.database.cases import children, get_case
from services.database.guests import links_of
from services.database.outbox import OutboxEmail, add_emails, case_emails
from services.domain.alerts import AlertCode
from services.domain.breaches import BreachRisk
from services.domain.dispatches import DispatchState
from services.domain.emails import EmailTrigger
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION
from services.domain.recipients import Recipient
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step
from services.domain.working_days import LONDON
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories
from tests.collecting import brought, newest, sent_for_p7
from tests.desk import Desk
from tests.dispatch_factories import decide_on_breach, report_wrong_recipient
from tests.driven import Driven
from tests.guests import ASKED, asked, case, door, entered
from tests.servers import QUICK_PASSWORDS

__all__ = ["asked", "case", "door"]
MANAGER = Role.BUSINESS_MANAGER
AWARE, LIMIT = "2026-01-09 16:50", "2026-01-12 16:50"  # a Friday, and the Monday after it
WRONG = "somebody@elsewhere.example"


def sent_on_the_wednesday(case: Driven) -> None:
    """Bring a rapid review to the Panel on 7 January, and nothing further."""
    case.meet().propose().sign(sign_off.sign_rapid_review, "2026-01-05")
    case.do(submission.submit, factories.submit(), MANAGER, "2026-01-07 11:00")


def sent_astray(case: Driven) -> None:
    """Report on the Friday that it went to a wrong mailbox."""
    sent_on_the_wednesday(case)
    report(case, "2026-01-09 17:30", aware_at=AWARE)


@pytest.fixture
def astray(case_at) -> Driven:
    """A rapid review that was sent on 7 January, to a wrong mailbox as was seen on the Friday."""
    return case_at(Stage.RAPID_REVIEW, sent_astray)


def report(case: Driven, when: str, **but: object) -> None:
    command = report_wrong_recipient(newest(case).id, **but)
    case.do(wrong_recipient.report_wrong_recipient, command, MANAGER, when)


def decide(case: Driven, when: str, **but: object) -> None:
    command = decide_on_breach(on_record(case).id, **but)
    case.do(breach_decision.decide_on_breach, command, MANAGER, when)


def on_record(case: Driven) -> Breach:
    with case.world.act(MANAGER) as work:
        (found,) = breaches.breaches(work, get_case(work.session, case.case_id))
        work.session.expunge_all()
    return found


def said(case: Driven) -> BreachReported:
    return BreachReported.model_validate(on_record(case).entry.command)


def keyline(case: Driven) -> Actor:
    return service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)


def told(case: Driven, event: EmailTrigger) -> list[str]:
    with case.world.act(MANAGER) as work:
        found = case_emails(work.session, case.case_id)
        return sorted(one.recipient for one in found if one.event is event)


def test_from_friday_evening_the_hours_run_to_monday_evening(astray):
    kept = said(astray)
    assert kept.report_by == datetime.fromisoformat(LIMIT).replace(tzinfo=LONDON)
    (asked,) = [one for one in astray.turns() if one.todo is Todo.DECIDE_ON_BREACH]
    assert str(asked.last_day) == LIMIT[:10]


def test_it_was_not_sent_and_manager_contact_and_the_wrong_person_are_told(astray):
    assert newest(astray).state is DispatchState.MISDIRECTED
    assert astray.clock("K10")["met_on"] == "", "the Panel was not sent it"
    assert Todo.SEND_BY_HAND in [one.todo for one in astray.turns()]
    both = ["business_manager", "data_protection_contact"]
    assert told(astray, EmailTrigger.BREACH_REPORTED) == both
    assert told(astray, EmailTrigger.ASKED_TO_DESTROY) == ["wrong_recipient"]
    with astray.world.act(MANAGER) as work:
        names = {one.name for one in children(work.session, astray.case_id)}
        emails = case_emails(work.session, astray.case_id)
        asked = [one for one in emails if one.event is EmailTrigger.ASKED_TO_DESTROY]
        assert [one.address for one in asked] == [WRONG]
    assert names <= set(said(astray).people)
    with pytest.raises(AlreadyDone):
        report(astray, "2026-01-10", aware_at=AWARE)


def test_manager_and_contact_are_told_with_a_day_left_and_when_the_hours_have_passed(astray):
    for when, many in (
        ("2026-01-11 16:49", 0),
        ("2026-01-11 16:50", 2),
        (LIMIT, 2),
        ("2026-01-12 16:51", 4),
        ("2026-01-13 09:00", 4),
    ):
        with astray.world.act(keyline(astray), when) as work:
            look_after_breaches(work)
        assert len(told(astray, EmailTrigger.BREACH_DUE)) == many, when


def test_it_is_decided_on_once_and_no_case_is_closed_before(astray):
    with astray.world.act(MANAGER) as work, pytest.raises(RuleBroken, match="article 33"):
        breaches.must_be_decided(work, get_case(work.session, astray.case_id))
    with pytest.raises(AnswerRefused, match="unless a risk to people is unlikely"):
        decide(astray, "2026-01-12 12:00", risk=BreachRisk.HIGH, reported_at=None)
    reported = {"risk": BreachRisk.RISK, "reported_at": "2026-01-12 11:00"}
    decide(astray, "2026-01-12 12:00", **reported)
    assert on_record(astray).is_decided
    assert Todo.DECIDE_ON_BREACH not in [one.todo for one in astray.turns()]
    with astray.world.act(MANAGER) as work:
        breaches.must_be_decided(work, get_case(work.session, astray.case_id))
    with pytest.raises(AnswerRefused, match="decided on already"):
        decide(astray, "2026-01-12 13:00", **reported)


@pytest.mark.parametrize(
    ("aware_at", "says"),
    [("2026-01-07 12:00", "not in the future"), ("2026-01-06", "before it was sent")],
)
def test_when_it_was_seen_is_after_the_sending_and_not_in_the_future(case_at, aware_at, says):
    case = case_at(Stage.WITH_PANEL)
    sent = newest(case)
    assert str(sent.sent_on) == "2026-01-07"
    with pytest.raises(AnswerRefused, match=says):
        report(case, "2026-01-07 11:30", aware_at=aware_at)


def test_an_address_is_closed_and_what_was_opened_there_is_on_record(ready_by):
    sending = ready_by(sent_for_p7)
    sending.open("2026-09-22 10:00")
    token = sending.token
    report(sending.case, "2026-09-23 10:00", aware_at="2026-09-23 09:00", writes_to_them=False)
    kept = said(sending.case)
    (opened,) = kept.opened
    assert "opened on Tuesday 22 September 2026" in opened
    assert told(sending.case, EmailTrigger.ASKED_TO_DESTROY) == []
    sending.office.when = "2026-09-23 11:00"
    assert offered(sending.office, brought(token, sending.code), QUICK_PASSWORDS) is None
    assert sending.case.clock("K10")["met_on"] == ""
    assert sending.case.row().submitted_at is None


def alerted(case: Driven) -> list[UUID | None]:
    with case.world.act(MANAGER, "2026-01-10") as work:
        return [one.case_id for one in alerts_for(work) if one.code == "wrong_mailbox_elsewhere"]


def test_other_open_cases_on_which_the_wrong_mailbox_is_written_to_are_alerted(case_at):
    """UK GDPR, article 33: what is wrong on one case is looked at on every other open one."""
    case = case_at(Stage.RAPID_REVIEW, sent_on_the_wednesday)
    world = case.world
    told = Driven(world).decide().notify().scope()
    with world.act(MANAGER) as work:
        hospital = next(
            one.address
            for one in case_emails(work.session, told.case_id)
            if one.event is EmailTrigger.SCOPING_REQUESTED and "hospital" in one.address
        )
    untouched, closed = Driven(world), Driven(world).decide(notify=False)
    closed.do(closing.close_unreviewed, factories.close_unreviewed(), MANAGER, "2025-12-15")
    with world.act(MANAGER) as work:
        written = {one.address for one in case_emails(work.session, closed.case_id)}
    assert hospital in written
    report(case, "2026-01-09 17:30", aware_at=AWARE, address=hospital.upper())
    assert alerted(case) == []
    for _twice in range(2):
        Desk(world, when="2026-01-09 18:00").carry(case.case_id, Step.NOTIFY)
    assert alerted(case) == [told.case_id]
    assert untouched.case_id not in alerted(case)


@pytest.mark.parametrize("address", [PRODUCTION.panel, NOT_PRODUCTION.panel.upper()])
def test_a_bodys_installed_mailbox_is_no_wrong_one_on_other_cases(case_at, address):
    """E-05: what goes to the Panel's mailbox goes there rightly, whoever read it in error."""
    with_panel = case_at(Stage.WITH_PANEL)
    other = Driven(with_panel.world).decide().notify()
    report(with_panel, "2026-01-09 17:30", aware_at=AWARE, address=address)
    also_written(other, Recipient.PANEL, address)
    carry_alerts(with_panel)
    assert alerted(other) == []
    also_written(other, Recipient.OFSTED, address)
    look_again(with_panel)
    assert alerted(other) == [other.case_id], "Ofsted's documents go to the Panel"


def test_a_bodys_address_that_the_directory_names_may_be_wrong_on_every_case(astray):
    """UK GDPR, article 33: people entered it, and each case is written to there (E-05)."""
    other = Driven(astray.world).decide().notify()
    carry_alerts(astray)
    assert alerted(other) == []
    also_written(other, Recipient.OFSTED, WRONG)
    look_again(astray)
    assert alerted(other) == [other.case_id]


def test_the_mailbox_of_a_one_time_address_is_looked_for_too(case, door):
    """UK GDPR, article 33: the address went there, whoever else was said to have read it."""
    other = Driven(case.world).decide().notify()
    entered(case, door)
    with case.world.act(MANAGER, ASKED) as work:
        ours = get_case(work.session, case.case_id)
        (link,) = links_of(work.session, ours.id)
        link_id, address = link.id, link.address
    assert address.casefold() != WRONG
    said = report_wrong_recipient(link_id, aware_at=f"{ASKED} 16:50", address=WRONG)
    case.do(wrong_recipient.report_wrong_recipient, said, MANAGER, f"{ASKED} 17:00")
    also_written(other, Recipient.AGENCIES, address.upper())
    look_again(case)
    assert alerted(case) == [other.case_id]


def test_a_case_is_alerted_once_however_many_newer_alerts_wait(astray):
    """The list of what is unseen shows the newest hundred; an older one waits all the same."""
    other = Driven(astray.world).decide().notify()
    also_written(other, Recipient.AGENCIES, WRONG)
    carry_alerts(astray)
    assert alerts_on(other) == 1
    with astray.world.act(MANAGER, "2026-01-10") as work:
        for _one in range(MOST):
            raise_alert(work, AlertCode.REFUSED_READS)
    look_again(astray)
    assert alerts_on(other) == 1
    with astray.world.act(MANAGER, "2026-01-10") as work:
        (waiting,) = work.session.exec(select(Alert).where(Alert.case_id == other.case_id))
        waiting.seen_at = work.now
        work.session.add(waiting)
    look_again(astray)
    assert alerts_on(other) == 2


def alerts_on(case: Driven) -> int:
    with case.world.act(MANAGER) as work:
        return len(work.session.exec(select(Alert).where(Alert.case_id == case.case_id)).all())


def carry_alerts(case: Driven) -> None:
    Desk(case.world, when="2026-01-09 18:00").carry(case.case_id, Step.NOTIFY)


def look_again(case: Driven) -> None:
    with case.world.act(MANAGER) as work:
        alert_elsewhere(work, get_case(work.session, case.case_id), entry_of(case))


def also_written(case: Driven, recipient: Recipient, address: str) -> None:
    """Post another copy of an email of the case, to this recipient at this address."""
    with case.world.act(MANAGER) as work:
        words = case_emails(work.session, case.case_id)[0].model_dump()
        key = {"id": uuid4(), "key": f"another to {recipient}", "message_id": f"{uuid4()}@test"}
        copy = words | key | {"recipient": recipient, "address": address}
        add_emails(work.session, [OutboxEmail(**copy)])


def entry_of(case: Driven) -> UUID:
    with case.world.act(MANAGER) as work:
        (found,) = breaches.breaches(work, get_case(work.session, case.case_id))
        return found.entry.id
