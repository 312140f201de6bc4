"""A mailer in memory, for tests, which can be told what to answer."""

from services.domain.errors import MailUnavailable
from services.mail import Email, MailPutOff, MailRefused, MailUncertain


class MemoryMailer:
    """Keep emails in a list; refuse, lose or doubt them when told to."""

    is_catcher = False

    def __init__(self, *, looks_up: bool = True) -> None:
        self.emails: list[Email] = []
        self.refuses: set[str] = set()
        self.puts_off: set[str] = set()
        self.away = False
        self.loses_the_answer = False
        self._looks_up = looks_up

    def send(self, email: Email) -> None:
        """Keep the email, or answer as a mail server in trouble would."""
        if self.away:
            raise MailUnavailable("The mail service did not answer. The email waits.")
        if email.recipient in self.refuses:
            raise MailRefused("The mail service does not know this address.")
        if email.recipient in self.puts_off:
            raise MailPutOff("The mail service asked us to wait. The email will be tried again.")
        self.emails.append(email)
        if self.loses_the_answer:
            raise MailUncertain("The mail service stopped answering while it took the email.")

    def answers(self) -> bool:
        """Tell whether it is not away."""
        return not self.away

    def was_accepted(self, message_id: str) -> bool | None:
        """Look the email up, unless this mailer stands for one that cannot."""
        if not self._looks_up:
            return None
        return any(email.message_id == message_id for email in self.emails)
