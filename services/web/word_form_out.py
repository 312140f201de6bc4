"""A form of an act as it goes out in Word: each question with what stands in it now."""

from typing import Final

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.word_forms import FormIdentity, WordForm, WordPart
from services.web.act_form import options_for
from services.web.act_pages.act_page import ActPage
from services.web.forms.parsing import MOST_ROWS, row_count
from services.web.forms.rendering import ShownForm, show
from services.web.forms.version import version_of
from services.web.posted_form import Posted
from services.web.view_models.parts_shown import parts_shown
from services.web.word_form import questions_in

MORE_ROWS: Final = 2


def form_with_room(work: UnitOfWork, asked: ActPage, case: Case, posted: Posted) -> ShownForm:
    """Return the form with what stands in it, each list with room for some rows more."""
    room: dict[str, tuple[str, ...]] = {}
    for question in (one for one in asked.questions if one.rows):
        last = min(MOST_ROWS, row_count(question, posted) + MORE_ROWS) - 1
        room[f"{question.name}-{last}-{question.asked[0].name}"] = ("",)
    return show(asked.questions, options_for(work, asked, case), Posted({**room, **posted.answers}))


def word_form(work: UnitOfWork, asked: ActPage, case: Case, posted: Posted) -> WordForm:
    """Return the form of the act on the case, with what stands in it."""
    form = form_with_room(work, asked, case, posted)
    parts = (
        WordPart(
            heading=part.heading,
            questions=tuple(one for field in part.fields for one in questions_in(field)),
        )
        for part in parts_shown(asked, form, posted)
    )
    return WordForm(
        title=asked.title,
        partnership=work.partnership.name,
        identity=FormIdentity(
            act=asked.act.name, version=version_of(asked.questions), case=case.reference
        ),
        prepared_on=work.today,
        parts=tuple(parts),
    )
