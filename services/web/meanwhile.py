"""What was done since a form was opened: told above it, with both texts where they differ.

The form carries the place of the case's newest entry and a digest of what it opened with: as it was
opened first (`OPENED`, which its draft keeps) and as it was shown last (`SHOWN`). What is sent over
something that has changed since it was shown is shown once more first, and nothing is done.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from services.casework.drafts import TypedAnswers
from services.database.cases import Case, get_case
from services.database.history import Entry, all_of, count, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.web.act_pages.act_page import ActPage
from services.web.choices import choices_for
from services.web.forms.both_texts import BothTexts, both_texts
from services.web.forms.fields import Options
from services.web.forms.filling import as_posted
from services.web.forms.parsing import NO_ANSWER, OPENED, OTHERS, OUR_OWN, SHOWN
from services.web.on_record import on_record, opens_with_record
from services.web.posted_form import Posted
from services.web.timeline import tell

CHANGED: Final = (
    "What this form is about has changed since it was shown to you. Nothing of yours was recorded. "
    "Both texts stand above the form: decide what is to hold, and send it."
)
_NOBODY: Final = ""
# What somebody gives for themselves; for a seat it is given by whoever fills it.
_OF_ONE_PERSON: Final = frozenset({Permission.GIVE_OPINION, Permission.GIVE_VIEW})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What was done since the form was opened, by whom as far as the reader may know, and when."""

    differ: tuple[BothTexts, ...]
    what: str = ""
    who: str = _NOBODY
    role: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """How a form knows what came since: what it carries, and what there is to tell."""

    opened: str = ""
    shown: str = ""
    meanwhile: Meanwhile | None = None
    other_window: tuple[BothTexts, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Return the form's hidden fields by which it knows, each with its value."""
        marks = ((OPENED, self.opened), (SHOWN, self.shown)) if self.shown else ()
        return (*marks, *self.others)


NOT_OPENED: Final = Watched()


def watched(
    work: UnitOfWork, asked: ActPage, case: Case | None, of: str, posted: Posted | None
) -> Watched:
    """Return what the form carries, and what came since what was ``posted`` there was opened."""
    beside = _of_other_window(work, asked, case, posted) if posted is not None else ()
    others = _carried(posted) if beside and posted is not None else ()
    if case is None:
        return Watched(other_window=beside, others=others)
    now = _mark(work, asked, case, of)
    opened = posted.one(OPENED) if posted is not None else ""
    told = _told(work, asked, case, (of, opened, now), posted) if posted and opened else None
    return Watched(opened or now, now, told, beside, others)


def must_have_seen(work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted) -> None:
    """Refuse what is sent over a record that has changed since it was shown (RuleBroken)."""
    shown = posted.one(SHOWN)
    if case is None or not shown or not opens_with_record(asked):
        return
    get_case(work.session, CaseId(case.id), for_change=True)
    if _has_changed(shown, _mark(work, asked, case, _of(asked, posted))):
        raise RuleBroken(CHANGED)


def taken(work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted, name: str) -> Posted:
    """Return the answers with the other text in place of one answer, which is named."""
    other, prefix = Posted(), name.startswith(OTHERS)
    if prefix:
        other = _others_in(posted)
    elif case is not None:
        other = _theirs(work, asked, case, _of(asked, posted), posted.one(OPENED))[0]
    stem = name.removeprefix(OTHERS)
    names = {one for one in (*posted.answers, *other.answers) if _is_under(one, stem)}
    kept = {one: said for one, said in posted.answers.items() if one not in names}
    return Posted({**kept, **{one: other.all(one) for one in names if other.all(one)}})


def _is_under(name: str, stem: str) -> bool:
    return name == stem or (name.startswith(f"{stem}-") and not name.startswith(OTHERS))


def _of(asked: ActPage, posted: Posted) -> str:
    return posted.only(asked.act.which) if asked.act.which else ""


def _mark(work: UnitOfWork, asked: ActPage, case: Case, of: str) -> str:
    """Return the number of the case's newest entry and the digest of what the form opens with."""
    number = count(work.session, case.id)
    if not opens_with_record(asked):
        return f"{number}.."
    named = _named(work, asked, case, of)
    said = sorted(on_record(work, asked, case, named).answers.items())
    return f"{number}.{_digest(named)}.{_digest(repr(said))}"


def _named(work: UnitOfWork, asked: ActPage, case: Case, of: str) -> str:
    return of if asked.one_of is None else asked.one_of.named(work, case, of) or of


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _number(mark: str) -> int:
    told = mark.partition(".")[0]
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _has_changed(before: str, now: str) -> bool:
    """Tell whether what the form opens with is another, by an act: a day that passes is none.

    Where the form was opened about another thing, nothing can be told.
    """
    (_, of, said), (_, of_now, said_now) = _parts(before), _parts(now)
    return _number(now) > _number(before) and of == of_now and said != said_now


def _parts(mark: str) -> tuple[str, str, str]:
    number, _, rest = mark.partition(".")
    of, _, said = rest.partition(".")
    return number, of, said


def _told(
    work: UnitOfWork,
    asked: ActPage,
    case: Case,
    marks: tuple[str, str, str],
    posted: Posted,
) -> Meanwhile | None:
    of, opened, now = marks
    theirs, entry = _theirs(work, asked, case, of, opened)
    if entry is None and not (opens_with_record(asked) and _has_changed(opened, now)):
        return None
    options = _options(work, asked, case)
    differ = both_texts(asked.questions, options, theirs, posted) if theirs.answers else ()
    if entry is None:
        return Meanwhile(differ) if differ else None
    if not _may_know(work, entry):
        return Meanwhile(differ, at=entry.at)
    (one,) = tell(work, [entry])
    return Meanwhile(differ, one.entry_type, one.who, one.role, one.at)


def _theirs(
    work: UnitOfWork, asked: ActPage, case: Case, of: str, opened: str
) -> tuple[Posted, Entry | None]:
    """Return what is on record instead of the form, and the newest entry that says so, if read."""
    entry = _newest(work, asked, case, of, _number(opened))
    if opens_with_record(asked):
        return on_record(work, asked, case, of), entry
    if entry is None or not _may_know(work, entry) or not tell(work, [entry])[0].said:
        return Posted(), entry
    said = asked.act.content.model_validate(entry.command)
    return as_posted(said, asked.questions), entry


def _newest(work: UnitOfWork, asked: ActPage, case: Case, of: str, number: int) -> Entry | None:
    """Return the newest entry of the act after that number which stands in place of the form."""
    if not any(one.number > number for one in facts(work.session, case.id, *asked.act.entries)):
        return None
    found = all_of(work.session, case.id, *asked.act.entries)
    since = [one for one in found if one.number > number and not _is_own_form(work, one)]
    return next((one for one in reversed(since) if _is_in_place(work, asked, one, of)), None)


def _is_own_form(work: UnitOfWork, entry: Entry) -> bool:
    return work.once is not None and entry.once == work.once


def _is_in_place(work: UnitOfWork, asked: ActPage, entry: Entry, of: str) -> bool:
    """Tell whether the entry is what the form would say: of the same thing, for the same seat.

    Who speaks for themselves, or for a seat, is not spoken for by another.
    """
    actor = work.actor
    if actor.seat is not None and (entry.seat, entry.authority) != (actor.seat, actor.authority):
        return False
    is_own_alone = actor.seat is None and asked.act.permission in _OF_ONE_PERSON
    if is_own_alone and entry.person_id != actor.person_id:
        return False
    if not asked.act.which or not of:
        return True
    return of in {entry.subject, str(entry.command.get(asked.act.which, ""))}


def _may_know(work: UnitOfWork, entry: Entry) -> bool:
    """Tell whether the actor may know who it was: who reads cases, of others their own alone."""
    return work.actor.may(Permission.READ_CASE) or entry.person_id == work.actor.person_id


def _options(work: UnitOfWork, asked: ActPage, case: Case | None) -> Options:
    options = choices_for(work, asked.questions, case)
    if asked.narrow is None or case is None:
        return options
    return {**options, **asked.narrow(work, case)}


def _of_other_window(
    work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted
) -> tuple[BothTexts, ...]:
    other = _others_in(posted)
    if not other.answers:
        return ()
    said = both_texts(asked.questions, _options(work, asked, case), other, posted)
    return tuple(one for one in said if one.theirs)


def _carried(posted: Posted) -> tuple[tuple[str, str], ...]:
    others = (name for name in posted.answers if name.startswith(OTHERS))
    return tuple((name, said) for name in others for said in posted.all(name))


def _others_in(posted: Posted) -> Posted:
    """Return what another window of the same person had kept, without its prefix."""
    return Posted(
        {
            name.removeprefix(OTHERS): said
            for name, said in posted.answers.items()
            if name.startswith(OTHERS)
        }
    )


def kept_beside(before: TypedAnswers, now: TypedAnswers) -> TypedAnswers:
    """Return what another window had kept, if it says otherwise, under names of its own."""
    said = {name: one for name, one in before.items() if not name.startswith(NO_ANSWER)}
    typed = {name: one for name, one in said.items() if name not in OUR_OWN}
    if all(one == now.get(name) for name, one in typed.items()):
        return {}
    return {f"{OTHERS}{name}": one for name, one in typed.items()}
