"""What another system is told by webhook, when it is tried again, and how a message is signed.

A message says that something happened on a case, and no word of it: its own id, the case's id and
reference, the kind and the moment. The signature is that of Standard Webhooks, so that whoever
receives it needs no code of ours (decision 0127).
"""

import base64
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from services.domain.errors import RuleBroken

SECRET_BEGINS: Final = "whsec_"  # noqa: S105 -- how every one of them begins
OVERLAP: Final = timedelta(hours=24)
"""How long the secret before is signed with as well, once another one is made."""
WAITS: Final = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
)
"""How long is waited after each vain try; after the last of them it is set aside: about a day."""


class WebhookEvent(StrEnum):
    """One kind of thing that a system is told of."""

    CASE_OPENED = "case_opened"
    STAGE_CHANGED = "stage_changed"
    SOMETHING_DONE = "something_done"
    CASE_CLOSED = "case_closed"


class DeliveryStanding(StrEnum):
    """How far a message has come."""

    WAITS = "waits"
    TAKEN = "taken"
    SET_ASIDE = "set_aside"
    NOT_ITS_CASE = "not_its_case"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookMessage:
    """What happened, as it is told; the id stays the same however often it is sent."""

    id: UUID
    case_id: UUID
    reference: str
    event: WebhookEvent
    at: datetime

    @property
    def body(self) -> bytes:
        """Return the message as it is sent."""
        at = self.at.astimezone(UTC).isoformat()
        told = {"case_id": str(self.case_id), "reference": self.reference}
        return json.dumps({"type": self.event.value, "timestamp": at, "data": told}).encode()


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """By what messages are signed now: the newest secret, and the one before while both hold."""

    newest: str = field(repr=False)
    before: str = field(default="", repr=False)

    def headers(self, message_id: UUID, now: datetime, body: bytes) -> dict[str, str]:
        """Return the headers of Standard Webhooks, with one signature by each secret."""
        stamp = str(int(now.timestamp()))
        signed = f"{message_id}.{stamp}.".encode() + body
        of_each = (one for one in (self.newest, self.before) if one)
        return {
            "webhook-id": str(message_id),
            "webhook-timestamp": stamp,
            "webhook-signature": " ".join(_signature(one, signed) for one in of_each),
        }


def secret_of(random: bytes) -> str:
    """Return the secret made of these bytes, as Standard Webhooks writes one."""
    return f"{SECRET_BEGINS}{base64.b64encode(random).decode()}"


def wait_after(vain_tries: int) -> timedelta | None:
    """Return how long is waited after so many vain tries; nothing once it is set aside."""
    return WAITS[vain_tries - 1] if vain_tries <= len(WAITS) else None


def events_in(written: str) -> frozenset[WebhookEvent]:
    """Return the kinds that are written so, parted by blanks."""
    return frozenset(WebhookEvent(one) for one in written.split())


def events_written(events: Iterable[WebhookEvent]) -> str:
    """Return the kinds as they are kept: their codes, in order, parted by blanks."""
    return " ".join(sorted(events))


def must_be_second_person(answers: UUID, entered: UUID) -> None:
    """Refuse whoever entered an address: another administrator answers."""
    if answers == entered:
        raise RuleBroken("Another administrator than who entered it confirms or refuses it.")


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_BEGINS))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, sha256)).decode()}"
