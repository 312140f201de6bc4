"""The pages that a journey saw, kept to be looked at: one of each kind, as it was served."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import httpx

ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}|\d+")
TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KeptPages:
    """A folder of pages: a second one of the same address, status and title is not kept.

    Ids and numbers in addresses and titles do not count, so that every case has the same pages.
    """

    folder: Path

    def keep(self, response: httpx.Response) -> None:
        """Keep what was answered, if it is a page of a new kind."""
        if not response.headers.get("content-type", "").startswith("text/html"):
            return
        response.read()
        title = TITLE.search(response.text)
        where = ID.sub("0", response.url.path)
        address = f"{response.request.method} {where} {response.status_code}"
        kind = f"{address} {ID.sub('0', title[1]) if title else ''}"
        file = self.folder / f"{sha256(kind.encode()).hexdigest()[:16]}.html"
        if not file.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text(f"<!-- {address} -->\n{response.text}")
