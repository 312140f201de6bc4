"""What is said of a plan as it is put, of its progress, its reviews and its audits (Doc 18)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
)
from services.domain.actions import AuditFinding, ImpactAuditBy, Progress, Rating, Recheck

_NUMBER = Field(title="Number of the action", ge=1, le=999)
_RATED = "How do you rate it?"
_WHY_RATED = "What is the reason for the rating?"
_RATING = Field(title=_RATED)
_REASON = Field(title=_WHY_RATED)
_CARRIED_OUT = NeededWhen("if it was carried out")

SHARED = Field(
    title="How is the learning shared?",
    description="Meetings, workshops, briefings. A briefing is not called a review (LC-09).",
)


OWN_NUMBER = Field(
    default=None,
    title="Which recommendation of that agency to itself does it take over?",
    description="Its number. Leave this empty where it answers the review's learning.",
    ge=1,
    le=99,
)


class ActionOfPlan(Command):
    """One action as it is kept; of one that was put before posts were asked for none is known."""

    recommendation: LongText = Field(title="Recommendation or learning it answers")
    action: LongText = Field(title="Action")
    agency: AgencyChoice = Field(title="Which agency owns it?")
    own: int | None = OWN_NUMBER
    owner: ShortText | None = Field(default=None, title="Which post there answers for it?")
    measure: LongText = Field(title="How will we know that it made a difference?")
    last_day: Day = Field(title="By when?")


class NotTakenOver(Command):
    """What an agency recommended to itself, and why the plan does not take it over (EMB-08)."""

    agency: AgencyChoice = Field(title="Which agency recommended it to itself?")
    number: int = Field(title="Which of its recommendations, by number?", ge=1, le=99)
    why: LongText = Field(title="Why does the plan not take it over?")


class NotTakenKept(NotTakenOver):
    """What is kept of it: with its words, as the agency's report says them."""

    what: LongText = Field(title="What did the agency recommend to itself?")


class PlanPut(Command):
    """A plan as it is kept; of one that was put before its day was asked for none is known."""

    actions: Annotated[tuple[ActionOfPlan, ...], Rows(4, "action")] = Field(title="Actions")
    not_taken: Annotated[tuple[NotTakenKept, ...], Rows(2, "recommendation")] = Field(
        default=(), title="Which own recommendations of agencies are not taken over, and why?"
    )
    dissemination: LongText = SHARED
    review_on: Day | None = Field(default=None, title="By which day is the plan reviewed?")


class NewAction(ActionOfPlan):
    """One action: what, by whom, by when, and how we shall know (Doc 18)."""

    owner: ShortText = Field(
        title="Which post there answers for it?",
        description="Such as head of safeguarding: the post, and no name.",
    )


class ProposePlan(Command):
    """The action plan and how the learning is shared, put to the partners (EMB-03, EMB-07).

    It is in force once all of them agree on it; its owners are asked to act from then on (GOV-11).
    """

    actions: Annotated[tuple[NewAction, ...], Rows(4, "action")] = Field(title="Actions")
    not_taken: Annotated[tuple[NotTakenOver, ...], Rows(2, "recommendation")] = Field(
        default=(),
        title="Which own recommendations of agencies are not taken over, and why?",
        description="Each of them stands in an action of its agency, by its number, or here.",
    )
    dissemination: LongText = SHARED
    review_on: Day = Field(
        title="By which day does the review group review the plan?",
        description="Each review sets the day of the next one (EMB-04).",
    )


class ActionReported(Command):
    """Progress as it is kept; what was reported before ratings were asked for has none."""

    number: int = _NUMBER
    progress: Progress = Field(title="How does it stand?")
    rating: Rating | None = Field(default=None, title=_RATED)
    rating_reason: LongText | None = Field(default=None, title=_WHY_RATED)
    evidence: LongText = Field(title="Evidence of what changed, or why the risk is accepted")


class UpdateAction(ActionReported):
    """Progress on one action: how it is rated and why, and the evidence (EMB-08, Doc 18)."""

    rating: Rating = _RATING
    rating_reason: LongText = _REASON


class ActionRated(Command):
    """How one open action is rated when the plan is reviewed."""

    number: int = _NUMBER
    rating: Rating = _RATING
    rating_reason: LongText = _REASON


class ReviewPlan(Command):
    """A review of the plan: each action that is open is rated, and the next review is set (EMB-04).

    The form opens with a row for each open action.
    """

    reviewed_on: Day = Field(title="When was the plan reviewed?")
    ratings: Annotated[tuple[ActionRated, ...], Rows(1, "open action")] = Field(
        title="How the open actions go"
    )
    decided: LongText = Field(title="What was found and decided, and who follows it up?")
    next_on: Day = Field(title="By which day is the plan reviewed next?")


class OpenAction(Command):
    """An open action as the form of a review opens with it: how it was rated last, if it was."""

    number: int = _NUMBER
    rating: Rating | None = Field(default=None, title="How was it rated last?")


class PlanToReview(Command):
    """What the form of a review opens with."""

    ratings: tuple[OpenAction, ...] = Field(title="The open actions")


class AskForAudit(Command):
    """An audit of the effect of an action, asked for by the partners or the group (EMB-06).

    The case is not closed before it is recorded.
    """

    number: int = _NUMBER
    audit: ImpactAuditBy = Field(title="Which audit is asked for?")
    question: LongText = Field(title="What should it find out?")
    by_when: Day = Field(title="By when?")


class RecordAudit(Command):
    """An audit of the effect of an action, and whether the improvement lasts (EMB-06, EMB-09).

    What is not sustained is open again, and is done again by its owner. An audit that was asked for
    and is not carried out is recorded with the reason.
    """

    number: int = _NUMBER
    audit: ImpactAuditBy = Field(title="Which audit was it?")
    audited_on: Annotated[Day | None, _CARRIED_OUT] = Field(
        default=None, title="On which day was it completed?"
    )
    auditors: Annotated[LongText | None, _CARRIED_OUT] = Field(
        default=None,
        title="Who audited, and for which agencies?",
        description="By post and agency: no name.",
    )
    sample: Annotated[LongText | None, _CARRIED_OUT] = Field(
        default=None,
        title="What was looked at, and how much of it?",
        description="Such as how many records of which period, or how many practitioners. No name.",
    )
    found: LongText = Field(title="What was found, or why was it not carried out?")
    finding: AuditFinding = Field(title="Does the improvement last?")
    recheck: Annotated[Recheck | None, NeededWhen("if it lasts")] = Field(
        default=None, title="When is it looked at again?"
    )
    no_recheck: Annotated[LongText | None, NeededWhen("if it is not looked at again")] = Field(
        default=None, title="Why is it not looked at again?"
    )
    again_by: Annotated[Day | None, NeededWhen("if it does not last")] = Field(
        default=None, title="By when is the action to be done again?"
    )


class AuditRecorded(RecordAudit):
    """What is kept of it: with the day of the next look."""

    recheck_on: Day | None = Field(default=None, title="When is it looked at again?")
