"""One form, filled well and badly, and every way in which what was typed could be lost."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from zlib import crc32

import httpx
from bs4 import BeautifulSoup

from services.casework.commands import Kind
from services.casework.form_keys import SENT
from tests.bad_input.fields import OF_DAYS, Fields, Leaf
from tests.bad_input.judging import SEE_OTHER
from tests.bad_input.one_connection import Rows
from tests.bad_input.stage import Browser, Stage
from tests.bad_input.trying import Form
from tests.typed.losing import LOSSES, Loss, sign_in_again
from tests.typed.reading import lost, parsed, said, saving_button

# Two answers before a case opens, of which no draft may tell; buttons (decision 0120).
NOT_SAVED: Final = frozenset({"/cases/{case_id}/declaration", "/alerts"})


# The same again is what it was, or the case is closed to who has sent it.
SAYS_NOTHING: Final = frozenset(
    {"/practice-clock", "/operations/pause", "/cases/{case_id}/declaration/arisen"}
)
TOLD: Final = re.compile(
    rf"{re.escape(SENT)}|answered already|is on record\.|first .{{5,7}} stands"
)


@dataclass
class Typed:
    """What was tried, over every form, and what was lost; each part has some of the forms."""

    part: int = 1
    parts: int = 1
    counts: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def takes(self, name: str) -> bool:
        """Tell whether the form is tried in this part."""
        self.seen.add(name)
        return crc32(name.encode()) % self.parts == self.part - 1

    def judge(self, kind: str, where: str, faults: list[str]) -> None:
        """Count one thing that was tried, and keep what is wrong with it."""
        self.counts[kind] += 1
        self.wrong += [f"{where}: {kind}: {fault}" for fault in faults]


def try_typed(typed: Typed, stage: Stage, form: Form) -> None:
    """Lose what was typed into the form in every way, each undone before the next.

    Where the first page is refused (past the last known bank holiday) it leads nowhere.
    """
    stage.tally.forms.add(form.name)
    if not typed.takes(form.name):
        return
    typed.tried.add(form.name)
    for name, answers in {"valid": form.valid, "invalid": invalid(form)}.items():
        if not any(text.strip() for text in texts(form, answers)):
            continue
        for loss in LOSSES:
            with form.undone(stage):
                faults = _after_loss(stage, form, answers, loss)
                typed.judge(f"{loss.__name__}, {name}", form.name, faults)
        if form.name in NOT_SAVED:
            continue
        with form.undone(stage):
            typed.judge(f"saved without a script, {name}", form.name, _saved(form, answers))
    with form.undone(stage):
        typed.judge("sent twice", form.name, _sent_twice(stage, form))
    with form.undone(stage):
        typed.judge("gone back and sent otherwise", form.name, _sent_otherwise(stage, form))
    with form.undone(stage):
        typed.judge("two windows", form.name, _in_two_windows(form))


def texts(form: Form, answers: Fields) -> Iterator[str]:
    """Yield what was typed or chosen, without what the page itself says."""
    shown = {one.name for one in form.questions if one.kind in {Kind.SHOWN, Kind.DOCUMENT}}
    for name, values in answers.items():
        if name not in shown:
            yield from values


def invalid(form: Form) -> Fields:
    """Return the answers with one that cannot be accepted: a day of no month, or one left out."""
    filled = [leaf for leaf in form.leaves if leaf.is_filled]
    for leaf in filled:
        if leaf.question.kind in OF_DAYS:
            return {**form.valid, f"{leaf.name}-day": ["45"]}
    for leaf in filled:
        if leaf.is_free_text and leaf.question.required:
            return {**form.valid, leaf.name: [""]}
    return {name: said for name, said in form.valid.items() if name != _first(form)}


def _first(form: Form) -> str:
    return next(iter(form.valid), "")


def changed(form: Form) -> Fields:
    """Return the answers with one text said otherwise; the same where there is no text."""
    for leaf in form.leaves:
        if leaf.is_filled and leaf.is_free_text:
            return {**form.valid, leaf.name: [f"{form.valid[leaf.name][0]} Otherwise."]}
    return form.valid


def _done(stage: Stage) -> Rows:
    """Return what is on record: a form that is refused leaves its draft, and that is no record."""
    return {table: rows for table, rows in stage.place.rows().items() if table != "drafts"}


def _page(form: Form) -> str:
    return form.stands_on or form.path


def _look(browser: Browser, path: str) -> tuple[int, BeautifulSoup]:
    answer = browser.get(path)
    return answer.status_code, parsed(answer.text)


def _stand(form: Form, path: str, answers: Fields) -> list[str]:
    status, page = _look(form.browser, path)
    if status != httpx.codes.OK:
        return [f"the page is answered {status}"]
    return [f"lost {name}" for name in lost(page, answers)]


def _after_loss(stage: Stage, form: Form, answers: Fields, loss: Loss) -> list[str]:
    form.open()
    loss(stage, form.browser)
    late = form.post(answers)
    if late.status_code != SEE_OTHER or "/sign-in?next=" not in late.headers["location"]:
        return [f"answered {late.status_code} {late.headers.get('location', '')}"]
    onward = sign_in_again(stage, form.browser, late.headers["location"])
    return _stand(form, onward, answers)


def _saved(form: Form, answers: Fields) -> list[str]:
    form.open()
    _, page = _look(form.browser, _page(form))
    where = saving_button(page)
    if not where:
        return ["there is no button to save it"]
    kept = form.browser.send(where, {**form.hidden, **answers})
    if kept.status_code != SEE_OTHER:
        return [f"to save it is answered {kept.status_code}"]
    status, first = _look(form.browser, kept.headers["location"])
    if status == httpx.codes.OK and form.path.partition("?")[0] not in " ".join(
        one["href"] for one in first.select("main a")
    ):
        return ["the first page does not lead to it"]
    return _stand(form, _page(form), answers)


def _sent_twice(stage: Stage, form: Form) -> list[str]:
    form.open()
    answer = form.post(form.valid)
    if answer.status_code != form.done:
        return [f"answered {answer.status_code}"]
    after = _done(stage)
    again = form.post(form.valid)
    faults = [] if _done(stage) == after else ["done twice"]
    if again.status_code == SEE_OTHER:
        again = form.browser.get(again.headers["location"])
    if form.name not in SAYS_NOTHING and not TOLD.search(said(parsed(again.text))):
        faults.append(f"it is not told that it was done once ({again.status_code})")
    return faults


def _sent_otherwise(stage: Stage, form: Form) -> list[str]:
    """Go back to what was sent, say it otherwise, and send it: it was done once, and is kept."""
    otherwise = changed(form)
    if otherwise == form.valid:
        return []
    form.open()
    form.post(form.valid)
    after = _done(stage)
    again = form.post(otherwise)
    faults = [] if _done(stage) == after else ["done twice"]
    if not 400 <= again.status_code < 500:
        return [*faults, f"answered {again.status_code}"]
    return faults + _lost(form, parsed(again.text), otherwise)


def _in_two_windows(form: Form) -> list[str]:
    """Open the form in two windows, send one and then the other: it is done too, or all stands."""
    form.open()
    first = form.hidden
    form.open()
    second, form.hidden = form.hidden, first
    assert form.post(form.valid).status_code == form.done
    form.hidden, otherwise = second, changed(form)
    answer = form.post(otherwise)
    if answer.status_code == form.done:
        return []
    return [f"{answer.status_code}: {one}" for one in _lost(form, parsed(answer.text), otherwise)]


def _lost(form: Form, page: BeautifulSoup, typed: Fields) -> list[str]:
    """Return what is lost; a thing that was chosen may be there no more, and is no loss."""
    told = {one for leaf in form.leaves if _is_told(leaf) for one in leaf.parts}
    missing = [name for name in lost(page, typed) if name in told]
    if page.find(id="typed") is not None:  # the form cannot be shown: its texts are, to be copied
        missing = [name for name in missing if not _can_be_copied(form, page, typed, name)]
    return [f"lost {name}" for name in missing]


def _can_be_copied(form: Form, page: BeautifulSoup, typed: Fields, name: str) -> bool:
    texts = {leaf.name for leaf in form.leaves if leaf.is_free_text}
    there = [one.get_text() for one in page.select(".keyline-kept")]
    return name not in texts or set(typed[name]) <= set(there)


def _is_told(leaf: Leaf) -> bool:
    plain = {*OF_DAYS, Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.YES_NO}
    return leaf.is_filled and (bool(leaf.question.words) or leaf.question.kind in plain)


def tries(typed: Typed) -> tuple[partial[None]]:
    """Return what is done with each form that the roads come to."""
    return (partial(try_typed, typed),)
