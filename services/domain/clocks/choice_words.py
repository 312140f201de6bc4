"""In which words a policy says when people are warned, how documents leave, and its requests."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit, in_units
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.clocks.standing import warning_numbers
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.ways import DocumentClass

_OF_MONTHS: Final = frozenset({Unit.CALENDAR_MONTHS, Unit.YEARS})


def warned_on(policy: PartnershipPolicy, clock: ClockId) -> str:
    """Say on which days people are warned of a clock by the policy, in the clock's own unit."""
    rule = policy.rule(clock)
    numbers = warning_numbers(rule, policy.length(clock), policy.warnings)
    if not numbers:
        return "on no day"
    if rule.unit is Unit.SET_DATE:
        return f"{_and(sorted(numbers, reverse=True))} days before the day that is set"
    if rule.backward:
        days = _and(sorted(numbers, reverse=True))
        return f"{days} {label(rule.unit)} before the {label(rule.anchor)}"
    if rule.unit in _OF_MONTHS:
        return f"{_and(sorted(numbers))} months after the {label(rule.anchor)}"
    return f"on {label(rule.unit).removesuffix('s')} {_and(sorted(numbers))}"


def of_warnings(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    """Yield a sentence for each clock of which people are warned on other days."""
    for clock in RULES:
        was, is_now = before.warnings.get(clock), after.warnings.get(clock)
        if was != is_now:
            yield (
                f"{label(clock)} ({clock}): people are warned {warned_on(after, clock)}, "
                f"and were warned {warned_on(before, clock)}."
            )


def of_ways(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    """Yield a sentence for each class of documents that leaves in another way, and each body."""
    for one in DocumentClass:
        was, is_now = _sent(before, one), _sent(after, one)
        if was != is_now:
            yield f"{capital(label(one))} is sent {is_now}, and was sent {was}."
        for body in Recipient:
            if one in {**_alone(before, body), **_alone(after, body)}:
                was, is_now = _sent(before, one, body), _sent(after, one, body)
                if was != is_now:
                    yield (
                        f"{capital(label(one))} is sent to {label(body)} {is_now}, "
                        f"and was sent {was}."
                    )


def _alone(policy: PartnershipPolicy, body: Recipient) -> Mapping[DocumentClass, object]:
    return policy.recipient_ways.get(body, {})


def _sent(policy: PartnershipPolicy, one: DocumentClass, body: Recipient | None = None) -> str:
    way, *others = policy.ways_of(one, body)
    return f"{label(way)}{''.join(f', or {label(other)}' for other in others)}"


_OF_REQUESTS: Final[Mapping[str, Callable[[RequestPolicy], str]]] = {
    "Requests for information are answered": lambda one: (
        "by the partnership itself, as public authority or controller"
        if one.is_controller
        else "by the partner that holds the information"
    ),
    "A request for one's own information is answered within": lambda one: in_units(
        one.subject_access_months, Unit.CALENDAR_MONTHS
    ),
    "It may take longer, where the law lets it, by at most": lambda one: in_units(
        one.further_months, Unit.CALENDAR_MONTHS
    ),
    "A request under the Freedom of Information Act is answered within": lambda one: in_units(
        one.freedom_of_information_days, Unit.WORKING_DAYS
    ),
    "The public interest is weighed for at most": lambda one: in_units(
        one.further_days, Unit.WORKING_DAYS
    ),
    "A complaint about personal data is acknowledged within": lambda one: in_units(
        one.complaint_acknowledged_within, Unit.CALENDAR_DAYS
    ),
    "A complaint about personal data is answered within": lambda one: in_units(
        one.complaint_answered_within, Unit.WORKING_DAYS
    ),
}


def of_requests(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    """Yield a sentence for each length or choice of requests for information that changes."""
    for what, say in _OF_REQUESTS.items():
        was, is_now = say(before.information_requests), say(after.information_requests)
        if was != is_now:
            yield f"{what}: {is_now} instead of {was}."


_OF_SHARING: Final[Mapping[str, Callable[[SharingPolicy], str]]] = {
    "The independent scrutineer has a copy of the notice of a notification": lambda one: (
        "yes" if one.scrutineer_copied else "no"
    ),
    "Learning is shared in any case": lambda one: (
        "; ".join(map(label, one.sharing_formats)) or "in no way that is named"
    ),
    "The partnership publishes at": lambda one: one.website or "no address that is named",
}


def of_sharing(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    """Yield a sentence for each choice of who is told, and of where learning is found."""
    for what, say in _OF_SHARING.items():
        was, is_now = say(before.sharing), say(after.sharing)
        if was != is_now:
            yield f"{in_own_words(what)}: {is_now} instead of {was}."


def _and(numbers: list[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
