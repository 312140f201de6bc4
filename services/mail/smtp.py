"""A mailer that hands emails to an SMTP server, one connection an email."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from services.domain.errors import MailUnavailable
from services.mail import Email, MailPutOff, MailRefused, MailUncertain

GREETS_WITHIN = 3.0
_AWAY = "The mail service did not answer. The email waits and will be tried again."
_LATER = "The mail service asked us to wait. The email will be tried again."
_LOST = "The mail service stopped answering while it took the email."
_NEVER = "The mail service refused the email. Check the address."


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where emails are handed over, and who we are there: by which name we say hello, as whom."""

    host: str
    port: int
    helo: str
    user: str = ""
    password: str = ""
    starttls: bool = False
    timeout_seconds: float = 20.0


class SmtpMailer:
    """Hand emails to a mail server that cannot be asked about them afterwards."""

    is_catcher = False

    def __init__(self, server: SmtpServer, now: Callable[[], datetime]) -> None:
        self._server = server
        self._now = now

    def send(self, email: Email) -> None:
        """Hand one email over; say what became of it in one of four ways."""
        message = _message(email, self._now())
        with _away_before_content(), self._connection() as server:
            _envelope(server, email)
            _content(server, message.as_bytes())

    def answers(self) -> bool:
        """Tell whether the mail server greets us within a few seconds; nothing is handed over."""
        facts = self._server
        try:
            server = smtplib.SMTP(facts.host, facts.port, facts.helo, timeout=GREETS_WITHIN)
        except (smtplib.SMTPException, OSError):
            return False
        _leave(server)
        return True

    def was_accepted(self, message_id: str) -> bool | None:  # noqa: ARG002  # plain SMTP cannot look up
        """Return None: SMTP has no question for it."""
        return None

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        facts = self._server
        server = smtplib.SMTP(facts.host, facts.port, facts.helo, timeout=facts.timeout_seconds)
        try:
            if facts.starttls:
                server.starttls(context=ssl.create_default_context())
            if facts.user:
                server.login(facts.user, facts.password)
            server.ehlo_or_helo_if_needed()
            yield server
        finally:
            _leave(server)


class CatcherMailer(SmtpMailer):
    """Hand emails to the local catcher, which can be asked what it has taken."""

    is_catcher = True

    def __init__(
        self, server: SmtpServer, now: Callable[[], datetime], look_up: Callable[[str], bool]
    ) -> None:
        super().__init__(server, now)
        self._look_up = look_up

    def was_accepted(self, message_id: str) -> bool | None:
        """Ask the catcher whether it has an email with this Message-ID."""
        return self._look_up(message_id)


@contextmanager
def _away_before_content() -> Iterator[None]:
    """Raise every failure before the content as MailUnavailable: nothing was taken yet."""
    try:
        yield
    except (MailRefused, MailUnavailable):
        raise
    except smtplib.SMTPResponseException as problem:
        raise MailUnavailable(_LATER) from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise MailUnavailable(_AWAY) from problem


def _envelope(server: smtplib.SMTP, email: Email) -> None:
    for code, answer in (server.mail(email.sender), server.rcpt(email.recipient)):
        _must_be_taken(code, answer)


def _content(server: smtplib.SMTP, content: bytes) -> None:
    """Hand the content over; from here a lost answer leaves us unsure."""
    code, answer = server.docmd("DATA")
    if code != 354:
        _must_be_taken(code, answer)
    try:
        server.send(_quoted(content))
        code, answer = server.getreply()
    except (smtplib.SMTPException, OSError) as problem:
        raise MailUncertain(_LOST) from problem
    _must_be_taken(code, answer)


def _must_be_taken(code: int, answer: bytes) -> None:
    if 200 <= code < 300:
        return
    if code == 421:
        raise MailUnavailable(_LATER) from smtplib.SMTPResponseException(code, answer)
    if code < 500:
        raise MailPutOff(_LATER) from smtplib.SMTPResponseException(code, answer)
    raise MailRefused(_NEVER) from smtplib.SMTPResponseException(code, answer)


def _quoted(content: bytes) -> bytes:
    """Return the content with its dots doubled and its end marked, as SMTP wants it."""
    lines = content.split(b"\r\n")
    quoted = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return quoted + (b"" if quoted.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; the email's fate is known, so a failed goodbye changes nothing."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _message(email: Email, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = email.message_id
    message["Date"] = format_datetime(now)
    message["From"] = email.sender
    message["To"] = email.recipient
    if email.reply_to is not None:
        message["Reply-To"] = email.reply_to
    message["Subject"] = email.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(email.body_text, cte="quoted-printable")
    if email.body_html is not None:
        message.add_alternative(email.body_html, subtype="html", cte="quoted-printable")
    for one in email.attachments:
        kind, _, subtype = one.media_type.partition("/")
        message.add_attachment(
            one.content,
            maintype=kind,
            subtype=subtype,
            filename=one.filename,
            params=dict(one.parameters),
        )
    return message
