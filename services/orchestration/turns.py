"""A fair queue of cases: partnerships take turns, and each case waits once."""

from collections import OrderedDict
from dataclasses import dataclass, field

from services.domain.identifiers import CaseId, PartnershipId


@dataclass(slots=True)
class Turns:
    """Cases that wait for a free thread; one partnership's flood delays no other by more than one.

    Prefect's queues have strict priorities, so a flood that waits there starves everybody behind
    it. That is why the backlog waits here and in our record, and Prefect is told of no more cases
    than there are free threads.
    """

    _waiting: OrderedDict[PartnershipId, OrderedDict[CaseId, None]] = field(
        default_factory=OrderedDict
    )

    def __contains__(self, case_id: CaseId) -> bool:
        return any(case_id in cases for cases in self._waiting.values())

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, partnership_id: PartnershipId, case_id: CaseId) -> None:
        """Let a case wait; asking twice changes nothing."""
        self._waiting.setdefault(partnership_id, OrderedDict())[case_id] = None

    def take(self, most: int) -> list[CaseId]:
        """Take at most so many cases, one of each partnership in turn, the oldest first."""
        taken: list[CaseId] = []
        while self._waiting and len(taken) < most:
            partnership_id, cases = self._waiting.popitem(last=False)
            taken.append(cases.popitem(last=False)[0])
            if cases:
                self._waiting[partnership_id] = cases
        return taken
