"""A published procedure as a policy: what of it a policy says, and what it cannot, with why."""

from dataclasses import dataclass

from services.domain.clocks.policy import PartnershipPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What a published procedure says and a policy cannot, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyExample:
    """One published procedure: its policy, where it was read, how it is said, what is not."""

    policy: PartnershipPolicy
    source: str
    said: tuple[str, ...]
    unsaid: tuple[Unsaid, ...]
