"""A fair queue of cases: partnerships take turns, and each case waits once."""

from collections import Counter, OrderedDict
from collections.abc import Iterable
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

    def take(
        self, most: int, *, in_hand: Iterable[PartnershipId] = (), each: int | None = None
    ) -> dict[CaseId, PartnershipId]:
        """Take at most so many cases, one of each partnership in turn, the oldest first.

        A partnership that has ``each`` cases in hand waits, whatever room there is.
        """
        held, taken = Counter(in_hand), dict[CaseId, PartnershipId]()
        while len(taken) < most:
            owner = next((one for one in self._waiting if each is None or held[one] < each), None)
            if owner is None:
                break
            cases = self._waiting.pop(owner)
            taken[cases.popitem(last=False)[0]] = owner
            held[owner] += 1
            if cases:
                self._waiting[owner] = cases
        return taken
