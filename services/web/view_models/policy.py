"""How a partnership's choices stand beside the national rules, clock by clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.database.partnerships import PolicyVersion, agencies
from services.database.people import names
from services.database.policies import (
    PolicyAnswer,
    adoptions_of,
    policy_answers,
    policy_versions,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.choice_words import warned_on
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, ClockRule, Unit
from services.domain.labels import label
from services.domain.labels.own_words import FRAMEWORK_WORDS
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.ways import CLASSES, DocumentClass, Way
from services.domain.yearly_report import month_name

SET_DATE: Final = "the day that is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One clock: what the rule says, what this partnership chose, and whether it may choose."""

    clock: str
    duty: str
    rule: str
    force: str
    national: str
    here: str
    freedom: str
    is_chosen: bool


def policy_lines(policy: PartnershipPolicy) -> list[PolicyLine]:
    """Return one line for every clock, K1 first."""
    return [_line(clock, policy.rule(clock), policy) for clock in RULES]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClockLine:
    """A step for which the partnership set itself a time: from which event, how long, who hears."""

    name: str
    counts: str
    tells: str


def own_clock_lines(policy: PartnershipPolicy) -> list[OwnClockLine]:
    """Return one line for every clock that no rule sets."""
    return [_own_line(one) for one in policy.clocks_of_its_own]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """One version of a policy as a page tells it."""

    policy: PartnershipPolicy
    lines: list[PolicyLine]
    own_clocks: list[OwnClockLine]
    ways: list[tuple[str, str]]
    words: list[tuple[str, str]]
    warnings: list[tuple[str, str]]
    report_year_begins: str


