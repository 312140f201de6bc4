"""Which of several things a draft is about, in words that may stand outside its case."""

from services.casework.commands import Kind
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.choices import choices_for


def thing_named(work: UnitOfWork, asked: ActPage, about: str) -> str:
    """Return in words which thing a draft is about, where whoever uses the form may know it.

    An agency, a partnership, a word or a number tells nothing of a case; of what does, such as a
    child or a letter, nothing is said outside the case.
    """
    question = next((one for one in asked.questions if one.name == asked.act.which), None)
    if question is None or not about:
        return ""
    if question.kind is Kind.NUMBER:
        return about
    if question.words:
        return next((capital(label(one)) for one in question.words if one == about), "")
    if question.kind not in {Kind.AGENCY, Kind.PARTNERSHIP}:
        return ""
    options = choices_for(work, (question,))[question.name]
    return next((one.label for one in options if one.value == about), "")
