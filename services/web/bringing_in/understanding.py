"""What the sheets of one act say, as its command and when it was done."""

from datetime import datetime
from typing import Any

from services.casework.commands import Command
from services.casework.taking_over.acts_taken import TakenAct
from services.web.act_pages.act_page import ActPage
from services.web.bringing_in.cells import ActSaid, CellProblem
from services.web.bringing_in.outcomes import Tried
from services.web.bringing_in.questions_there import WHEN, asked_of, when_asked
from services.web.forms.fields import Options
from services.web.forms.parsing import read
from services.web.forms.validation import understand
from services.web.posted_form import Posted


def understood(
    said: ActSaid, taken: TakenAct, asked: ActPage, options: Options, tried: Tried
) -> tuple[Command | None, datetime | None]:
    """Return the act's command and when it was done, or put what stands in the way on the list."""
    tried.problems.extend(said.problems)
    own = {name: one for name, one in said.fields.items() if not name.startswith(WHEN)}
    moment = {name: one for name, one in said.fields.items() if name.startswith(WHEN)}
    answers = read(asked_of(taken), Posted(own), options)
    answers.values |= _of_the_page(taken)
    found: Any = understand(taken.act.command, asked.questions, answers)
    when = read(when_asked(taken), Posted(moment), {})
    wrong = [*(found if isinstance(found, list) else ()), *when.problems]
    known = {one.place for one in said.problems}
    for one in wrong:
        place = said.place_of(one.field)
        if place not in known:
            tried.problems.append(CellProblem(place, one.message))
    if wrong or said.problems:
        return None, None
    at = when.values[WHEN] if taken.asks_when else getattr(found, taken.when)
    return found, at


def _of_the_page(taken: TakenAct) -> dict[str, Any]:
    """Return what whoever brings it in says of themselves on the page (LC-01)."""
    if not taken.act.opens_case:
        return {}
    return {"has_conflict": False, "particulars": None, "keeps_confidential": True}
