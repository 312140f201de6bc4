"""What an email is, and what a mailer can do with it.

Traps of this room:
- No personal data in any mail: a template may use the words of `EmailContent` only, and what it
  is about is a `Matter` from a fixed list, not free text (tests render every email).
- One recipient an email. Commas, brackets and line breaks in an address are refused here.
- The Message-ID is worked out from the outbox's key and stored; sending again uses the same one.
- `MailPutOff` is one email put off, any other `MailUnavailable` the whole service away.
- `MailUncertain` is a `MailUnavailable` that may have been accepted: ask `was_accepted` first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.domain.errors import AnswerRefused, MailUnavailable, RuleBroken


class MailRefused(RuleBroken):
    """The mail server will not take this email, now or later."""


class MailPutOff(MailUnavailable):
    """The mail server is there, and asks us to wait with this one email."""


class MailUncertain(MailUnavailable):
    """The connection was lost when the email may already have been accepted."""


_LOCAL = r"[A-Za-z0-9_+\-']+(?:\.[A-Za-z0-9_+\-']+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9\-]*[A-Za-z0-9]")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.\-]+@[A-Za-z0-9.\-]+>")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def one_address(text: str, field: str = "email") -> str:
    """Return the one plain e-mail address in the text, or refuse the answer."""
    address = text.strip(" ")
    local, _, _ = address.rpartition("@")
    if len(address) > 254 or len(local) > 64 or not _ADDRESS.fullmatch(address):
        raise AnswerRefused(
            field, "Enter one email address in the correct format, like name@example.org."
        )
    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One document that goes with an email, as its bytes; `parameters` are of its media type."""

    filename: str
    media_type: str
    content: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """One e-mail to one person, ready to be handed over."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    body_text: str
    body_html: str | None = None
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        one_address(self.recipient, "recipient")
        one_address(self.sender, "sender")
        if self.reply_to is not None:
            one_address(self.reply_to, "reply_to")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise ValueError("A Message-ID looks like <letters-and-figures@domain>.")
        if not self.subject or _CONTROLS.search(self.subject):
            raise ValueError("A subject is one line of text.")


class Mailer(Protocol):
    """What casework asks of a mail service; a catcher keeps emails and sends them to nobody."""

    @property
    def is_catcher(self) -> bool: ...  # noqa: D102 - named for what it is

    def send(self, email: Email) -> None:
        """Hand the email over, or raise MailUnavailable (again later) or MailRefused (never)."""
        ...

    def answers(self) -> bool:
        """Tell whether the mail service answers just now, within a few seconds."""
        ...

    def was_accepted(self, message_id: str) -> bool | None:
        """Say whether an email was taken before; None when the service cannot tell."""
        ...
