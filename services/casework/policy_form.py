"""A policy as a form says it: what a partnership may choose, question by question (5A).

How documents leave, on which days people are warned, and how requests for information are answered
are not asked here: they stay as they are in force, and change by a file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import Field

from services.casework.commands import Day, Rows, ShortText, Under, Without, YesNo
from services.casework.own_words_form import OwnWordRows, as_rows, own_words_said
from services.casework.policies import RaisePolicy
from services.casework.policy_rows import ClosedDay, OtherWay, OwnStep
from services.domain.clocks.extra import (
    LONGEST,
    LONGEST_CODE,
    ExtraClock,
)
from services.domain.clocks.other_counts import (
    OtherCount,
    as_a_step,
    why_it_may_be_later,
)
from services.domain.clocks.policy import COUNTED_IN_DAYS, CdopRelease, PartnershipPolicy
from services.domain.clocks.rules import ClockId, Unit
from services.domain.errors import AnswerRefused, OutsidePolicy

_LENGTHS: Final = {
    "k1": ClockId.K1,
    "k2": ClockId.K2,
    "k3": ClockId.K3,
    "k3b": ClockId.K3B,
    "k4": ClockId.K4,
    "k5": ClockId.K5,
    "k6": ClockId.K6,
    "k8": ClockId.K8,
    "k9": ClockId.K9,
    "k10": ClockId.K10,
    "k11": ClockId.K11,
    "k12": ClockId.K12,
    "k13": ClockId.K13,
}
_PLAIN: Final = (
    "window_opens",
    "window_closes",
    "clear_days",
    "retention_years",
    "dissent_days",
    "next_on_duty_after",
    "draft_days",
    "review_group_chair_chairs",
    "presented_before_publication",
    "fifth_key_line",
    "hold_until_scanned",
    "cdop_release",
    "lead_area_moved",
    "panel_answer_within",
    "plan_reviewed_every",
    "trends_reviewed_every",
    "withdrawals_since",
)
_NOT_IN_DAYS: Final = tuple(one for one in ClockId if one not in COUNTED_IN_DAYS)


class ProposePolicy(RaisePolicy):
    """A new version of the policy. National limits may be made shorter, never longer (5A)."""

    name: ShortText = Field(title="Name of the policy")
    version: ShortText = Field(
        title="Version", description="Another than the one in force, for example 2027-04."
    )
    k1: Annotated[int, Under("National limits, which may be tightened")] = Field(
        title="Notify the Panel: working days (K1, at most 5)", ge=1, le=5
    )
    k2: int = Field(title="Tell the safeguarding partners: working days (K2, at most 5)", ge=1)
    k3: int = Field(title="Death of a looked-after child: working days (K3, at most 5)", ge=1)
    k3b: int = Field(title="Death of a care leaver: working days (K3b, at most 5)", ge=1)
    k10: int = Field(title="Submit the rapid review: working days (K10, at most 15)", ge=1)
    k11: int = Field(title="Publish the local review: months (K11, at most 6)", ge=1)
    k12: int = Field(title="Send before publication: working days (K12, at least 7)", ge=1)
    k13: int = Field(title="Keep the report available: years (K13, at least 1)", ge=1)
    clear_days: YesNo = Field(title="Does the notice before publication count clear days?")
    other_ways: Annotated[tuple[OtherWay, ...], Rows(2, "limit")] = Field(
        default=(),
        title="National limits that are counted otherwise",
        description="Taken only where the day can never be later than the national one; else it is "
        "kept beside it as a step of your own.",
    )
    k4: Annotated[int, Under("Local limits")] = Field(
        title="Email the partners and set the meeting: days (K4)", ge=0
    )
    k5: int = Field(title="Send the scoping forms: days (K5)", ge=0)
    k6: int = Field(title="Scoping forms come back: days (K6)", ge=0)
    window_opens: int = Field(title="The meeting is held from working day (K7)", ge=1)
    window_closes: int = Field(title="The meeting is held by working day (K7)", ge=1)
    k8: int = Field(title="Record and letter after the meeting: days (K8)", ge=0)
    k9: int = Field(title="The chair is told after the meeting: days (K9)", ge=0)
    calendar_days: Annotated[tuple[ClockId, ...], Without(_NOT_IN_DAYS)] = Field(
        default=(), title="Which of these count calendar days and not working days?"
    )
    closed_days: Annotated[tuple[ClosedDay, ...], Rows(3, "day")] = Field(
        default=(), title="Days on which you are closed"
    )
    steps: Annotated[tuple[OwnStep, ...], Rows(3, "step"), Under("Steps of your own")] = Field(
        default=(), title="Steps for which you set a time yourselves"
    )
    panel_answer_within: int | None = Field(
        default=None, title="The Panel's answer is expected within: working days", ge=0, le=LONGEST
    )
    retention_years: Annotated[int, Under("Other choices")] = Field(
        title="Records are kept for: years", ge=1
    )
    dissent_days: int = Field(title="A disagreement is resolved within: working days", ge=1)
    next_on_duty_after: int = Field(title="The next on duty is called after: hours", ge=1)
    draft_days: int = Field(title="Drafts are kept for: days", ge=1)
    plan_reviewed_every: int | None = Field(
        default=None, title="An action plan is reviewed every: months (EMB-04)", ge=1
    )
    trends_reviewed_every: int | None = Field(
        default=None, title="The review group looks at the trends every: months (EMB-10)", ge=1
    )
    review_group_chair_chairs: YesNo = Field(
        title="Does only the chair of the review group chair the meeting (RR-48)?"
    )
    presented_before_publication: YesNo = Field(
        title="Is a report presented to the partners before it is published (GOV-18)?"
    )
    fifth_key_line: YesNo = Field(
        title="May a fifth key line of enquiry stand, with its reason (LC-07)?"
    )
    hold_until_scanned: YesNo = Field(title="Are files held until a scanner has looked at them?")
    cdop_release: CdopRelease = Field(title="When may the child death overview panel finish?")
    lead_area_moved: Day = Field(
        title="From which day of an incident does the area of the incident lead (RR-28)?"
    )
    withdrawals_since: Day | None = Field(
        default=None, title="From which day may a notification be withdrawn with the Panel?"
    )
    own_words: OwnWordRows = ()


def policy_said(
    command: ProposePolicy,
    before: PartnershipPolicy,
    begun: Mapping[str, ExtraClock] = MappingProxyType({}),
) -> PartnershipPolicy:
    """Return the policy that the form says; what the form does not ask stays as it was before.

    ``begun`` are the steps of the published procedure with which the form began, if with one.
    Raises OutsidePolicy for what loosens a national limit or cannot be.
    """
    taken, kept = _other_ways(command)
    return replace(
        before,
        name=command.name,
        version=command.version,
        lengths=_chosen(command),
        units=dict.fromkeys(command.calendar_days, Unit.CALENDAR_DAYS),
        closed_days={one.on: one.title for one in command.closed_days},
        extra_clocks=_steps(command, before, begun) | kept,
        counted_otherwise=taken,
        own_words=own_words_said(command.own_words),
        **{name: getattr(command, name) for name in _PLAIN},
    )


def as_said(policy: PartnershipPolicy) -> ProposePolicy:
    """Return the policy as the form opens with it; what is asked anew is left blank."""
    told: dict[str, Any] = {field: policy.length(clock) for field, clock in _LENGTHS.items()}
    if policy.clear_days:
        told["k12"] -= 1
    told |= {name: getattr(policy, name) for name in ("name", *_PLAIN)}
    told["calendar_days"] = tuple(
        clock for clock, unit in policy.units.items() if unit is Unit.CALENDAR_DAYS
    )
    told["closed_days"] = tuple(
        ClosedDay.model_construct(on=on, title=title) for on, title in policy.closed_days.items()
    )
    told["steps"] = tuple(map(_as_step, policy.extra_clocks.values()))
    told["own_words"] = as_rows(policy.own_words)
    told["other_ways"] = tuple(
        OtherWay(clock=clock, anchor=one.anchor, length=one.length, unit=one.unit)
        for clock, one in policy.counted_otherwise.items()
    )
    return ProposePolicy.model_construct(**told)


def _chosen(command: ProposePolicy) -> dict[ClockId, int]:
    """Return the lengths that differ from the rule's own: what is as the rule says is no choice."""
    national = PartnershipPolicy()
    said = {clock: getattr(command, field) for field, clock in _LENGTHS.items()}
    return {clock: length for clock, length in said.items() if length != national.length(clock)}


