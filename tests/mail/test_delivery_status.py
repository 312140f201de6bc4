"""What is believed of a delivery status notification, and what only looks like one (RFC 3464)."""

from uuid import UUID

import pytest

from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from services.mail.delivery_status import MOST_BYTES, Bounce, NoNotification, read_bounce
from tests.came_back import notification

OURS = message_id_for(PartnershipId(UUID(int=1)), "key")
OTHER = message_id_for(PartnershipId(UUID(int=1)), "another key")


def test_a_permanent_failure_names_the_email_of_ours_and_its_status():
    assert read_bounce(notification(OURS)) == Bounce(OURS, "5.1.1")
    assert read_bounce(notification(OURS, returned="message/rfc822")) == Bounce(OURS, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_not_final_takes_nothing_back(action):
    assert read_bounce(notification(OURS, action=action)) is None


def test_a_failure_without_a_code_that_can_be_read_is_a_failure():
    assert read_bounce(notification(OURS, status="none at all")) == Bounce(OURS, "5.0.0")


BOTH = notification(OURS).replace(
    b"--part--",
    f"--part\nContent-Type: text/rfc822-headers\n\nMessage-ID: {OTHER}\n\n--part--".encode(),
)
DEEP = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no delivery status"),
        (b"Subject: Out of office\n\nI am away.", "no delivery status"),
        (b"Content-Type: multipart/report; boundary=x\n\n", "no delivery status"),
        (notification(OURS).replace(b"message/delivery-status", b"text/plain"), "says nothing"),
        (notification("<somebody@elsewhere.example>"), "an email of ours"),
        (BOTH, "of ours"),
        (notification(OURS) + b" " * MOST_BYTES, "larger than"),
        (DEEP, "no delivery status|cannot be read"),
        (bytes(range(256)) * 100, "no delivery status"),
    ],
)
def test_what_is_no_notification_on_an_email_of_ours_is_refused(raw, says):
    with pytest.raises(NoNotification, match=says):
        read_bounce(raw)
