"""What a mail service says became of an email of ours: a delivery status notification (RFC 3464).

The message comes from outside and may say anything, so little is believed: it is small, it is a
notification by its form, and it returns the Message-ID of one email of ours. Of its words nothing
is kept but the status code.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final

from services.domain.errors import RuleBroken
from services.domain.message_ids import partnership_of

MOST_BYTES: Final = 256 * 1024
MOST_PARTS: Final = 10
_STATUS: Final = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_NO_STATUS: Final = "5.0.0"


class NoNotification(RuleBroken):
    """The message is no notification about an email of ours."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """An email of ours that was not delivered and will not be: by its Message-ID and status."""

    message_id: str
    status: str


def read_bounce(raw: bytes) -> Bounce | None:
    """Return the email that failed for good; nothing where it is delayed, or was delivered.

    Raises NoNotification for every other message.
    """
    if len(raw) > MOST_BYTES:
        raise NoNotification(f"It is larger than {MOST_BYTES} bytes.")
    try:
        return _bounce(message_from_bytes(raw))
    except (LookupError, ValueError, RecursionError) as trouble:
        raise NoNotification("It cannot be read as a message.") from trouble


def _bounce(report: Message) -> Bounce | None:
    parts = _parts(report)
    if report.get_content_type() != "multipart/report" or not parts:
        raise NoNotification("It is no delivery status notification.")
    told = [one for one in parts if one.get_content_type() == "message/delivery-status"]
    if len(told) != 1:
        raise NoNotification("It says nothing, or several things, of a delivery.")
    message_id = _ours(parts)
    # The first block is about the message, each further one about one recipient.
    failed = [one for one in _parts(told[0])[1:] if _word(one, "Action") == "failed"]
    return Bounce(message_id, _status(failed[0])) if failed else None


def _ours(parts: list[Message]) -> str:
    """Return the Message-ID of the email that came back with the notification."""
    returned = [one for part in parts for one in _returned(part)]
    found = {str(one.get("Message-ID", "")).strip() for one in returned}
    ours = {one for one in found if partnership_of(one) is not None}
    if len(ours) != 1:
        raise NoNotification("It does not return the headers of an email of ours.")
    return ours.pop()


def _returned(part: Message) -> list[Message]:
    if part.get_content_type() == "message/rfc822":
        return _parts(part)[:1]
    if part.get_content_type() == "text/rfc822-headers":
        headers = part.get_payload(decode=True)
        return [message_from_bytes(headers)] if isinstance(headers, bytes) else []
    return []


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    if not isinstance(payload, list):
        return []
    if len(payload) > MOST_PARTS:
        raise NoNotification("It has too many parts.")
    return [one for one in payload if isinstance(one, Message)]


def _word(block: Message, name: str) -> str:
    return str(block.get(name, "")).partition("(")[0].strip().lower()


def _status(block: Message) -> str:
    found = _STATUS.match(_word(block, "Status"))
    return found[0] if found else _NO_STATUS
