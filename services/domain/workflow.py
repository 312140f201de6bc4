"""Where a case stands: its stage, the moves allowed from there (rules.md 2.1), and its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words


class Stage(StrEnum):
    """How far the case has come."""

    INVITED = "invited"
    LEAD = "lead"
    REQUESTED = "requested"
    REFERRED = "referred"
    TO_BE_NOTIFIED = "to_be_notified"
    NOT_NOTIFIED = "not_notified"
    LOOKED_AFTER_DEATH = "looked_after_death"
    RAPID_REVIEW = "rapid_review"
    JOINT_REVIEW = "joint_review"
    WITH_PANEL = "with_panel"
    NATIONAL_REVIEW = "national_review"
    COMMISSIONING = "commissioning"
    LOCAL_REVIEW = "local_review"
    PUBLICATION = "publication"
    EMBEDDING = "embedding"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What the rapid review may decide (E-02: any further review of the case is an LCSPR)."""

    LOCAL_REVIEW = "local_review"
    NO_FURTHER_REVIEW = "no_further_review"
    NATIONAL_REVIEW = "national_review"
    NO_LONGER_MET = "no_longer_met"
    ALTERNATIVE_REVIEW = "alternative_review"


class PanelAnswer(StrEnum):
    """What the Panel may answer to a rapid review (rules.md 2.1, outcomes C to E)."""

    AGREES = "agrees"
    QUERIES = "queries"
    RUNS_NATIONAL = "runs_national"
    LOCAL_MORE_APPROPRIATE = "local_more_appropriate"
    NEITHER = "neither"


class PanelQuery(StrEnum):
    """Which decision of the partners the Panel queries (GOV-14, GOV-17)."""

    RAPID_REVIEW = "rapid_review"
    PUBLICATION = "publication"


class LocalCourse(StrEnum):
    """What becomes of a local review while the Panel carries out a national one (GOV-14)."""

    GOES_ON = "goes_on"
    STANDS = "stands"
    ENDS = "ends"


_AFTER_REVIEW = frozenset({Stage.COMMISSIONING, Stage.EMBEDDING, Stage.NATIONAL_REVIEW})
_ELSEWHERE = _AFTER_REVIEW - {Stage.COMMISSIONING} | {Stage.WITH_PANEL, Stage.JOINT_REVIEW}

MOVES: Final[Mapping[Stage, frozenset[Stage]]] = {
    Stage.INVITED: frozenset({Stage.JOINT_REVIEW, Stage.CLOSED}),
    Stage.LEAD: frozenset({Stage.REFERRED, Stage.CLOSED}),
    # An LCSPR may be decided on without a notification: the Panel gets no rapid review then.
    Stage.REQUESTED: frozenset({Stage.REFERRED, Stage.COMMISSIONING, Stage.NOT_NOTIFIED}),
    Stage.REFERRED: frozenset(
        {Stage.TO_BE_NOTIFIED, Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH, Stage.CLOSED}
    ),
    # Back, where the corrected referral leaves nobody under 18: the decision is taken anew.
    # Closed, from here and from a rapid review, as the duplicate of a case that goes on.
    Stage.TO_BE_NOTIFIED: frozenset({Stage.RAPID_REVIEW, Stage.REFERRED, Stage.CLOSED}),
    Stage.NOT_NOTIFIED: frozenset({Stage.REFERRED, Stage.JOINT_REVIEW, Stage.CLOSED}),
    Stage.LOOKED_AFTER_DEATH: frozenset({Stage.REFERRED, Stage.JOINT_REVIEW, Stage.CLOSED}),
    # Back to what is not reviewed, where the notification was withdrawn (5B, decision 0052).
    Stage.RAPID_REVIEW: frozenset(
        {Stage.WITH_PANEL, Stage.JOINT_REVIEW, Stage.NOT_NOTIFIED, Stage.CLOSED}
    ),
    # Joined: the lead carries what is shared; alone again: where its own duties stood; and where
    # the lead stood, when the lead changes.
    Stage.JOINT_REVIEW: _AFTER_REVIEW
    | {Stage.RAPID_REVIEW, Stage.WITH_PANEL, Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.CLOSED},
    Stage.WITH_PANEL: _AFTER_REVIEW | {Stage.JOINT_REVIEW},
    Stage.NATIONAL_REVIEW: frozenset(
        {Stage.EMBEDDING, Stage.COMMISSIONING, Stage.WITH_PANEL, Stage.JOINT_REVIEW}
    ),
    # To its learning where every seat decides against the review, or to the Panel: RR-36.
    Stage.COMMISSIONING: _ELSEWHERE | {Stage.LOCAL_REVIEW},
    Stage.LOCAL_REVIEW: _ELSEWHERE | {Stage.PUBLICATION},
    Stage.PUBLICATION: frozenset({Stage.EMBEDDING, Stage.JOINT_REVIEW}),
    # Back, where later information has every seat decide for a review after all (RR-36).
    Stage.EMBEDDING: frozenset({Stage.CLOSED, Stage.COMMISSIONING, Stage.WITH_PANEL}),
    Stage.CLOSED: frozenset({Stage.REFERRED}),
}


