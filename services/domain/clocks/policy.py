"""What a partnership has chosen for itself, within the limits the guidance fixes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from services.domain.clocks.rules import RULES, ClockId, ClockRule, Unit
from services.domain.clocks.versions import LEAD_AREA_MOVED, LeadArea, default_lead_area
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.json_values import (
    day,
    listed,
    named_values,
    one_of,
    text,
    whole_number,
    yes_or_no,
)
from services.domain.labels import label
from services.domain.plain_text import in_passing
from services.domain.ways import CLASSES, DocumentClass, Way, must_be_stricter

LONGEST_NOTICE = 60
LONGEST_KEPT = 125
LONGEST_DRAFT = 90
DRAFTS_ARE_KEPT = f"drafts are kept from 1 to {LONGEST_DRAFT} days"
LATEST_WARNING = 366
LONGEST_CALL = 72
CALLED_WITHIN = f"the next on duty is called after 1 to {LONGEST_CALL} hours (NOT-07)"
NO_LONGER_THAN_THE_REVIEW = (ClockId.K4, ClockId.K5, ClockId.K6, ClockId.K8, ClockId.K9)


class CdopRelease(StrEnum):
    """What ends the hold on the child death overview panel's last step, if no LCSPR follows."""

    SUBMISSION = "submission"
    PANEL_RESPONSE = "panel_response"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipPolicy:
    """A partnership's own lengths, window, words and choices; impossible ones are refused.

    National clocks may be tightened and never loosened; local ones may vary as long as
    they push no national one (rules.md 5A).
    """

    name: str = "Framework of March 2023"
    version: str = "2023-03"
    lengths: Mapping[ClockId, int] = field(default_factory=dict, hash=False)
    window_opens: int = 7
    window_closes: int = 13
    clear_days: bool = False
    retention_years: int = 35
    warnings: Mapping[ClockId, tuple[int, ...]] = field(default_factory=dict, hash=False)
    cdop_release: CdopRelease = CdopRelease.PANEL_RESPONSE
    lead_area_moved: date = LEAD_AREA_MOVED
    partners_meet_within: int | None = None
    closed_days: Mapping[date, str] = field(default_factory=dict, hash=False)
    hold_until_scanned: bool = False
    next_on_duty_after: int = 2
    draft_days: int = 30
    ways: Mapping[DocumentClass, tuple[Way, ...]] = field(default_factory=dict, hash=False)
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    extra: Mapping[str, str | int | bool] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("lengths", "warnings", "ways", "closed_days", "labels", "extra"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        for clock, length in self.lengths.items():
            _must_be_allowed(self.name, RULES[clock], length)
        for clock, days in self.warnings.items():
            _must(self, all(0 <= number <= LATEST_WARNING for number in days), _too_far(clock))
        for document_class, ways in self.ways.items():
            must_be_stricter(self.name, document_class, ways)
        _must(self, 0 < self.next_on_duty_after <= LONGEST_CALL, CALLED_WITHIN)
        _must(self, 1 <= self.draft_days <= LONGEST_DRAFT, DRAFTS_ARE_KEPT)
        _must_leave_room(self)

    def length(self, clock: ClockId, national: int | None = None) -> int:
        """Return how long the clock runs here, by a rule version's own length if it has one."""
        rule = RULES[clock]
        if clock is ClockId.K7:
            return self.window_closes
        if clock is ClockId.K15:
            return self.retention_years
        default = rule.length if national is None else national
        chosen = self.lengths.get(clock, default)
        if rule.locked:
            chosen = max(chosen, default) if rule.longer_is_stricter else min(chosen, default)
        return chosen + 1 if clock is ClockId.K12 and self.clear_days else chosen

    def ways_of(self, document_class: DocumentClass) -> tuple[Way, ...]:
        """Return the ways by which documents of the class may leave here, the usual one first."""
        return self.ways.get(document_class, CLASSES[document_class].ways)

    def way_of(self, document_class: DocumentClass) -> Way:
        """Return how documents of the class usually leave here."""
        return self.ways_of(document_class)[0]

    def latest_meeting_after_notification(self) -> int:
        """Return the last working day after notification that leaves time to submit (E-13)."""
        return self.length(ClockId.K10) - self.length(ClockId.K8)

    def label(self, word: str) -> str:
        """Return what this partnership calls a thing: its review group, its panel, its team."""
        return self.labels.get(word, word)

    def lead_area(self, incident: date) -> LeadArea:
        """Return whose partnership leads by default for an incident of that day (RR-28)."""
        return default_lead_area(incident, self.lead_area_moved)


def _must_be_allowed(policy: str, rule: ClockRule, length: int) -> None:
    """Refuse a length that loosens a national clock or makes no sense for a local one."""
    if rule.clock in {ClockId.K7, ClockId.K15} or rule.unit is Unit.SET_DATE:
        raise OutsidePolicy(
            f"{policy}: {rule.clock} has no length of its own to choose ({rule.rule})."
        )
    if length < (0 if rule.may_be_same_day else 1):
        raise OutsidePolicy(f"{policy}: {rule.clock} needs at least one day, not {length}.")
    if not rule.locked:
        return
    loosens = length < rule.length if rule.longer_is_stricter else length > rule.length
    if loosens:
        limit = "at least" if rule.longer_is_stricter else "at most"
        raise OutsidePolicy(
            f"{policy}: {rule.clock} ({in_passing(rule.duty)}) is fixed nationally: {limit} "
            f"{rule.length} {label(rule.unit)} ({rule.rule}, {rule.force}); "
            f"{length} would loosen it."
        )
    if length > rule.length and length > LONGEST_NOTICE:
        raise OutsidePolicy(
            f"{policy}: {rule.clock} may be at most {LONGEST_NOTICE} {label(rule.unit)}, "
            f"not {length}."
        )


def _must_leave_room(policy: PartnershipPolicy) -> None:
    """Refuse local clocks that would push a national one past its limit (RR-02, E-13)."""
    limit = policy.length(ClockId.K10)
    for clock in NO_LONGER_THAN_THE_REVIEW:
        _must(policy, policy.length(clock) <= limit, _pushes(clock, policy.length(clock), limit))
    _must(
        policy,
        1 <= policy.window_opens <= policy.window_closes,
        f"the meeting window cannot run from day {policy.window_opens} "
        f"to day {policy.window_closes} (RR-44)",
    )
    latest = policy.latest_meeting_after_notification()
    _must(
        policy,
        policy.window_closes <= latest,
        f"the meeting may be held at most {latest} working days after referral, not "
        f"{policy.window_closes}: the record then takes {policy.length(ClockId.K8)} and the "
        f"rapid review is due within {limit} (K7, RR-44; K10, RR-34)",
    )
    back = policy.length(ClockId.K5) + policy.length(ClockId.K6)
    _must(
        policy,
        back <= policy.window_closes,
        f"scoping forms would come back on day {back}, after the last day for the meeting, "
        f"day {policy.window_closes} (K5, K6, K7)",
    )
    _must(
        policy,
        1 <= policy.retention_years <= LONGEST_KEPT,
        f"papers are kept from 1 to {LONGEST_KEPT} years, not {policy.retention_years} (K15)",
    )
    within = policy.partners_meet_within
    _must(
        policy,
        within is None or 1 <= within <= RULES[ClockId.K1].length,
        f"the partners' first meeting within {within} working days of referral would come "
        f"after the limit for notifying, {RULES[ClockId.K1].length} (K1, NOT-03)",
    )


def _pushes(clock: ClockId, length: int, limit: int) -> str:
    return (
        f"{clock} of {length} working days would run past the rapid review's "
        f"{limit} ({RULES[clock].rule}; K10, RR-34)"
    )


def _too_far(clock: ClockId) -> str:
    return f"the warnings of {clock} must each be from 0 to {LATEST_WARNING}"


def _must(policy: PartnershipPolicy, holds: bool, otherwise: str) -> None:  # noqa: FBT001
    if not holds:
        raise OutsidePolicy(f"{policy.name}: {otherwise}.")


NATIONAL = PartnershipPolicy()


def policy_from_json(words: Mapping[str, object]) -> PartnershipPolicy:
    """Read a policy from its JSON; what it leaves out is as in the national default."""
    usual = policy_to_json(NATIONAL)
    unknown = sorted(str(word) for word in words if word not in usual)
    if unknown:
        known = ", ".join(usual)
        raise AnswerRefused(unknown[0], f"A policy has no {unknown[0]!r}; it has: {known}.")
    told = {**usual, **words}
    within = told["partners_meet_within"]
    return PartnershipPolicy(
        name=text("name", told["name"]),
        version=text("version", told["version"]),
        lengths=_lengths(told["lengths"]),
        window_opens=whole_number("window_opens", told["window_opens"]),
        window_closes=whole_number("window_closes", told["window_closes"]),
        clear_days=yes_or_no("clear_days", told["clear_days"]),
        retention_years=whole_number("retention_years", told["retention_years"]),
        warnings=_warnings(told["warnings"]),
        cdop_release=one_of("cdop_release", told["cdop_release"], CdopRelease),
        lead_area_moved=day("lead_area_moved", told["lead_area_moved"]),
        partners_meet_within=(
            None if within is None else whole_number("partners_meet_within", within)
        ),
        closed_days=_closed_days(told["closed_days"]),
        hold_until_scanned=yes_or_no("hold_until_scanned", told["hold_until_scanned"]),
        next_on_duty_after=whole_number("next_on_duty_after", told["next_on_duty_after"]),
        draft_days=whole_number("draft_days", told["draft_days"]),
        ways=_ways(told["ways"]),
        labels=_labels(told["labels"]),
        extra=_extra(told["extra"]),
    )


def policy_to_json(policy: PartnershipPolicy) -> dict[str, object]:
    """Write a policy so that policy_from_json reads the same policy back."""
    return {
        "name": policy.name,
        "version": policy.version,
        "lengths": {str(clock): length for clock, length in policy.lengths.items()},
        "window_opens": policy.window_opens,
        "window_closes": policy.window_closes,
        "clear_days": policy.clear_days,
        "retention_years": policy.retention_years,
        "warnings": {str(clock): list(days) for clock, days in policy.warnings.items()},
        "cdop_release": str(policy.cdop_release),
        "lead_area_moved": policy.lead_area_moved.isoformat(),
        "partners_meet_within": policy.partners_meet_within,
        "closed_days": {one.isoformat(): title for one, title in policy.closed_days.items()},
        "hold_until_scanned": policy.hold_until_scanned,
        "next_on_duty_after": policy.next_on_duty_after,
        "draft_days": policy.draft_days,
        "ways": {str(one): list(map(str, ways)) for one, ways in policy.ways.items()},
        "labels": dict(policy.labels),
        "extra": dict(policy.extra),
    }


def _lengths(told: object) -> dict[ClockId, int]:
    values = named_values("lengths", told)
    return {
        one_of("lengths", name, ClockId): whole_number(f"lengths {name}", length)
        for name, length in values.items()
    }


def _warnings(told: object) -> dict[ClockId, tuple[int, ...]]:
    values = named_values("warnings", told)
    return {
        one_of("warnings", name, ClockId): tuple(
            whole_number(f"warnings {name}", number) for number in listed(f"warnings {name}", days)
        )
        for name, days in values.items()
    }


def _closed_days(told: object) -> dict[date, str]:
    return {
        day("closed_days", one): text(f"closed_days {one}", title)
        for one, title in named_values("closed_days", told).items()
    }


def _ways(told: object) -> dict[DocumentClass, tuple[Way, ...]]:
    return {
        one_of("ways", name, DocumentClass): tuple(
            one_of(f"ways {name}", way, Way) for way in listed(f"ways {name}", ways)
        )
        for name, ways in named_values("ways", told).items()
    }


def _labels(told: object) -> dict[str, str]:
    values = named_values("labels", told)
    return {name: text(f"labels {name}", label) for name, label in values.items()}


def _extra(told: object) -> dict[str, str | int | bool]:
    return {
        name: value if isinstance(value, bool | int) else text(f"extra {name}", value)
        for name, value in named_values("extra", told).items()
    }
