"""Whether the parts that Keyline stands on answer just now."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from services.casework.engine.periodic_jobs import TICK
from services.casework.operations.flow_engine import (
    FlowEngineMeasured,
    SecondRuns,
    measure_flow_engine,
    second_runs_lately,
)
from services.casework.operations.troubles import (
    TICK_BEHIND_AFTER,
    ago,
    troubles_of_flow_engine,
    troubles_of_installation,
)
from services.database import ticks
from services.database.engine import working_for
from services.database.measures import Measures, migrated_to, read_measures
from services.database.migrations import newest_migration
from services.domain.errors import Unavailable
from services.web.app_state import PATIENCE, Site

_GO_ON = "people can go on working, and flow runs catch up"
# A neighbour that hangs would hang the page that tells of it: it is asked in a thread beside.
_ASKING = ThreadPoolExecutor(4, "asking")
# What no case can be well without, and what is said elsewhere of the other parts.
_CARRIES = frozenset({"File storage", "Mail service"})


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
    """Ask the object store whether it answers; one that hangs does not."""
    name, waiting = "File storage", "documents are not made, and no file opens"
    if _answers(site.neighbours.store.must_answer):
        return PartHealth(name, is_up=True, words="answers")
    return PartHealth(name, is_up=False, words="does not answer", otherwise=waiting)


def mail_health(site: Site) -> PartHealth:
    """Ask the mail service whether it greets us; emails wait for it, and nothing else does."""
    if site.neighbours.mailer.answers():
        return PartHealth("Mail service", is_up=True, words="answers", is_needed=False)
    return _can_wait("Mail service", "does not answer", "emails wait, and leave when it answers")


def _answers(ask: Callable[[], None]) -> bool:
    try:
        _ASKING.submit(ask).result(PATIENCE)
    except (Unavailable, TimeoutError):
        return False
    return True


def engine_here(site: Site) -> FlowEngineMeasured:
    """Ask how Prefect stands; one that is not set up is silent."""
    silent = FlowEngineMeasured(answers=False)
    return measure_flow_engine(site.prefect) if site.prefect is not None else silent


def second_runs_here(site: Site, measured: FlowEngineMeasured) -> SecondRuns:
    """Ask which runs were started by hand in Prefect and ended; none are told where it is away."""
    if site.prefect is None or not measured.is_known:
        return SecondRuns()
    try:
        return second_runs_lately(site.prefect)
    except Unavailable:
        return SecondRuns()


def prefect_health(site: Site, measured: FlowEngineMeasured) -> PartHealth:
    """Tell how Prefect's server stands; cases go on without it, and their flow runs wait."""
    name = "Prefect"
    if site.prefect is None:
        return _can_wait(name, "is not set up", _GO_ON)
    if not measured.answers:
        return _can_wait(name, "does not answer", _GO_ON)
    if troubles := troubles_of_flow_engine(measured):
        return _can_wait(name, f"answers, but {troubles[0]}", _GO_ON)
    return PartHealth(name, is_up=True, words="answers", is_needed=False)


def migrations_health(site: Site) -> PartHealth:
    """Tell whether the tables are those of this release, or of a newer one that it runs beside."""
    name, own = "Migrations", newest_migration()
    try:
        there = migrated_to(site.neighbours.engine)
    except SQLAlchemyError:
        return PartHealth(name, is_up=False, words="cannot be read")
    if there < own:
        return PartHealth(name, is_up=False, words=f"stand at {there}; this release needs {own}")
    return PartHealth(name, is_up=True, words=f"stand at {there}")


def rounds_health(site: Site) -> PartHealth:
    """Tell when emails, reminders and clocks were last seen to, by whichever process."""
    name, waiting = "Periodic jobs", "emails, reminders and clocks wait"
    try:
        age = ticks.age(site.neighbours.engine, TICK)
    except SQLAlchemyError:
        return _can_wait(name, "cannot be read", waiting)
    if age is None:
        return _can_wait(name, "were never made", waiting)
    if age > TICK_BEHIND_AFTER:
        return _can_wait(name, f"were last made {ago(age)} ago", waiting)
    return PartHealth(name, is_up=True, words="are made", is_needed=False)


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


def measured_here(site: Site) -> Measures:
    """Return what is measured of the record at this moment, for all that one page says of it."""
    return read_measures(site.neighbours.engine)


def carrying_troubles(
    found: Measures, engine: FlowEngineMeasured, parts: Iterable[PartHealth]
) -> tuple[str, ...]:
    """Say why no partnership's cases can be well just now: what carries all of them is not."""
    down = (one for one in parts if one.name in _CARRIES and not one.is_up)
    words = (f"{one.name}: {one.words}; {one.otherwise}" for one in down)
    return (*troubles_of_installation(found, engine), *words)


def release() -> Mapping[str, str]:
    """Say which release this is, and which migration it brings."""
    try:
        number = version("keyline")
    except PackageNotFoundError:
        number = "a working copy"
    return {"keyline": number, "migration": newest_migration()}


def parts_health(site: Site, engine: FlowEngineMeasured | None = None) -> tuple[PartHealth, ...]:
    """Ask every part; Prefect only where it was not asked already."""
    return (
        database_health(site),
        migrations_health(site),
        store_health(site),
        rounds_health(site),
        prefect_health(site, engine or engine_here(site)),
        mail_health(site),
        scanner_health(site),
    )
