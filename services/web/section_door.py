"""What becomes of a section that is posted, and of all answers once they are checked."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import time_of_day
from services.web.addresses import BEGUN_WORK
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.drafts import UNNAMED, NothingTyped
from services.web.forms.parsing import Problem
from services.web.posted_form import Posted
from services.web.section_pages import LATER, SectionPlace, section_page
from services.web.section_problems import typed_amiss
from services.web.section_saving import (
    FormNow,
    SavedElsewhere,
    SectionOf,
    keys_of,
    save_section,
    standing_in,
    with_the_rest,
)
from services.web.unshown import unshown_in


def section_taken(
    request: Request, transaction: Transactions, place: SectionPlace, posted: Posted
) -> Response:
    """Save the section; tell a script when, and lead a person on where all of it can be read."""
    whose, store = place.asked_section, site_of(request).neighbours.store
    is_script = request.headers.get("accept") == "text/plain"
    try:
        saved_at = save_section(transaction, store, whose, posted)
    except SavedElsewhere as error:
        if is_script:
            raise
        return _again(request, transaction, place, posted, (Problem("", str(error)),))
    except NothingTyped:
        if is_script:
            raise
        return RedirectResponse(place.after(whose.number), status_code=303)
    if is_script:
        told = (f"Draft saved at {time_of_day(saved_at)}", unshown_in(posted))
        return PlainTextResponse(". ".join(filter(None, told)))
    if place.then == LATER:
        return RedirectResponse(BEGUN_WORK, status_code=303)
    amiss = typed_amiss(whose, posted)
    if amiss:
        return _again(request, transaction, place, posted, amiss)
    with transaction() as work:
        place = replace(place, of=_of(_standing(request, work, whose, posted), place))
    return RedirectResponse(place.after(whose.number), status_code=303)


def _again(
    request: Request,
    transaction: Transactions,
    place: SectionPlace,
    posted: Posted,
    problems: Sequence[Problem],
) -> Response:
    """Show the section again with what was typed into it, as a form of the draft as it is now."""
    with transaction() as work:
        found = _standing(request, work, place.asked_section, posted)
        whole = with_the_rest(place.asked_section, found, posted)
        return section_page(request, work, place, replace(found, posted=whole), problems)


def _standing(request: Request, work: UnitOfWork, whose: SectionOf, posted: Posted) -> FormNow:
    return standing_in(work, site_of(request).neighbours.store, whose, keys_of(posted))


def _of(found: FormNow, place: SectionPlace) -> str:
    """Return of which of several things the draft is now, as an address says it."""
    if not place.form.asked.act.which or found.saving.draft is None:
        return place.of
    return found.saving.draft.about or UNNAMED
