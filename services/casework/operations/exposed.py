"""What a process answers Prometheus with, besides what it has counted itself."""

from collections.abc import Iterator

from sqlalchemy import Engine

from services.casework.engine.transactions import translated
from services.casework.operations.backups import measure_backups
from services.casework.operations.families import (
    codes_of,
    families_of_backups,
    families_of_flow_engine,
    families_of_record,
)
from services.casework.operations.flow_engine import measure_flow_engine
from services.database.measures import read_measures
from services.observability.collector import Family, MeasuredCollector
from services.orchestration.prefect_client import PrefectClient


def measured(engine: Engine, server: PrefectClient | None) -> MeasuredCollector:
    """Return the collector of casework and of Prefect; without its address, of casework alone."""
    return MeasuredCollector("record", lambda: _measure(engine, server))


def _measure(engine: Engine, server: PrefectClient | None) -> Iterator[Family]:
    with translated():
        measures, backups = read_measures(engine), measure_backups(engine)
    yield from families_of_record(measures)
    yield from families_of_backups(backups)
    if server is not None:
        yield from families_of_flow_engine(measure_flow_engine(server), codes_of(measures))
