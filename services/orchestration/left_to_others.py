"""Cases that another process of the same machine is the first to carry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from services.domain.identifiers import CaseId

LEFT_FOR = 0.8


@dataclass(slots=True)
class LeftToOthers:
    """Cases that were heard of and are left to the process whose they are, for a moment.

    Every process hears of every case. If each asked the record, all but one would ask in vain; so
    one is first, and the others ask about what has not come to its rest by then.
    """

    clock: Callable[[], float] = monotonic
    _until: dict[CaseId, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, case_id: CaseId) -> None:
        """Leave a case to the others; hearing of it again changes nothing."""
        with self._lock:
            self._until.setdefault(case_id, self.clock() + LEFT_FOR)

    def drop(self, case_id: CaseId) -> None:
        """Forget a case that was carried to its rest."""
        with self._lock:
            self._until.pop(case_id, None)

    def take(self, most: int) -> list[CaseId]:
        """Take at most so many cases that were left for long enough, the oldest first."""
        with self._lock:
            late = [one for one, until in self._until.items() if until <= self.clock()][:most]
            for case_id in late:
                del self._until[case_id]
        return late

    def __bool__(self) -> bool:
        return bool(self._until)
