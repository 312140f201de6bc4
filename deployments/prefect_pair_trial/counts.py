"""What became of the journey's case: counted in the record, in the caught mail and in Prefect."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments.local.databases import PREFECT
from deployments.local.environment import Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home
from deployments.prefect_pair_trial.strikes import Struck

_WORK: Final = text(
    "select count(*) as ordered, count(*) filter (where done_at is null) as lost,"
    " count(*) filter (where attempts > 1) as begun_again"
    " from due_work where case_id = :case"
)
# An email is its Message-ID. How many papers there are of each kind the journey itself checks.
_CAUGHT_AGAIN: Final = text(
    "select coalesce(sum(times - 1), 0) from (select count(*) as times"
    " from caught_emails c join outbox_emails o using (message_id) where o.case_id = :case"
    " group by message_id) as caught"
)
_UNSENT: Final = text(
    "select count(*) from outbox_emails where case_id = :case and delivery <> 'sent'"
)
_DONE: Final = text(
    "select count(*) from due_work where case_id = :case"
    " and done_at between to_timestamp(:lost_at) and to_timestamp(:back_at)"
)
_RUNS: Final = text("select count(*) from flow_run where idempotency_key like :attempts")
_TWICE: Final = text(
    "select coalesce(sum(times - 1), 0) from (select count(*) as times from task_run t"
    " join flow_run f on f.id = t.flow_run_id where f.idempotency_key like :attempts"
    " group by f.id, t.name) as steps"
)


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Runs of the case, what was ordered of the machine, and what was lost or done twice.

    ``done_without`` counts what the worker did while a part was away.
    """

    runs: int
    ordered: int
    done_without: Mapping[str, int]
    begun_again: int
    lost: int
    doubled: int


def count(home: Home, case_id: str, struck: Sequence[Struck]) -> PairCounts:
    """Count as the databases' administrator what became of the case."""
    platform = Platform(home, ExternalServices({}))
    known, done = {"case": case_id}, Counter[str]()
    with create_engine(_psycopg(platform.keyline_url), poolclass=NullPool).connect() as link:
        for one in struck:
            away = {"lost_at": one.lost_at, "back_at": one.back_at}
            done[one.part] += link.execute(_DONE, known | away).scalar_one()
        work = link.execute(_WORK, known).one()
        unsent = link.execute(_UNSENT, known).scalar_one()
        caught_again = link.execute(_CAUGHT_AGAIN, known).scalar_one()
    own, attempts = _psycopg(platform.database_url(PREFECT)), {"attempts": f"case:{case_id}:%"}
    with create_engine(own, poolclass=NullPool).connect() as link:
        runs = link.execute(_RUNS, attempts).scalar_one()
        twice = link.execute(_TWICE, attempts).scalar_one()
    return PairCounts(
        runs=runs,
        ordered=work.ordered,
        done_without=done,
        begun_again=work.begun_again,
        lost=work.lost + unsent,
        doubled=int(caught_again) + int(twice),
    )


def _psycopg(url: str) -> str:
    named = make_url(url).set(drivername="postgresql+psycopg")
    return named.render_as_string(hide_password=False)
