"""One form: its whole posting is accepted, then one answer at a time is as the corpus has it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, Final

import httpx

from services.casework.commands import Kind
from services.web.forms.fields import Question
from tests.bad_input.corpus import OF_FIELDS, About, Row, rows_of, text_of
from tests.bad_input.fields import OF_DAYS, Fields, Leaf, leaves
from tests.bad_input.judging import SEE_OTHER, look_over
from tests.bad_input.stage import Browser, Stage

ROWS: Final = tuple(row for name in OF_FIELDS for row in rows_of(name))
NOTHING: Final = object()
# The day of each step of publication is counted backwards where nobody says another (PUB-21).
COUNTED_WHERE_BLANK: Final = ("timetable-",)
_TURNS: Final = count()
SHORT: Final = 10


@dataclass
class Form:
    """One form at the moment at which its whole posting is accepted, and answered with `done`."""

    name: str
    path: str
    browser: Browser
    valid: Fields
    questions: tuple[Question, ...] = ()
    stands_on: str = ""
    send: Callable[[Fields], httpx.Response] | None = None
    kept: Callable[[Leaf], object] | None = None
    hidden: Fields = field(default_factory=dict)
    done: int = SEE_OTHER

    def post(self, changed: Fields) -> httpx.Response:
        """Send the posting with what the page's own hidden fields hold."""
        fields = {**self.hidden, **changed}
        return self.send(fields) if self.send else self.browser.send(self.path, fields)

    def open(self) -> None:
        """Open the page on which the form stands, and take what it carries."""
        self.hidden = self.browser.hidden(self.path, self.stands_on)

    @contextmanager
    def undone(self, stage: Stage) -> Iterator[None]:
        """Undo afterwards what is done, and let the browser have the cookies it had."""
        cookies = dict(self.browser.cookies)
        with stage.place.undone():
            yield
        self.browser.cookies = cookies

    @property
    def leaves(self) -> Iterator[Leaf]:
        return leaves(self.questions, self.valid)


def try_form(stage: Stage, form: Form) -> None:
    """Send the form whole, then with every row of the corpus in every field of its kind."""
    tally = stage.tally
    tally.forms.add(form.name)
    form.open()
    before = stage.place.rows()
    with form.undone(stage):
        answer = form.post(form.valid)
        if answer.status_code != form.done:
            tally.finds("other", f"{form.name}: whole, and answered {answer.status_code}")
            return
        stage.place.check_at_once()
        tally.accepted_whole.add(form.name)
        as_sent = {leaf.name: _kept(stage, form, leaf) for leaf in form.leaves}
    assert stage.place.rows() == before, "the accepted posting is undone"
    for leaf in _some_fields(stage, form):
        tally.counts["fields"] += 1
        fitting = [row for row in ROWS if leaf.kind in row.kinds]
        _send_bad(stage, form, leaf, _some(stage, fitting, {"refused", "blank"}))
        if leaf.is_filled and _may_be_any(leaf):
            for row in _some(stage, fitting, {"kept"}):
                _send_good(stage, form, leaf, row, as_sent[leaf.name])


def _may_be_any(leaf: Leaf) -> bool:
    return leaf.is_free_text or leaf.question.kind in {*OF_DAYS, Kind.NUMBER}


def _some_fields(stage: Stage, form: Form) -> list[Leaf]:
    """Return the fields to be tried: all, or for the short form each tenth, one at least."""
    fields = list(form.leaves)
    each = 1 if stage.whole else min(SHORT, max(1, len(fields)))
    return fields[next(_TURNS) % each :: each]


def _some(stage: Stage, rows: list[Row], expected: set[str]) -> list[Row]:
    """Return the rows of that kind: all of them, or for the short form each field another one."""
    fitting = [row for row in rows if row.expect in expected]
    if stage.whole or not fitting:
        return fitting
    return [fitting[next(_TURNS) % len(fitting)]]


