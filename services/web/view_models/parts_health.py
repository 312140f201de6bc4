"""Whether the parts that Keyline stands on answer just now."""

from dataclasses import dataclass

import httpx
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from services.database.engine import working_for
from services.domain.errors import Unavailable
from services.web.app_state import Site

PATIENCE = 2.0
_GO_ON = "people can go on working, and flow runs catch up"


@dataclass(frozen=True, slots=True)
class PartHealth:
    """One part, and what it says of itself."""

    name: str
    is_up: bool
    words: str
    is_needed: bool = True
    otherwise: str = ""


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
        return _can_wait(name, "is not set up", _GO_ON)
    try:
        answer = httpx.get(f"{site.prefect_screen}/api/health", timeout=PATIENCE)
    except httpx.HTTPError:
        return _can_wait(name, "does not answer", _GO_ON)
    is_up = answer.status_code == httpx.codes.OK
    if not is_up:
        return _can_wait(name, "refuses", _GO_ON)
    return PartHealth(name, is_up=True, words="answers", is_needed=False)


def scanner_health(site: Site) -> PartHealth:
    """Ask the virus scanner; where there is none, that is said and not passed over."""
    name, scanner = "Virus scanner", site.neighbours.scanner
    if not scanner.is_set_up:
        words = "is not set up: files are kept without a scan, or held where the policy says so"
        return _can_wait(name, words, "")
    if scanner.answers():
        return PartHealth(name, is_up=True, words="answers", is_needed=False)
    waiting = "files that are sent now are held until it answers"
    return _can_wait(name, "does not answer", waiting)


def _can_wait(name: str, words: str, otherwise: str) -> PartHealth:
    """Return a part that is away and that no page needs, with what happens meanwhile."""
    return PartHealth(name, is_up=False, words=words, is_needed=False, otherwise=otherwise)


def parts_health(site: Site) -> tuple[PartHealth, ...]:
    """Ask every part."""
    return database_health(site), store_health(site), prefect_health(site), scanner_health(site)
