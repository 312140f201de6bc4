"""What a system is told by webhook: the signature of Standard Webhooks, and when it is tried."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.domain.errors import RuleBroken
from services.domain.webhooks import (
    WAITS,
    SigningSecrets,
    WebhookEvent,
    WebhookMessage,
    _signature,
    events_in,
    events_written,
    must_be_second_person,
    secret_of,
    wait_after,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 -- the published example's
ONE, TWO = UUID(int=1), UUID(int=2)


def test_the_signature_is_that_of_the_published_example():
    """The vector of the Standard Webhooks libraries."""
    signed = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    assert _signature(SECRET, signed) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_of_two_secrets_signs_the_same_message():
    other = secret_of(b"x" * 32)
    at = datetime(2026, 2, 2, 9, tzinfo=UTC)
    both = SigningSecrets(SECRET, other).headers(ONE, at, b"{}")
    alone = SigningSecrets(other).headers(ONE, at, b"{}")
    assert both["webhook-id"] == str(ONE)
    assert both["webhook-timestamp"] == "1770022800"
    first, second = both["webhook-signature"].split(" ")
    assert first != second == alone["webhook-signature"]


def test_a_message_has_ids_a_kind_and_a_moment():
    at = datetime(2026, 2, 2, 9, tzinfo=UTC)
    message = WebhookMessage(
        id=ONE, case_id=TWO, reference="NMR-2026-001", event=WebhookEvent.CASE_OPENED, at=at
    )
    assert message.body == (
        b'{"type": "case_opened", "timestamp": "2026-02-02T09:00:00+00:00", "data": '
        b'{"case_id": "00000000-0000-0000-0000-000000000002", "reference": "NMR-2026-001"}}'
    )


def test_it_is_tried_for_about_a_day_and_then_set_aside():
    assert [wait_after(one + 1) for one in range(len(WAITS))] == list(WAITS)
    assert wait_after(len(WAITS) + 1) is None
    assert timedelta(hours=24) < sum(WAITS, timedelta()) < timedelta(hours=36)


def test_kinds_are_written_by_their_codes():
    both = frozenset({WebhookEvent.CASE_OPENED, WebhookEvent.CASE_CLOSED})
    assert events_written(both) == "case_closed case_opened"
    assert events_in(events_written(both)) == both


def test_nobody_answers_what_they_entered():
    must_be_second_person(ONE, TWO)
    with pytest.raises(RuleBroken):
        must_be_second_person(ONE, ONE)
