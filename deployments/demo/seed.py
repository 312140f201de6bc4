"""Putting the demonstration partnerships on record, never in production and safe to repeat."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deployments.demo.directory import put_in_directory
from deployments.demo.partnerships import PLACES, PLATFORM_ADMINISTRATOR, SINCE, founding_of
from deployments.demo.sign_ins import FILE, lines
from services.bootstrap import wall_clock
from services.casework.administration.first_administrator import make_first_administrator
from services.casework.provisioning import provision
from services.database.engine import connect
from services.domain.errors import AlreadyDone, RuleBroken, Unavailable


def seed(environment: Mapping[str, str]) -> None:
    """Found the three partnerships with their directories, and keep who may sign in for `up`."""
    if environment.get("KEYLINE_ENVIRONMENT") != "demonstration":
        raise RuleBroken(
            "The demonstration data has a password that everybody knows: it goes only where "
            "KEYLINE_ENVIRONMENT is demonstration."
        )
    urls = ("KEYLINE_PROVISIONING_DATABASE_URL", "KEYLINE_DATABASE_URL")
    founder_url, url = (_told(environment, name) for name in urls)
    key = _told(environment, "KEYLINE_CONTEXT_KEY")
    founder, application = connect(founder_url, key), connect(url, key)
    try:
        for place in PLACES:
            provision(founder, founding_of(place))
            put_in_directory(application, place, wall_clock)
        with suppress(AlreadyDone):
            make_first_administrator(founder, PLATFORM_ADMINISTRATOR, SINCE)
    finally:
        founder.dispose()
        application.dispose()
    if home := environment.get("KEYLINE_HOME"):
        (Path(home) / FILE).write_text("\n".join(lines()) + "\n")


def _told(environment: Mapping[str, str], name: str) -> str:
    if not (word := environment.get(name)):
        raise Unavailable(f"{name} must be set to reach Keyline's database.")
    return word
