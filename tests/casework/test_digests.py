"""A daily digest and quiet hours: what waits, what never does, and that each email goes once."""

import pytest

from services.casework.email_habits import SetEmailHabits, own_habits, set_habits
from services.casework.engine.periodic_jobs import remind_all
from services.database.cases import get_case
from services.database.outbox import DeliveryStatus, OutboxEmail, case_emails
from services.domain.email_matters import EmailMatter
from services.domain.email_waiting import NEVER_WAITS, EmailHabits, EmailWay
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.mail import Email, MailRefused, MailUnavailable
from services.web.view_models.case_emails import case_emails_view
from tests.driven import Driven
from tests.post_office import Office, case

__all__ = ["case"]
MANAGER = Role.BUSINESS_MANAGER
SENT, BACK, NEXT = "2025-12-15", "2025-12-18", "2025-12-19"
DIGEST = SetEmailHabits(way=EmailWay.DIGEST, digest_hour=8)


class Refusing:
    """A mailer that refuses digests, or is away for them, and takes all else."""

    is_catcher = False

    def __init__(self, trouble: type[Exception]) -> None:
        self.trouble = trouble
        self.emails: list[Email] = []

    def send(self, email: Email) -> None:
        if "digest" in email.body_text:
            raise self.trouble("no")
        self.emails.append(email)

    def was_accepted(self, message_id: str) -> bool | None:
        return message_id in {one.message_id for one in self.emails}


@pytest.fixture
def office(case) -> Office:
    """The case's returns come back on a Thursday, to a manager who asked for a digest."""
    office = Office(case.world, when=f"{BACK} 12:00")
    office.deliver()
    wants(case, DIGEST)
    case.scope(SENT, BACK)
    office.deliver()
    office.mailer.emails.clear()
    return office


def wants(case: Driven, command: SetEmailHabits, when: str = SENT) -> None:
    with case.world.act(MANAGER, when) as work:
        set_habits(work, command)


def returned(case: Driven) -> list[OutboxEmail]:
    with case.world.act(MANAGER) as work:
        found = case_emails(work.session, case.case_id)
        work.session.expunge_all()
    return [one for one in found if one.event is EmailTrigger.RETURN_RECEIVED]


def gone_with_digest(case: Driven) -> list[OutboxEmail]:
    with case.world.act(MANAGER) as work:
        return [one for one in case_emails(work.session, case.case_id) if one.digest_id]


def test_what_may_wait_goes_in_one_digest_that_says_what_is_due_and_each_goes_once(office, case):
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.WAITING}
    many = len(returned(case))
    assert many > 1
    remind_all(office)
    office.deliver()
    assert not [one for one in office.mailer.emails if "return received" in one.subject]
    office.when = f"{NEXT} 08:00"
    remind_all(office)
    office.deliver()
    remind_all(office)
    office.deliver()
    (digest,) = [one for one in office.mailer.emails if "digest" in one.body_text]
    reference = case.row().reference
    waited = gone_with_digest(case)
    assert digest.subject.endswith(f"and {len(waited) - 1} more")
    assert digest.subject.startswith("Set the date of the rapid review meeting by Monday 5 January")
    assert reference in digest.subject
    assert digest.body_text.count("Scoping return received") == many
    assert digest.body_text.count(f"/cases/{case.case_id}") == len(waited)
    gone = returned(case)
    assert {one.delivery for one in gone} == {DeliveryStatus.SENT}
    assert len({one.digest_id for one in gone}) == 1
    assert all(one.sent_at is not None and one.waits_until is None for one in gone)
    assert not {one.message_id for one in gone} & {one.message_id for one in office.mailer.emails}


def test_what_is_urgent_does_not_wait_for_who_asked_for_a_digest(office, case):
    """NOT-03, RR-34: reminders of a national limit and what asks an agency go at once."""
    office.when = "2026-01-06 09:00"
    remind_all(office)
    with case.world.act(MANAGER) as work:
        held = {
            (one.event, one.content["matter"])
            for one in case_emails(work.session, case.case_id)
            if one.delivery is DeliveryStatus.WAITING
        }
        sent = {one.content["matter"] for one in case_emails(work.session, case.case_id)}
    assert EmailMatter.SUBMIT in sent
    assert not {one for one in held if one[1] == EmailMatter.SUBMIT}
    assert not {one for one in held if one[0] in NEVER_WAITS}


