"""One person at Chromium, who knows a page by what is visible on it: words, links, buttons, labels.

Each page that they meet is kept for axe, its time is taken, and what they did is written down.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error as ChromiumError
from playwright.sync_api import Locator, Page

from tests.acceptance.errors import JourneyStopped

PATIENCE: Final = 20_000  # milliseconds
TOOK: Final = "(performance.getEntriesByType('navigation')[0] || {}).duration || 0"


@dataclass(frozen=True, slots=True)
class Mode:
    """How somebody looks at the pages: the width of the window, and whether scripts run."""

    name: str
    width: int
    height: int
    scripts: bool


MODES: Final = {
    one.name: one
    for one in (
        Mode("desktop", 1280, 900, scripts=True),
        Mode("phone", 375, 740, scripts=True),
        Mode("desktop-no-script", 1280, 900, scripts=False),
        Mode("phone-no-script", 375, 740, scripts=False),
    )
}


@dataclass(slots=True)
class Seen:
    """What the visitors of one journey met: pages with their times, what they did, pictures."""

    pages: list[tuple[str, str]] = field(default_factory=list)  # where it is, and its HTML
    times: list[tuple[str, float]] = field(default_factory=list)  # where it is, milliseconds
    told: list[str] = field(default_factory=list)
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at a window of their own."""

    who: str
    page: Page
    seen: Seen
    pictures: Path | None = None

    def opens(self, address: str) -> None:
        """Type an address, or follow one from an email."""
        self._say(f"opens {_without_ids(address)}")
        self.page.goto(address)
        self._arrived()

    def signs_in(self, email: str, password: str) -> None:
        """Sign in at the page that asks for it."""
        self.page.goto("/sign-in")
        self._arrived()
        self.answers("Email", email)
        self.page.locator("input[type=password]").fill(password)
        self.presses("Sign in")

    def follows(self, words: str, *, within: str = "") -> None:
        """Follow the link with these visible words, opening what is folded over it."""
        link = self._named(self._area(within, words), "link", words)
        self._say(f"follows “{words}”")
        self.seen.clicks += 1
        link.click()
        self._arrived()

    def presses(self, words: str) -> None:
        """Press the button with these visible words."""
        button = self._named(self.page.locator("body"), "button", words)
        self._say(f"presses “{words}”")
        self.seen.clicks += 1
        button.click()
        self._arrived()

    def clicks_on(self, words: str, at: Locator) -> None:
        """Click on what has these words: a link or a button that was found by them."""
        self._say(f"clicks on “{words}”")
        self.seen.clicks += 1
        at.click()
        self._arrived()

    def answers(self, question: str, answer: str) -> None:
        """Type an answer into the field of this label."""
        self._say(f"answers “{question}”")
        self._labelled(question).fill(answer)

    def chooses(self, question: str, choice: str) -> None:
        """Choose one of the choices of a question: a radio, a box, or one of a list."""
        group = self.page.get_by_role("group", name=question)
        self._say(f"chooses “{choice}” for “{question}”")
        self.seen.clicks += 1
        if group.count():
            group.last.get_by_label(choice).first.check()
        else:
            _choose(self._labelled(question), choice)

    def says_day(self, question: str, day: str) -> None:
        """Answer a question for a day, such as 3 7 2026, in its three fields."""
        group = self.page.get_by_role("group", name=question).first
        self._say(f"answers “{question}”")
        for name, part in zip(("Day", "Month", "Year"), day.split(), strict=True):
            group.get_by_label(name, exact=True).fill(part)

    def answers_each(self, question: str, answer: str) -> None:
        """Give the same answer wherever the question is asked."""
        self._say(f"answers each “{question}”")
        for one in self.page.get_by_label(question).all():
            one.fill(answer)

    def chooses_each(self, question: str, choice: str) -> None:
        """Choose the same from the list of each field of this label."""
        self._say(f"chooses “{choice}” for each “{question}”")
        for one in self.page.get_by_label(question).all():
            self.seen.clicks += 1
            _choose(one, choice)

    def sees(self, *words: str) -> None:
        """Check that these words are on the page; what is folded counts."""
        for one in words:
            if one not in self.text():
                raise JourneyStopped(f"{self.who} does not see “{one}” at {self.where()}.")

    def text(self) -> str:
        """Return what the page says, with single spaces; what is folded counts."""
        return " ".join((self.page.locator("body").text_content() or "").split())

    def where(self) -> str:
        """Return the path of the page, without its ids."""
        return _without_ids(self.page.url)

    def takes_picture(self, name: str) -> None:
        """Keep what the window shows, if pictures are kept."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            file = self.pictures / f"{name}.jpg"
            self.page.screenshot(path=file, type="jpeg", quality=55)

    def _area(self, within: str, link: str) -> Locator:
        """Return the smallest part of the page that says these words and has the link."""
        if not within:
            return self.page.locator("body")
        parts = self.page.locator("li, tr, section, .govuk-summary-card").filter(has_text=within)
        parts = parts.filter(has=self.page.get_by_role("link", name=link, include_hidden=True))
        if not parts.count():
            raise JourneyStopped(f"{self.who} does not see “{within}” at {self.where()}.")
        return parts.last

    def _named(self, area: Locator, role: Literal["button", "link"], words: str) -> Locator:
        """Return what has exactly this name, or else what has these words in its name."""
        exactly = area.get_by_role(role, name=words, exact=True, include_hidden=True)
        some = area.get_by_role(role, name=words, include_hidden=True)
        found = exactly if exactly.count() else some
        return self._visible(found, words)

    def _labelled(self, question: str) -> Locator:
        fields = self.page.get_by_label(question)
        return self._visible(fields, question)

    def _visible(self, found: Locator, words: str) -> Locator:
        """Return the first that is visible; what is folded is opened before, as a person does."""
        for one in found.all():
            if one.is_visible():
                return one
        for one in found.all():
            for fold in one.locator("xpath=ancestor::details").all():
                if fold.get_attribute("open") is None:
                    self.seen.clicks += 1
                    fold.locator("summary").first.click()
            if one.is_visible():
                return one
        raise JourneyStopped(f"{self.who} finds no “{words}” at {self.where()}.")

    def _arrived(self) -> None:
        """Take the time of the page, and keep it for axe."""
        try:
            self.page.wait_for_load_state("load")
            took = float(self.page.evaluate(TOOK))
            self.seen.times.append((self.where(), took))
            self.seen.pages.append((self.where(), self.page.content()))
        except ChromiumError as broken:
            raise JourneyStopped(f"{self.who}: {broken.message}") from None

    def _say(self, what: str) -> None:
        self.seen.told.append(f"{self.who} {what}")


def _choose(field: Locator, choice: str) -> None:
    """Choose from a list what has these words in it."""
    offered = field.locator("option").filter(has_text=choice).first
    field.select_option(value=offered.get_attribute("value"))


@contextmanager
def window(chromium: Chromium, mode: Mode, address: str, visitor: str) -> Iterator[Page]:
    """Lend a window of its own with nothing in it of other people's."""
    context = chromium.new_context(
        base_url=address,
        viewport={"width": mode.width, "height": mode.height},
        java_script_enabled=mode.scripts,
        is_mobile=mode.width < 500,
        has_touch=mode.width < 500,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    try:
        yield page
    except ChromiumError as broken:
        raise JourneyStopped(f"{visitor} at {_without_ids(page.url)}: {broken.message}") from None
    finally:
        context.close()


def _without_ids(address: str) -> str:
    path = re.sub(r"^https?://[^/]+", "", address)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}", "…", path)
