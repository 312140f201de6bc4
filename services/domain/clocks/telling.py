"""Who is told when the last day of a clock is near, and when it was missed (rules.md 2.2).

Whoever has the duty is reminded besides. What the guidance has told to national bodies is told by
acts of people, with its reason: it is named here for the page of the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.domain.cited import plainly
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId
from services.domain.labels import label
from services.domain.recipients import Recipient


@dataclass(frozen=True, slots=True)
class WhoIsTold:
    """Who is told both times, who only once it was missed, and what else follows."""

    both_times: tuple[Recipient, ...] = ()
    when_missed: tuple[Recipient, ...] = ()
    also: str = ""

    def recipients(self, *, is_missed: bool) -> tuple[Recipient, ...]:
        """Return who is told now."""
        return self.both_times + (self.when_missed if is_missed else ())

    @property
    def in_words(self) -> str:
        """Say who is told if it is missed, as the page of the clock does."""
        said = [label(one) for one in self.recipients(is_missed=True)]
        return "; ".join([*said, plainly(self.also)] if self.also else said)


_R = Recipient
TOLD: Final[Mapping[ClockId, WhoIsTold]] = MappingProxyType(
    {
        ClockId.K1: WhoIsTold((_R.DIRECTOR, _R.BUSINESS_MANAGER, _R.PARTNERS)),
        ClockId.K2: WhoIsTold((_R.DECISION_MAKER,)),
        ClockId.K3: WhoIsTold((_R.DIRECTOR,)),
        ClockId.K3B: WhoIsTold((_R.DIRECTOR,)),
        ClockId.K4: WhoIsTold((_R.UNIT_MANAGER,)),
        ClockId.K5: WhoIsTold((_R.BUSINESS_MANAGER,)),
        ClockId.K6: WhoIsTold((_R.AGENCY,)),
        ClockId.K7: WhoIsTold((_R.CHAIR, _R.PARTNERS)),
        ClockId.K8: WhoIsTold((_R.BUSINESS_MANAGER,)),
        ClockId.K9: WhoIsTold((_R.BUSINESS_MANAGER,)),
        ClockId.K10: WhoIsTold(
            (_R.PARTNERS,), also="the Panel's secretariat before it is missed (RR-37)"
        ),
        ClockId.K11: WhoIsTold(
            (_R.CHAIR, _R.REVIEW_GROUP),
            also="the Panel and the Secretary of State with the reason (LC-15)",
        ),
        ClockId.K12: WhoIsTold((_R.BUSINESS_MANAGER,), also="publication is blocked: move it"),
        ClockId.K13: WhoIsTold((_R.COMMUNICATIONS, _R.BUSINESS_MANAGER)),
        ClockId.K14: WhoIsTold((_R.ACTION_OWNER,), (_R.CHAIR, _R.REVIEW_GROUP, _R.EXECUTIVE)),
        ClockId.K15: WhoIsTold((_R.DATA_PROTECTION_OFFICER, _R.DATA_PROTECTION_CONTACT)),
    }
)


def who_is_told(policy: PartnershipPolicy, clock: ClockId, code: str = "") -> WhoIsTold:
    """Return whom the rule of the clock names, or the partnership for a step of its own.

    A case that was moved to another policy may still have a step that this one has not.
    """
    if clock is not ClockId.EXTRA:
        return TOLD[clock]
    named = {one.code: one.tells for one in policy.clocks_of_its_own}
    return WhoIsTold(named.get(code, ()))
