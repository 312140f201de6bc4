"""Cases that wait at every stage of a running platform, made by whichever code runs this, or seen.

    python tests/at_every_stage.py make | look

`deployments.release_trial` runs it in the checkout of a release and in this one: it uses only what
both have. It prints, in its last line, what waits on each case of the partnerships that it founded.
"""

import json
import os
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from services.database.migrations.roles import PROVISIONING
from services.database.signed_context import ContextKey
from services.domain.workflow import Stage
from tests import servers
from tests.reached import reach
from tests.world import World, make_world

PATIENCE = 300.0
TRIES = 5
FOUNDED = "at-every-stage.json"


def main(act: str) -> None:
    home = Path(os.environ["KEYLINE_HOME"])
    settings = json.loads((home / "environment.json").read_text())
    if act == "make":
        (home / FOUNDED).write_text(json.dumps(make(settings)))
    founded = json.loads((home / FOUNDED).read_text())
    sys.stdout.write(json.dumps(waiting(home, settings, founded)) + "\n")


def make(settings: dict[str, str]) -> list[str]:
    """Carry a case to each stage by everybody's acts; return the partnerships' ids."""

    provisioning = make_url(settings["KEYLINE_PROVISIONING_DATABASE_URL"])
    servers.PASSWORDS[PROVISIONING] = provisioning.password or ""
    servers.CONTEXT_KEY = ContextKey(settings["KEYLINE_CONTEXT_KEY"])
    engine = servers.app_engine_on(settings["KEYLINE_DATABASE_URL"])
    sides = []
    for stage in Stage:
        world = reached(engine, stage)
        sides += [str(world.ours.partnership_id), str(world.theirs.partnership_id)]
    engine.dispose()
    return sides


def reached(engine: Engine, stage: Stage) -> World:
    """Return two partnerships of which one has a case that was carried to the stage.

    Who carries it here makes what is due at once, as the platform's worker does: where both make
    the same paper, the later one is refused, and the stage is begun anew with others.
    """
    for _ in range(TRIES - 1):
        world = make_world(engine)
        try:
            reach(world, stage)
        except IntegrityError:
            continue
        return world
    world = make_world(engine)
    reach(world, stage)
    return world


def waiting(home: Path, settings: dict[str, str], founded: list[str]) -> dict[str, list[str]]:
    """Wait until the worker has done what is due; return each case's stage and open tasks."""
    secret = (home / "secrets" / "postgres").read_text()
    address = make_url(settings["KEYLINE_DATABASE_URL"]).set(
        drivername="postgresql+psycopg", username="postgres", password=secret
    )
    until = time.monotonic() + PATIENCE
    question = text(
        "select count(*) from due_work where done_at is null and parked_at is null"
        " and not_before <= clock_timestamp() and tenant_id::text = any (:founded)"
    )
    with create_engine(address, poolclass=NullPool).connect() as link:
        asked = {"founded": founded}
        while link.execute(question, asked).scalar_one() and time.monotonic() < until:
            link.rollback()
            time.sleep(1)
        rows = link.execute(
            text(
                "select c.reference || ' ' || c.tenant_id, array[c.stage,"
                " 'parked ' || (select count(*) from due_work d where d.case_id = c.id"
                "   and d.parked_at is not null)]"
                " || array(select a.todo || ' ' || a.subject from assignments a"
                "   where a.case_id = c.id and a.closed_at is null order by 1)"
                " from cases c where c.tenant_id::text = any (:founded) order by 1"
            ),
            asked,
        )
        return {str(case): list(lines) for case, lines in rows}


if __name__ == "__main__":
    main(sys.argv[1])