def _send_bad(stage: Stage, form: Form, leaf: Leaf, rows: Iterable[Row]) -> None:
    """Send rows that are to be refused, and look that none of them has changed anything."""
    waiting = deque(rows)
    while waiting:
        with form.undone(stage):
            before, sent = stage.place.rows(), []
            while waiting:
                row = waiting.popleft()
                if _is_accepted(stage, form, leaf, row):
                    break
                sent.append(row)
            else:
                row = None
            if row is None and stage.place.rows() != before:
                stage.tally.finds("changed", f"{form.name}, {leaf.name}: one of {sent}")


def _is_accepted(stage: Stage, form: Form, leaf: Leaf, row: Row) -> bool:
    """Send a bad row; say whether it was accepted, which a blank answer may be."""
    answer, where = _answer(stage, form, leaf, row)
    if answer.status_code == form.done:
        stage.tally.counts["accepted"] += 1
        kept = _kept(stage, form, leaf)
        is_filled_in = any(leaf.name.startswith(one) for one in COUNTED_WHERE_BLANK)
        is_left_out = leaf.is_alone(form.valid) or kept in (None, NOTHING) or is_filled_in
        is_needed = leaf.question.required and not leaf.is_alone(form.valid)
        if row.expect != "blank" or is_needed or not is_left_out:
            stage.tally.finds("other", f"{where}: accepted")
        return True
    if 400 <= answer.status_code < 500:
        stage.tally.counts["refused"] += 1
    else:
        stage.tally.finds("other", f"{where}: answered {answer.status_code}")
    return False


def _send_good(stage: Stage, form: Form, leaf: Leaf, row: Row, as_sent: object) -> None:
    with form.undone(stage):
        answer, where = _answer(stage, form, leaf, row)
        if answer.status_code != form.done:
            stage.tally.finds("other", f"{where}: good, and answered {answer.status_code}")
            return
        stage.place.check_at_once()
        stage.tally.counts["accepted"] += 1
        kept, wanted = _kept(stage, form, leaf), _wanted(form, leaf, row, as_sent)
        stage.tally.counts["kept"] += 1
        if kept == wanted:
            stage.tally.counts["kept exactly"] += 1
        else:
            stage.tally.finds("not kept", f"{where}: {kept!r:.80} in place of {wanted!r:.80}")


def _answer(stage: Stage, form: Form, leaf: Leaf, row: Row) -> tuple[httpx.Response, str]:
    changed = leaf.changed(form.valid, row, About(ids=stage.ids))
    where = f"{form.name}, {leaf.name}: {row}"
    stage.tally.rows.add(str(row))
    stage.tally.counts["postings"] += 1
    answer = form.post(changed)
    sent = [
        text
        for part in leaf.parts
        for text in changed.get(part, [])
        if text not in form.valid.get(part, [])  # such as an id that the page offers
    ]
    look_over(stage.tally, answer, sent, leaf.name, where)
    return answer, where


def _wanted(form: Form, leaf: Leaf, row: Row, as_sent: object) -> object:
    """Return what is to be on record: the text as it was typed, or the same day otherwise."""
    if not leaf.is_free_text:
        return as_sent
    about = About(form.valid[leaf.name][0], leaf.question.longest)
    return text_of(row.said.get("kept", row.said["value"]), about)


def _kept(stage: Stage, form: Form, leaf: Leaf) -> object:
    """Return what is on record of the answer, or that nothing of the form is kept by entry."""
    if form.kept is not None:
        return form.kept(leaf)
    once = next(iter(form.hidden.get("once", [])), None)
    found = stage.place.ask("select command from entries where once = %s", once) if once else []
    return within(found[0][0], leaf.name.split("-")) if found else NOTHING


def within(command: Any, steps: list[str]) -> object:
    """Return the answer of that name in a command, a row's by the number of the row."""
    for step in steps:
        if isinstance(command, list):
            number = int(step)
            command = command[number] if number < len(command) else None
        else:
            command = command.get(step) if command else None
    return command


def first_of(leaves_of: Iterator[Leaf]) -> Leaf | None:
    """Return the first leaf of text."""
    return next(islice((leaf for leaf in leaves_of if leaf.is_free_text), 1), None)
