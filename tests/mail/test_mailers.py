"""The same questions to the mailer in memory and to one that speaks to a real mail server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.domain.errors import MailUnavailable
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from services.mail import Email, MailRefused, MailUncertain
from services.mail.memory import MemoryMailer
from services.mail.smtp import CatcherMailer, SmtpMailer, SmtpServer

OURS = PartnershipId(UUID(int=1))
NOON = datetime(2026, 7, 17, 12, 0, tzinfo=UTC)


def an_email(key: str = "key", recipient: str = "to@agency.example") -> Email:
    return Email(
        message_id=message_id_for(OURS, key),
        sender="keyline@northshire.example",
        recipient=recipient,
        subject="Return needed: NBL-2026-014 € naïve café",
        body_text="First line.\n.\n.hidden\nFrom here € on.\n" + "long " * 400,
        body_html="<p>First line € & more</p>",
        reply_to="unit@northshire.example",
    )


def server(port: int) -> SmtpServer:
    return SmtpServer(host="127.0.0.1", port=port, helo="mail.keyline.example", timeout_seconds=5)


@pytest.fixture
def smtp(smtp_catcher) -> CatcherMailer:
    def look_up(message_id: str) -> bool:
        return any(each["Message-ID"] == message_id for each in smtp_catcher.emails)

    return CatcherMailer(server(smtp_catcher.port), lambda: NOON, look_up)


@pytest.fixture(params=["memory", "smtp"])
def mailer(request) -> Iterator[MemoryMailer | CatcherMailer]:
    return MemoryMailer() if request.param == "memory" else request.getfixturevalue("smtp")


def refuse(request, mailer, address: str) -> None:
    box = mailer if isinstance(mailer, MemoryMailer) else None
    (box.refuses if box else request.getfixturevalue("smtp_catcher").refused).add(address)


def test_an_email_sent_can_be_looked_up_by_its_message_id(mailer):
    assert mailer.was_accepted(message_id_for(OURS, "key")) is False
    mailer.send(an_email())
    assert mailer.was_accepted(message_id_for(OURS, "key")) is True
    assert mailer.was_accepted(message_id_for(OURS, "another")) is False


def test_an_address_that_the_server_does_not_know_is_refused_for_good(request, mailer):
    refuse(request, mailer, "nobody@agency.example")
    with pytest.raises(MailRefused):
        mailer.send(an_email(recipient="nobody@agency.example"))
    assert mailer.was_accepted(message_id_for(OURS, "key")) is False


def test_the_real_email_arrives_whole_and_once(smtp, smtp_catcher):
    email = an_email()
    smtp.send(email)
    (got,) = smtp_catcher.emails
    assert got["Message-ID"] == email.message_id
    assert got["Subject"] == email.subject
    assert (got["To"], got["Reply-To"]) == (email.recipient, email.reply_to)
    assert got["Date"] == "Fri, 17 Jul 2026 12:00:00 +0000"
    assert got["Auto-Submitted"] == "auto-generated"
    text = got.get_body(("plain",))
    page = got.get_body(("html",))
    assert text is not None
    assert page is not None
    assert text.get_content().split() == email.body_text.split()
    assert text.get_content().split()[1:4] == ["line.", ".", ".hidden"]
    assert page.get_content().strip() == email.body_html
    assert smtp_catcher.envelopes[0].rcpt_tos == [email.recipient]
    assert smtp_catcher.greetings == ["mail.keyline.example"]


def test_a_recipient_put_off_may_be_tried_again(smtp, smtp_catcher):
    smtp_catcher.put_off.add("to@agency.example")
    with pytest.raises(MailUnavailable) as problem:
        smtp.send(an_email())
    assert not isinstance(problem.value, MailUncertain)
    smtp_catcher.put_off.clear()
    smtp.send(an_email())
    assert len(smtp_catcher.emails) == 1


def test_a_server_that_is_not_there_is_unavailable():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(MailUnavailable) as problem:
            SmtpMailer(server(nobody.getsockname()[1]), lambda: NOON).send(an_email())
    assert not isinstance(problem.value, MailUncertain)


def test_plain_smtp_cannot_tell_whether_an_email_was_taken():
    assert SmtpMailer(server(9), lambda: NOON).was_accepted("<a@b.c>") is None
    assert MemoryMailer(looks_up=False).was_accepted("<a@b.c>") is None


@contextmanager
def a_server_that(*answers: bytes) -> Iterator[int]:
    """Answer each line in turn and hang up after the last answer."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(answer)
                line = lines.readline()
                while line and answer.startswith(b"354") and line != b".\r\n":
                    line = lines.readline()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


GREETING = (b"220 here\r\n", b"250 hello\r\n", b"250 from\r\n", b"250 to\r\n")


@pytest.mark.parametrize(
    ("answers", "unsure"),
    [
        ((b"220 here\r\n",), False),
        ((*GREETING,), False),
        ((*GREETING, b"451 later\r\n"), False),
        ((*GREETING, b"354 go on\r\n"), True),
        ((*GREETING, b"354 go on\r\n", b"451 later\r\n"), False),
        ((b"421 closing\r\n",), False),
    ],
)
def test_we_are_unsure_only_when_the_answer_to_the_content_is_lost(answers, unsure):
    with a_server_that(*answers) as port, pytest.raises(MailUnavailable) as problem:
        SmtpMailer(server(port), lambda: NOON).send(an_email())
    assert isinstance(problem.value, MailUncertain) == unsure


def test_content_that_the_server_will_never_take_is_refused():
    with (
        a_server_that(*GREETING, b"354 go on\r\n", b"554 no\r\n") as port,
        pytest.raises(MailRefused),
    ):
        SmtpMailer(server(port), lambda: NOON).send(an_email())


def test_a_goodbye_that_fails_does_not_undo_an_email_that_was_taken():
    with a_server_that(*GREETING, b"354 go on\r\n", b"250 taken\r\n") as port:
        SmtpMailer(server(port), lambda: NOON).send(an_email())


def test_the_mailer_in_memory_can_lose_an_answer_as_a_server_can():
    mailer = MemoryMailer()
    mailer.loses_the_answer = True
    with pytest.raises(MailUncertain):
        mailer.send(an_email())
    assert mailer.was_accepted(message_id_for(OURS, "key")) is True
    mailer.away = True
    with pytest.raises(MailUnavailable):
        mailer.send(an_email())
