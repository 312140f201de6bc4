"""The draft into which the answers of a filled Word form go, to be read before they are sent."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from services.domain.errors import AnswerRefused, Unavailable
from services.domain.filled_forms import FilledForm
from services.domain.identifiers import CaseId
from services.storage import Store
from services.web.act_door import case_for
from services.web.act_pages.act_page import ActPage
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm, save_typed
from services.web.drafts import Saving, saving_of
from services.web.form_opening import opens_with, saving_for_one
from services.web.forms.brought_in import brought_into
from services.web.middleware.limits import FORM_BYTES
from services.web.posted_form import Posted
from services.web.word_readers import reader_of

MOST_BYTES: Final = FORM_BYTES - 200_000  # what is left is room to type


@dataclass(frozen=True, slots=True)
class FilledFormOf:
    """Whose filled form it is: the form of an act on a case, for one agency."""

    asked: ActPage
    case_id: CaseId
    agency: str


def draft_with(
    transaction: Transactions, store: Store, whose: FilledFormOf, filled: FilledForm
) -> str:
    """Put the answers into the person's draft of the form, and return the form's address.

    What they had typed stays where the file says otherwise; so does what the form opens with, but
    for a form that takes it from the file. Raises Unavailable where what they had typed cannot be
    opened now, AnswerRefused("file") where all of it together could not be sent.
    """
    asked, reader = whose.asked, reader_of(whose.asked)
    of = whose.agency if asked.one_of is not None else ""
    with transaction() as work:
        case = case_for(work, asked, whose.case_id)
        saving = saving_for_one(work, asked, case, saving_of(work, store, asked, case, of))
        if saving.draft is not None and not saving.draft.is_readable:
            raise Unavailable("What you have typed into this form cannot be opened just now.")
        begun = opens_with(work, asked, case, saving, of)
        on_record = opens_with(work, asked, case, Saving(), of) if reader.is_newer else Posted()
    typed = brought_into(asked.questions, begun, filled, reader.names, on_record)
    must_be_sent_in_one(typed)
    form = DraftForm(asked, whose.case_id)
    save_typed(transaction, store, form, Posted({**typed.answers, "begun": (saving.follows,)}))
    return f"{form.page}?of={of}" if of else form.page


def must_be_sent_in_one(typed: Posted) -> None:
    """Refuse what a browser could not send as one form: it would be neither saved nor sent."""
    lines = {
        name: [text.replace("\r\n", "\n").replace("\n", "\r\n") for text in said]
        for name, said in typed.answers.items()
    }
    if len(urlencode(lines, doseq=True)) > MOST_BYTES:
        raise AnswerRefused(
            "file",
            "Together with what stands in the form already, this file holds more than one form "
            "can. Shorten it, or type in what answers the questions.",
        )
