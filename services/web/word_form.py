"""A form of an act as a Word file: with what stands in it, and what of a file goes back into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.casework.commands import Kind
from services.domain.filled_forms import same_words
from services.domain.word_forms import (
    BroughtBack,
    FormBroughtBack,
    WordQuestion,
    settled,
)
from services.web.act_pages.act_page import ActPage
from services.web.forms.brought_in import one_line
from services.web.forms.days_written import boxes_of
from services.web.forms.fields import Question
from services.web.forms.parsing import WAS
from services.web.forms.rendering import ShownField, ShownForm
from services.web.forms.said import said_in
from services.web.forms.text import showable
from services.web.posted_form import Posted

FORMS: Final = frozenset({"write_record", "submit_return", "submit_report", "propose_plan"})
CHANGED: Final = f"{WAS}changed-"
UNREAD: Final = f"{WAS}unread-"
BESIDE: Final = f"{WAS}beside"
ABSENT: Final = f"{WAS}absent"
SEVERAL: Final = frozenset({"SEVERAL", "AGENCIES", "PEOPLE", "THINGS"})
_YES_NO: Final = {"y": "yes", "n": "no"}
FILE: Final = Question(
    name="file",
    asks="The Word form that you filled in",
    helps="The .docx file that you took from this page. It is checked, read and not kept; "
    "pictures, comments and footnotes in it are not read.",
    kind=Kind.DOCUMENT,
    required=True,
)


def goes_out(asked: ActPage) -> bool:
    """Tell whether the form of the act goes out as a Word file and comes back."""
    return asked.act.name in FORMS


def fields_by_name(form: ShownForm) -> dict[str, tuple[str, ShownField]]:
    """Return each field that can be answered by its name, with what it is called."""
    return {one.name: (called, one) for field in form.fields for called, one in _called(field)}


@dataclass(slots=True)
class _Merging:
    """The answers of the form, and what is told of those that a file changed."""

    answers: dict[str, tuple[str, ...]]
    told: dict[str, tuple[str, ...]]

    def put(self, field: ShownField, said: Mapping[str, tuple[str, ...]]) -> None:
        for name in {field.name, *field.typed}:
            self.answers.pop(name, None)
        self.answers |= said


def merged(form: ShownForm, posted: Posted, back: FormBroughtBack) -> Posted:
    """Return the form with what was changed in the file, and what stood there before told beside.

    An answer that the file left as it went out stays as it stands now. One that cannot be read as
    an answer of its question, and one of no question, is told with its words; so is each question
    that the file has no field for.
    """
    known = fields_by_name(form)
    notes = (UNREAD, BESIDE, ABSENT)
    kept = {name: said for name, said in posted.answers.items() if not name.startswith(notes)}
    merging = _Merging(kept, {})
    beside = [f"{one.called}: {one.says}" for one in back.beside]
    for name, answer in back.answers.items():
        if name in known:
            _take(merging, known[name][1], answer)
        elif answer.says:
            beside.append(answer.says)
    absent = [one.name for one in form.fields if not one.rows and one.name not in back.answers]
    told = {BESIDE: tuple(map(showable, beside)), ABSENT: tuple(absent)}
    told = {name: said for name, said in {**merging.told, **told}.items() if said}
    return Posted({**merging.answers, **told})


def _take(merging: _Merging, field: ShownField, answer: BroughtBack) -> None:
    now, text = said_in(field), showable(answer.says)
    if not answer.is_changed or settled(now) == settled(text):
        return
    said = posted_as(field, text) if text else {}
    if said is None:
        merging.told[f"{UNREAD}{field.name}"] = (text,)
        return
    merging.put(field, said)
    before = f"{CHANGED}{field.name}"
    merging.told[before] = (*merging.answers.get(before, ()), now)


def posted_as(field: ShownField, text: str) -> dict[str, tuple[str, ...]] | None:
    """Return what is posted for an answer in these words; nothing where they are no such answer."""
    if field.kind in {"DAY", "MOMENT"}:
        boxes = boxes_of(text)
        return {f"{field.name}-{part}": (said,) for part, said in boxes.items()} or None
    if field.choices or field.kind == "YES_NO":
        return _chosen(field, text)
    return {field.name: (one_line(text) if field.kind == "SHORT_TEXT" else text,)}


def _chosen(field: ShownField, text: str) -> dict[str, tuple[str, ...]] | None:
    values = {same_words(one.label): one.value for one in field.choices}
    is_one = field.kind not in SEVERAL
    lines = [text] if is_one else [one for line in text.split("\n") for one in line.split(";")]
    words = [same_words(one).strip(" .,") for one in lines if one.strip()]
    found = [values.get(_YES_NO.get(one, one), values.get(f"{one}.")) for one in words]
    chosen = tuple(one for one in found if one is not None)
    return {field.name: chosen} if len(chosen) == len(words) else None


def _called(field: ShownField) -> Iterator[tuple[str, ShownField]]:
    if not field.rows:
        yield field.label, field
    for row in field.rows:
        for one in row.fields:
            yield f"{row.heading}: {one.label}", one


def questions_in(field: ShownField) -> Iterator[WordQuestion]:
    """Yield what a field asks as it stands in the file, row by row where it is a list."""
    if not field.rows:
        yield _question(field)
    for row in field.rows:
        for number, one in enumerate(row.fields):
            yield replace(
                _question(one), row="" if number else f"{field.label}: {row.heading}", of_row=True
            )


def _question(field: ShownField) -> WordQuestion:
    return WordQuestion(
        name=field.name,
        asks=field.label,
        helps=field.hint,
        says=said_in(field),
        choices=tuple(one.label for one in field.choices),
        one=field.kind not in SEVERAL,
    )
