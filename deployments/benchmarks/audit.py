"""What the audit chain bears: appends a second with many readers, and links verified a second.

Run `python -m deployments.benchmarks.audit [seconds]`. It makes a database of its own, with the
durable settings of production, in which two partnerships carry a review together. The looks are
bare links; the joint acts are real ones, each under the lock of its own case, and stand in both
chains.
"""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import perf_counter

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from deployments.benchmarks.fresh_database import fresh_database
from deployments.benchmarks.one_case import DAY_0
from deployments.benchmarks.two_together import carry_together, manager_of, propose
from deployments.demo.partnerships import PLACES, Place, founding_of
from services.calendars import england
from services.casework.provisioning import partnership_id_of, provision
from services.database import audit
from services.database.unit_of_work import unit_of_work
from services.domain.audit_verifier import Chain, findings
from services.domain.identifiers import CaseId

DEADLOCKS = text("select deadlocks from pg_stat_database where datname = current_database()")
AT_ONCE = ((1, 0), (8, 0), (24, 4), (50, 8))


def main(seconds: float) -> None:
    """Measure crowds of several sizes, then verify what they left."""
    with fresh_database() as database:
        admin = create_engine(database.admin_url, poolclass=NullPool)
        for place in PLACES[:2]:
            provision(database.founder, founding_of(place))
        cases = carry_together(database.engine, *PLACES[:2])
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {seconds:.0f} s each")
        for crowd in AT_ONCE:
            tell(database.engine, cases, crowd, seconds)
        with admin.connect() as link:
            print(f"deadlocks: {link.execute(DEADLOCKS).scalar_one()}")
        verify(database.engine)


def tell(
    engine: Engine, cases: Mapping[str, CaseId], crowd: tuple[int, int], seconds: float
) -> None:
    """Let some read and some act jointly for so long; print the links appended a second."""
    readers, joint = crowd
    is_over = Event()
    ours, theirs = PLACES[:2]
    acts: list[Callable[[], int]] = [lambda: view(engine, ours)] * readers
    opposite = [
        lambda: propose(engine, ours, cases[ours.code]),
        lambda: propose(engine, theirs, cases[theirs.code]),
    ]
    acts += opposite * (joint // 2)

    def repeat(act: Callable[[], int]) -> list[tuple[int, float]]:
        done = []
        while not is_over.is_set():
            begun = perf_counter()
            done.append((act(), perf_counter() - begun))
        return done

    with ThreadPoolExecutor(len(acts)) as people:
        running = [people.submit(repeat, act) for act in acts]
        is_over.wait(seconds)
        is_over.set()
        done = [one for each in running for one in each.result()]
    took = sorted(each for _, each in done)
    print(
        f"{readers:>3} readers, {joint} joint: "
        f"{sum(links for links, _ in done) / seconds:6.0f} appends a second; a transaction "
        f"{took[len(took) // 2] * 1000:.0f} ms, 95 of 100 within "
        f"{took[len(took) * 95 // 100] * 1000:.0f} ms"
    )


def view(engine: Engine, place: Place) -> int:
    """Look at something once."""
    with unit_of_work(engine, manager_of(place), DAY_0, england()) as work:
        work.links.append(audit.NewLink({"kind": "view", "what": "case"}))
    return 1


def verify(engine: Engine) -> None:
    """Verify both chains, and print how fast."""
    for place in PLACES[:2]:
        begun = perf_counter()
        with unit_of_work(engine, manager_of(place), DAY_0, england()) as work:
            links = list(audit.all_links(work.session, up_to=audit.last_number(work.session)))
            chain = Chain(str(partnership_id_of(place.code)), links, audit.head(work.session))
        found = findings(chain)
        speed = len(links) / (perf_counter() - begun)
        print(
            f"{place.code}: {len(links)} links verified, {speed:,.0f} a second; {found or 'whole'}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
