"""Valid words of a child death review that is linked, and of what is told around a notification."""

from typing import Any
from uuid import UUID

from services.casework.steps.child_death.death_review import LinkDeathReview
from services.casework.steps.notification.discussion import RecordDiscussion
from services.casework.steps.notification.inspectorate import AttestInspectorate
from services.casework.steps.notification.notification_withdrawn import RecordWithdrawal
from tests.words import words_of


def link_death_review(child: UUID, **but: Any) -> LinkDeathReview:
    """Return the link of one child's review."""
    return words_of(LinkDeathReview, but, child=child, identifier="eCDOP 2025-117")


def record_discussion(**but: Any) -> RecordDiscussion:
    """Return that an agency and the authority agreed to notify."""
    return words_of(RecordDiscussion, but, held_at="2025-12-12 09:30", agreed="to_notify")


def attest_inspectorate(**but: Any) -> AttestInspectorate:
    """Return that an agency told its regulator."""
    usual = {"body": "CQC", "told_on": "2025-12-15", "reference": "CQC-77"}
    return words_of(AttestInspectorate, but, **usual)


def record_withdrawal(**but: Any) -> RecordWithdrawal:
    """Return that the Panel confirmed the withdrawal, two days after the notification."""
    usual = {"confirmed_on": "2025-12-17", "reference": "CSPRP-W-12", "evidence": None}
    return words_of(RecordWithdrawal, but, **usual)
