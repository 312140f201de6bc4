"""Where a journey in Chromium plays: a story that is carried so far by posts, and its visitors."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser as Chromium

from deployments.demo.partnerships import PASSWORD
from tests.acceptance.guest_browser import ADDRESS, CODE, Mailbox
from tests.acceptance.story import OPERATORS, Story
from tests.in_chromium.visitor import Mode, Seen, Visitor, window


@dataclass(frozen=True, slots=True)
class Stage:
    """The stories of a journey, one a partnership, and the Chromium that its visitors use."""

    stories: tuple[Story, ...]
    chromium: Chromium
    mode: Mode
    open_windows: ExitStack
    pictures: Path | None = None
    seen: Seen = field(default_factory=Seen)
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def story(self) -> Story:
        """Return the story of the partnership that begins."""
        return self.stories[0]

    def arrives(self, who: str, story: Story | None = None) -> Visitor:
        """Return this person of the partnership, signed in at a window of their own."""
        place = (story or self.story).place
        visitor = self.stranger(who)
        visitor.signs_in(OPERATORS.get(who) or place.email(who), PASSWORD)
        return visitor

    def stranger(self, who: str) -> Visitor:
        """Return somebody who has not signed in."""
        address = self.story.connections.site.base_url
        page = self.open_windows.enter_context(window(self.chromium, self.mode, address, who))
        visitor = Visitor(who, page, self.seen, self.pictures)
        self.visitors.append(visitor)
        return visitor

    def last_words(self) -> Iterator[str]:
        """Yield what each window says now."""
        for visitor in self.visitors:
            yield f"{visitor.who} at {visitor.where()}: {visitor.text()[:9000]}"

    def mailbox(self, who: str) -> Mailbox:
        """Return what was caught for somebody without an account."""
        ending = f"@{who}.{self.story.place.word}.example"
        return Mailbox(self.story.connections.database, ending)

    def address_of(self, who: str) -> str:
        """Return the newest one-time address in the mailbox."""
        return self.mailbox(who).found(ADDRESS)[-1]

    def newest_code_of(self, who: str) -> str:
        """Return the newest code in the mailbox; empty where none came yet."""
        return (self.mailbox(who).found(CODE) or [""])[-1]


@contextmanager
def stage(
    stories: tuple[Story, ...], chromium: Chromium, mode: Mode, pictures: Path | None
) -> Iterator[Stage]:
    """Lend a stage whose windows are closed at the end."""
    with ExitStack() as open_windows:
        yield Stage(stories, chromium, mode, open_windows, pictures)
