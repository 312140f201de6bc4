"""A draft on the page of its form: what was typed stands there again, what came since is told."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from services.casework.commands import Kind
from services.casework.drafts import TypedAnswers, place_of, unseal
from services.database.cases import Case
from services.database.drafts import Draft, DraftPlace, drafts_of
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, Unavailable
from services.domain.identifiers import CaseId
from services.storage import Store, StoredContentChanged
from services.web.act_pages.act_page import ActPage
from services.web.forms.parsing import (
    LOOKED,
    NO_ANSWER,
    OPENED,
    OTHERS,
    OUR_OWN,
    TAKE,
    WAS,
    asked_names,
    left_over,
)
from services.web.forms.text import is_blank
from services.web.forms.version import version_of
from services.web.meanwhile import NOT_OPENED, Watched, watched
from services.web.posted_form import Posted
from services.web.things_named import thing_named

NOT_KEPT: Final = frozenset({Kind.DOCUMENT, Kind.SHOWN})  # files, and what the page itself says
_A_NUMBER: Final = re.compile("[0-9]{1,9}")  # as the form reads one
AN_ID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNNAMED: Final = "-"  # in an address: the draft in which it is not said what the form is about


class NothingTyped(AnswerRefused):
    """A form in which nothing stands that a draft could keep."""


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft as the page of its form tells of it.

    ``left_over`` are texts that were typed where the form asks nothing any more.
    """

    begun_at: datetime
    saved_at: datetime
    posted: Posted = field(default_factory=Posted)
    is_readable: bool = True
    about: str = ""
    has_changed: bool = False
    left_over: tuple[str, ...] = ()
    done_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """A draft of the same form about another one of several things, and where it goes on."""

    of: str
    begun_at: datetime
    saved_at: datetime
    names_one: bool
    called: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """How a form is saved: to which address, in place of which draft, and what it opens with.

    ``others`` are drafts of the same form about other things on the case; ``watched`` is what came
    since the form was opened.
    """

    address: str = ""
    follows: str = ""
    draft: ShownDraft | None = None
    others: tuple[OtherDraft, ...] = ()
    watched: Watched = NOT_OPENED


def saving_of(
    work: UnitOfWork, store: Store, asked: ActPage, case: Case | None, opened: Posted | str
) -> Saving:
    """Return how the form is saved.

    ``opened`` is what was posted where it is shown once more, else which of several things on the
    case its address asks for; where it asks for none, the form opens with what was saved last.
    """
    if not asked.keeps_draft:
        return Saving()
    place = place_of(work, asked.act.name, CaseId(case.id) if case is not None else None)
    address, begun = address_of(place), drafts_of(work.session, place)
    if isinstance(opened, Posted):
        keys = {opened.one("once"), opened.one("begun")}
        own = next((str(one.form_key) for one in begun if str(one.form_key) in keys), "")
        own = own if opened.one(TAKE) else opened.one("once")  # refused, it is kept by this form
        of = opened.only(asked.act.which) if asked.act.which else ""
        return Saving(address, own, watched=watched(work, asked, case, of, opened))
    found = next((one for one in begun if _is_meant(work, asked, case, one, opened)), None)
    others = tuple(
        OtherDraft(
            of=one.about or UNNAMED,
            begun_at=one.begun_at,
            saved_at=one.saved_at,
            names_one=bool(one.about),
            called=thing_named(work, asked, one.about),
        )
        for one in begun
        if one is not found
    )
    if found is None:
        return Saving(address, others=others, watched=watched(work, asked, case, opened, None))
    draft = _shown(work, asked, found, _opened(store, found, replace(place, about=found.about)))
    typed = draft.posted if draft.is_readable else None
    since = watched(work, asked, case, found.about, typed)
    return Saving(address, str(found.form_key), draft, others, since)


def about_in(work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted) -> str:
    """Return which of several things on the case the form is about, as far as it is said in it."""
    said = posted.only(asked.act.which) if asked.act.which else ""
    return _key_of(work, asked, case, said)


