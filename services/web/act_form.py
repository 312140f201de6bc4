"""The form of an act: shown with the case it is about, its rule, and what may be chosen."""

from dataclasses import dataclass, field
from uuid import uuid4

from fastapi import Request, Response

from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.addresses import page_here
from services.web.app_state import site_of
from services.web.choices import choices_for
from services.web.drafts import Saving, saving_of
from services.web.form_opening import opens_with, options_for_one, saving_for_one
from services.web.forms.fields import Options
from services.web.forms.parsing import Problem
from services.web.known_told import show_known
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.view_models.beside_form import NOTHING_BESIDE, beside_form, record_form_seen
from services.web.view_models.brought_in import brought_in
from services.web.view_models.long_form import long_form_told


@dataclass(frozen=True, slots=True)
class Again:
    """A form that has to be shown again: what was typed, and what to put right.

    ``saving`` is how it is saved, where that is known already. One section of a form ``is_alone``:
    what stands beside the form is shown with the list of its sections and the check.
    """

    posted: Posted = field(default_factory=Posted)
    problems: list[Problem] = field(default_factory=list)
    status: int = 200
    saving: Saving | None = None
    is_alone: bool = False


def shown(
    request: Request,
    work: UnitOfWork,
    asked: ActPage,
    case: Case | None,
    again: Again | None = None,
) -> Response:
    """Show the form, with the case it is about, its rule and its last day.

    A form shown again after an error is a view like the first one, and is recorded as one.
    """
    told = form_told(request, work, asked, case, again)
    return page(request, asked.template, again.status if again is not None else 200, **told)


def form_told(
    request: Request,
    work: UnitOfWork,
    asked: ActPage,
    case: Case | None,
    again: Again | None = None,
) -> dict[str, object]:
    """Return what the page of a form tells, and record that it was looked at."""
    around = site_of(request).neighbours
    of = request.query_params.get("of", "")
    known = again.saving if again is not None else None
    saving = known or saving_of(work, around.store, asked, case, again.posted if again else of)
    if again is None:
        saving = saving_for_one(work, asked, case, saving)
        again = Again(opens_with(work, asked, case, saving, of))
    beside = NOTHING_BESIDE
    if not again.is_alone:
        beside = beside_form(work, asked.act, case, again.posted, around)
    record_form_seen(work, asked.act, case, beside)
    options = options_for_one(work, asked, case, options_for(work, asked, case), again.posted)
    form = show_known(work, asked, case, options, (again.posted, again.problems))
    return {
        "asked": asked,
        "note": asked.note(work, case) if asked.note is not None and case is not None else "",
        "case": case,
        "form": form,
        "once": uuid4(),
        "saving": saving,
        "is_refused": again.status >= 400,
        "of": of,
        **long_form_told(asked, form, again.posted),
        "brought": brought_in(asked, again.posted),
        "remarks": {} if again.problems else asked.remarks_on(work, case, again.posted),
        "clock": _clock(work, asked, case),
        "beside": beside,
        "sheet": asked.sheet(work, case) if asked.sheet is not None and case is not None else (),
        "role": work.actor.role,
        "onward": page_here(again.posted.one("next") or request.query_params.get("next", "")),
        "today": work.today,
    }


def options_for(work: UnitOfWork, asked: ActPage, case: Case | None) -> Options:
    """Return what may be chosen on the page, narrowed where the act says so."""
    options = choices_for(work, asked.questions, case)
    if asked.narrow is None or case is None:
        return options
    return {**options, **asked.narrow(work, case)}


def _clock(work: UnitOfWork, asked: ActPage, case: Case | None) -> RunningClock | None:
    """Return the clock that the act concerns, if it runs on this case."""
    if case is None or asked.act.clock is None:
        return None
    agency = str(work.actor.agency_id or "")
    running = [one for one in clocks(work.session, case.id) if one.clock == asked.act.clock.value]
    mine = [one for one in running if one.subject in ("", agency)]
    return next((one for one in mine if one.runs), None)
