"""`python -m tests.looks JOURNEY...`: run a journey, and look at every page that it saw.

The words are those of `./keyline journey`. A page that was found good is not looked at again by a
later journey on the same data folder.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from deployments.checks.figures import tell
from deployments.local.home import Home
from services.domain.errors import CaseworkError, Unavailable
from tests.looks.looker import WIDTHS, looker

JOURNEY: Final = (sys.executable, "-P", "-m", "deployments", "journey")


def main(words: Sequence[str]) -> None:
    """Run the journey and look; say each page on which something was found, and end with 1."""
    pages = Home.here().folder / "pages"
    command = [*JOURNEY, *words, "--keep-pages", str(pages)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own
        raise Unavailable("The journey did not end as expected, so its pages say little.")
    seen, bad = 0, 0
    for page, found in looked_at(pages):
        seen += 1
        bad += bool(found)
        for one in found:
            tell(f"{page}: {one}")
    widths = " and ".join(map(str, WIDTHS))
    tell(f"{seen} pages at {widths} wide, {bad} with violations")
    if bad:
        sys.exit(1)


def looked_at(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each page that is not known to be good, with what was found on it."""
    with looker() as chromium:
        for file in sorted(folder.glob("*.html")):
            good = file.with_suffix(".good")
            if good.exists():
                continue
            html = file.read_text()
            found = chromium.look(html)
            if not found:
                good.touch()
            yield html.partition("\n")[0].strip("<>!- "), found


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"looks: {refused}")
