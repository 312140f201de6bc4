"""What a partnership has chosen for itself, within the limits the guidance fixes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from services.domain.clocks.extra import UNITS, ExtraClock, panel_answer
from services.domain.clocks.local_guides import LocalGuide, why_no_guides
from services.domain.clocks.months_chosen import why_no_months
from services.domain.clocks.other_counts import OtherCount, must_never_be_later
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.clocks.rules import RULES, Anchor, ClockId, ClockRule, Unit
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.clocks.versions import (
    LEAD_AREA_MOVED,
    WITHDRAWALS,
    LeadArea,
    default_lead_area,
)
from services.domain.directory import BODIES
from services.domain.errors import OutsidePolicy
from services.domain.labels import label
from services.domain.labels.own_words import Body, why_no_words
from services.domain.plain_text import in_passing
from services.domain.recipients import Recipient
from services.domain.ways import CLASSES, DocumentClass, Way, must_be_stricter

LONGEST_NOTICE = 60
LONGEST_KEPT = 125
LONGEST_DRAFT = 90
DRAFTS_ARE_KEPT = f"drafts are kept from 1 to {LONGEST_DRAFT} days"
LATEST_WARNING = 366
LONGEST_DISSENT = 10
RESOLVED_WITHIN = f"a disagreement is resolved within 1 to {LONGEST_DISSENT} working days (GOV-11)"
LONGEST_CALL = 72
BEFORE_THE_PAGE = (
    "the Panel's page by which a notification may be withdrawn is of 2025 or 2026: it cannot be "
    "followed before that"
)
CALLED_WITHIN = f"the next on duty is called after 1 to {LONGEST_CALL} hours (NOT-07)"
COUNTED_IN_DAYS = frozenset({ClockId.K4, ClockId.K5, ClockId.K6, ClockId.K8, ClockId.K9})
UNITS_ARE_CHOSEN = (
    "working or calendar days may be chosen for the local limits only; national limits and the "
    "meeting window keep their unit (E-08, E-09)"
)
NO_LONGER_THAN_THE_REVIEW = (ClockId.K4, ClockId.K5, ClockId.K6, ClockId.K8, ClockId.K9)

_MAPPINGS = (
    "lengths",
    "units",
    "warnings",
    "ways",
    "closed_days",
    "extra_clocks",
    "counted_otherwise",
    "own_words",
)
ClassWays = Mapping[DocumentClass, tuple[Way, ...]]


class CdopRelease(StrEnum):
    """What ends the hold on the child death overview panel's last step, if no LCSPR follows."""

    SUBMISSION = "submission"
    PANEL_RESPONSE = "panel_response"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipPolicy:
    """A partnership's own lengths, window and choices; impossible ones are refused.

    National clocks may be tightened and never loosened; local ones may vary as long as they push no
    national one (rules.md 5A). So may who chairs the rapid review meeting (RR-48), and whether a
    report is presented to the partners before it is published (GOV-18). ``dissent_days``, in which
    a disagreement is resolved, are its own. So are the months from one review of an action plan to
    the next, if it names any (EMB-04), from one look of the review group at the trends to the next
    (EMB-10), and the month with which the year of its yearly report begins: April, where it names
    none. A national limit that is ``counted_otherwise`` is never later for it, and otherwise
    refused. Where ``fifth_key_line`` is set, a fifth key line of enquiry stands with its
    reason (LC-07). From ``withdrawals_since`` on it follows the Panel's page by which a
    notification may be withdrawn (5B). ``own_words`` are its names for bodies; others are said as
    the framework does (E-10). ``guides`` are points and steers of its own.
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
    closed_days: Mapping[date, str] = field(default_factory=dict, hash=False)
    hold_until_scanned: bool = False
    next_on_duty_after: int = 2
    draft_days: int = 30
    dissent_days: int = 2
    review_group_chair_chairs: bool = True
    presented_before_publication: bool = True
    fifth_key_line: bool = False
    ways: ClassWays = field(default_factory=dict, hash=False)
    recipient_ways: Mapping[Recipient, ClassWays] = field(default_factory=dict, hash=False)
    units: Mapping[ClockId, Unit] = field(default_factory=dict, hash=False)
    extra_clocks: Mapping[str, ExtraClock] = field(default_factory=dict, hash=False)
    panel_answer_within: int | None = None
    withdrawals_since: date | None = None
    plan_reviewed_every: int | None = None
    trends_reviewed_every: int | None = None
    yearly_report_from: int | None = None
    counted_otherwise: Mapping[ClockId, OtherCount] = field(default_factory=dict, hash=False)
    information_requests: RequestPolicy = field(default_factory=RequestPolicy)
    sharing: SharingPolicy = field(default_factory=SharingPolicy)
    own_words: Mapping[Body, str] = field(default_factory=dict, hash=False)
    guides: tuple[LocalGuide, ...] = ()

    def __post_init__(self) -> None:
        for name in _MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        frozen = {who: MappingProxyType(dict(ways)) for who, ways in self.recipient_ways.items()}
        object.__setattr__(self, "recipient_ways", MappingProxyType(frozen))
        for clock, length in self.lengths.items():
            _must_be_allowed(self.name, RULES.get(clock), length)
        for clock, unit in self.units.items():
            _must(self, clock in COUNTED_IN_DAYS and unit in UNITS, UNITS_ARE_CHOSEN)
        must_never_be_later(self.name, self.counted_otherwise)
        for extra in self.clocks_of_its_own:
            extra.must_make_sense(self.name)
        for clock, days in self.warnings.items():
            _must(self, clock in RULES, _too_far(clock))
            _must(self, all(0 <= number <= LATEST_WARNING for number in days), _too_far(clock))
        for document_class, ways in self.ways.items():
            must_be_stricter(self.name, document_class, ways, CLASSES[document_class].ways)
        _must_narrow_recipients(self)
        _must(self, 0 < self.next_on_duty_after <= LONGEST_CALL, CALLED_WITHIN)
        _must(self, 1 <= self.draft_days <= LONGEST_DRAFT, DRAFTS_ARE_KEPT)
        since = self.withdrawals_since
        _must(self, since is None or WITHDRAWALS.in_force(since), BEFORE_THE_PAGE)
        _must(self, 1 <= self.dissent_days <= LONGEST_DISSENT, RESOLVED_WITHIN)
        self.information_requests.must_make_sense(self.name)
        self.sharing.must_make_sense(self.name)
        months = (self.plan_reviewed_every, self.trends_reviewed_every, self.yearly_report_from)
        unsayable = why_no_words(self.own_words) or why_no_guides(self.guides)
        unsayable = unsayable or why_no_months(*months)
        _must(self, not unsayable, unsayable)
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

    @property
    def clocks_of_its_own(self) -> tuple[ExtraClock, ...]:
        """Return the clocks that no rule sets: its extra steps, and the Panel's answer."""
        expected = self.panel_answer_within
        answer = () if expected is None else (panel_answer(expected),)
        return (*self.extra_clocks.values(), *answer)

    def rule(self, clock: ClockId, code: str = "") -> ClockRule:
        """Return the rule of the clock as it is here: its unit as chosen, an extra one by its code.

        Raises LookupError for an extra clock that this policy has not.
        """
        if clock is ClockId.EXTRA:
            named = {one.code: one.rule for one in self.clocks_of_its_own}
            return named[code]
        rule = RULES[clock]
        return replace(rule, unit=self.units[clock]) if clock in self.units else rule

    def counts(self, clock: ClockId, code: str, anchor: Anchor) -> bool:
        """Tell whether it has the clock: an extra one by its code, and from the same event."""
        own = {(one.code, one.anchor) for one in self.clocks_of_its_own}
        return clock is not ClockId.EXTRA or (code, anchor) in own

    def ways_of(
        self, document_class: DocumentClass, recipient: Recipient | None = None
    ) -> tuple[Way, ...]:
        """Return by which ways the class may leave here, for a recipient; the usual one first."""
        of_class = self.ways.get(document_class, CLASSES[document_class].ways)
        if recipient is None:
            return of_class
        return self.recipient_ways.get(recipient, {}).get(document_class, of_class)

    def way_of(self, document_class: DocumentClass, recipient: Recipient | None = None) -> Way:
        """Return how documents of the class usually leave here, for a recipient."""
        return self.ways_of(document_class, recipient)[0]

    def latest_meeting_after_notification(self) -> int:
        """Return the last working day after notification that leaves time to submit (E-13)."""
        return self.length(ClockId.K10) - self.length(ClockId.K8)

    def lets_withdraw(self, notified: date) -> bool:
        """Tell whether a notification of that day may be withdrawn with the Panel (5B)."""
        return self.withdrawals_since is not None and self.withdrawals_since <= notified

    def lead_area(self, incident: date) -> LeadArea:
        """Return whose partnership leads by default for an incident of that day (RR-28)."""
        return default_lead_area(incident, self.lead_area_moved)


