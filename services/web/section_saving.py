"""How one section of a long form is saved: into the draft of the whole form, beside the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from services.casework.drafts import place_of
from services.database.drafts import drafts_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound, RuleBroken, Unavailable
from services.storage import Store
from services.web.act_door import case_for
from services.web.act_pages.sections import FormSection, sections_of
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm, save_typed
from services.web.drafts import UNNAMED, Saving, saving_of
from services.web.form_opening import opens_with, saving_for_one
from services.web.forms.fields import Question
from services.web.forms.parsing import LOOKED, NO_ANSWER, OPENED, OUR_OWN, asked_names
from services.web.forms.text import is_blank
from services.web.posted_form import Posted

STOOD: Final = "stood"  # the digest of what stood in the section as its page was opened
_CHANGED: Final = (
    "These questions were saved in another window after you had opened this page. What you typed "
    "stands below and is not saved yet. Save it to put it in place of what the other window saved, "
    "or leave this page to keep that."
)


class SavedElsewhere(RuleBroken):
    """The questions of the section were answered otherwise in another window meanwhile."""


@dataclass(frozen=True, slots=True)
class SectionOf:
    """One section of the form of an act, and of which of several things its address says it is."""

    form: DraftForm
    number: int
    of: str = ""

    @property
    def section(self) -> FormSection:
        """Return the section; raises NotFound where the form has none of this number."""
        found = sections_of(self.form.asked)
        if not 1 <= self.number <= len(found):
            raise NotFound("There is no such section of this form.")
        return found[self.number - 1]

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions of the section."""
        return self.section.asked(self.form.asked.questions)


@dataclass(frozen=True, slots=True)
class FormNow:
    """What stands in a form now, and how it is saved."""

    saving: Saving
    posted: Posted


def standing_in(work: UnitOfWork, store: Store, whose: SectionOf, keys: set[str]) -> FormNow:
    """Return what stands in the form: the draft that was saved under one of the keys, else by `of`.

    Raises Unavailable where what was typed before cannot be opened now.
    """
    asked, case_id = whose.form.asked, whose.form.case_id
    case = case_for(work, asked, case_id) if case_id is not None else None
    begun = drafts_of(work.session, place_of(work, asked.act.name, case_id))
    about = next((one.about or UNNAMED for one in begun if str(one.form_key) in keys), whose.of)
    of = about if asked.act.which else ""
    saving = saving_for_one(work, asked, case, saving_of(work, store, asked, case, of))
    if saving.draft is not None and not saving.draft.is_readable:
        raise Unavailable("What you have typed into this form cannot be opened just now.")
    return FormNow(saving, opens_with(work, asked, case, saving, of))


def save_section(
    transaction: Transactions, store: Store, whose: SectionOf, posted: Posted
) -> datetime:
    """Save what was posted of one section with what stands in the others, and return when.

    What another window saved meanwhile in other sections stays. Raises SavedElsewhere where it
    saved this one, NothingTyped where nothing stands in the whole form.
    """
    keys = keys_of(posted)
    with transaction() as work:
        found = standing_in(work, store, whose, keys)
    is_newer = found.saving.draft is not None and found.saving.follows not in keys
    if is_newer and posted.one(STOOD) != opened_as(whose, found.posted):
        raise SavedElsewhere(_CHANGED)
    whole = with_the_rest(whose, found, posted)
    return save_typed(transaction, store, whose.form, whole)


def keys_of(posted: Posted) -> set[str]:
    """Return the keys of the forms under which what was posted may have been saved before."""
    return {posted.one("once"), posted.one("begun")} - {""}


def whole_form(transaction: Transactions, store: Store, whose: SectionOf, posted: Posted) -> Posted:
    """Return the whole form with this section as it was posted, whatever was saved meanwhile."""
    with transaction() as work:
        found = standing_in(work, store, whose, keys_of(posted))
    return with_the_rest(whose, found, posted)


def with_the_rest(whose: SectionOf, found: FormNow, posted: Posted) -> Posted:
    """Return the whole form: this section as it was posted, every other one as it stands."""
    every, here = whose.form.asked.questions, whose.asked
    kept = asked_names(every, found.posted) - asked_names(here, found.posted)
    rest = {
        name: said
        for name, said in found.posted.answers.items()
        if name in kept or name.startswith(NO_ANSWER)
    }
    looked = dict.fromkeys((*found.posted.all(LOOKED), whose.section.names[0]))
    ours: Mapping[str, tuple[str, ...]] = {
        LOOKED: tuple(looked),
        OPENED: tuple(filter(None, (found.saving.watched.opened,))),
        "once": posted.all("once"),
        "begun": (found.saving.follows,),
    }
    return Posted({**rest, **_of_the_section(posted), **ours})


def opened_as(whose: SectionOf, standing: Posted) -> str:
    """Return a digest of what stands in the section, by which a change meanwhile is known."""
    names = asked_names(whose.asked, standing)
    said = sorted(
        (name, [one.replace("\r\n", "\n") for one in said])
        for name, said in standing.answers.items()
        if name in names and not all(map(is_blank, said))
    )
    return sha256(repr(said).encode()).hexdigest()


def _of_the_section(posted: Posted) -> dict[str, tuple[str, ...]]:
    """Return what was posted but for what the page carries of its own."""
    own = OUR_OWN | {STOOD}
    return {name: said for name, said in posted.answers.items() if name not in own}