def move(stage: Stage, to: Stage) -> Stage:
    """Return the new stage, or refuse a move that the guidance does not know."""
    if to not in MOVES[stage]:
        raise StepNotOpen(f"A case that is at “{label(stage)}” cannot go to “{label(to)}”.")
    return to


BEFORE_REFERRAL: Final = frozenset({Stage.LEAD, Stage.REQUESTED})
"""Where a case stands that was logged or asked about, and not referred: no duty hangs on it."""

NOT_REVIEWED: Final = frozenset(
    {Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH}
)
"""Where a case stands on which no rapid review has opened."""


def move_when_notified_elsewhere(stage: Stage) -> Stage:
    """Return the stage of a case that leads a joint review whose other area has notified (RR-01).

    The incident is notified then, whatever the lead's own authority has decided (NOT-09, NOT-13).
    """
    return Stage.RAPID_REVIEW if stage in NOT_REVIEWED else stage


def must_stand_at(stage: Stage, *allowed: Stage, doing: str) -> None:
    """Refuse an act whose step is not open, and say when it is."""
    if stage not in allowed:
        when = " or ".join(f"“{label(one)}”" for one in allowed)
        raise StepNotOpen(
            f"You cannot {in_own_words(doing)} now: the case is at “{label(stage)}”. "
            f"It can be done at {when}."
        )


def must_be_an_outcome(outcome: Outcome) -> Outcome:
    """Refuse the review that the guidance no longer knows (LC-09, E-02)."""
    if outcome is Outcome.ALTERNATIVE_REVIEW:
        raise RuleBroken(
            "An alternative learning review cannot be chosen: any further review of the case is "
            "an LCSPR and meets its requirements (LC-09). Choose an LCSPR, or no further review "
            "with the learning shared in briefings, which are not called reviews."
        )
    return outcome


def after_panel(outcome: Outcome, answer: PanelAnswer) -> Stage | None:
    """Return the stage to which the Panel's answer leads; none while partners reconsider.

    A case goes there only where nothing has begun of what the partners decided.

    The decision on a local review stays the partners' (GOV-14), so whatever of it the Panel
    does not share, either way, goes back to them (DEC-04, GOV-17).
    """
    if answer is PanelAnswer.RUNS_NATIONAL:
        return Stage.NATIONAL_REVIEW
    if answer is PanelAnswer.QUERIES:
        return None
    if outcome is Outcome.LOCAL_REVIEW:
        return None if answer is PanelAnswer.NEITHER else Stage.COMMISSIONING
    if answer is PanelAnswer.LOCAL_MORE_APPROPRIATE:
        return None
    if outcome is Outcome.NATIONAL_REVIEW and answer is PanelAnswer.AGREES:
        return Stage.NATIONAL_REVIEW
    return Stage.EMBEDDING


class Step(StrEnum):
    """One step of the guidance, in the order in which the guidance takes them."""

    NOTIFY = "notify"
    SCOPE = "scope"
    MEET = "meet"
    SUBMIT = "submit"
    COMMISSION = "commission"
    PUBLISH = "publish"
    EMBED = "embed"


class StepState(StrEnum):
    """How a step of one case stands."""

    NOT_STARTED = "not_started"
    WORKING = "working"
    WAITING = "waiting"
    COMPLETED = "completed"
    NOT_NEEDED = "not_needed"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How one step stands; the detail counts and never names, as in "2 of 3 partners"."""

    step: Step
    state: StepState
    detail: str = ""
