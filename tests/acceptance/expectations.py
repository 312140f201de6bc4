"""What a branch expects to follow from an act, and how it is compared with what did follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.report import Effects

# Sent beside or in place of other emails: compared only where a branch expects them.
BESIDE_OTHERS: Final = frozenset(
    {
        EmailTrigger.DEADLINE_NEAR,
        EmailTrigger.DEADLINE_PASSED,
        EmailTrigger.DECLARATION_NEEDED,
        EmailTrigger.LAST_DAY_NEAR_TOLD,
        EmailTrigger.LAST_DAY_MISSED_TOLD,
        EmailTrigger.ON_DUTY_CALLED,
        EmailTrigger.ON_DUTY_TO_DECLARE,
        EmailTrigger.BREACH_DUE,
        EmailTrigger.LEAD_LOGGED,
        EmailTrigger.PLAN_WAITS,
        EmailTrigger.PUBLICATION_STEP_DUE,
        EmailTrigger.LEARNING_TO_SHARE,
        EmailTrigger.BRIEFING_TO_CONFIRM,
        EmailTrigger.HOLD_PLACED,
        EmailTrigger.HOLD_RELEASED,
        EmailTrigger.AVAILABILITY_DOUBTED,
        EmailTrigger.STAFF_TO_BE_TOLD,
        EmailTrigger.ANSWER_NOT_COME,
        EmailTrigger.AGENCIES_STOOD_DOWN,
        EmailTrigger.AGENCIES_RELEASED,
        EmailTrigger.DECIDED_AGAIN,
        EmailTrigger.SILENCE_STEP_DUE,
        EmailTrigger.SILENCE_TURN_PASSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The expected effects of an act: clocks started and met, documents made, emails sent.

    No other clock may be met, and no other kind of document or email may appear.
    """

    starts: Mapping[str, str] = field(default_factory=dict)
    meets: Mapping[str, str] = field(default_factory=dict)
    documents: Sequence[DocumentKind] = ()
    emails: Sequence[EmailTrigger] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The expected refusal of an act: the field that shows it, its words, the status."""

    field: str = ""
    says: str
    status: int = 422


def differences(effects: Effects, expected: Expected) -> Iterator[str]:
    """Yield each way in which the effects are not those expected."""
    started = {row.clock: row.dates for row in effects.started}
    for clock, dates in expected.starts.items():
        if started.get(clock) != dates:
            yield f"{clock} is {started.get(clock)}, expected {dates}"
    met = {row.clock: row.how_met for row in effects.met}
    if met != dict(expected.meets):
        yield f"met {met}, expected {dict(expected.meets)}"
    made = {row.kind for row in effects.documents}
    if made != set(expected.documents):
        yield f"made {sorted(made)}, expected {sorted(expected.documents)}"
    ignored = {event.value for event in BESIDE_OTHERS.difference(expected.emails)}
    sent = {row.event for row in effects.emails} - ignored
    if sent != {event.value for event in expected.emails}:
        yield f"sent {sorted(sent)}, expected {sorted(expected.emails)}"
