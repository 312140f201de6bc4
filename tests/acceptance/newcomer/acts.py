"""What is done before the first case: each act with who did it, and the browsers of the people."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tests.acceptance.answers import Answers
from tests.acceptance.browser import SEE_OTHER, Browser
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.guest_browser import Mailbox
from tests.acceptance.newcomer.browsers import LINK, OrganisationBrowser, PasswordBrowser
from tests.acceptance.newcomer.installation import PROOF_MINUTES, Installation
from tests.acceptance.newcomer.partnership import (
    BY_PROVIDER,
    NEWCOMBE,
    OPERATOR,
    PLATFORM,
    PROVIDER,
    SECOND_PLATFORM,
)
from tests.acceptance.story import Connections

MACHINE: Final = "at the machine"
PLATFORM_PEOPLE: Final = {
    "operator": OPERATOR,
    "platform": PLATFORM,
    "second platform": SECOND_PLATFORM,
}


@dataclass
class SettingUp:
    """The acts so far, the differences from what is expected, and everybody's browser."""

    installation: Installation
    connections: Connections
    trusted: ssl.SSLContext
    today: date
    acts: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def say(self) -> Callable[[str], None]:
        """Return how something is printed."""
        return self.connections.say

    def did(self, who: str, what: str) -> None:
        """Print an act that was done, with who did it."""
        self.acts.append(what)
        self.say(f"{who:22} {what}")

    def browser(self, who: str) -> Browser:
        """Return the browser of somebody, who signs in when they first open a page."""
        site = self.connections.site
        if who not in self.browsers:
            if who in PLATFORM_PEOPLE:
                self.browsers[who] = PasswordBrowser(site, PLATFORM_PEOPLE[who])
            elif who in BY_PROVIDER:
                self.browsers[who] = OrganisationBrowser(
                    site, NEWCOMBE.email(who), NEWCOMBE.name, PROVIDER, self.trusted
                )
            else:
                self.browsers[who] = PasswordBrowser(site, NEWCOMBE.email(who), NEWCOMBE.name)
        return self.browsers[who]

    def sends(self, who: str, path: str, answers: Answers, what: str) -> None:
        """Have somebody fill in the form at the address and send it; it has to be taken."""
        before = self.browser(who).proofs
        answered = self.browser(who).send(path, answers)
        if answered.status != SEE_OTHER:
            told = "; ".join(answered.page.errors.values()) or answered.page.text[:300]
            raise JourneyStopped(f"{who} could not do “{what}” ({answered.status}): {told}")
        if self.browser(who).proofs > before:
            self.did(who, "is asked to show again that it is them; finds what they typed")
        self.did(who, what)

    def is_asked_again(self, who: str, decision: Callable[[], None]) -> None:
        """Have somebody decide once their last proof is too old for it: they have to be asked."""
        browser = self.browser(who)
        before = browser.proofs
        time.sleep(max(0.0, browser.proved_at + 60 * PROOF_MINUTES + 1 - time.monotonic()))
        decision()
        if browser.proofs == before:
            self.differences.append(f"{who} decides without showing again that it is them")

    def reads(self, who: str, path: str, *words: str) -> None:
        """Check that somebody reads these words on the page."""
        text = self.browser(who).open(path).text
        for one in words:
            if one not in text:
                self.differences.append(f"{path} does not say “{one}” to {who}: {text[:600]}")

    def mailbox(self, address: str) -> Mailbox:
        """Return what was caught for that address."""
        return Mailbox(self.connections.database, address)

    def links_to(self, address: str) -> int:
        """Return how many one-time addresses were sent there so far."""
        return len(self.mailbox(address).found(LINK))

    def close(self) -> None:
        """Close every browser."""
        for one in self.browsers.values():
            one.close()