def _must_narrow_recipients(policy: PartnershipPolicy) -> None:
    """Refuse ways for one recipient that its class has not here (stricter only)."""
    for recipient, classes in policy.recipient_ways.items():
        _must(policy, recipient in BODIES, f"{label(recipient)} is no national body")
        for document_class, ways in classes.items():
            named = f"{policy.name}, {label(recipient)}"
            must_be_stricter(named, document_class, ways, policy.ways_of(document_class))


def _must_be_allowed(policy: str, rule: ClockRule | None, length: int) -> None:
    """Refuse a length that loosens a national clock or makes no sense for a local one."""
    if rule is None:
        raise OutsidePolicy(f"{policy}: an extra clock says its own days, under extra_clocks.")
    if rule.clock in {ClockId.K7, ClockId.K15} or rule.unit is Unit.SET_DATE:
        raise OutsidePolicy(f"{policy}: {_said(rule)} has no length to choose ({rule.rule}).")
    if length < (0 if rule.may_be_same_day else 1):
        raise OutsidePolicy(f"{policy}: {_said(rule)} needs at least one day, not {length}.")
    if not rule.locked:
        return
    loosens = length < rule.length if rule.longer_is_stricter else length > rule.length
    if loosens:
        limit = "at least" if rule.longer_is_stricter else "at most"
        raise OutsidePolicy(
            f"{policy}: {_said(rule)} is fixed nationally: {limit} {rule.length} "
            f"{label(rule.unit)} ({rule.rule}); {length} would loosen it."
        )
    if length > rule.length and length > LONGEST_NOTICE:
        raise OutsidePolicy(
            f"{policy}: {_said(rule)} may be at most {LONGEST_NOTICE} {label(rule.unit)}, "
            f"not {length}."
        )


def _said(rule: ClockRule) -> str:
    """Name the limit in a sentence, with the code that it has in a file."""
    return f"“{in_passing(rule.duty)}” ({rule.clock})"


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


def _pushes(clock: ClockId, length: int, limit: int) -> str:
    return (
        f"{length} working days for “{in_passing(label(clock))}” would run past the rapid review's "
        f"{limit} ({RULES[clock].rule}) (K10, RR-34)"
    )


def _too_far(clock: ClockId) -> str:
    return f"the warnings of “{in_passing(label(clock))}” ({clock}) are from 0 to {LATEST_WARNING}"


def _must(policy: PartnershipPolicy, holds: bool, otherwise: str) -> None:  # noqa: FBT001
    if not holds:
        raise OutsidePolicy(f"{policy.name}: {otherwise}.")


NATIONAL = PartnershipPolicy()
