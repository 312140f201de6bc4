"""Pages of gates G6 and G7: terms of reference, the lead reviewer, declarations."""

from fastapi import APIRouter

from services.casework.steps import commissioning, review_opening
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_COMMISSIONING = frozenset({Stage.COMMISSIONING})

act_page(
    router,
    ActPage(
        path=Todo.AGREE_TERMS,
        title="Draw up the terms of reference",
        button="Put them to the three partners",
        done="The terms of reference are with the three partners.",
        act=commissioning.agree_terms,
        words=commissioning.AgreeTerms,
        permission=Permission.COMMISSION,
        entry_type=(EntryType.TERMS_AGREED,),
        stages=_COMMISSIONING,
        clock=ClockId.K11,
        shows=(EntryType.DECISION_PROPOSED,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.APPOINT_REVIEWER,
        title="Appoint the lead reviewer",
        button="Appoint",
        done="The lead reviewer is appointed.",
        act=commissioning.appoint_reviewer,
        words=review_opening.AppointReviewer,
        permission=Permission.COMMISSION,
        entry_type=(EntryType.REVIEWER_APPOINTED,),
        stages=_COMMISSIONING | {Stage.LOCAL_REVIEW},
        clock=ClockId.K11,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.DECLARE,
        title="Declare conflicts and agree confidentiality",
        button="Declare",
        done="Your declaration is recorded.",
        act=commissioning.declare,
        words=commissioning.Declare,
        permission=Permission.DECLARE,
        entry_type=(EntryType.DECLARED,),
        stages=_COMMISSIONING | {Stage.RAPID_REVIEW, Stage.LOCAL_REVIEW},
    ),
)
