"""Each email is handed over once, whatever dies, answers late or does not answer (P3, P11)."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from threading import Event as Signal
from time import monotonic, sleep
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.database.cases import get_case
from services.database.outbox import OutboxEmail, add_emails
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.emails import EmailTrigger
from services.domain.roles import Role
from services.mail.memory import MemoryMailer
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.post_office import (
    Cut,
    CutShort,
    Office,
    case,
    cut,
    ids,
    once_each,
    plain,
)
from tests.servers import app_engine_on
from tests.world import World

__all__ = ["case"]
CHILD = "Robin Example"


@pytest.fixture
def office(case) -> Office:
    return Office(case.world)


def test_every_email_goes_once_with_the_message_id_that_was_stored(office, case):
    assert office.deliver() == len(office.emails(case.case_id)) > 5
    assert office.deliver() == 0
    assert ids(office.mailer.emails) == once_each(office, case)
    assert office.standing(case.case_id).keys() == {"sent"}


def test_over_a_real_mail_server_each_email_arrives_once_and_names_nobody(
    office, case, smtp_catcher
):
    office.mailer = plain(smtp_catcher)
    office.deliver()
    office.deliver()
    assert ids(smtp_catcher.emails) == once_each(office, case)
    for email in smtp_catcher.envelopes:
        assert len(email.rcpt_tos) == 1
        parts = message_from_bytes(email.content).walk()
        said = b"".join(one.get_payload(decode=True) or b"" for one in parts)
        assert CHILD.encode() not in email.content
        assert b"2024" not in said


def test_the_oldest_email_goes_first(office, case):
    office.deliver()
    posted = [one.posted_at for one in _as_sent(office, case)]
    assert posted == sorted(posted)


def _as_sent(office: Office, case: Driven) -> list:
    by_id = {one.message_id: one for one in office.emails(case.case_id)}
    return [by_id[one.message_id] for one in office.mailer.emails]


# Cut short at any point.


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("point", ["before", "after"])
def test_cut_short_around_any_handing_over_nothing_is_lost_or_sent_twice(
    point, number, office, case
):
    whole = office.mailer
    office.mailer = CutShort(whole, cut, **{point: number})
    office.deliver()
    office.mailer = whole
    assert office.deliver() >= 0
    assert office.standing(case.case_id)["sending"] == 1, "it is not touched while it is fresh"
    office.let_time_pass()
    office.deliver()
    assert ids(whole.emails) == once_each(office, case)
    assert office.standing(case.case_id).keys() == {"sent"}


def test_cut_short_before_the_claim_is_kept_the_email_still_waits(office, case):
    class Broken(Office):
        @property
        def base_url(self) -> str:  # type: ignore[override]
            raise Cut

        @base_url.setter
        def base_url(self, _text: str) -> None: ...

    Broken(office.world).deliver()
    assert office.standing(case.case_id).keys() == {"pending"}
    assert {one.claim for one in office.emails(case.case_id)} == {0}
    office.deliver()
    assert ids(office.mailer.emails) == once_each(office, case)


def test_without_a_look_up_reminders_go_again_as_the_same_email_and_the_rest_is_held(office, case):
    mailer = MemoryMailer(looks_up=False)
    total = len(office.emails(case.case_id))
    for _ in range(total):
        office.mailer = CutShort(mailer, cut, after=1)
        office.deliver()
    office.mailer = mailer
    office.let_time_pass()
    office.deliver()
    for one in office.emails(case.case_id):
        is_reminder = not EmailTrigger(one.event).sending.delivery.held_when_unsure
        assert ids(mailer.emails)[one.message_id] == (2 if is_reminder else 1)
        assert one.delivery.value == ("sent" if is_reminder else "held")
    reminders = [one for one in office.emails(case.case_id) if one.delivery.value == "sent"]
    assert [one.event for one in reminders].count("declaration_needed") == len(reminders) - 1 == 6


@pytest.mark.parametrize("point", ["before", "after"])
def test_killed_around_the_handing_over_the_next_courier_settles_it(
    point, office, case, smtp_catcher
):
    address = office.engine.url.render_as_string(hide_password=False)
    _deliver_and_die(address, office, smtp_catcher, point)
    office.mailer = _LooksUp(smtp_catcher)
    office.deliver()
    office.let_time_pass()
    office.deliver()
    assert ids(smtp_catcher.emails) == once_each(office, case)
    assert office.standing(case.case_id).keys() == {"sent"}


class _LooksUp:
    is_catcher = True

    def __init__(self, catcher) -> None:
        self.catcher, self.send = catcher, plain(catcher).send

    def was_accepted(self, message_id: str) -> bool:
        return message_id in ids(self.catcher.emails)


def _deliver_and_die(url: str, office: Office, catcher, point: str) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            world = World(app_engine_on(url), office.world.ours, office.world.theirs)
            mailer = CutShort(
                plain(catcher), lambda: os.kill(os.getpid(), signal.SIGKILL), **{point: 2}
            )
            Office(world, mailer).deliver()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)


def test_an_answer_that_was_lost_is_settled_by_asking(office, case):
    office.mailer.loses_the_answer = True
    office.deliver()
    assert office.standing(case.case_id)["sending"] == 1, "the service is in trouble: enough"
    office.mailer.loses_the_answer = False
    office.let_time_pass()
    office.deliver()
    assert ids(office.mailer.emails) == once_each(office, case)


# Two at once.


def test_an_email_that_another_courier_is_slow_to_hand_over_is_not_taken_for_lost(office, case):
    taken, go_on = Signal(), Signal()

    def be_slow() -> None:
        taken.set()
        assert go_on.wait(60)

    slow = Office(office.world, CutShort(office.mailer, be_slow, before=1))
    with ThreadPoolExecutor(1) as other:
        sent = other.submit(slow.deliver)
        assert taken.wait(60)
        office.let_time_pass()
        assert office.deliver() == 0
        go_on.set()
        assert sent.result() == len(office.emails(case.case_id))
    assert ids(office.mailer.emails) == once_each(office, case)


def test_many_couriers_at_once_send_each_email_once(office, case):
    with ThreadPoolExecutor(4) as couriers:
        for round_ in couriers.map(lambda _: office.deliver(), range(12)):
            assert round_ >= 0
    office.deliver()
    assert ids(office.mailer.emails) == once_each(office, case)


def test_a_courier_that_asks_somebody_and_an_act_on_the_case_wait_for_each_other_in_turn(
    office, case
):
    """The act posts an email that is there already; the courier was refused it just now."""
    posted = [one.model_dump() for one in office.emails(case.case_id)]
    office.mailer.refuses = {one["address"] for one in posted}
    again = [OutboxEmail(**one | {"id": uuid4()}) for one in posted]
    with ThreadPoolExecutor(1) as other:
        with office.world.act(Role.BUSINESS_MANAGER, "2025-12-16") as act:
            get_case(act.session, case.case_id, for_change=True)
            sent = other.submit(office.deliver)
            until_somebody_waits(office)
            add_emails(act.session, again)
        assert sent.result() == 0
    assert office.standing(case.case_id) == {"failed": len(posted)}


def until_somebody_waits(office: Office) -> None:
    """Return once another connection waits for a lock."""
    question = text(
        "select count(*) from pg_locks where not granted"
        " and pid in (select pid from pg_stat_activity where datname = current_database())"
    )
    ends = monotonic() + 60
    while monotonic() < ends:
        with office.world.act(Role.BUSINESS_MANAGER) as work:
            if work.session.execute(question).scalar_one():
                return
        sleep(0.05)
    raise AssertionError("nobody waits")


def test_an_email_says_at_which_number_the_business_unit_is_phoned(case):
    """What the directory says besides the figures, such as whom to ask for, stays in letters."""
    unit = placed(case.world, kind=OrganisationKind.PARTNERSHIP)
    telephone = "01632 960 100, ask for the duty desk"
    contacted(case.world, unit, role=ContactRole.UNIT_MANAGER, telephone=telephone)
    office = Office(case.world, when="2026-02-02")
    office.deliver()
    emails = [one for one in office.mailer.emails if "phone the business unit of" in one.body_text]
    assert emails
    assert all("on 01632 960 100 and give the reference" in one.body_text for one in emails)
    assert not any("duty desk" in one.body_text for one in emails)
