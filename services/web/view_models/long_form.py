"""What the pages of a long form show beside its questions: its sections, and what a file did."""

from services.web.act_pages.act_page import ActPage
from services.web.forms.rendering import ShownForm
from services.web.posted_form import Posted
from services.web.view_models.came_back import came_back
from services.web.view_models.parts_shown import parts_shown, sends
from services.web.word_form import goes_out


def long_form_told(asked: ActPage, form: ShownForm, posted: Posted) -> dict[str, object]:
    """Return what the pages of a long form show of it; of another form nothing."""
    return {
        "parts": parts_shown(asked, form, posted),
        "sends": sends(asked, posted),
        "came_back": came_back(form, posted),
        "word_form": goes_out(asked),
    }
