"""What the form of an act opens with: what was typed before, else what is on record.

A form that is about one of several things is opened for one of them and offers no other: what
stands in it are the words of that one, and with another one chosen they would be sent as its own.
"""

from dataclasses import replace

from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.drafts import Saving
from services.web.forms.fields import Options
from services.web.known_told import with_known
from services.web.on_record import on_record
from services.web.posted_form import Posted


def saving_for_one(work: UnitOfWork, asked: ActPage, case: Case | None, saving: Saving) -> Saving:
    """Return the draft as the form offers the thing that it is about, if it still does."""
    one_of, draft = asked.one_of, saving.draft
    if one_of is None or case is None or draft is None or not draft.is_readable:
        return saving
    begun = one_of.named(work, case, draft.about)
    if not begun:
        return saving
    posted = Posted({**draft.posted.answers, one_of.question: (begun,)})
    return replace(saving, draft=replace(draft, posted=posted))


def options_for_one(
    work: UnitOfWork, asked: ActPage, case: Case | None, options: Options, posted: Posted
) -> Options:
    """Return the choices without all those that the form is not about."""
    if asked.one_of is None or case is None:
        return options
    question = asked.one_of.question
    named = asked.one_of.named(work, case, posted.one(question))
    if not named:
        return options
    return {**options, question: tuple(one for one in options[question] if one.value == named)}


def opens_with(
    work: UnitOfWork, asked: ActPage, case: Case | None, saving: Saving, of: str
) -> Posted:
    """Return what the person had typed before, else what is on record, as if it were typed."""
    if saving.draft is not None and saving.draft.is_readable:
        return saving.draft.posted
    if case is None:
        return Posted()
    return with_known(work, asked, case, on_record(work, asked, case, of))
