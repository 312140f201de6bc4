"""What is said when a case is closed, and what is kept of it."""

from pydantic import Field

from services.casework.commands import Command, LongText
from services.domain.pending_items import PendingKind


class CloseSaid(Command):
    """What is said at the close, as it is kept; of an earlier one no assurance is known."""

    audit: LongText | None = Field(
        default=None,
        title="Which audit or assurance was there beside those on record, and what did it show?",
    )
    sustained: LongText = Field(title="How will the improvement be sustained? (EMB-09)")
    assured: LongText | None = Field(default=None, title="How are the partners' leaders assured?")


class Close(CloseSaid):
    """The close of the case at the Executive, on which all partners have decided (EMB-05, G11)."""

    assured: LongText = Field(
        title="How are the partners' leaders assured that practitioners work in the changed way? "
        "(EMB-12)"
    )


class CaseClosed(CloseSaid):
    """What is kept of it: beside the words, what the close leaves unanswered.

    It is kept by its kind alone, which the todos tell too: the words stand in the decision.
    """

    still_awaited: tuple[PendingKind, ...] = Field(
        default=(), title="What of the rapid review was still awaited? (RR-35)"
    )


class CloseUnreviewed(Command):
    """Why a case ends without a review, and what is learned all the same (rules.md 2.1 a, b)."""

    reasons: LongText = Field(title="Why does the case end here?")
    learning: LongText = Field(
        title="What local learning follows, if any?", description="It is not sent to the Panel."
    )
