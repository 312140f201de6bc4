"""An email that came back, by the notification of its mail service: taken back, and asked about."""

from uuid import uuid4

import pytest

from services.casework.collecting.handing_out import offered
from services.casework.engine.bounces import BounceEnd, take_bounce
from services.database.history import all_of
from services.database.outbox import DeliveryStatus, OutboxEmail, case_emails
from services.domain.dispatches import DispatchState
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from services.domain.roles import Role
from services.domain.todos import Todo
from services.mail.delivery_status import Bounce, read_bounce
from tests.came_back import notification
from tests.collecting import (
    Sending,
    brought,
    newest,
    sent_for_p7,
)
from tests.servers import QUICK_PASSWORDS

TUESDAY = "2026-09-22"


@pytest.fixture
def sent(ready_by) -> Sending:
    """The rapid review of P7, whose address went to the Panel's mailbox on Monday."""
    return ready_by(sent_for_p7)


def email_of(sending: Sending, event: EmailTrigger) -> OutboxEmail:
    with sending.case.world.act(Role.BUSINESS_MANAGER) as work:
        found = case_emails(work.session, sending.case.case_id)
        work.session.expunge_all()
    return next(one for one in found if one.event is event)


def comes_back(sending: Sending, email: OutboxEmail) -> BounceEnd:
    bounce = read_bounce(notification(email.message_id))
    assert bounce is not None
    sending.office.when = TUESDAY
    return take_bounce(sending.office, bounce)


def test_a_dispatch_whose_email_came_back_was_not_sent_and_is_asked_for_once(sent):
    email = email_of(sent, EmailTrigger.DOCUMENTS_TO_COLLECT)
    assert email.message_id.endswith(".keyline.example>")  # the sender's domain, as it was sent
    assert comes_back(sent, email) is BounceEnd.TAKEN_BACK
    assert newest(sent.case).state is DispatchState.RETURNED
    assert sent.todos().count(Todo.SEND_BY_HAND) == 1
    assert sent.case.clock("K10")["met_on"] == ""
    assert offered(sent.office, brought(sent.token, sent.code), QUICK_PASSWORDS) is None
    assert comes_back(sent, email) is BounceEnd.KNOWN
    with sent.case.world.act(Role.BUSINESS_MANAGER) as work:
        (entry,) = all_of(work.session, sent.case.case_id, EntryType.DISPATCH_BOUNCED)
        assert entry.command == {
            "notice": "rapid_review_submitted",
            "recipient": "panel",
            "status": "5.1.1",
        }


def test_an_email_to_somebody_local_that_came_back_is_settled_by_a_person(sent):
    email = email_of(sent, EmailTrigger.OUTCOME_TOLD)
    assert comes_back(sent, email) is BounceEnd.TAKEN_BACK
    assert email_of(sent, EmailTrigger.OUTCOME_TOLD).delivery is DeliveryStatus.FAILED
    assert Todo.SETTLE_EMAILS in sent.todos()


def test_what_is_about_no_email_of_ours_changes_nothing(sent):
    ours = sent.case.world.ours.partnership_id
    for partnership_id in (ours, PartnershipId(uuid4())):
        unknown = Bounce(message_id_for(partnership_id, "no such key"), "5.1.1")
        assert take_bounce(sent.office, unknown) is BounceEnd.UNKNOWN