def _is_meant(work: UnitOfWork, asked: ActPage, case: Case | None, found: Draft, of: str) -> bool:
    if not of or not asked.act.which:
        return True
    if of == UNNAMED:
        return not found.about
    return bool(found.about) and found.about in {of, _key_of(work, asked, case, of)}


def _key_of(work: UnitOfWork, asked: ActPage, case: Case | None, said: str) -> str:
    """Return what is meant as a draft is kept under it, in the clear: an id, a number or a code.

    Whatever else was typed there names nothing, and is kept encrypted with the other answers.
    """
    if asked.one_of is not None and case is not None:
        return asked.one_of.key(work, case, said)
    for question in (one for one in asked.questions if one.name == asked.act.which):
        if question.kind is Kind.NUMBER:
            return str(int(said)) if _A_NUMBER.fullmatch(said.strip()) else ""
        if question.words:
            return said if said in question.words else ""
    return said if AN_ID.fullmatch(said) else ""


def address_of(place: DraftPlace) -> str:
    """Return the address to which the form's draft is posted."""
    above = f"/cases/{place.case_id}" if place.case_id is not None else ""
    return f"{above}/drafts/{place.act}"


def typed_in(asked: ActPage, posted: Posted) -> TypedAnswers:
    """Return what was typed into the form: no file, and nothing that is the page's own.

    What is told of the answers that a file brought in is kept with them. Raises NothingTyped where
    nothing was, and AnswerRefused where the form does not ask for it.
    """
    told = {name: said for name, said in posted.answers.items() if name.startswith(NO_ANSWER)}
    ours = OUR_OWN | told.keys()
    given = {name: said for name, said in posted.answers.items() if name not in ours}
    if given.keys() - asked_names(asked.questions, posted):
        raise AnswerRefused(
            "", "The form held an answer that its page does not ask for. It was not saved."
        )
    left_out = {one.name for one in asked.questions if one.kind in NOT_KEPT}
    typed = {name: said for name, said in given.items() if name not in left_out}
    if all(is_blank(text) for said in typed.values() for text in said):
        raise NothingTyped("", "There is nothing to save yet. Go back, and type an answer first.")
    if not asked.takes_filled_form:
        told = {name: said for name, said in told.items() if name.startswith((OTHERS, WAS))}
    marks = {name: posted.all(name) for name in (OPENED, LOOKED) if posted.all(name)}
    return {**typed, **told, **marks}


def _opened(store: Store, found: Draft, place: DraftPlace) -> TypedAnswers | None:
    """Return the answers, or nothing where they cannot be decrypted now: the form opens anyway."""
    try:
        return unseal(store, found, place)
    except (Unavailable, StoredContentChanged):
        return None


def _shown(
    work: UnitOfWork, asked: ActPage, found: Draft, answers: TypedAnswers | None
) -> ShownDraft:
    if answers is None:
        return ShownDraft(found.begun_at, found.saved_at, is_readable=False, about=found.about)
    posted = Posted(answers)
    return ShownDraft(
        begun_at=found.begun_at,
        saved_at=found.saved_at,
        posted=posted,
        about=found.about,
        has_changed=found.form_version != version_of(asked.questions),
        left_over=tuple(left_over(asked.questions, posted)),
        done_since=_done_since(work, asked, found),
    )


def _done_since(work: UnitOfWork, asked: ActPage, found: Draft) -> datetime | None:
    """Return when the act was done on the case since the draft was begun, if it was.

    Of one of several things it is told only where the entry says that it is about this one.
    """
    if found.case_id is None:
        return None
    told = facts(work.session, found.case_id, *asked.act.entries)
    is_of_one = bool(asked.act.which and found.about)
    done = [one.at for one in told if not is_of_one or one.subject == found.about]
    return next((at for at in reversed(done) if at > found.begun_at), None)
