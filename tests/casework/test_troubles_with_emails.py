"""One email's, one partnership's and the whole mail service's troubles stop nobody else (P11)."""

import pytest
from sqlalchemy import text

from services.casework.steps.referral import referral
from services.database.assignments import open_assignments
from services.database.outbox import DeliveryStatus
from services.domain.dispatches import Notice
from services.domain.mailboxes import PRODUCTION, mailboxes_for
from services.domain.roles import Role
from services.domain.todos import Todo
from services.mail.memory import MemoryMailer
from tests import factories
from tests.driven import Driven
from tests.post_office import (
    Cut,
    Office,
    case,
    ids,
    once_each,
    plain,
)
from tests.sent_out import confirm, make_papers
from tests.world import World

__all__ = ["case"]


@pytest.fixture
def office(case) -> Office:
    return Office(case.world)


# Each partnership for itself.


@pytest.mark.usefixtures("case")
def test_a_partnerships_emails_speak_of_its_own_cases_only(office):
    theirs = _their_case(office.world)
    office.deliver()
    ours, other = office.world.ours, office.world.theirs
    for email in office.mailer.emails:
        is_theirs = other.code in email.body_text
        assert (ours.code in email.body_text) != is_theirs
        assert not (is_theirs and email.recipient.endswith(ours.domain))
        assert is_theirs or not email.recipient.endswith(other.domain)
    assert theirs.reference in "".join(email.body_text for email in office.mailer.emails)


def _their_case(world: World):
    with world.act(world.theirs.actor(Role.AGENCY_LEAD), "2025-12-12 11:00") as work:
        case = referral.refer(work, factories.refer())
        work.session.expunge(case)
        return case


def test_one_partnerships_trouble_does_not_stop_anothers_emails(office, case):
    _their_case(office.world)

    class Breaks(MemoryMailer):
        def send(self, email):
            if case.world.theirs.domain in email.recipient:
                raise Cut
            super().send(email)

    office.mailer = Breaks()
    office.deliver()
    office.deliver()
    assert ids(office.mailer.emails) == once_each(office, case)


def test_an_email_that_cannot_be_written_is_refused_and_stops_no_other(office, case):
    broken = office.emails(case.case_id)[2]
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        row = work.session.merge(broken)
        row.recipient, row.address = "agency", "two@example.org, people@example.org"
    office.deliver()
    left = {one.id: one.delivery.value for one in office.emails(case.case_id)}
    assert left.pop(broken.id) == "failed"
    assert set(left.values()) == {"sent"}
    assert _manager_is_asked(case)


def _manager_is_asked(case: Driven) -> bool:
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        paths = {one.todo for one in open_assignments(work.session, case.case_id)}
    return Todo.SETTLE_EMAILS.value in paths


# The service's own troubles.


def test_an_email_that_is_put_off_waits_its_time_while_the_others_go(office, case, smtp_catcher):
    office.mailer = plain(smtp_catcher)
    address = office.world.ours.email(Role.REVIEW_GROUP_CHAIR)
    smtp_catcher.put_off.add(address)
    for _ in range(3):
        office.deliver()
    assert office.standing(case.case_id).keys() == {"sent", "pending"}
    waiting = [one for one in office.emails(case.case_id) if one.delivery is DeliveryStatus.PENDING]
    assert {(one.address, one.claim, one.last_error) for one in waiting} == {
        (address, 1, "MailPutOff")
    }
    smtp_catcher.put_off.clear()
    assert office.deliver() == 0, "not before its time"
    office.let_time_pass()
    office.deliver()
    assert ids(smtp_catcher.emails) == once_each(office, case)


def test_a_refused_address_fails_and_a_person_is_asked(office, case, smtp_catcher):
    office.mailer = plain(smtp_catcher)
    smtp_catcher.refused.add(office.world.ours.email(Role.REVIEW_GROUP_CHAIR))
    office.deliver()
    office.let_time_pass()
    office.deliver()
    standing = office.standing(case.case_id)
    assert standing.keys() == {"sent", "failed"}
    assert _manager_is_asked(case)


def test_while_the_service_is_away_a_round_tries_one_email_and_nothing_is_lost(office, case):
    office.mailer.away = True
    office.deliver()
    assert sorted(one.claim for one in office.emails(case.case_id))[-2:] == [0, 1]
    for _ in range(50):
        office.deliver()
    assert office.standing(case.case_id).keys() == {"pending"}
    office.mailer.away = False
    office.let_time_pass()
    office.deliver()
    assert ids(office.mailer.emails) == once_each(office, case)


def test_an_outage_is_told_within_half_an_hour_and_given_up_after_three_days_by_a_person(
    office, case
):
    office.mailer.away = True
    oldest = office.emails(case.case_id)[0].id
    told = []
    for _ in range(6):
        _leave_only(office, oldest)
        office.deliver()
        told.append(_manager_is_asked(case))
    assert told == [False] * 5 + [True], "5 s, 30 s, 2 min, twice 10 min: 23 minutes"
    assert office.standing(case.case_id).keys() == {"pending"}
    for claim, standing in ((434, "pending"), (435, "held")):
        _leave_only(office, oldest, claim)
        office.deliver()
        kept = next(one for one in office.emails(case.case_id) if one.id == oldest)
        assert kept.delivery.value == standing
    assert _manager_is_asked(case)


def _leave_only(office: Office, email_id, claim: int | None = None) -> None:
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        work.session.execute(
            text("update outbox_emails set not_before = clock_timestamp() + interval '1 day'")
        )
        work.session.execute(
            text(
                "update outbox_emails set not_before = null, claim = coalesce(:claim, claim)"
                " where id = :id"
            ),
            {"id": email_id, "claim": claim},
        )


# National bodies.


def _told_of_lateness(case: Driven) -> None:
    """Have the notice that the rapid review will be late made, read and put on its way (RR-37)."""
    when, world = "2025-12-16", case.world
    make_papers(world, case.case_id, when, Notice.LATENESS_FORECAST)
    manager = world.ours.actor(Role.BUSINESS_MANAGER)
    confirm(world, case.case_id, when, Notice.LATENESS_FORECAST, who=manager)


def test_national_bodies_are_written_to_in_production_only(office, case):
    _told_of_lateness(case)
    office.deliver()
    national = [one for one in office.mailer.emails if "national-bodies" in one.recipient]
    assert national
    for email in office.mailer.emails:
        assert email.recipient.endswith((".example", ".invalid"))


def test_in_production_a_body_is_written_to_at_its_own_mailbox(office, case):
    _told_of_lateness(case)
    office.mailboxes = mailboxes_for("production")
    office.deliver()
    assert PRODUCTION.panel_secretariat in {one.recipient for one in office.mailer.emails}
    kept = {one.address for one in office.emails(case.case_id) if "panel" in one.recipient}
    assert kept == {PRODUCTION.panel_secretariat}
