"""Which questions does an act's words model ask, and how are their parts named on the page."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.casework.commands import (
    LONG,
    SHORT,
    InAList,
    Kind,
    NeededWhen,
    RowForEach,
    Rows,
    Under,
    Without,
)
from services.domain.cited import plainly
from services.domain.labels.own_words import in_own_words

DAY_PARTS: Final = ("day", "month", "year")
_KIND_OF: Final[Mapping[type, Kind]] = {
    bool: Kind.YES_NO,
    int: Kind.NUMBER,
    datetime: Kind.MOMENT,
    date: Kind.DAY,
    str: Kind.SHORT_TEXT,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen: what is posted and what a person reads."""

    value: str
    label: str
    hint: str = ""


Options = Mapping[str, tuple[Choice, ...]]


def _said(text: str) -> str:
    """Return what a form says, in the partnership's words and without codes of rules."""
    return plainly(in_own_words(text))


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, taken from one field of the words.

    What it asks, what helps to answer it and the heading above it are read as ``label``, ``hint``
    and ``heading``, in the words of the partnership whose form it is (E-10).
    """

    name: str
    asks: str
    helps: str
    kind: Kind
    required: bool
    longest: int = SHORT
    words: tuple[StrEnum, ...] = ()
    rows: tuple["Question", ...] = ()
    row_model: type[BaseModel] | None = None
    layout: Rows | RowForEach | None = None
    under: str = ""
    needed_when: str = ""
    left_open: str = ""

    @property
    def label(self) -> str:
        """Return what it asks."""
        return _said(self.asks)

    @property
    def hint(self) -> str:
        """Return what helps to answer it."""
        return _said(self.helps)

    @property
    def heading(self) -> str:
        """Return the heading of the part of the form that begins with it, if one does."""
        return _said(self.under)

    @property
    def needed(self) -> str:
        """Return in which case it needs an answer, if it needs one in some."""
        return _said(self.needed_when)

    @property
    def unanswered(self) -> str:
        """Return what holds where nothing is chosen from a list that opens, if it is one."""
        return _said(self.left_open)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names under which the answer is posted."""
        if self.kind is Kind.DAY:
            return tuple(f"{self.name}-{part}" for part in DAY_PARTS)
        if self.kind is Kind.MOMENT:
            return tuple(f"{self.name}-{part}" for part in (*DAY_PARTS, "time"))
        return (self.name,)

    @property
    def asked(self) -> tuple["Question", ...]:
        """Return the questions asked in each row, without the one that names the row."""
        given = self.layout.field if isinstance(self.layout, RowForEach) else None
        return tuple(one for one in self.rows if one.name != given)


@dataclass(frozen=True, slots=True)
class _Shape:
    """An annotation with its wrappings off."""

    kind: Any
    marks: tuple[Any, ...]
    optional: bool


@cache
def questions(model: type[BaseModel]) -> tuple[Question, ...]:
    """Return the questions the model asks, in its own order."""
    return tuple(_question(name, field) for name, field in model.model_fields.items())


def _question(name: str, field: FieldInfo) -> Question:
    shape = _peel(field.annotation, tuple(field.metadata))
    kind, inner = _kind(shape), _inner(shape.kind)
    is_model = isinstance(inner, type) and issubclass(inner, BaseModel)
    layout = next((mark for mark in shape.marks if isinstance(mark, Rows | RowForEach)), None)
    return Question(
        name=name,
        asks=field.title or name.replace("_", " ").capitalize(),
        helps=field.description or "",
        kind=kind,
        required=field.is_required() and not shape.optional,
        longest=_longest(shape.marks, kind),
        words=_offered(inner, shape.marks),
        rows=questions(inner) if is_model else (),
        row_model=inner if is_model else None,
        layout=layout or (Rows() if kind is Kind.ROWS else None),
        under=next((mark.heading for mark in shape.marks if isinstance(mark, Under)), ""),
        needed_when=next((mark.case for mark in shape.marks if isinstance(mark, NeededWhen)), ""),
        left_open=next((one.unanswered for one in shape.marks if isinstance(one, InAList)), ""),
    )


def _offered(inner: Any, marks: tuple[Any, ...]) -> tuple[StrEnum, ...]:  # noqa: ANN401
    """Return the words that may be chosen, if the answer is one of a list of words."""
    if not (isinstance(inner, type) and issubclass(inner, StrEnum)):
        return ()
    left_out = {one for mark in marks if isinstance(mark, Without) for one in mark.members}
    return tuple(one for one in inner if one not in left_out)


def _peel(annotation: Any, marks: tuple[Any, ...]) -> _Shape:  # noqa: ANN401 - any annotation
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _peel(inner, (*marks, *more))
    if get_origin(annotation) in {Union, types.UnionType}:
        arms = [arm for arm in get_args(annotation) if arm is not types.NoneType]
        shape = _peel(arms[0], marks)
        return _Shape(shape.kind, shape.marks, optional=True)
    return _Shape(annotation, marks, optional=False)


def _inner(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    return _peel(get_args(kind)[0], ()).kind if get_origin(kind) is tuple else kind


def _kind(shape: _Shape) -> Kind:
    inner = _inner(shape.kind)
    marked = [mark for mark in _marks(shape) if isinstance(mark, Kind)]
    if get_origin(shape.kind) is tuple:
        return _kind_of_many(inner, marked)
    if marked:
        return marked[0]
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return Kind.ONE_OF
    if inner in _KIND_OF:
        return Kind.LONG_TEXT if _longest(shape.marks, Kind.SHORT_TEXT) > SHORT else _KIND_OF[inner]
    raise TypeError(f"A form cannot ask for {shape.kind!r}.")


def _kind_of_many(inner: Any, marked: list[Kind]) -> Kind:  # noqa: ANN401 - any annotation
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return Kind.ROWS
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return Kind.SEVERAL
    if inner is UUID:
        if Kind.THINGS in marked:
            return Kind.THINGS
        is_person = bool({Kind.PERSON, Kind.PEOPLE} & set(marked))
        return Kind.PEOPLE if is_person else Kind.AGENCIES
    raise TypeError(f"A form cannot ask for several {inner!r}.")


def _marks(shape: _Shape) -> Iterator[Any]:
    yield from shape.marks
    if get_origin(shape.kind) is tuple:
        yield from _peel(get_args(shape.kind)[0], ()).marks


def _longest(marks: tuple[Any, ...], kind: Kind) -> int:
    limits = (getattr(mark, "max_length", None) for mark in marks)
    found = next((limit for limit in limits if limit is not None), None)
    return found or (LONG if kind is Kind.LONG_TEXT else SHORT)
