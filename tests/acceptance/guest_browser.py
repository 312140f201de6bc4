"""The browser of a person without an account: the emails of one mailbox let it in."""

import re
import time
from email import message_from_bytes, policy
from typing import Final

from tests.acceptance.browser import PATIENCE, SEE_OTHER, Browser, Site
from tests.acceptance.database import DatabaseReader
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.pages import parse_page

ADDRESS: Final = re.compile(r"/collect/[\w-]+")
CODE: Final = re.compile(r"Your code is (\d{4}) (\d{4})\.")
PRACTITIONER: Final = "practitioner"  # who is invited to a learning event in their own person
WHO: Final = {"name": "Sam Field", "post": "Practice manager", "telephone": "01632 960002"}


class Mailbox:
    """What was caught for one mailbox, by how its address ends."""

    def __init__(self, database: DatabaseReader, ending: str) -> None:
        self._database, self._ending = database, ending

    def found(self, what: re.Pattern[str]) -> list[str]:
        """Return each find in the emails to the mailbox, the newest last."""
        found: list[str] = []
        for raw in self._database.caught_emails():
            message = message_from_bytes(raw, policy=policy.default)
            if not str(message["To"]).endswith(self._ending):
                continue
            text = message.get_body(("plain",))
            words = text.get_content() if text else ""
            found += ["".join(one.groups()) or one[0] for one in what.finditer(words)]
        return found


class GuestBrowser(Browser):
    """It comes in by the newest address in its mailbox, with a code that it has sent there."""

    def __init__(self, site: Site, mailbox: Mailbox) -> None:
        super().__init__(site, "a guest", "", "")
        self._mailbox = mailbox

    def _sign_in(self) -> None:
        path = self._mailbox.found(ADDRESS)[-1]
        before = len(self._mailbox.found(CODE))
        form = parse_page(self._http.get(path).text).form_to(path)
        self._http.post(path, data={**form.hidden, "send": "1"})
        code = self._wait_for_code(before)
        asked = self._http.post(path, data={**form.hidden, "code": code})
        entered = asked  # whom the address names says no name
        if asked.status_code != SEE_OTHER:
            who = parse_page(asked.text).form_to(path)
            entered = self._http.post(path, data={**who.hidden, **WHO})
        if entered.status_code != SEE_OTHER:
            raise JourneyStopped(f"A guest was not let in: {entered.status_code}.")
        self._is_signed_in = True

    def _wait_for_code(self, before: int) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            codes = self._mailbox.found(CODE)
            if len(codes) > before:
                return codes[-1]
            time.sleep(0.3)
        raise JourneyStopped("No code was sent to the guest's mailbox.")
