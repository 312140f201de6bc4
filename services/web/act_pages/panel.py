"""Pages of the Panel's answers, of replies to them, and of a national review beside ours."""

from services.casework.steps.publication import publication_query
from services.casework.steps.rapid_review import (
    local_course,
    panel,
    panel_queries,
    panel_reply,
    pending_followed,
    pending_items,
    supplement,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.workflow import PanelQuery
from services.web.act_pages.act_page import ActPage
from services.web.choices import files_added
from services.web.forms.fields import Choice, Options


def _files(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that were added to the case, one of which may be the Panel's letter."""
    return {"letter_file": files_added(work, case)}


def _which_is_open(work: UnitOfWork, case: Case) -> str:
    """Say which query of the Panel is answered, or that both wait, each for its own answer."""
    found = [label(PanelQuery(one.value)) for one in panel_queries.open_queries(work, case)]
    if len(found) > 1:
        return f"Two wait for an answer: {' and '.join(found)}. Each is answered by itself."
    return "".join(f"What the Panel has open, and this answers: {one}." for one in found)


def _open(work: UnitOfWork, case: Case) -> Options:
    """Offer the queries that wait for an answer."""
    found = [PanelQuery(one.value) for one in panel_queries.open_queries(work, case)]
    return {"query": tuple(Choice(one.value, capital(label(one))) for one in found)}


def _awaited_answers(work: UnitOfWork, case: Case) -> Options:
    """Offer what is still awaited, for the supplement to say what it answers."""
    return {"answers": _awaited(work, case)}


def _awaited_item(work: UnitOfWork, case: Case) -> Options:
    """Offer what is still awaited, one of which is followed up."""
    return {"item": _awaited(work, case)}


def _awaited(work: UnitOfWork, case: Case) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(one.id), one.said.item, f"{capital(label(one.said.kind))}; {one.said.owner}")
        for one in pending_items.awaited_on(work, case)
    )


PAGES = (
    ActPage(
        act=panel.RECORD_ANSWER,
        path="panel/answer",
        title="Record the Panel's answer",
        button="Record the answer",
        done="The Panel's answer is recorded.",
        narrow=_files,
    ),
    ActPage(
        act=publication_query.RECORD_PUBLICATION_QUERY,
        path="panel/publication-query",
        title="Record that the Panel queries the decision on publication",
        button="Record the query",
        done="The query is recorded. The partners reply to it, or challenge it.",
        narrow=_files,
    ),
    ActPage(
        act=panel_reply.REPLY_TO_PANEL,
        path="panel/reply",
        title="Reply to the Panel",
        button="Make the reply",
        done="The reply is being made. It is sent once it stands under “What was sent”.",
        narrow=_open,
        note=_which_is_open,
    ),
    ActPage(
        act=supplement.SUPPLEMENT_REVIEW,
        path="panel/supplement",
        title="Supplement the rapid review",
        button="Make the supplement",
        done="The supplement is being made. It is sent once it stands under “What was sent”.",
        narrow=_awaited_answers,
    ),
    ActPage(
        act=pending_followed.FOLLOW_UP_PENDING,
        path="panel/pending",
        title="Follow up what is awaited",
        button="Keep how it stands",
        done="How it stands is on record.",
        narrow=_awaited_item,
    ),
    ActPage(
        act=local_course.PROPOSE_LOCAL_COURSE,
        path="panel/local-course",
        title="Propose what becomes of the local review beside the national one",
        button="Put it to the partners",
        done="It is with the partners.",
    ),
    ActPage(
        act=panel_reply.LODGE_CHALLENGE,
        path="panel/challenge",
        title="Challenge the Panel's answer",
        button="Lodge the challenge",
        done="The challenge is lodged. What the Panel answers to it is recorded next.",
        narrow=_open,
        note=_which_is_open,
    ),
    ActPage(
        act=panel.END_NATIONAL_REVIEW,
        path="panel/national-review",
        title="Record the end of the national review",
        button="Record the end",
        done="The end of the national review is recorded.",
    ),
)
