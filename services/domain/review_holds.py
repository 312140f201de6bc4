"""The hold on a child death overview panel while a child's death is reviewed here (GOV-06).

The panel gathers information all the while. Only its final consideration waits for the end of the
rapid review and of a local review; by the policy the former ends with its submission to the
national Panel, or with that Panel's answer.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.clocks.policy import CdopRelease
from services.domain.workflow import Outcome, Stage


class HoldReason(StrEnum):
    """Why the final consideration waits, or waits no longer."""

    RAPID_REVIEW = "rapid_review"
    LOCAL_REVIEW = "local_review"
    SUBMITTED = "submitted"
    CONCLUDED = "concluded"
    NO_DEATH = "no_death"


_RAPID: Final = frozenset({Stage.RAPID_REVIEW, Stage.JOINT_REVIEW, Stage.WITH_PANEL})
_LOCAL: Final = frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION})
HELD_AT: Final = _RAPID | _LOCAL | {Stage.NATIONAL_REVIEW, Stage.EMBEDDING}
"""Where a case may stand while the final consideration waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOfDeath:
    """How far the reviews of an incident are, as far as the hold hangs on it.

    ``outcome`` is the local review for as long as one that was decided on has not ended. The
    learning of a rapid review may be acted on while it ``awaits_panel``.
    """

    a_child_died: bool
    stage: Stage
    outcome: Outcome | None
    release: CdopRelease
    awaits_panel: bool

    @property
    def is_held(self) -> bool:
        """Tell whether the panel's final consideration is to wait now."""
        reviewed = self._is_rapid or self._is_local
        return self.a_child_died and reviewed and not self._ends_by_submission

    @property
    def reason(self) -> HoldReason:
        """Say why it waits now, or why it does not wait any longer."""
        if not self.a_child_died:
            return HoldReason.NO_DEATH
        if self._ends_by_submission:
            return HoldReason.SUBMITTED
        if self._is_local:
            return HoldReason.LOCAL_REVIEW
        return HoldReason.RAPID_REVIEW if self._is_rapid else HoldReason.CONCLUDED

    @property
    def _is_rapid(self) -> bool:
        """Tell whether the rapid review goes on, or by the policy until the Panel has answered."""
        ends_by_answer = self.release is CdopRelease.PANEL_RESPONSE
        is_local = self.outcome is Outcome.LOCAL_REVIEW
        unanswered = self.stage is Stage.EMBEDDING and self.awaits_panel and not is_local
        return self.stage in _RAPID or (unanswered and ends_by_answer)

    @property
    def _is_local(self) -> bool:
        """Tell whether a local review is under way, or waits beside a national one (GOV-14)."""
        beside = self.stage is Stage.NATIONAL_REVIEW and self.outcome is Outcome.LOCAL_REVIEW
        return beside or self.stage in _LOCAL

    @property
    def _ends_by_submission(self) -> bool:
        """Tell whether the rapid review is concluded already: no local review follows it."""
        is_submitted = self.stage is Stage.WITH_PANEL and self.outcome is not Outcome.LOCAL_REVIEW
        return is_submitted and self.release is CdopRelease.SUBMISSION
