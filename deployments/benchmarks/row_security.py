"""What keeping partnerships apart costs: signed row-level security against none.

Run `python -m deployments.benchmarks.row_security [documents]`. It makes a database of its own with
a million documents in twenty partnerships, and opens the product's own pages there: with the
policies and without them, before anything is shared and with a twentieth of all cases shared.
Measured is the processor time of the database's process, which other work on the machine hardly
changes, and the time that the page waits for its statements. The target is of the case page: what
the database and our own process do for it, without the drawing of its HTML, which costs the same
with policies and without; what the database does is printed beside it.
"""

import os
import sys
from time import perf_counter
from typing import Final

from deployments.benchmarks.case_looks import JOINT, OWN, joint_page, own_looks, shown_page
from deployments.benchmarks.fresh_database import fresh_database
from deployments.benchmarks.many_cases import CASES, PARTNERSHIPS, fill, share
from deployments.benchmarks.prepare import carry_case
from deployments.benchmarks.row_security_bench import NONE, ROUNDS, SIGNED, TIMES, Bench, Waited
from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, founding_of
from services.casework.provisioning import provision

TARGET: Final = 1.3
BEFORE: Final = "before"
SHARED: Final = "shared"


def main(documents: int) -> None:
    """Fill a database, measure on it, and print what was found."""
    with fresh_database() as database:
        for place in (NORTHMOOR, SALTMARSH):
            provision(database.founder, founding_of(place))
        example = carry_case(database.engine, NORTHMOOR, 0, "submit")
        began = perf_counter()
        many = fill(database.admin_url, example, documents)
        print(
            f"{many.documents:,} documents of {CASES:,} cases in {PARTNERSHIPS} partnerships, made "
            f"in {perf_counter() - began:.0f} s; load {_load()} on {os.cpu_count()} cores"
        )
        bench = Bench(database, Waited(database.engine))
        bench.compare(own_looks(many), BEFORE)
        share(database.admin_url)
        bench.compare({**own_looks(many), **joint_page(many)}, SHARED)
        bench.measure(shown_page(many), SIGNED, SHARED)
    _tell(bench)


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _tell(bench: Bench) -> None:
    print(
        f"median milliseconds of processor (of waiting), {TIMES * ROUNDS} times each; "
        f"load {_load()}\n"
    )
    ways = [(policies, sharing) for sharing in (BEFORE, SHARED) for policies in (NONE, SIGNED)]
    heads = "".join(f"{f'{sharing}, {policies}':>19}" for policies, sharing in ways)
    print(f"{'':<32}{'statements':>11}{heads}{'signed / none':>15}")
    for name in dict.fromkeys(name for name, _, _ in bench.found):
        figures = [str(bench.found.get((name, *way), "-")) for way in ways]
        statements = bench.found[name, SIGNED, SHARED].statements
        compared = (name, NONE, SHARED) in bench.found
        ratio = f"{bench.ratio(name, SHARED):.2f}" if compared else "-"
        line = "".join(f"{figure:>19}" for figure in figures)
        print(f"{name:<32}{statements:>11}{line}{ratio:>15}")
    for name, sharing in ((OWN, BEFORE), (OWN, SHARED), (JOINT, SHARED)):
        times = bench.page_ratio(name, sharing)
        held = "within" if times <= TARGET else "NOT within"
        database = f"in the database alone {bench.ratio(name, sharing):.2f} times"
        print(f"{name}, {sharing}: {times:.2f} times none, {held} {TARGET}; {database}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
