"""A policy as a form says it: what a partnership may choose, question by question (5A)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any, Final

from services.casework.local_guides_form import guide_rows, guides_said
from services.casework.own_words_form import as_rows, own_words_said
from services.casework.policy_choices import (
    as_warning_rows,
    as_way_rows,
    must_warn_in_time,
    sharing_said,
    warnings_said,
    ways_said,
)
from services.casework.policy_questions import ProposePolicy
from services.casework.policy_rows import ClosedDay, OtherWay, OwnStep
from services.domain.clocks.extra import LONGEST_CODE, ExtraClock
from services.domain.clocks.other_counts import (
    OtherCount,
    as_a_step,
    why_it_may_be_later,
)
from services.domain.clocks.policy import PartnershipPolicy
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
    "yearly_report_from",
    "withdrawals_since",
)
_OF_REQUESTS: Final = (
    "is_controller",
    "further_months",
    "freedom_of_information_days",
    "further_days",
    "complaint_acknowledged_within",
    "complaint_answered_within",
)


def policy_said(
    command: ProposePolicy,
    before: PartnershipPolicy,
    begun: Mapping[str, ExtraClock] = MappingProxyType({}),
) -> PartnershipPolicy:
    """Return the policy that the form says; what the form does not ask stays as it was before.

    ``begun`` are the steps of the published procedure with which the form began, if with one.
    Raises OutsidePolicy for what loosens a national limit or cannot be, and AnswerRefused for a
    warning or a way that cannot be.
    """
    taken, kept = _other_ways(command)
    ways, recipient_ways = ways_said(command.ways)
    said = replace(
        before,
        name=command.name,
        version=command.version,
        lengths=_chosen(command),
        units=dict.fromkeys(command.calendar_days, Unit.CALENDAR_DAYS),
        closed_days={one.on: one.title for one in command.closed_days},
        extra_clocks=_steps(command, before, begun) | kept,
        counted_otherwise=taken,
        own_words=own_words_said(command.own_words),
        guides=guides_said(command.guides),
        warnings=warnings_said(command.warnings),
        ways=ways,
        recipient_ways=recipient_ways,
        sharing=sharing_said(command),
        information_requests=replace(
            before.information_requests, **{name: getattr(command, name) for name in _OF_REQUESTS}
        ),
        **{name: getattr(command, name) for name in _PLAIN},
    )
    must_warn_in_time(said, command.warnings)
    return said


def as_said(policy: PartnershipPolicy) -> ProposePolicy:
    """Return the policy as the form opens with it; what is asked anew is left blank."""
    told: dict[str, Any] = {field: policy.length(clock) for field, clock in _LENGTHS.items()}
    if policy.clear_days:
        told["k12"] -= 1
    told |= {name: getattr(policy, name) for name in ("name", *_PLAIN)}
    told |= {name: getattr(policy.information_requests, name) for name in _OF_REQUESTS}
    told |= asdict(policy.sharing)
    told["warnings"], told["ways"] = as_warning_rows(policy), as_way_rows(policy)
    told["calendar_days"] = tuple(
        clock for clock, unit in policy.units.items() if unit is Unit.CALENDAR_DAYS
    )
    told["closed_days"] = tuple(
        ClosedDay.model_construct(on=on, title=title) for on, title in policy.closed_days.items()
    )
    told["steps"] = tuple(map(_as_step, policy.extra_clocks.values()))
    told["own_words"] = as_rows(policy.own_words)
    told["guides"] = guide_rows(policy.guides)
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
