"""One decision with all that it is about, opened: every version, every view, every position."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.casework.joint.matters import bearer_of, entries_said
from services.casework.labels import label
from services.casework.steps.rounds.sign_off_rounds import newest_round
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.plain_text import capital
from services.domain.questions import AskedAbout, ThingAsked
from services.domain.sign_off import SAID_IN, SignOffMatter
from services.web.timeline import Told, tell
from services.web.view_models.questions import QuestionsBeside, questions_about
from services.web.view_models.said_before import tell_of_lead
from services.web.view_models.sign_offs import MatterLine, matter_line

NOTIFYING: Final = "notification"
_ON_NOTIFYING: Final = (
    EntryType.AWARENESS_RECORDED,
    EntryType.AWARENESS_CORRECTED,
    EntryType.DISCUSSION_RECORDED,
    EntryType.VIEW_GIVEN,
    EntryType.NOTIFY_DECIDED,
    EntryType.NOTIFICATION_RECORDED,
    EntryType.NOTIFICATION_WITHDRAWN,
)
_OF_PANEL: Final = (
    EntryType.PANEL_ANSWERED,
    EntryType.CHALLENGE_LODGED,
    EntryType.PANEL_REPLIED,
    EntryType.REVIEW_SUPPLEMENTED,
)
_AFTERWARDS: Final = {SignOffMatter.RAPID_REVIEW: _OF_PANEL}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What is decided, where each partner stands, and all that was said of it, newest first.

    ``kept`` is what was told in somebody's own words, on whichever side.
    """

    title: str
    line: MatterLine | None
    told: list[Told]
    kept: tuple[SignOff | Entry, ...]
    questions: QuestionsBeside | None


def decision_view(work: UnitOfWork, case: Case, which: str) -> DecisionView:
    """Return it to who reads the whole case; NotFound where nothing of that name was put."""
    if which == NOTIFYING:
        return _notifying(work, case)
    matter = next((one for one in SignOffMatter if one.value == which), None)
    number = newest_round(work, case, matter) if matter else 0
    if matter is None or not number:
        raise NotFound("Nothing of that name was put to the partners.")
    line = matter_line(work, case, matter, number)
    said = entries_said(work, case, matter, *SAID_IN[matter])
    after = all_of(work.session, case.id, *_AFTERWARDS.get(matter, ()))
    is_own = bearer_of(work, case, matter).is_own(case)
    told = tell(work, said) if is_own else tell_of_lead(work, said)
    thing = ThingAsked(kind=AskedAbout.DECISION, key=matter.value)
    return DecisionView(
        title=capital(label(matter)),
        line=line,
        told=[*tell(work, after)[::-1], *told[::-1]],
        kept=(*line.said, *said),
        questions=questions_about(work, case, thing),
    )


def has_begun_notifying(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anything was said about notifying the Panel."""
    return bool(_said_on_notifying(work, case))


def _notifying(work: UnitOfWork, case: Case) -> DecisionView:
    said = _said_on_notifying(work, case)
    return DecisionView(
        title="Whether to notify the Panel",
        line=None,
        told=tell(work, said)[::-1],
        kept=tuple(said),
        questions=None,
    )


def _said_on_notifying(work: UnitOfWork, case: Case) -> Sequence[Entry]:
    return all_of(work.session, case.id, *_ON_NOTIFYING)
