"""How Prefect's server is spoken to: its REST interface, and one error when it is away."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

import httpx

from services.domain.errors import PrefectUnavailable


@dataclass(frozen=True)
class PrefectResponse:
    """What the server said, and what time it was there."""

    found: bool
    body: Any
    at: datetime


def login_headers(auth: str) -> dict[str, str]:
    """Return what the server knows us by: user and password, if it asks for them."""
    if not auth:
        return {}
    return {"authorization": "Basic " + b64encode(auth.encode()).decode()}


@dataclass(frozen=True)
class PrefectClient:
    """One Prefect server; the authentication is its user and password with a colon between."""

    api_url: str
    auth: str = ""
    patience: float = 20.0

    def ask(self, method: str, path: str, body: object = None) -> PrefectResponse:
        """Return the server's answer; silence and refusals are PrefectUnavailable."""
        try:
            heard = self._http.request(method, path, json=body)
            words = heard.json() if heard.content else None
        except (httpx.HTTPError, ValueError) as error:
            raise PrefectUnavailable(f"Prefect did not answer: {type(error).__name__}.") from None
        if heard.is_error and heard.status_code not in {404, 409}:
            raise PrefectUnavailable(f"Prefect answered {heard.status_code} to {method} {path}.")
        return PrefectResponse(not heard.is_error, words, _time_of(heard))

    def need(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return what the server must have; that it has not is PrefectUnavailable too."""
        answer = self.ask(method, path, body)
        if not answer.found:
            raise PrefectUnavailable(f"Prefect does not know {path}.")
        return answer.body

    def is_up(self) -> bool:
        """Tell whether the server answers."""
        try:
            return self.ask("GET", "/health").found
        except PrefectUnavailable:
            return False

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    @cached_property
    def _http(self) -> httpx.Client:
        login = login_headers(self.auth)
        return httpx.Client(base_url=self.api_url, headers=login, timeout=self.patience)


def _time_of(heard: httpx.Response) -> datetime:
    """Return the server's own time, so that no second clock decides what is due there."""
    given = heard.headers.get("Date")
    return parsedate_to_datetime(given) if given else datetime.min.replace(tzinfo=UTC)
