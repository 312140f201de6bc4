"""The form by which people search, empty or with what was typed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from services.casework.searches import SearchCases
from services.web.act_form import Again
from services.web.forms.fields import questions
from services.web.forms.rendering import ShownForm, show
from services.web.posted_form import Posted

ASKED: Final = questions(SearchCases)


@dataclass(frozen=True, slots=True)
class Searching:
    """The form by which people search, and the key of this copy of it."""

    form: ShownForm
    once: UUID


def search_form(again: Again | None = None) -> Searching:
    """Return the form, empty or with what was typed and what is wrong with it."""
    again = again or Again(Posted())
    return Searching(show(ASKED, {}, again.posted, again.problems), uuid4())
