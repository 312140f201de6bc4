"""How a partnership's choices stand beside the national rules, clock by clock."""

from dataclasses import dataclass
from typing import Final

from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, ClockRule, Unit
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.ways import CLASSES, DocumentClass, Way

SET_DATE: Final = "the day that is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One clock: what the rule says, what this partnership chose, and whether it may choose."""

    clock: str
    duty: str
    rule: str
    national: str
    here: str
    freedom: str
    is_chosen: bool


def policy_lines(policy: PartnershipPolicy) -> list[PolicyLine]:
    """Return one line for every clock, K1 first."""
    return [_line(clock, rule, policy) for clock, rule in RULES.items()]


def way_lines(policy: PartnershipPolicy) -> list[tuple[str, str]]:
    """Return how documents of each class leave for the national bodies here."""
    return [(capital(label(one)), _how(one, policy)) for one in DocumentClass]


def _how(document_class: DocumentClass, policy: PartnershipPolicy) -> str:
    rule = CLASSES[document_class]
    way, *others = policy.ways_of(document_class)
    is_read = way is Way.ATTACHED and rule.has_free_text
    chosen = f", or {label(Way.COLLECTION)}" if Way.COLLECTION in others else ""
    read_first = ", once a person has read it and confirmed it" if is_read else ""
    return f"{capital(label(way))}{read_first}{chosen}"


def _line(clock: ClockId, rule: ClockRule, policy: PartnershipPolicy) -> PolicyLine:
    length = policy.length(clock)
    is_window = clock is ClockId.K7
    national = f"{rule.opens} to {rule.length}" if is_window else str(rule.length)
    here = f"{policy.window_opens} to {policy.window_closes}" if is_window else str(length)
    unit = f" {label(rule.unit)}"
    return PolicyLine(
        clock=clock.value,
        duty=rule.duty,
        rule=f"{rule.rule} ({', '.join(map(label, rule.forces))})",
        national=f"{national}{unit}" if rule.length else SET_DATE,
        here=_here(rule, f"{here}{unit}", length),
        freedom=_freedom(rule),
        is_chosen=national != here,
    )


def _here(rule: ClockRule, counted: str, length: int) -> str:
    if rule.unit is Unit.SET_DATE:
        return SET_DATE
    return counted if length else "the same day"


def _freedom(rule: ClockRule) -> str:
    if rule.locked:
        return "Locked: it may be tightened, never loosened"
    return "Local: the partnership may choose"
