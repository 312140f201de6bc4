"""A page as Chromium shows it at some widths, and what axe finds on it.

The page is given as its HTML, so it is the very one that somebody was served. Its stylesheets and
scripts are those of the product; nothing else is reached from it.
"""

import mimetypes
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

from services.domain.errors import Unavailable
from services.web.static_files import STATIC
from tests.npm_packages import installed

CHROMIUM: Final = "chromium"
AXE_CORE: Final = Path(__file__).parent / "axe_core"
ADDRESS: Final = "http://keyline.test/page"
WIDTHS: Final = (375, 1280)
HEIGHT: Final = 900
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The rule on the size of targets is off unless it is asked for.
ASKED: Final[Mapping[str, object]] = {
    "runOnly": {"type": "tag", "values": list(RULES)},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
LOOK: Final = """
asked => axe.run(document, asked).then(found => found.violations.map(
  one => one.id + ' (' + one.nodes.length + '): ' + one.nodes[0].html.slice(0, 200)))
"""
WIDER: Final = "document.documentElement.scrollWidth"


@dataclass(frozen=True, slots=True)
class Looker:
    """One page of Chromium, in which pages are shown one after another."""

    shown: Page
    html: list[str]

    def look(self, html: str, widths: Sequence[int] = WIDTHS) -> list[str]:
        """Return what axe finds at each width, and whether the page is wider than its window."""
        self.html[:] = [html]
        self.shown.goto(ADDRESS)
        return [f"at {width}: {one}" for width in widths for one in self._look_at(width)]

    def _look_at(self, width: int) -> Iterator[str]:
        self.shown.set_viewport_size({"width": width, "height": HEIGHT})
        yield from self.shown.evaluate(LOOK, dict(ASKED))
        if (wide := self.shown.evaluate(WIDER)) > width:
            yield f"the page is {wide} wide"


@contextmanager
def looker() -> Iterator[Looker]:
    """Lend a Chromium with axe in it; raises Unavailable where there is none."""
    chromium = shutil.which(CHROMIUM)
    if chromium is None:
        raise Unavailable("This needs Chromium (apt-get install chromium).")
    axe = installed(AXE_CORE) / "node_modules" / "axe-core" / "axe.min.js"
    html: list[str] = [""]

    def answer(route: Route) -> None:
        """Answer with the page itself or with a file of the product."""
        if route.request.url == ADDRESS:
            route.fulfill(body=html[0], content_type="text/html; charset=utf-8")
            return
        file = STATIC / urlsplit(route.request.url).path.removeprefix("/static/")
        if "/static/" in route.request.url and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
            return
        route.abort()

    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = running.new_context()
        context.add_init_script(path=axe)
        context.route("**/*", answer)
        yield Looker(context.new_page(), html)
        running.close()
