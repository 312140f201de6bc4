"""How quick the worker is on the running platform: waking one case, and a burst of sixty.

Run `python -m deployments.benchmarks.wakes` beside a platform that `./keyline up` started. It puts
example cases on record, orders one real paper of each again and again, and prints

- wake to body: from the commit of an order to the first thing the flow's body does (its lease),
- order to effect: until the paper is typeset, stored and on file,
- a burst by one and by three partnerships, a case each, and how long four papers of another
  partnership wait meanwhile, ordered a second apart,
- the CPU of worker, Prefect and PostgreSQL for each resume, and the worker's memory.

`--against COMMIT` starts platforms of its own, of this tree and of that commit, one at a time, in
pairs of turned order. Only a pair with a calm machine before both counts; two give the ratios and a
verdict, which is the exit status. Orders are given in SQL, so that both are asked in the same
words.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Annotated, Any

import typer

from deployments.benchmarks import wakes_compared
from deployments.benchmarks.wakes_platform import (
    BYSTANDER,
    PARTNERSHIPS,
    BenchmarkedPlatform,
    CpuUse,
    Orders,
)
from deployments.local.home import Home

PATIENCE = 180.0
IDLE = 10.0
BYSTANDERS = 4


@dataclass
class Findings:
    """What one run of the benchmark found, in the order in which it is printed."""

    figures: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, **figures: Any) -> None:  # noqa: ANN401 - numbers of every kind
        """Keep and print some figures, with the machine's load at this moment."""
        self.figures[name] = figures
        load = round(os.getloadavg()[0], 1)
        print(json.dumps({"what": name, "load": load} | figures), flush=True)


def quantile(values: list[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3)


def spread(values: list[float]) -> dict[str, float]:
    """Return median and p95."""
    if not values:
        return {}
    return {"median": round(median(values), 3), "p95": quantile(values, 0.95)}


def measure(platform: BenchmarkedPlatform, singles: int, burst: int) -> Findings:
    """Measure standing costs, one at a time, and two bursts."""
    found = Findings()
    platform.wait_until_all_rest(PATIENCE)
    with platform.orders() as orders:
        _idle(platform, found)
        _one_at_a_time(platform, orders, singles, found)
        one = [(PARTNERSHIPS[0], number) for number in range(burst)]
        _burst("burst of one partnership", platform, orders, one, found)
        three = [(PARTNERSHIPS[number % 3], number // 3) for number in range(burst)]
        _burst("burst of three partnerships", platform, orders, three, found)
    return found


def _idle(platform: BenchmarkedPlatform, found: Findings) -> None:
    before = platform.use()
    time.sleep(IDLE)
    spent = platform.use().since(before)
    percent = {part: round(100 * seconds / spent.wall, 1) for part, seconds in spent.cpu.items()}
    found.add("idle", cpu_percent=percent, memory_mb=platform.memory())


def _one_at_a_time(
    platform: BenchmarkedPlatform, orders: Orders, times: int, found: Findings
) -> None:
    to_body, to_effect, before = [], [], platform.use()
    for number in range(times):
        order = orders.give(PARTNERSHIPS[0], number % orders.count)
        _until(lambda order=order: orders.is_done(order), PATIENCE)  # type: ignore[misc]
        seen = orders.seen(order)
        to_body.append(seen.to_body)
        to_effect.append(seen.to_effect)
        time.sleep(random.uniform(0.6, 1.4))  # noqa: S311 - so that no rhythm of ours is met
    spent = platform.use().since(before)
    found.add(
        "one at a time",
        resumes=times,
        wake_to_body_s=spread(to_body),
        order_to_effect_s=spread(to_effect),
        cpu_s_each=spent.each(times),
    )


def _burst(
    name: str,
    platform: BenchmarkedPlatform,
    orders: Orders,
    who: list[tuple[str, int]],
    found: Findings,
) -> None:
    before = platform.use()
    given = [orders.give(code, number) for code, number in who]
    others = []
    if all(code != BYSTANDER for code, _number in who):
        for number in range(BYSTANDERS):
            time.sleep(1)
            others.append(orders.give(BYSTANDER, number))
    _until(lambda: all(map(orders.is_done, given + others)), PATIENCE)
    waited = [orders.seen(order).to_effect for order in others if orders.is_done(order)]
    seen = [orders.seen(order) for order in given if orders.is_done(order)]
    wall = max(each.done_at for each in seen) - min(each.ordered_at for each in seen)
    spent: CpuUse = platform.use().since(before)
    found.add(
        name,
        ordered=len(given),
        done=len(seen),
        resumes_per_s=round(len(seen) / wall, 2),
        order_to_effect_s=spread([each.to_effect for each in seen]),
        bystander_s=spread(waited),
        cpu_s_each=spent.each(len(seen)),
        memory_mb=platform.memory(),
    )
    platform.wait_until_all_rest(PATIENCE)


def _until(is_so: Callable[[], bool], patience: float) -> None:
    until = time.monotonic() + patience
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)


def _figures(singles: int, burst: int, platform: BenchmarkedPlatform) -> dict[str, Any]:
    return measure(platform, singles, burst).figures


def main(
    against: Annotated[str, typer.Option(help="Compare with this commit, in turned order.")] = "",
    singles: Annotated[int, typer.Option(help="How many to wake one at a time.")] = 20,
    burst: Annotated[int, typer.Option(help="How many to wake at once.")] = 60,
) -> None:
    """Measure the running platform, or this tree against a commit."""
    if against:
        if not wakes_compared.compare(against, partial(_figures, singles, burst), burst):
            raise typer.Exit(1)
        return
    home = Home.here()
    platform = BenchmarkedPlatform(home, sys.executable)
    platform.prepare(burst)
    measure(platform, singles, burst)


if __name__ == "__main__":
    typer.run(main)
