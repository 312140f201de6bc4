"""Pages of gate G11: the action plan, its progress, the close of the case."""

from services.casework.access.parts import reads_family
from services.casework.steps import closing, family_told
from services.casework.steps.embedding import (
    action_plan,
    action_progress,
    audits,
    briefings,
    plan_review,
    practice,
    themes,
)
from services.casework.steps.own_recommendations import own_noted, plan_begun
from services.casework.steps.plan_standing import plan_to_review
from services.casework.steps.rapid_review.pending_items import awaited_kinds, awaited_on
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.actions_noted import own_actions, practice_noted
from services.web.act_pages.sharing import SHARING_PAGES
from services.web.theme_choices import of_the_case


def _what_the_close_ends(work: UnitOfWork, case: Case) -> str:
    """Say what is awaited, what was to be told and is not on record as told, and not confirmed."""
    said = (_awaited(work, case), untold_to_family(work, case), _never_confirmed(work, case))
    return " ".join(one for one in said if one)


def untold_to_family(work: UnitOfWork, case: Case) -> str:
    """Say what is decided to be shared with the family and not recorded as done (RR-33, DEC-14)."""
    found = ", ".join(label(one) for one in family_told.still_to_tell(work, case))
    said = (
        f"It was decided to share this with the family, and it is not on record as done: {found}."
    )
    return said if found else ""


def _never_confirmed(work: UnitOfWork, case: Case) -> str:
    """Say whose return came by email or telephone and was never confirmed (decision 0048)."""
    named = agency_names(work.session)
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    found = "; ".join(
        named.get(one.agency_id, "An agency")
        for one in asked
        if one.answered is Answered.UNCONFIRMED
    )
    said = (
        f"Received by email or telephone, and never confirmed by the agency: {found}. Its papers "
        "say so, and after the close nobody is asked to confirm it."
    )
    return said if found else ""


def _awaited(work: UnitOfWork, case: Case) -> str:
    """Say what is still awaited with the rapid review: the close ends it unanswered (RR-35)."""
    kinds = awaited_kinds(work, case)
    if not kinds:
        return ""
    items = awaited_on(work, case) if reads_family(work, case.id) else ()
    read = [(one.said.kind, one.said.item) for one in items]
    said = [f"{capital(label(kind))}: {item}" for kind, item in read]
    unread = [capital(label(kind)) for kind in kinds if kind not in {one for one, _ in read}]
    found = " ".join(f"{one.rstrip('.')}." for one in (*said, *unread))
    return f"Still awaited with the rapid review, and followed up no more after the close: {found}"


PAGES = (
    ActPage(
        act=family_told.RECORD_FAMILY_TOLD,
        path="learning/family",
        title="Record what the family was told",
        button="Record it",
        done="What the family was told is on record.",
    ),
    ActPage(
        act=action_plan.PROPOSE_PLAN,
        path="learning/plan",
        title="Propose the action plan",
        button="Put the plan to the partners",
        done="The action plan is put to the partners. It is in force once all of them agree on it.",
        prefill=plan_begun,
        note=own_noted,
    ),
    ActPage(
        act=action_progress.UPDATE_ACTION,
        path="learning/action",
        title="Report progress on an action",
        button="Record the progress",
        done="The progress is recorded.",
        note=own_actions,
    ),
    ActPage(
        act=plan_review.REVIEW_PLAN,
        path="learning/review",
        title="Review the action plan",
        button="Record the review",
        done="The review of the plan is recorded.",
        prefill=plan_to_review,
    ),
    ActPage(
        act=briefings.WRITE_BRIEFING,
        path="learning/briefing",
        title="Write the briefing on the learning",
        button="Keep the briefing",
        done="The briefing is kept, and its papers are made.",
        prefill=briefings.briefing_on_record,
    ),
    *SHARING_PAGES,
    ActPage(
        act=audits.ASK_FOR_AUDIT,
        path="learning/audit/ask",
        title="Ask for an audit of an action",
        button="Ask for the audit",
        done="The audit is asked for. The case is not closed before it is recorded.",
    ),
    ActPage(
        act=audits.RECORD_AUDIT,
        path="learning/audit",
        title="Record an audit of an action",
        button="Record the audit",
        done="The audit is recorded, and its report is made.",
    ),
    ActPage(
        act=practice.RECORD_PRACTICE,
        path="learning/practice",
        title="Record what is seen in practice",
        button="Record it",
        done="What is seen in practice is on record.",
        note=practice_noted,
    ),
    ActPage(
        act=closing.CLOSE,
        path="learning/close",
        title="Close the case",
        button="Close the case",
        done="The case is closed.",
        note=_what_the_close_ends,
    ),
    ActPage(
        act=themes.NAME_THEMES,
        path="learning/themes",
        title="Name the themes of the case",
        button="Keep the themes",
        done="The themes of the case are kept. They are counted under Trends.",
        prefill=themes.named_last,
        narrow=of_the_case,
    ),
)
