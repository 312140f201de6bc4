"""Which version of the national rules is in force on a day, and what differs by version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.domain.clocks.rules import ClockId

EVERLASTING = date.max


class LeadArea(StrEnum):
    """Whose partnership leads by default where an incident crosses areas (RR-28)."""

    USUAL_RESIDENCE = "usual_residence"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A state of the national rules, from its first day to its last.

    ``confirmed`` is false where no readable source fixes the figure or the date: such a
    version is never law here, only a default that a partnership may set otherwise.
    ``advisory`` versions are shown to people and never counted with. ``lengths`` holds the
    clocks whose length this version changes; every other length is the one in clock_rules.
    """

    name: str
    since: date
    until: date = EVERLASTING
    governs: frozenset[ClockId] = frozenset()
    lengths: Mapping[ClockId, int] = field(default_factory=dict, hash=False)
    source: str = ""
    effect: str = ""
    confirmed: bool = True
    advisory: bool = False

    def in_force(self, day: date) -> bool:
        """Tell whether the version stands on that day; both its ends are included."""
        return self.since <= day <= self.until


NOTIFYING = frozenset({ClockId.K1, ClockId.K2, ClockId.K3})
REVIEWING = frozenset({ClockId.K10, ClockId.K11, ClockId.K12, ClockId.K13})
CARE_LEAVERS = frozenset({ClockId.K3B})

# Later lines go before earlier ones wherever both are in force.
VERSIONS: tuple[RuleVersion, ...] = (
    RuleVersion(
        name="before WT2018",
        since=date.min,
        until=date(2018, 6, 28),
        governs=NOTIFYING | REVIEWING,
        source="rules.md 5B [S8, S35]",
        effect="The duty to notify the Panel had not started: shown by the later lengths.",
        confirmed=False,
    ),
    RuleVersion(
        name="WT2018",
        since=date(2018, 6, 29),
        until=date(2023, 12, 14),
        governs=NOTIFYING | REVIEWING,
        source="rules.md 5B [S8, S35, S36]; Children Act 2004 s16A-16Q, SI 2018/789",
        effect="Chapter 4: notify in 5 working days, rapid review in 15, LCSPR in six months.",
    ),
    RuleVersion(
        name="WT2018, COVID-19 relaxation",
        since=date(2020, 3, 30),
        until=date(2020, 9, 30),
        governs=frozenset({ClockId.K10, ClockId.K11, ClockId.K12}),
        source="rules.md 5B [S18, S12]; the last day is inferred, no source fixes it",
        effect="Lateness was allowed for; the dates themselves and the 5-day notice stood.",
        confirmed=False,
    ),
    RuleVersion(
        name="WT2023",
        since=date(2023, 12, 15),
        governs=NOTIFYING | REVIEWING | CARE_LEAVERS,
        source="rules.md 5B [S7, S27, S38, S39]; areas had until December 2024 to implement",
        effect="Chapter 5: lead and delegated partners; a care leaver's death is notified.",
    ),
    RuleVersion(
        name="WT2023, Panel guidance 2025",
        since=date(2025, 6, 1),
        governs=frozenset({ClockId.K10}),
        source="rules.md 5B [S3]; published in June 2025, the day itself is inferred",
        effect="The 15 working days count from the date the notification was sent.",
    ),
    RuleVersion(
        name="WT2026",
        since=date(2026, 3, 19),
        governs=NOTIFYING | REVIEWING | CARE_LEAVERS,
        source="rules.md 5B [S42]; its review chapter could not be read",
        effect="Check the published chapter before counting by it.",
        confirmed=False,
        advisory=True,
    ),
)

UNBORN_CHILDREN = RuleVersion(
    name="GOV.UK page of December 2025",
    since=date(2025, 12, 1),
    source="rules.md 5B [S7b]; the day itself is inferred, and no statute was read",
    effect="A child who is not born yet may be the subject of a notification.",
    confirmed=False,
)
"""Governs no clock: who may be a subject (checked against the day of the incident)."""

WITHDRAWALS = RuleVersion(
    name="Panel FAQ",
    since=date(2025, 1, 1),
    source="rules.md 5B [S1b]; the page is undated (2025-26), this day is the earliest that it can "
    "have, and no statute was read",
    effect="A rapid review is required unless the notification is later found not to meet the "
    "criteria.",
    confirmed=False,
)
"""Governs no clock: whether a notification may be withdrawn. By it alone none is.

The framework of 2023 knows no withdrawal. A partnership that follows the Panel's page says so in
its policy, and from which day.
"""

# The Panel's page that moved the default from residence to incident is undated ("2025-26").
LEAD_AREA_MOVED = date(2025, 9, 1)


def version_on(clock: ClockId, day: date) -> RuleVersion | None:
    """Return the version to count this clock by; none where the duty did not exist yet.

    The day is the step's trigger (rules.md 5B): notification for the rapid review,
    decision for the review itself. Local clocks have no national version.
    """
    standing = [version for version in _governing(clock, day) if not version.advisory]
    return standing[-1] if standing else None


def effect_of(name: str) -> str:
    """Return what the rule version of that name changes; nothing for a name that is none."""
    return next((version.effect for version in VERSIONS if version.name == name), "")


def advisories_on(clock: ClockId, day: date) -> tuple[RuleVersion, ...]:
    """Return the later versions people should be shown beside the one counted by."""
    return tuple(version for version in _governing(clock, day) if version.advisory)


def exists_on(clock: ClockId, day: date, incident: date | None = None) -> bool:
    """Tell whether a national duty exists: K3b only for events on or after 15 Dec 2023."""
    first_told = min(day, incident) if incident else day
    return version_on(clock, first_told) is not None


def default_lead_area(incident: date, moved: date = LEAD_AREA_MOVED) -> LeadArea:
    """Return the area that leads unless partnerships agree otherwise (RR-28, RR-29)."""
    return LeadArea.INCIDENT if incident >= moved else LeadArea.USUAL_RESIDENCE


def panel_guidance_on(day: date) -> str:
    """Return the Panel's practice guidance in force, which fixes the rapid review template."""
    editions = [name for since, name in PANEL_GUIDANCE if since <= day]
    return editions[-1] if editions else "none"


PANEL_GUIDANCE: tuple[tuple[date, str], ...] = (
    (date(2019, 4, 5), "Panel practice guidance 2019"),
    (date(2022, 9, 1), "Panel practice guidance 2022"),
    (date(2025, 6, 1), "Panel practice guidance 2025"),
)


def _governing(clock: ClockId, day: date) -> list[RuleVersion]:
    return [version for version in VERSIONS if clock in version.governs and version.in_force(day)]
