"""How a session is lost while somebody types: by time, or because it was ended elsewhere."""

from collections.abc import Callable
from typing import Final

from tests.bad_input.stage import PASSWORD, Browser, Stage

Loss = Callable[[Stage, Browser], None]
_IDLE: Final = "update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'"


def ended_by_time(stage: Stage, _browser: Browser) -> None:
    """Let every session end for want of use."""
    stage.place.ask(f"{_IDLE} returning id")


def signed_out_elsewhere(stage: Stage, browser: Browser) -> None:
    """Sign in with another browser, and end all other sessions there."""
    other = stage.stranger()
    email = _email_of(stage, browser)
    said = {**other.hidden("/sign-in"), "email": [email], "password": [PASSWORD]}
    assert other.send("/sign-in", said).status_code == 303
    ended = other.send("/account/sessions/end", other.hidden("/account/sessions/end", "/account"))
    assert ended.status_code == 303


def sign_in_again(stage: Stage, browser: Browser, where: str) -> str:
    """Sign in at the page to which a late form led; return where that leads on."""
    hidden = browser.hidden("/sign-in", where)
    said = {**hidden, "email": [_email_of(stage, browser)], "password": [PASSWORD]}
    answer = browser.send("/sign-in", said)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def _email_of(stage: Stage, browser: Browser) -> str:
    return next(email for email, known in stage.known.items() if known is browser)


LOSSES: Final[tuple[Loss, ...]] = (ended_by_time, signed_out_elsewhere)
