"""Pages on which each of the three partners signs, for their own seat."""

from fastapi import APIRouter

from services.casework.steps import sign_off
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.web.act_pages import Act, ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_MATTERS: tuple[tuple[Todo, str, Act, ClockId | None, tuple[EntryType, ...]], ...] = (
    (
        Todo.SIGN_RAPID_REVIEW,
        "Sign off the rapid review",
        sign_off.sign_rapid_review,
        ClockId.K10,
        (EntryType.DECISION_PROPOSED, EntryType.CRITERIA_ANSWERED, EntryType.RECORD_WRITTEN),
    ),
    (
        Todo.SIGN_TERMS,
        "Endorse the terms of reference",
        sign_off.sign_terms,
        None,
        (EntryType.TERMS_AGREED,),
    ),
    (
        Todo.SIGN_REPORT,
        "Endorse and sign off the report",
        sign_off.sign_report,
        ClockId.K11,
        (EntryType.DRAFT_SUBMITTED, EntryType.QUALITY_ASSURED),
    ),
    (
        Todo.SIGN_PUBLICATION,
        "Approve what is published, and when",
        sign_off.sign_publication,
        ClockId.K12,
        (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    ),
    (
        Todo.SIGN_PLAN,
        "Sign off the completed action plan",
        sign_off.sign_plan,
        None,
        (EntryType.PLAN_AGREED, EntryType.ACTION_UPDATED),
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
            entry_type=(EntryType.SIGNED_OFF,),
            stages=frozenset(),
            clock=_clock,
            shows=_shows,
            intro="All three partners sign, each for their own seat; each is heard, and no "
            "position is lost (GOV-11, RR-30).",
        ),
    )
