"""In which words one policy differs from another: a sentence for each choice (5A)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from services.domain.clocks.choice_words import of_requests, of_sharing, of_warnings, of_ways
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.local_guides import guide_differences
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit, in_units
from services.domain.labels import label
from services.domain.labels.own_words import FRAMEWORK_WORDS, in_own_words
from services.domain.working_days import written
from services.domain.yearly_report import month_name

Say = Callable[[PartnershipPolicy], str]


def _yes(told: bool) -> str:  # noqa: FBT001 - one answer, said as a word
    return "yes" if told else "no"


def _every(months: int | None) -> str:
    if months is None:
        return "by the day that is set each time"
    return "every month" if months == 1 else f"every {months} months"


_CHOICES: Final[Mapping[str, Say]] = {
    "The rapid review meeting, in working days after the referral": lambda one: (
        f"{one.window_opens} to {one.window_closes}"
    ),
    "Notice before publication counts clear days": lambda one: _yes(one.clear_days),
    "Records are kept after closure": lambda one: f"{one.retention_years} years",
    "A disagreement is resolved within": lambda one: f"{one.dissent_days} working days",
    "The next on duty is called after": lambda one: f"{one.next_on_duty_after} hours",
    "Drafts are kept for": lambda one: f"{one.draft_days} days",
    "Only the chair of the review group chairs the meeting": lambda one: _yes(
        one.review_group_chair_chairs
    ),
    "A report is presented to the partners before it is published": lambda one: _yes(
        one.presented_before_publication
    ),
    "A fifth key line of enquiry stands with its reason": lambda one: _yes(one.fifth_key_line),
    "Files are held until a scanner has looked at them": lambda one: _yes(one.hold_until_scanned),
    "The child death overview panel may finish": lambda one: label(one.cdop_release),
    "The area of an incident leads, for incidents since": lambda one: written(one.lead_area_moved),
    "The Panel's answer is expected": lambda one: (
        "by no day"
        if one.panel_answer_within is None
        else f"within {one.panel_answer_within} working days"
    ),
    "An action plan is reviewed": lambda one: _every(one.plan_reviewed_every),
    "The review group looks at the trends": lambda one: _every(one.trends_reviewed_every),
    "The year of the yearly report begins in": lambda one: month_name(one.yearly_report_from),
    "A notification may be withdrawn with the Panel": lambda one: (
        f"since {written(one.withdrawals_since)}" if one.withdrawals_since else "no"
    ),
}


def differences(before: PartnershipPolicy, after: PartnershipPolicy) -> tuple[str, ...]:
    """Return a sentence for each choice in which the policy differs from the one before it."""
    return (
        *_of_limits(before, after),
        *_of_other_ways(before, after),
        *_of_choices(before, after),
        *_of_own_words(before, after),
        *of_warnings(before, after),
        *of_ways(before, after),
        *of_requests(before, after),
        *guide_differences(before.guides, after.guides),
        *of_sharing(before, after),
        *_of_days(before, after),
        *_of_steps(before.extra_clocks, after.extra_clocks),
    )


def _of_limits(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    for clock in RULES:
        if clock in {ClockId.K7, ClockId.K15} or RULES[clock].unit is Unit.SET_DATE:
            continue
        was, is_now = _limit(before, clock), _limit(after, clock)
        if was != is_now:
            yield f"{label(clock)} ({clock}): {is_now} instead of {was}."


def _limit(policy: PartnershipPolicy, clock: ClockId) -> str:
    length = policy.length(clock)
    return in_units(length, policy.rule(clock).unit) if length else "the same day"


def _of_other_ways(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    for clock in RULES:
        was, is_now = before.counted_otherwise.get(clock), after.counted_otherwise.get(clock)
        if was != is_now:
            yield f"{label(clock)} ({clock}) is counted {_other(is_now)}, and was {_other(was)}."


def _other(told: OtherCount | None) -> str:
    if told is None:
        return "in the national way only"
    return f"also as {in_units(told.length, told.unit)} after the {label(told.anchor)}"


def _of_choices(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    for what, say in _CHOICES.items():
        was, is_now = say(before), say(after)
        if was != is_now:
            yield f"{in_own_words(what)}: {is_now} instead of {was}."


def _of_own_words(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    for body, usual in FRAMEWORK_WORDS.items():
        was, is_now = before.own_words.get(body, usual), after.own_words.get(body, usual)
        if was != is_now:
            yield f"“{is_now}” instead of “{was}”: {label(body)}."


def _of_days(before: PartnershipPolicy, after: PartnershipPolicy) -> Iterator[str]:
    for day in sorted({*before.closed_days, *after.closed_days}):
        was, is_now = before.closed_days.get(day), after.closed_days.get(day)
        if was and not is_now:
            yield f"Open on {written(day)}, which was closed: {was}."
        elif is_now and not was:
            yield f"Closed on {written(day)}: {is_now}."


def _of_steps(before: Mapping[str, ExtraClock], after: Mapping[str, ExtraClock]) -> Iterator[str]:
    for code in (*before, *(one for one in after if one not in before)):
        was, is_now = before.get(code), after.get(code)
        if was is None and is_now is not None:
            yield f"A step of our own is added: {_step(is_now)}."
        elif is_now is None and was is not None:
            yield f"A step of our own goes: {_step(was)}."
        elif was is not None and is_now is not None and was != is_now:
            yield f"A step of our own changes: {_step(is_now)}, instead of {_step(was)}."
    stay = [one for one in after if one in before]
    if stay != [one for one in before if one in after]:
        yield f"The steps of our own stand in this order: {'; '.join(_names(after))}."


def _names(steps: Mapping[str, ExtraClock]) -> Iterator[str]:
    return (one.name for one in steps.values())


def _step(one: ExtraClock) -> str:
    days = in_units(one.length, one.unit) if one.length else "the same day"
    window = days if one.opens in {None, one.length} else f"{one.opens} to {days}"
    told = "".join(f", {label(who)} told" for who in one.tells)
    after = f" after the {label(one.anchor)}" if one.length else f" as the {label(one.anchor)}"
    meeting = ", a meeting of which it is kept what it advised" if one.is_meeting else ""
    return f"{one.name}, {window}{after}{told}{meeting}"
