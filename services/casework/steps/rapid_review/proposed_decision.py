"""The decision of a rapid review as it is put to the partners, and what has to hold together."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    LongText,
    Rows,
    ShortText,
    Under,
    YesNo,
)
from services.casework.steps.decision_grounds import (
    FEW,
    NO_LCSPR,
    Benefit,
    KeyLines,
    Sought,
    WhyFifth,
    must_have_key_lines,
    must_say_purpose,
)
from services.casework.steps.rapid_review.pending_items import (
    PendingItem,
    must_be_apart,
    still_pending,
)
from services.casework.steps.reasons_shared import ReasonsShared, must_say_how_shared
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.criteria import NotificationCriterion
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.workflow import Outcome, must_be_an_outcome


class PlannedAction(Command):
    """One action of the plan inside the rapid review (RR-31)."""

    action: LongText = Field(title="What will be done")
    owner: ShortText = Field(title="By which agency")
    by_when: Day = Field(title="By when")


class AgencyLearning(Command):
    """What one agency learns from the rapid review (RR-06, RR-12)."""

    agency: AgencyChoice = Field(title="For which agency?")
    learning: LongText = Field(title="What is its learning?")


class ReviewDecision(Command):
    """What the partners decide on the rapid review, and why (RR-04, RR-11, DEC-11 to DEC-13)."""

    outcome: Outcome = Field(title="What do the partners decide?")
    notification_met: YesNo = Field(
        title="Are the criteria for notification still met? (DEC-12)",
        description="Abuse or neglect of a child is known or suspected, and the child has died or "
        "been seriously harmed. Where they are not, an LCSPR may still be decided on.",
    )
    no_longer_met: tuple[NotificationCriterion, ...] = Field(
        default=(), title="If not: which of them is no longer met?"
    )
    criteria_met: YesNo = Field(
        title="Are the criteria for an LCSPR met? (RR-11)",
        description="Those that were answered one by one (DEC-01 to DEC-08), not those for "
        "notification.",
    )
    grounds: LongText = Field(title="Grounds, or why not")
    rationale: LongText | None = Field(
        default=None,
        title="If an LCSPR although criteria are not met: why? (DEC-12)",
        description="What potential for further learning there still is, and the rationale.",
    )
    benefit: Benefit = None
    sought: Sought = ()
    key_lines: KeyLines = Field(
        default=(), title="Key lines of enquiry, if an LCSPR", description=FEW
    )
    why_fifth: WhyFifth = None
    model: ShortText | None = Field(
        default=None,
        title="If an LCSPR: which model of review is proposed? (RR-55)",
        description="Such as one led by an independent reviewer, or a shorter, proportionate one. "
        "Whatever it is, it is called an LCSPR.",
    )
    methodology: LongText | None = Field(
        default=None,
        title="If an LCSPR: which methodology is proposed, and why? (RR-55)",
        description="The terms of reference open with it, and may settle on another.",
    )
    timescale: LongText | None = Field(
        default=None,
        title="If an LCSPR: which timescale is proposed? (RR-55)",
        description="To its publication, by the last day of the review (LC-13).",
    )
    learning: LongText = Field(title="How is the learning shared and acted on?")
    agency_learning: Annotated[tuple[AgencyLearning, ...], Rows(3, "agency")] = Field(
        default=(),
        title="Learning for single agencies",
        description="Each agency reads its own with the outcome, and no other agency's (RR-50).",
    )
    actions: Annotated[tuple[PlannedAction, ...], Rows(3, "action")] = Field(
        default=(), title="Action plan", description="Needed where there is no LCSPR (RR-31)."
    )
    pending: Annotated[tuple[PendingItem, ...], Rows(3, "thing awaited")] = Field(
        default=(),
        title="Significant information still pending",
        description="Such as toxicology, charges or a prognosis: it is told to the Panel, stays on "
        "the case as awaited, and follows as a supplement (RR-35).",
    )
    shares_learning: Annotated[YesNo, Under("Who is told why")] = Field(
        title="Is the learning shared with the family? (RR-33)"
    )


class ProposeDecision(ReasonsShared, ReviewDecision):
    """The decision the partners are asked to sign (RR-04, RR-11, DEC-11)."""


def must_hold_together(case: Case, said: ProposeDecision) -> None:
    """Refuse a decision that lacks what its outcome needs, or that contradicts itself."""
    must_be_an_outcome(said.outcome)
    is_local = said.outcome is Outcome.LOCAL_REVIEW
    must_have_key_lines(case, said.key_lines, said.why_fifth, is_needed=is_local)
    must_say_purpose(said.benefit, said.sought, is_needed=is_local)
    _must_propose_for_review(said, is_local=is_local)
    must_be_apart(said.pending)
    if not is_local and not said.actions:
        raise AnswerRefused("actions", "Enter the action plan: there is no LCSPR (RR-31).")
    _must_say_which(said)
    _must_fit_notification(said)
    _must_say_why_all_the_same(said, is_local=is_local)
    must_say_how_shared(said)


def _must_propose_for_review(said: ProposeDecision, *, is_local: bool) -> None:
    """Refuse a model, methodology or timescale for a review that there is not to be (RR-55)."""
    for field in ("model", "methodology", "timescale"):
        if getattr(said, field) and not is_local:
            raise AnswerRefused(field, NO_LCSPR)


def _must_say_which(said: ProposeDecision) -> None:
    """Refuse that criteria for notification are no longer met without which (DEC-12)."""
    if not said.notification_met and not said.no_longer_met:
        raise AnswerRefused("no_longer_met", "Say which of them is no longer met (DEC-12).")
    if said.notification_met and said.no_longer_met:
        raise AnswerRefused(
            "no_longer_met", "You have answered that the criteria for notification are still met."
        )


def _must_say_why_all_the_same(said: ProposeDecision, *, is_local: bool) -> None:
    """Refuse an LCSPR although criteria are not met without a rationale (DEC-12)."""
    are_met = said.notification_met and said.criteria_met
    if is_local and not are_met and not said.rationale:
        raise AnswerRefused("rationale", "Say why there is an LCSPR all the same (DEC-12).")
    if said.rationale and not is_local:
        raise AnswerRefused("rationale", NO_LCSPR)
    if said.rationale and are_met:
        raise AnswerRefused("rationale", "You have answered that all the criteria are met.")


def _must_fit_notification(said: ProposeDecision) -> None:
    """Refuse an outcome that says otherwise of the notification than the answer (DEC-12).

    Without a review there are two outcomes, of which one says that they lapsed: it is chosen then.
    Of a national review no rule asks for a word on that, and whether there is one is the Panel's.
    """
    if said.outcome is Outcome.NO_LONGER_MET and said.notification_met:
        raise AnswerRefused(
            "notification_met", "This outcome says that they are no longer met (DEC-12)."
        )
    if said.outcome is Outcome.NO_FURTHER_REVIEW and not said.notification_met:
        raise AnswerRefused(
            "outcome", "Choose that the criteria for notification are no longer met (DEC-12)."
        )


def decision_on_record(work: UnitOfWork, case: Case) -> ProposeDecision | None:
    """Return what was put to the partners last, with which a later proposal opens (GOV-14, RR-36).

    What was pending and is settled meanwhile is left out. Nothing where the actor does not read it.
    """
    put = all_of(work.session, case.id, EntryType.DECISION_PROPOSED)[-1:]
    if not put:
        return None
    said = ProposeDecision.model_validate(put[0].command)
    return said.model_copy(update={"pending": still_pending(work, case, said.pending)})
