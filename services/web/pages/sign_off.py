"""Pages on which each of the three partners signs, for their own seat."""

from fastapi import APIRouter

from services.casework import sign_off
from services.domain.clocks import ClockId
from services.domain.history import Happened
from services.domain.roles import Permission
from services.domain.todo import Todo
from services.web.acts import Act, ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_MATTERS: tuple[tuple[Todo, str, Act, ClockId | None, tuple[Happened, ...]], ...] = (
    (
        Todo.SIGN_RAPID_REVIEW,
        "Sign off the rapid review",
        sign_off.sign_rapid_review,
        ClockId.K10,
        (Happened.DECISION_PROPOSED, Happened.CRITERIA_ANSWERED, Happened.RECORD_WRITTEN),
    ),
    (
        Todo.SIGN_TERMS,
        "Endorse the terms of reference",
        sign_off.sign_terms,
        None,
        (Happened.TERMS_AGREED,),
    ),
    (
        Todo.SIGN_REPORT,
        "Endorse and sign off the report",
        sign_off.sign_report,
        ClockId.K11,
        (Happened.DRAFT_SUBMITTED, Happened.QUALITY_ASSURED),
    ),
    (
        Todo.SIGN_PUBLICATION,
        "Approve what is published, and when",
        sign_off.sign_publication,
        ClockId.K12,
        (Happened.PUBLICATION_PLANNED, Happened.PUBLICATION_WITHHELD),
    ),
    (
        Todo.SIGN_PLAN,
        "Sign off the completed action plan",
        sign_off.sign_plan,
        None,
        (Happened.PLAN_AGREED, Happened.ACTION_UPDATED),
    ),
)

for _path, _title, _act, _clock, _shows in _MATTERS:
    act_page(
        router,
        ActPage(
            path=_path,
            title=_title,
            button="Sign",
            done="Your position is recorded.",
            act=_act,
            words=sign_off.Sign,
            permission=Permission.SIGN_OFF,
            happened=(Happened.SIGNED_OFF,),
            stages=frozenset(),
            clock=_clock,
            shows=_shows,
            intro="All three partners sign, each for their own seat; each is heard, and no "
            "position is lost (GOV-11, RR-30).",
        ),
    )
