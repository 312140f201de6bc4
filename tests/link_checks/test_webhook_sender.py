"""A message to another system goes to public addresses by HTTPS alone, and follows nobody."""

from collections.abc import Iterator

import pytest

from services.link_checks.installation import NO_WEBHOOKS, webhook_sender
from services.link_checks.webhooks import HttpsWebhookSender
from tests.web.hooked import Receiver, receiving

HEADERS = {"webhook-id": "1"}


@pytest.fixture(scope="module")
def receiver(tmp_path_factory) -> Iterator[Receiver]:
    with receiving(tmp_path_factory.mktemp("receiver")) as lent:
        yield lent


def test_what_is_answered_is_the_status_alone(receiver):
    receiver.statuses = [200, 500]
    sender = receiver.sender()
    assert [sender.send(receiver.address, HEADERS, b"{}") for _ in range(3)] == [200, 500, 204]
    assert receiver.headers[-1]["content-type"] == "application/json"


def test_no_redirect_is_followed(receiver):
    before, receiver.statuses = len(receiver.bodies), [307]
    assert receiver.sender().send(receiver.address, HEADERS, b"{}") == 307
    assert len(receiver.bodies) == before + 1


def test_a_machine_of_our_own_is_not_told(receiver):
    before = len(receiver.bodies)
    assert receiver.sender(allows_private=False).send(receiver.address, HEADERS, b"{}") == 0
    for address in (
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest",
        "https://localhost/hook",
        "https://user@example.org/",
        "http://example.org/",
        "https:///",
    ):
        assert HttpsWebhookSender().send(address, HEADERS, b"{}") == 0, address
    assert len(receiver.bodies) == before


def test_a_certificate_that_nobody_vouches_for_is_not_taken(receiver):
    before = len(receiver.bodies)
    assert receiver.sender(trusted=None).send(receiver.address, HEADERS, b"{}") == 0
    assert len(receiver.bodies) == before


def test_the_setting_says_how_far_it_reaches():
    assert webhook_sender("off") is NO_WEBHOOKS
    assert NO_WEBHOOKS.send("https://example.org", {}, b"") == 0
    assert webhook_sender("public") == HttpsWebhookSender()
    assert webhook_sender("private") == HttpsWebhookSender(allows_private=True)
