"""People with accounts at the door: their codes, their emails, and all of it put back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import time

import pyotp
from sqlalchemy import text

from services.web.app import create_app
from tests.web.conftest import World
from tests.web.visitors import Answer, Visitor

OWN = ("account_notices", "begun_sign_ins", "code_apps", "passkey_challenges", "passkeys")
OWN += ("lost_factors",)
OWN += ("password_resets", "recovery_codes", "web_sessions", "sign_in_attempts")
STEP = 30


@contextmanager
def put_back(world: World) -> Iterator[None]:
    """Have nobody signed in, no second factor and every password as it was, before and after."""
    kept = run(world, "select person_id, password_hash from credentials")
    emails(world).clear()
    yield
    for table in OWN:
        run(world, f"delete from {table}")  # noqa: S608 -- our own names
    for person_id, password in kept:
        changed = "update credentials set password_hash = :password where person_id = :person"
        run(world, changed, password=password, person=person_id)
    emails(world).clear()


def run(world: World, statement: str, **values: object) -> list[tuple[object, ...]]:
    with world.admin.begin() as link:
        done = link.execute(text(statement), values)
        return [tuple(row) for row in done] if done.returns_rows else []


def emails(world: World) -> list:
    return world.app.state.site.neighbours.mailer.emails


def demanding(world: World, **more: object) -> Visitor:
    """Return a browser at an installation where everybody needs a second factor."""
    site = replace(world.app.state.site, demands_second_factor=True, **more)
    return Visitor(create_app(site))


def secret_on(answer: Answer) -> str:
    return answer.page.find(id="secret").get_text(strip=True)


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code that the app shows now, or so many steps from now."""
    return pyotp.TOTP(secret).at(int(time()) + steps * STEP)


def half_a_minute_later(world: World) -> None:
    """Have the app's last code be the one before it, so that the code that it shows now is new."""
    run(world, "update code_apps set last_step = last_step - 1")


def used_code(world: World, secret: str, before: int = 0) -> str:
    """Return the last code that was taken, or one from so many steps before it."""
    ((last,),) = run(world, "select last_step from code_apps")
    return pyotp.TOTP(secret).generate_otp(int(str(last)) - before)


def link_in(email: object) -> str:
    return re.search(r"https?://[^/]+(/\S+)", email.body_text)[1]
