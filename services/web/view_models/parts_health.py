"""Whether the parts that Keyline stands on answer just now."""

from dataclasses import dataclass

import httpx
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from services.database.engine import working_for
from services.domain.errors import Unavailable
from services.web.app_state import Site

PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class PartHealth:
    """One part, and what it says of itself."""

    name: str
    is_up: bool
    words: str
    is_needed: bool = True


def database_health(site: Site) -> PartHealth:
    """Ask the database whether it accepts what this process signs: else no row would be seen."""
    try:
        accepts = all(map(_accepts, (site.neighbours.engine, site.sign_in_engine)))
    except SQLAlchemyError:
        return PartHealth("PostgreSQL", is_up=False, words="does not answer")
    words = "answers" if accepts else "does not accept the context key"
    return PartHealth("PostgreSQL", is_up=accepts, words=words)


def _accepts(engine: Engine) -> bool:
    with working_for(engine).connect() as connection:
        question = text("select sec.tenant() is not null")
        return bool(connection.execute(question).scalar_one())


def store_health(site: Site) -> PartHealth:
    """Ask the object store whether it answers."""
    try:
        site.neighbours.store.must_answer()
    except Unavailable:
        return PartHealth("File storage", is_up=False, words="does not answer")
    return PartHealth("File storage", is_up=True, words="answers")


def prefect_health(site: Site) -> PartHealth:
    """Ask Prefect's server; cases go on without it, and their flow runs wait."""
    name = "Prefect"
    if not site.prefect_screen:
        return PartHealth(name, is_up=False, words="is not set up", is_needed=False)
    try:
        answer = httpx.get(f"{site.prefect_screen}/api/health", timeout=PATIENCE)
    except httpx.HTTPError:
        return PartHealth(name, is_up=False, words="does not answer", is_needed=False)
    is_up = answer.status_code == httpx.codes.OK
    return PartHealth(name, is_up, "answers" if is_up else "refuses", is_needed=False)


def parts_health(site: Site) -> tuple[PartHealth, ...]:
    """Ask every part."""
    return database_health(site), store_health(site), prefect_health(site)