def policy_view(policy: PartnershipPolicy) -> PolicyView:
    """Gather what a page tells of the policy."""
    return PolicyView(
        policy=policy,
        lines=policy_lines(policy),
        own_clocks=own_clock_lines(policy),
        ways=way_lines(policy),
        words=word_lines(policy),
        warnings=[
            (f"{label(one)} ({one})", capital(warned_on(policy, one)))
            for one in RULES
            if one in policy.warnings
        ],
        report_year_begins=month_name(policy.yearly_report_from),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of the policy: its name, why, who agreed and raised it, and how it stands."""

    number: int
    name: str
    reason: str
    agreed: str
    raised_by: str
    raised_at: datetime | None
    standing: str


def version_lines(work: UnitOfWork) -> list[VersionLine]:
    """Return every version of the policy, newest first (GOV-04)."""
    found = policy_versions(work.session)
    answers = policy_answers(work.session)
    who = {one.raised_by for one in found if one.raised_by is not None}
    known = names(work.session, who | {one.answered_by for one in answers.values()})
    return [
        VersionLine(
            number=one.version,
            name=one.policy["version"],
            reason=one.reason,
            agreed=one.agreed,
            raised_by=known.get(one.raised_by, "") if one.raised_by else "",
            raised_at=one.raised_at,
            standing=_standing(work, one, answers.get(one.version), known),
        )
        for one in found
    ]


def standing_of(work: UnitOfWork, version: PolicyVersion) -> str:
    """Say how one version stands, in a sentence."""
    line = next(one for one in version_lines(work) if one.number == version.version)
    return line.standing if line.standing.endswith(".") else f"{line.standing}."


def _standing(
    work: UnitOfWork, one: PolicyVersion, answer: PolicyAnswer | None, known: Mapping[UUID, str]
) -> str:
    """Say whether the version holds, waits, was refused, or from which day it will hold."""
    if one.version == work.partnership.policy_version:
        standing = "In force"
    elif one.effective_on is None or (answer is not None and one.effective_on <= work.today):
        standing = "Was in force"
    else:
        standing = f"Holds from {weekday_day_month_year(one.effective_on)}"
    if answer is None:
        return standing if one.effective_on is None else "Waits for a second person"
    by = known.get(answer.answered_by, "a person of the partnership")
    if not answer.is_approved:
        return f"Refused by {by}: {answer.reasons}"
    return f"{standing}, applied by {by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionLine:
    """An agency, and its adoption of the version in force if it is on record (GOV-01)."""

    agency: str
    adopted_on: date | None
    decided_by: str


def adoption_lines(work: UnitOfWork) -> list[AdoptionLine]:
    """Return every agency, those that have not adopted the version in force first."""
    found = adoptions_of(work.session, work.partnership.policy_version)
    adopted = {one.agency_id: one for one in found}
    lines = [
        AdoptionLine(
            agency=one.name,
            adopted_on=adopted[one.id].adopted_on if one.id in adopted else None,
            decided_by=adopted[one.id].decided_by if one.id in adopted else "",
        )
        for one in agencies(work.session)
    ]
    return sorted(lines, key=lambda one: one.adopted_on is not None)


def _own_line(extra: ExtraClock) -> OwnClockLine:
    days = f"{extra.length} {label(extra.unit)}" if extra.length else "the same day"
    window = days if extra.opens is None else f"{extra.opens} to {days}"
    told = [label(one) for one in extra.tells] or [label(Recipient.BUSINESS_MANAGER)]
    return OwnClockLine(
        name=extra.name,
        counts=f"{window} after {label(extra.anchor)}" if extra.length else window,
        tells="; ".join(told),
    )


def word_lines(policy: PartnershipPolicy) -> list[tuple[str, str]]:
    """Return what each body is, and what it is called here (E-10)."""
    return [
        (capital(label(body)), policy.own_words.get(body, f"{usual}, as the framework says"))
        for body, usual in FRAMEWORK_WORDS.items()
    ]


def way_lines(policy: PartnershipPolicy) -> list[tuple[str, str]]:
    """Return how documents of each class leave for the national bodies here, and for one alone."""
    usual = [(capital(label(one)), _how(one, policy)) for one in DocumentClass]
    return usual + [
        (f"{capital(label(one))}, to {label(recipient)}", _how(one, policy, recipient))
        for recipient, classes in policy.recipient_ways.items()
        for one in classes
    ]


def _how(
    document_class: DocumentClass, policy: PartnershipPolicy, recipient: Recipient | None = None
) -> str:
    rule = CLASSES[document_class]
    way, *others = policy.ways_of(document_class, recipient)
    is_read = way is Way.ATTACHED and rule.has_free_text
    chosen = f", or {label(Way.COLLECTION)}" if Way.COLLECTION in others else ""
    read_first = ", once a person has read it and confirmed it" if is_read else ""
    return f"{capital(label(way))}{read_first}{chosen}"


def _line(clock: ClockId, rule: ClockRule, policy: PartnershipPolicy) -> PolicyLine:
    length = policy.length(clock)
    is_window = clock is ClockId.K7
    usual, clock_unit = RULES[clock], label(rule.unit)
    national = f"{rule.opens} to {rule.length}" if is_window else str(rule.length)
    here = f"{policy.window_opens} to {policy.window_closes}" if is_window else str(length)
    return PolicyLine(
        clock=clock.value,
        duty=rule.duty,
        rule=rule.rule,
        force=", ".join(map(label, rule.forces)),
        national=f"{national} {label(usual.unit)}" if rule.length else SET_DATE,
        here=f"{_here(rule, f'{here} {clock_unit}', length)}{_or_sooner(clock, policy)}",
        freedom=_freedom(rule),
        is_chosen=national != here
        or rule.unit is not usual.unit
        or clock in policy.counted_otherwise,
    )


def _or_sooner(clock: ClockId, policy: PartnershipPolicy) -> str:
    """Say how else the partnership counts a national limit: the earlier day holds."""
    other = policy.counted_otherwise.get(clock)
    if other is None:
        return ""
    return f", or {other.length} {label(other.unit)} after the {label(other.anchor)} if sooner"


def _here(rule: ClockRule, counted: str, length: int) -> str:
    if rule.unit is Unit.SET_DATE:
        return SET_DATE
    return counted if length else "the same day"


def _freedom(rule: ClockRule) -> str:
    if rule.locked:
        return "Locked: it may be tightened, never loosened"
    return "Local: the partnership may choose"
