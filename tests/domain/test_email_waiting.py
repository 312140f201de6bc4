"""Which emails may wait for a digest or for quiet hours to end, and until when."""

from datetime import date, datetime

import pytest

from services.calendars import england
from services.casework.effects.tellings import OF_THE_DECISION
from services.domain.email_classes import EmailClass
from services.domain.email_matters import EmailMatter
from services.domain.email_waiting import (
    MAY_WAIT,
    NATIONAL_MATTERS,
    NEVER_WAITS,
    EmailHabits,
    EmailWay,
    Urgency,
    may_wait,
    waits_until,
)
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.working_days import LONDON

DIGEST = EmailHabits(way=EmailWay.DIGEST, digest_hour=8)
QUIET = EmailHabits(quiet_from=19, quiet_until=7)


@pytest.mark.parametrize("event", EmailTrigger)
def test_of_every_event_it_is_said_whether_its_email_may_wait(event):
    assert (event in MAY_WAIT) != (event in NEVER_WAITS)
    statutory = event.sending.delivery is EmailClass.STATUTORY
    assert not (statutory and event in MAY_WAIT)
    for matter in (None, *EmailMatter):
        waits = event in MAY_WAIT and matter not in NATIONAL_MATTERS
        assert may_wait(event, matter) == waits


@pytest.mark.parametrize(
    ("why", "events"),
    [
        (Urgency.REFERRAL, {EmailTrigger.INCIDENT_REFERRED, EmailTrigger.ON_DUTY_CALLED}),
        (Urgency.SIGNATURE, {EmailTrigger.SIGN_OFF_NEEDED}),
        (Urgency.BOUNCE, {EmailTrigger.JOINT_DISPATCH_RETURNED}),
        (Urgency.BREACH, {EmailTrigger.BREACH_REPORTED, EmailTrigger.BREACH_DUE}),
    ],
)
def test_what_is_urgent_never_waits(why, events):
    assert events <= {event for event, reason in NEVER_WAITS.items() if reason is why}


def test_what_meets_a_limit_or_goes_to_who_has_no_account_never_waits():
    assert {*OF_THE_DECISION} - {EmailTrigger.RECOMMENDATION_SHARED} <= NEVER_WAITS.keys()
    for_guests = {one for one in EmailTrigger if Recipient.GUEST in one.sending.recipients}
    assert for_guests <= NEVER_WAITS.keys()


@pytest.mark.parametrize(
    ("posted", "until"),
    [
        ("2026-07-15 07:59", "2026-07-15 08:00"),
        ("2026-07-15 08:00", "2026-07-16 08:00"),
        ("2026-07-17 12:00", "2026-07-20 08:00"),
        ("2026-07-18 06:00", "2026-07-20 08:00"),
        ("2026-08-28 12:00", "2026-09-01 08:00"),  # over a bank holiday
    ],
)
def test_a_digest_goes_at_its_hour_of_the_next_working_day(posted, until):
    assert waits_until(DIGEST, moment(posted), None, england()) == moment(until)


@pytest.mark.parametrize(
    ("posted", "until"),
    [
        ("2026-07-15 18:59", None),
        ("2026-07-15 19:00", "2026-07-16 07:00"),
        ("2026-07-18 23:30", "2026-07-19 07:00"),
        ("2026-07-16 06:59", "2026-07-16 07:00"),
        ("2026-07-16 07:00", None),
    ],
)
def test_quiet_hours_end_at_their_hour_also_over_midnight(posted, until):
    found = waits_until(QUIET, moment(posted), None, england())
    assert found == (moment(until) if until else None)
    by_day = EmailHabits(quiet_from=12, quiet_until=14)
    assert waits_until(by_day, moment("2026-07-15 13:00"), None, england()) == moment(
        "2026-07-15 14:00"
    )


def test_nothing_waits_into_its_last_day():
    posted = moment("2026-07-17 12:00")
    assert waits_until(DIGEST, posted, date(2026, 7, 20), england()) is None
    assert waits_until(DIGEST, posted, date(2026, 7, 21), england()) is not None
    assert waits_until(EmailHabits(), posted, None, england()) is None


def moment(when: str) -> datetime:
    return datetime.fromisoformat(when).replace(tzinfo=LONDON)
