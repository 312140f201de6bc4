"""What a person reads of a case: on its first page, and on the pages to which that leads."""

import re
from typing import Final

from tests.acceptance.browser import Browser
from tests.acceptance.pages import Page

FIRST: Final = re.compile(r"/cases/[0-9a-f-]{36}")
# The list of documents, the timeline and who looked are asked for by name.
_PARTS: Final = "people agencies meetings decisions review actions publication sharing clocks"


def told_at(browser: Browser, path: str) -> str:
    """Return what stands at the address; of a case's first page also what its pages say."""
    return " ".join(page.text for page in pages_at(browser, path))


def pages_at(browser: Browser, path: str) -> list[Page]:
    """Return the page at the address, and where it is a case's first one those it leads to."""
    first = browser.open(path)
    if not FIRST.fullmatch(path):
        return [first]
    led = [one for part in _PARTS.split() if (one := f"{path}/{part}") in first.links]
    return [first, *(browser.open(one) for one in led)]