def _other_ways(
    command: ProposePolicy,
) -> tuple[dict[ClockId, OtherCount], dict[str, ExtraClock]]:
    taken: dict[ClockId, OtherCount] = {}
    kept: dict[str, ExtraClock] = {}
    for one in command.other_ways:
        other = OtherCount(anchor=one.anchor, length=one.length, unit=one.unit)
        if one.clock in taken:
            raise AnswerRefused("other_ways", "Each limit is counted in one other way only.")
        if why_it_may_be_later(one.clock, other):
            step = as_a_step(command.name, one.clock, other)
            kept[step.code] = step
        else:
            taken[one.clock] = other
    return taken, kept


def _steps(
    command: ProposePolicy, before: PartnershipPolicy, begun: Mapping[str, ExtraClock]
) -> dict[str, ExtraClock]:
    """Return the steps by their codes; one whose name is known keeps its code and its warnings."""
    known = {one.name: one for one in before.extra_clocks.values()}
    new = {one.name: one for one in begun.values() if one.code not in before.extra_clocks}
    steps: dict[str, ExtraClock] = {}
    for one in command.steps:
        was = (new | known).get(one.name)
        code = was.code if was else _code(one.name, {*steps, *new, *before.extra_clocks})
        if code in steps:
            raise AnswerRefused("steps", f"Two steps are called {one.name!r}.")
        warn = was.warn if was and was.length == one.length else _warned(one.length)
        others = was.tells[1:] if was and was.tells[:1] == (one.tells,) else ()
        steps[code] = ExtraClock(
            code=code,
            name=one.name,
            anchor=one.anchor,
            length=one.length,
            unit=one.unit,
            opens=one.opens,
            warn=warn,
            tells=(() if one.tells is None else (one.tells,)) + others,
            is_meeting=bool(one.is_meeting),
        )
    return steps


def _as_step(one: ExtraClock) -> OwnStep:
    return OwnStep.model_construct(
        name=one.name,
        anchor=one.anchor,
        length=one.length,
        unit=one.unit,
        opens=one.opens,
        tells=one.tells[0] if one.tells else None,
        is_meeting=one.is_meeting,
    )


def _warned(length: int) -> tuple[int, ...]:
    """Return the day before the last as the day on which people are warned."""
    return (max(length - 1, 0),)


def _code(name: str, taken: Iterable[str]) -> str:
    """Return a code for a step made of the letters of its name, and another than those taken."""
    letters = "".join(one if one.isascii() and one.isalnum() else "_" for one in name.lower())
    stem = "_".join(filter(None, letters.split("_"))).lstrip("0123456789_")[: LONGEST_CODE - 3]
    stem = stem.rstrip("_") or "step"
    used = set(taken)
    codes = (stem, *(f"{stem}_{number}" for number in range(2, 100)))
    free = next((one for one in codes if one not in used), "")
    if not free:
        raise OutsidePolicy(f"There are too many steps that are called like {name!r}.")
    return free