def test_a_digest_that_cannot_go_now_is_tried_again_with_the_same_emails(office, case):
    office.mailer = Refusing(MailUnavailable)
    office.when = f"{NEXT} 08:00"
    remind_all(office)
    office.deliver()
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.WAITING}
    office.mailer = Refusing(KeyError)
    office.mailer.send = office.mailer.emails.append  # type: ignore[method-assign]
    office.let_time_pass()
    office.deliver()
    assert len([one for one in office.mailer.emails if "digest" in one.body_text]) == 1
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.SENT}


def test_of_a_digest_that_is_refused_each_email_goes_by_itself(office, case):
    office.mailer = Refusing(MailRefused)
    office.when = f"{NEXT} 08:00"
    remind_all(office)
    office.deliver()
    office.deliver()
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.SENT}
    sent = {one.message_id for one in office.mailer.emails}
    assert {one.message_id for one in returned(case)} <= sent
    assert {one.digest_id for one in returned(case)} == {None}


def test_who_asks_for_each_at_once_again_gets_what_waited(office, case):
    wants(case, SetEmailHabits(way=EmailWay.AT_ONCE, digest_hour=8), f"{BACK} 13:00")
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.PENDING}
    office.deliver()
    assert len([one for one in office.mailer.emails if "return received" in one.subject]) > 1


def test_quiet_hours_end_and_each_email_comes_by_itself(case):
    office = Office(case.world, when=f"{BACK} 12:00")
    quiet = {"quiet_from": 9, "quiet_until": 18}
    wants(case, SetEmailHabits(way=EmailWay.AT_ONCE, digest_hour=8, **quiet))
    case.scope(SENT, BACK)
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.WAITING}
    office.when = f"{BACK} 18:00"
    remind_all(office)
    assert {one.delivery for one in returned(case)} == {DeliveryStatus.PENDING}
    office.deliver()
    assert not [one for one in office.mailer.emails if "digest" in one.body_text]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quiet_from": 19}, "quiet_until"),
        ({"quiet_until": 7}, "quiet_from"),
        ({"quiet_from": 7, "quiet_until": 7}, "quiet_until"),
    ],
)
def test_quiet_hours_have_two_ends(world, said, field):
    with world.act(MANAGER) as work:
        assert own_habits(work) == EmailHabits()
        with pytest.raises(AnswerRefused) as refused:
            set_habits(work, SetEmailHabits(way=EmailWay.AT_ONCE, digest_hour=8, **said))
        assert refused.value.field == field
        assert own_habits(work) == EmailHabits()


def test_nobody_sets_for_somebody_else(world):
    with world.act(MANAGER) as work:
        set_habits(work, DIGEST)
        assert own_habits(work).way is EmailWay.DIGEST
    with world.act(Role.REVIEW_GROUP_CHAIR) as work:
        assert own_habits(work) == EmailHabits()


def test_the_emails_of_a_case_say_with_which_digest_each_goes_and_went(office, case):
    def told() -> set[str]:
        with case.world.act(MANAGER, f"{NEXT} 09:00") as work:
            lines = case_emails_view(work, get_case(work.session, case.case_id)).lines
        return {one.digest for one in lines if one.what == "Scoping return received"}

    assert told() == {"Goes with the digest of Friday 19 December 2025 at 8am"}
    quiet = SetEmailHabits(way=EmailWay.AT_ONCE, digest_hour=8, quiet_from=9, quiet_until=7)
    wants(case, quiet, BACK)
    assert told() <= {"", "Waits until Friday 19 December 2025 at 7am"}
    wants(case, DIGEST, BACK)
    office.when = f"{NEXT} 08:00"
    remind_all(office)
    office.deliver()
    (said,) = told()
    assert said == "Went with the digest of Friday 19 December 2025 at 8am"
