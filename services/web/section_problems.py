"""What stands in the way of sending a long form, and what was typed into a section amiss."""

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_form import options_for
from services.web.act_pages.act_page import ActPage
from services.web.form_opening import options_for_one
from services.web.forms.parsing import Problem, asked_names, read
from services.web.forms.text import is_blank
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from services.web.section_saving import SectionOf


def what_is_wrong(
    work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted
) -> list[Problem]:
    """Return what stands in the way of sending what stands in the form."""
    options = options_for_one(work, asked, case, options_for(work, asked, case), posted)
    known = asked_names(asked.questions, posted)
    answers = {name: said for name, said in posted.answers.items() if name in known}
    read_so = read(asked.questions, Posted(answers), options)
    understood = understand(asked.act.command, asked.questions, read_so)
    return understood if isinstance(understood, list) else []


def typed_amiss(whose: SectionOf, posted: Posted) -> list[Problem]:
    """Return what was typed into the section and cannot be read; what is missing is told later."""
    known = asked_names(whose.asked, posted)
    typed = {name: said for name, said in posted.answers.items() if name in known}
    problems = read(whose.asked, Posted(typed), None).problems
    return [one for one in problems if _is_typed(one.field, typed)]


def _is_typed(field: str, typed: dict[str, tuple[str, ...]]) -> bool:
    names = {field, *(f"{field}-{part}" for part in ("day", "month", "year", "time"))}
    return any(not is_blank(text) for name in names for text in typed.get(name, ()))
