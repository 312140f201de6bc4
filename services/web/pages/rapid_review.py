"""Pages of gates G4 and G5: the record, the criteria, the decision, the submission."""

from fastapi import APIRouter

from services.casework.steps import rapid_review
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_REVIEWING = frozenset({Stage.RAPID_REVIEW})
_DECIDING = _REVIEWING | {Stage.WITH_PANEL}

act_page(
    router,
    ActPage(
        path=Todo.WRITE_RECORD,
        title="Write the rapid review record",
        button="Keep the record",
        done="The rapid review record is written.",
        act=rapid_review.write_record,
        words=rapid_review.WriteRecord,
        permission=Permission.WRITE_RAPID_REVIEW,
        entry_type=(EntryType.RECORD_WRITTEN,),
        stages=_DECIDING,
        clock=ClockId.K8,
        shows=(EntryType.MEETING_HELD,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.ANSWER_CRITERIA,
        title="Answer the eight criteria",
        button="Keep the answers",
        done="The criteria are answered.",
        act=rapid_review.answer_criteria,
        words=rapid_review.AnswerCriteria,
        permission=Permission.WRITE_RAPID_REVIEW,
        entry_type=(EntryType.CRITERIA_ANSWERED,),
        stages=_DECIDING,
        clock=ClockId.K8,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.PROPOSE_DECISION,
        title="Propose the decision to the partners",
        button="Put it to the three partners",
        done="The decision is with the three partners.",
        act=rapid_review.propose_decision,
        words=rapid_review.ProposeDecision,
        permission=Permission.WRITE_RAPID_REVIEW,
        entry_type=(EntryType.DECISION_PROPOSED,),
        stages=_DECIDING,
        clock=ClockId.K10,
        shows=(EntryType.CRITERIA_ANSWERED, EntryType.PANEL_ANSWERED),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.SUBMIT,
        title="Submit the rapid review to the Panel",
        button="Record the submission",
        done="The rapid review is with the Panel.",
        act=rapid_review.submit,
        words=rapid_review.Submit,
        permission=Permission.SUBMIT_TO_PANEL,
        entry_type=(EntryType.RAPID_REVIEW_SUBMITTED,),
        stages=_REVIEWING,
        clock=ClockId.K10,
        shows=(EntryType.DECISION_PROPOSED,),
    ),
)
act_page(
    router,
    ActPage(
        path="rapid-review/lateness",
        title="Tell the Panel that the rapid review will be late",
        button="Tell the Panel's secretariat",
        done="The Panel's secretariat is being told.",
        act=rapid_review.tell_lateness,
        words=rapid_review.TellLateness,
        permission=Permission.SUBMIT_TO_PANEL,
        entry_type=(EntryType.LATENESS_TOLD,),
        stages=_REVIEWING,
        clock=ClockId.K10,
    ),
)
