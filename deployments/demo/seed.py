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
    url = environment.get("KEYLINE_DATABASE_URL")
    if not url:
        raise Unavailable("KEYLINE_DATABASE_URL does not say where Keyline's database is.")
    engine = connect(url)
    try:
        for place in PLACES:
            provision(engine, founding_of(place))
    finally:
        engine.dispose()
    if home := environment.get("KEYLINE_HOME"):
        (Path(home) / FILE).write_text("\n".join(lines()) + "\n")
