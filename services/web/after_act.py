"""Where a person goes on once an act is done."""

from uuid import UUID

from services.casework.access.cases import is_open_to_actor
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.addresses import FIRST_PAGE, page_here
from services.web.posted_form import Posted
from services.web.unshown import unshown_query


def after_act(work: UnitOfWork, asked: ActPage, case_id: UUID, posted: Posted) -> str:
    """Return where to go on: where a person who has declared was going, else the case, if open."""
    page_after = f"/cases/{case_id}?done={asked.act.name}{unshown_query(posted)}"
    if not is_open_to_actor(work, case_id):
        page_after = FIRST_PAGE
    elif asked.act.before_declaring and posted.one("next"):
        page_after = page_here(posted.one("next"))
    return page_after
