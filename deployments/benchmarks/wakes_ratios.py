"""The ratios of this tree to another commit, against those by which the worker was chosen.

They are of `worker.md` (the guidance on the worker, its recommendation): the threads are kept while
they wake a case in 0.6 times the time of the fork server, and so on. Only a calm pair counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

CALM: Final = 2.0
PAIRS: Final = 2

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WakeRatio:
    """One figure, new to old, and the bound that it keeps: at most, or at least, so many times."""

    name: str
    of: Callable[[Figures], float]
    at_most: float | None = None
    at_least: float | None = None

    def keeps(self, times: float) -> bool:
        """Tell whether the ratio is within the bound."""
        if self.at_most is not None and times > self.at_most:
            return False
        return self.at_least is None or times >= self.at_least

    @property
    def bound(self) -> str:
        """Return the bound in words."""
        return f"at least {self.at_least}" if self.at_most is None else f"at most {self.at_most}"


RATIOS: Final = (
    WakeRatio(
        "wake to body, median",
        lambda found: float(found["one at a time"]["wake_to_body_s"]["median"]),
        at_most=0.6,
    ),
    WakeRatio(
        "CPU of the worker for a resume",
        lambda found: float(found["one at a time"]["cpu_s_each"]["worker"]),
        at_most=0.6,
    ),
    WakeRatio(
        "memory of the worker after a burst",
        lambda found: float(found["burst of one partnership"]["memory_mb"]["pss"]),
        at_most=0.5,
    ),
    WakeRatio(
        "resumes a second in a burst",
        lambda found: float(found["burst of one partnership"]["resumes_per_s"]),
        at_least=1.2,
    ),
)


@dataclass(frozen=True, slots=True)
class WakePair:
    """What the two trees were measured at one after the other, and the load before each."""

    old: Figures
    new: Figures
    loads: tuple[float, ...]

    @property
    def counts(self) -> bool:
        """Tell whether the machine was calm before both runs, and both were measured."""
        return bool(self.old and self.new) and all(load < CALM for load in self.loads)

    def times(self, ratio: WakeRatio) -> float:
        """Return how many times the old figure the new one is."""
        return round(ratio.of(self.new) / ratio.of(self.old), 2)


@dataclass(frozen=True, slots=True)
class WakeVerdict:
    """What the pairs that count come to, a line a ratio; without enough of them there is none."""

    lines: tuple[str, ...]
    is_kept: bool


def verdict(pairs: Sequence[WakePair]) -> WakeVerdict:
    """Judge every ratio by each pair that counts; one pair outside the bound is enough to fail."""
    counted = [pair for pair in pairs if pair.counts]
    if len(counted) < PAIRS:
        missing = f"no verdict: {len(counted)} of {PAIRS} pairs had a load under {CALM} before both"
        return WakeVerdict((missing,), is_kept=False)
    judged = [(ratio, [pair.times(ratio) for pair in counted]) for ratio in RATIOS]
    lines = tuple(
        f"{ratio.name}: {', '.join(map(str, times))} times ({ratio.bound}):"
        f" {'kept' if all(map(ratio.keeps, times)) else 'NOT kept'}"
        for ratio, times in judged
    )
    return WakeVerdict(lines, all(ratio.keeps(one) for ratio, times in judged for one in times))
