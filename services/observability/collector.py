"""What is read anew for Prometheus: families of numbers that somebody else measures."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

KEPT_FOR: Final = 10.0
_log = logging.getLogger("keyline.metrics")


@dataclass(frozen=True, slots=True)
class Family:
    """Numbers of one kind, each with what it is of: label by label, in their order."""

    name: str
    told: str
    labels: tuple[str, ...] = ()
    samples: Mapping[tuple[str, ...], float] = field(default_factory=dict)


class MeasuredCollector(Collector):
    """Families that are measured when they are asked for, at most every ten seconds.

    Trouble with measuring is itself a number: ``<name>_readable`` is nought, and the families are
    left out, so that no old number is taken for a new one.
    """

    def __init__(self, name: str, measure: Callable[[], Iterable[Family]]) -> None:
        self.name = name
        self.measure = measure
        self._lock = Lock()
        self._until = float("-inf")
        self._kept: tuple[Family, ...] = ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each family, and whether they could be measured."""
        with self._lock:
            if monotonic() >= self._until:
                self._kept, self._until = self._measured(), monotonic() + KEPT_FOR
            families = self._kept
        for one in families:
            gauge = GaugeMetricFamily(one.name, one.told, labels=one.labels)
            for labels, value in one.samples.items():
                gauge.add_metric(labels, value)
            yield gauge

    def _measured(self) -> tuple[Family, ...]:
        try:
            found = tuple(self.measure())
        except Exception as trouble:  # noqa: BLE001 - it is told as a number; pages and work go on
            _log.warning("%s cannot be measured: %s.", self.name, type(trouble).__name__)
            return (self._readable(0.0),)
        return (self._readable(1.0), *found)

    def _readable(self, value: float) -> Family:
        told = "Whether what follows could be measured just now."
        return Family(f"keyline_{self.name}_readable", told, (), {(): value})
