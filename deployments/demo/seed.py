"""Putting the demonstration partnerships on record, never in production and safe to repeat."""

from collections.abc import Mapping
from pathlib import Path

from deployments.demo.partnerships import PLACES, founding_of
from deployments.demo.sign_ins import FILE, lines
from services.casework.provisioning import provision
from services.database.engine import connect
from services.domain.errors import RuleBroken, Unavailable


def seed(environment: Mapping[str, str]) -> None:
    """Found the three partnerships, and keep who may sign in where `up` finds it."""
    if environment.get("KEYLINE_ENVIRONMENT") != "demonstration":
        raise RuleBroken(
            "The demonstration data has a password that everybody knows: it goes only where "
            "KEYLINE_ENVIRONMENT is demonstration."
        )
    engine = connect(
        _told(environment, "KEYLINE_PROVISIONING_DATABASE_URL"),
        _told(environment, "KEYLINE_CONTEXT_KEY"),
    )
    try:
        for place in PLACES:
            provision(engine, founding_of(place))
    finally:
        engine.dispose()
    if home := environment.get("KEYLINE_HOME"):
        (Path(home) / FILE).write_text("\n".join(lines()) + "\n")


def _told(environment: Mapping[str, str], name: str) -> str:
    if not (word := environment.get(name)):
        raise Unavailable(f"{name} must be set to reach Keyline's database.")
    return word
