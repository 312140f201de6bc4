"""The browser of a national body that has no account: it has an address and a code."""

from dataclasses import dataclass, field
from typing import Final

import httpx

from tests.acceptance.browser import Site
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.pages import Page, parse_page

OK: Final = 200


@dataclass
class Collector:
    """Somebody who opens a one-time address of the site, and was told a code."""

    site: Site
    path: str
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._http = self.site.client()

    def status_with(self, code: str) -> int:
        """Return how the door answers to the code."""
        return self._post(code).status_code

    def listed(self, code: str) -> Page:
        """Return the list of what can be collected."""
        answered = self._post(code)
        if answered.status_code != OK:
            raise JourneyStopped(f"The code was not taken: {answered.status_code}.")
        return parse_page(answered.text)

    def collect(self, code: str) -> list[bytes]:
        """Download every document that is listed."""
        forms = [form for form in self.listed(code).forms if "document" in form.hidden]
        return [self._http.post(self.path, data=form.hidden).content for form in forms]

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _post(self, code: str) -> httpx.Response:
        form = parse_page(self._http.get(self.path).text).form_to(self.path)
        return self._http.post(self.path, data={**form.hidden, "code": code})
