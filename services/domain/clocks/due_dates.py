"""What a due date carries, so that anyone can count it again by hand."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.rules import Anchor, ClockId, Unit, in_units
from services.domain.clocks.versions import effect_of
from services.domain.labels import label
from services.domain.working_days import Skipped, written


class Remark(StrEnum):
    """What there is to say about a due date besides how it was counted."""

    CLEAR_DAYS = "clear_days"
    TIGHTER_LIMIT = "tighter_limit"
    COUNTED_OTHERWISE = "counted_otherwise"
    RULE_VERSION = "rule_version"
    CLOSED_EARLY = "closed_early"
    CLOSED_DAYS = "closed_days"
    WINDOW_TOO_LATE = "window_too_late"
    AWARENESS_NOT_STATED = "awareness_not_stated"
    HOLIDAYS_CHANGED = "holidays_changed"
    AGREED_LATER = "agreed_later"
    LISTED_LATER = "listed_later"
    BY_SCHEDULE = "by_schedule"
    KEPT_LONGER = "kept_longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The Europe/London days on which things happened, as far as they have.

    Local clocks hang on the referral, national ones on awareness and notification:
    there is never one start date. ``incident`` decides which duties existed, and starts a count
    only where a partnership counts a national limit from it.
    """

    aware: date | None = None
    referral: date | None = None
    notification: date | None = None
    receipt: date | None = None
    listing: date | None = None
    meeting: date | None = None
    decision: date | None = None
    submission: date | None = None
    publication: date | None = None
    action_due: date | None = None
    closure: date | None = None
    incident: date | None = None

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self)):
            if isinstance(getattr(self, name), datetime):
                raise TypeError(f"{name} is a moment: take its London date first.")

    def on(self, anchor: Anchor) -> date | None:
        """Return the day this happened, if it has."""
        days: dict[Anchor, date | None] = {
            Anchor.INCIDENT: self.incident,
            Anchor.AWARE: self.aware,
            Anchor.REFERRAL: self.referral,
            Anchor.NOTIFICATION: self.notification,
            Anchor.MEETING: self.meeting,
            Anchor.DECISION: self.decision,
            Anchor.SUBMISSION: self.submission,
            Anchor.PUBLICATION: self.publication,
            Anchor.RECEIPT: self.receipt,
            Anchor.LISTING: self.listing,
            Anchor.ACTION: self.action_due,
            Anchor.CLOSURE: self.closure,
        }
        return days[anchor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One remark on a due date, by its code; the name is a policy's or a rule version's."""

    remark: Remark
    name: str = ""
    count: int = 0
    day: date | None = None

    @property
    def text(self) -> str:
        """Say it as a sentence."""
        day = written(self.day) if self.day else ""
        effect = effect_of(self.name)
        return label(self.remark).format(name=self.name, count=self.count, day=day, effect=effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """One duty on one case: its last day, and everything needed to count it again by hand.

    ``opens`` is set for a window; ``target`` is the last working day on or before a due
    date counted in months or calendar days, which falls where it falls. ``code`` and ``title`` are
    those of an extra clock of the partnership.
    """

    clock: ClockId
    anchor: Anchor
    anchored_on: date
    opens: date | None = None
    due: date
    target: date | None = None
    unit: Unit
    length: int
    force: str
    rule: str
    version: str
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()
    code: str = ""
    title: str = ""

    @property
    def duty(self) -> str:
        """Say what is to be done in time."""
        return self.title or label(self.clock)

    @property
    def is_expected_only(self) -> bool:
        """Tell whether it is somebody else's answer, which is expected and owed by no rule."""
        return self.code == PANEL_ANSWER

    def explain(self) -> str:
        """Say in sentences how the date was counted, and by which rule."""
        return f"{self.how_counted()} Rule {self.rule} ({self.force}), version {self.version}."

    def how_counted(self) -> str:
        """Say in sentences how the date was counted, so that a reader can count it again."""
        sentences = [self._trigger(), self._length(), *self._days()]
        if self.target and self.target != self.due:
            sentences.append(
                f"It does not move off a weekend or holiday: aim for {written(self.target)}."
            )
        sentences.extend(note.text for note in self.notes)
        return " ".join(sentences)

    def _trigger(self) -> str:
        return f"Day 0 is {written(self.anchored_on)}, the {label(self.anchor)} in England."

    def _length(self) -> str:
        opening = f"Opens on {written(self.opens)}. " if self.opens else ""
        if self.unit is Unit.SET_DATE:
            return f"{opening}Due on the date set, {written(self.due)}."
        if self.length == 0:
            return f"{opening}Due the same day: {written(self.due)}."
        way = "before" if self.due < self.anchored_on else "after"
        length = in_units(self.length, self.unit)
        return f"{opening}Due {length} {way} day 0: {written(self.due)}."

    def _days(self) -> list[str]:
        numbered = (f"{number}={written(day)}" for number, day in enumerate(self.counted, 1))
        passed = (f"{written(off.day)} ({off.why})" for off in self.skipped)
        return [
            f"{heading}: {', '.join(days)}."
            for heading, days in (("Counted", list(numbered)), ("Skipped", list(passed)))
            if days
        ]
