"""When people are warned and how documents leave, as the form of a policy says it (5A)."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.casework.policy_questions import ProposePolicy
from services.casework.policy_rows import WarningDay, WaySent
from services.domain.clocks.policy import ClassWays, PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit, in_units
from services.domain.clocks.sharing_policy import SharingPolicy, why_no_website
from services.domain.errors import AnswerRefused
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.ways import CLASSES, DocumentClass, Way, why_not_stricter

# Of the others the last day is another one than their length says, or is set by a person.
_END_BY_LENGTH: Final = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_MONTHS})


def warnings_said(rows: tuple[WarningDay, ...]) -> dict[ClockId, tuple[int, ...]]:
    """Return the days on which people are warned, by clock; a row without a day warns on none.

    Raises AnswerRefused at the row that says a day twice, or a day and none.
    """
    told: dict[ClockId, list[int | None]] = {}
    for number, row in enumerate(rows):
        days, field = told.setdefault(row.clock, []), f"warnings-{number}-day"
        if row.day in days:
            raise AnswerRefused(field, f"This is said twice of {row.clock}.")
        if days and None in {row.day, *days}:
            raise AnswerRefused(field, f"Say of {row.clock} either days, or no day at all.")
        days.append(row.day)
    return {clock: tuple(one for one in days if one is not None) for clock, days in told.items()}


def must_warn_in_time(policy: PartnershipPolicy, rows: tuple[WarningDay, ...]) -> None:
    """Refuse a warning that would come after the last day of its limit."""
    for number, row in enumerate(rows):
        rule, length = policy.rule(row.clock), policy.length(row.clock)
        if rule.backward or rule.unit not in _END_BY_LENGTH or row.day is None:
            continue
        if row.day > length:
            raise AnswerRefused(
                f"warnings-{number}-day",
                f"{capital(label(row.clock))} ({row.clock}) runs for "
                f"{in_units(length, rule.unit)}: a later warning would come after its last day.",
            )


def as_warning_rows(policy: PartnershipPolicy) -> tuple[WarningDay, ...]:
    """Return the rows with which the form opens, in the order of the clocks."""
    return tuple(
        WarningDay(clock=clock, day=day)
        for clock in RULES
        if clock in policy.warnings
        for day in policy.warnings[clock] or (None,)
    )


def sharing_said(command: ProposePolicy) -> SharingPolicy:
    """Return who is told and where learning is found; AnswerRefused at an address that is none."""
    if command.website is not None and (why := why_no_website(command.website)):
        raise AnswerRefused("website", why)
    return SharingPolicy(
        scrutineer_copied=command.scrutineer_copied,
        sharing_formats=command.sharing_formats,
        website=command.website,
    )


def ways_said(
    rows: tuple[WaySent, ...],
) -> tuple[dict[DocumentClass, tuple[Way, ...]], dict[Recipient, ClassWays]]:
    """Return the ways of each class, and those of one body alone; what is as usual is no choice.

    Raises AnswerRefused at the row that says the same twice, or a way that is not allowed.
    """
    of_all: dict[DocumentClass, tuple[Way, ...]] = {}
    of_one: dict[Recipient, dict[DocumentClass, tuple[Way, ...]]] = {}
    for number, row in sorted(enumerate(rows), key=lambda one: one[1].to is not None):
        known = CLASSES[row.documents].ways
        said = of_all if row.to is None else of_one.setdefault(row.to, {})
        if row.to is not None:
            known = of_all.get(row.documents, known)
        if row.documents in said:
            raise AnswerRefused(f"ways-{number}-documents", "These are named twice.")
        said[row.documents] = _allowed(number, row, known)
    national = {one: rule.ways for one, rule in CLASSES.items()}
    return {one: ways for one, ways in of_all.items() if ways != national[one]}, {**of_one}


def _allowed(number: int, row: WaySent, known: tuple[Way, ...]) -> tuple[Way, ...]:
    if row.otherwise is row.usual:
        raise AnswerRefused(f"ways-{number}-otherwise", "Name another way, or leave it empty.")
    ways = (row.usual,) if row.otherwise is None else (row.usual, row.otherwise)
    why = why_not_stricter(row.documents, ways, known)
    if why:
        wrong = "otherwise" if row.usual in known and row.otherwise is not None else "usual"
        raise AnswerRefused(f"ways-{number}-{wrong}", capital(why))
    return ways


def as_way_rows(policy: PartnershipPolicy) -> tuple[WaySent, ...]:
    """Return the rows with which the form opens: first those of all bodies, then of one alone."""
    return (
        *_rows_of(policy.ways, None),
        *(
            row
            for body in Recipient
            if body in policy.recipient_ways
            for row in _rows_of(policy.recipient_ways[body], body)
        ),
    )


def _rows_of(
    ways: Mapping[DocumentClass, tuple[Way, ...]], body: Recipient | None
) -> Iterator[WaySent]:
    for one in DocumentClass:
        if one in ways:
            usual, *others = ways[one]
            yield WaySent(
                documents=one, usual=usual, otherwise=others[0] if others else None, to=body
            )
