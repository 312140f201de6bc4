"""How a Word form goes out with what stands in it, and comes back into the draft of its form."""

from fastapi import Request

from services.casework.form_from_word import form_brought_back
from services.casework.joint.looking import record_form_viewing
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.word_forms import WordForm
from services.web.act_door import case_for
from services.web.act_pages.act_page import ActPage
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm, save_typed
from services.web.filled_form_draft import must_be_sent_in_one
from services.web.posted_form import Posted, PostedFile
from services.web.section_pages import CHECK, SectionPlace
from services.web.section_saving import SectionOf, standing_in
from services.web.word_form import merged
from services.web.word_form_out import form_with_room, word_form


def on_case(form: DraftForm) -> CaseId:
    """Return the case of the form; raises NotFound where it is on none."""
    if form.case_id is None:
        raise NotFound("This form is of no case.")
    return form.case_id


def form_to_go_out(request: Request, work: UnitOfWork, asked: ActPage, case: Case) -> WordForm:
    """Return the form with what stands in the person's draft, else with what is on record.

    That they took it is recorded as a view of the form.
    """
    whose = SectionOf(DraftForm(asked, CaseId(case.id)), 1)
    standing = standing_in(work, site_of(request).neighbours.store, whose, set())
    record_form_viewing(work, case, asked.act)
    return word_form(work, asked, case, standing.posted)


def take_back(
    request: Request, transaction: Transactions, form: DraftForm, posted: Posted, file: PostedFile
) -> str:
    """Put what was changed in the file into the person's draft; return where it is checked.

    Raises AnswerRefused("file") where the file is not read, FileIsHarmful where the scan found
    something, Unavailable where what they typed before cannot be opened now.
    """
    around, asked = site_of(request).neighbours, form.asked
    with transaction() as work:
        case = case_for(work, asked, on_case(form))
        standing = standing_in(work, around.store, SectionOf(form, 1), set())
        goes_out = word_form(work, asked, case, standing.posted)
        shown = form_with_room(work, asked, case, standing.posted)
        is_demanded = stored_policy(work.partnership.policy).hold_until_scanned
    sent = (file.name, file.content.read())
    back = form_brought_back(around, goes_out, sent, must_be_scanned=is_demanded)
    typed = merged(shown, standing.posted, back)
    must_be_sent_in_one(typed)
    ours = {"once": posted.all("once"), "begun": (standing.saving.follows,)}
    save_typed(transaction, around.store, form, Posted({**typed.answers, **ours}))
    return SectionPlace(form).at(CHECK)
