"""A mailer in memory, for tests, which can be told what to answer."""

from services.domain.errors import MailUnavailable
from services.mail import Letter, MailPutOff, MailRefused, MailUncertain


class MemoryMailer:
    """Keep letters in a list; refuse, lose or doubt them when told to."""

    def __init__(self, *, looks_up: bool = True) -> None:
        self.letters: list[Letter] = []
        self.refuses: set[str] = set()
        self.puts_off: set[str] = set()
        self.away = False
        self.loses_the_answer = False
        self._looks_up = looks_up

    def send(self, letter: Letter) -> None:
        """Keep the letter, or answer as a mail server in trouble would."""
        if self.away:
            raise MailUnavailable("The mail service did not answer. The letter waits.")
        if letter.recipient in self.refuses:
            raise MailRefused("The mail service does not know this address.")
        if letter.recipient in self.puts_off:
            raise MailPutOff("The mail service asked us to wait. The letter will be tried again.")
        self.letters.append(letter)
        if self.loses_the_answer:
            raise MailUncertain("The mail service stopped answering while it took the letter.")

    def was_accepted(self, message_id: str) -> bool | None:
        """Look the letter up, unless this mailer stands for one that cannot."""
        if not self._looks_up:
            return None
        return any(letter.message_id == message_id for letter in self.letters)
