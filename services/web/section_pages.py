"""The pages of a long form in its sections: their list, one section, and all answers to check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.web.act_door import case_for
from services.web.act_form import Again, form_told, shown
from services.web.act_pages.sections import sections_of
from services.web.app_state import site_of
from services.web.draft_saving import DraftForm
from services.web.forms.parsing import Problem
from services.web.rendering import page
from services.web.section_problems import what_is_wrong
from services.web.section_saving import FormNow, SectionOf, opened_as, standing_in

CHECK: Final = "check"
LATER: Final = "later"
LIST_PAGE: Final = "pages/form_sections.html"
SECTION_PAGE: Final = "pages/form_section.html"
CHECK_PAGE: Final = "pages/form_check.html"


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Which page of a form in its sections is asked for: one section, the check, or the list.

    ``of`` is which of several things on the case the form is about, ``then`` where its sender goes
    after the section.
    """

    form: DraftForm
    part: str = ""
    of: str = ""
    then: str = ""

    def at(self, part: str | int = "", then: str = "") -> str:
        """Return the address of a page of the same form."""
        named = {"part": str(part), "then": then, "of": self.of}
        query = urlencode({name: said for name, said in named.items() if said})
        return f"{self.form.page}/sections" + (f"?{query}" if query else "")

    @property
    def section(self) -> SectionOf | None:
        """Return the section that is asked for, if one is; raises NotFound where there is none."""
        if self.part in {"", CHECK}:
            return None
        if not (self.part.isascii() and self.part.isdigit() and len(self.part) < 3):
            raise NotFound("There is no such section of this form.")
        return SectionOf(self.form, int(self.part), self.of)

    @property
    def asked_section(self) -> SectionOf:
        """Return the section that is asked for; raises NotFound where the address names none."""
        if self.section is None:
            raise NotFound("There is no such section of this form.")
        return self.section

    def after(self, number: int) -> str:
        """Return the address to which its sender goes from a section: the next, or the check."""
        is_last = number >= len(sections_of(self.form.asked))
        return self.at(CHECK if self.then == CHECK or is_last else number + 1)


def place_asked(request: Request, form: DraftForm) -> SectionPlace:
    """Return which page of the form the request's address asks for."""
    asked = request.query_params
    return SectionPlace(form, *(asked.get(name, "") for name in ("part", "of", "then")))


def form_in_sections(request: Request, work: UnitOfWork, place: SectionPlace) -> Response:
    """Show the list of sections, one of them, or every answer to be checked, as it stands now."""
    whose, store = place.section, site_of(request).neighbours.store
    standing = standing_in(work, store, whose or SectionOf(place.form, 1, place.of), set())
    if whose is not None:
        return section_page(request, work, place, standing)
    asked, case = place.form.asked, case_of(work, place.form)
    problems = what_is_wrong(work, asked, case, standing.posted)
    again = Again(standing.posted, problems, saving=standing.saving)
    template = CHECK_PAGE if place.part == CHECK else LIST_PAGE
    return shown(request, work, replace(asked, template=template), case, again)


def section_page(
    request: Request,
    work: UnitOfWork,
    place: SectionPlace,
    standing: FormNow,
    problems: Sequence[Problem] = (),
) -> Response:
    """Show one section with what stands in it, and what is to be put right."""
    whose = place.asked_section
    status = 409 if any(not one.field for one in problems) else 422 if problems else 200
    again = Again(standing.posted, list(problems), status, standing.saving, is_alone=True)
    told = form_told(request, work, place.form.asked, case_of(work, place.form), again)
    opened = opened_as(whose, standing.posted)
    # A script saves what is refused at once: it asks nobody whether that takes another's place.
    marks = {"opened": opened, "is_elsewhere": status == 409}
    return page(request, SECTION_PAGE, status, **told, place=place, **marks)


def case_of(work: UnitOfWork, form: DraftForm) -> Case | None:
    """Return the case of the form to a person who may read it, if the form is on one."""
    return case_for(work, form.asked, form.case_id) if form.case_id is not None else None
