"""The names that a partnership's template fills in, and what of a paper it may not leave out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Final

from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph
from services.documents.wording import MARKING, apart, cleaned, marking_of
from services.domain.documents import DocumentKind, Paper
from services.domain.labels.own_words import in_own_words
from services.domain.paper_templates import OFFERED
from services.domain.plain_dates import day_month_year


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, each of whose members has these names, or is itself a text."""

    each: "Shape"


Shape = str | ListOf | Mapping[str, "Shape"]
"""What stands behind a name: a text, a list, or names of its own."""

TEXT: Final = "text"
_FACT: Final = MappingProxyType[str, Shape]({"label": TEXT, "text": TEXT})
_ROW: Final = MappingProxyType[str, Shape]({"cells": ListOf(TEXT), "facts": ListOf(_FACT)})
_TABLE: Final = MappingProxyType[str, Shape](
    {"caption": TEXT, "columns": ListOf(TEXT), "rows": ListOf(_ROW)}
)
_PART: Final = MappingProxyType[str, Shape](
    {
        "heading": TEXT,
        "subheading": TEXT,
        "lines": ListOf(TEXT),
        "facts": ListOf(_FACT),
        "points": ListOf(TEXT),
        "tables": ListOf(_TABLE),
    }
)
NAMES: Final = MappingProxyType[str, Shape](
    {
        "title": TEXT,
        "marking": TEXT,
        "partnership": TEXT,
        "reference": TEXT,
        "date": TEXT,
        "version": TEXT,
        "to": TEXT,
        "sender": TEXT,
        "opening": ListOf(TEXT),
        "opening_parts": ListOf(_PART),
        "parts": ListOf(_PART),
        "closing": ListOf(TEXT),
        "closing_parts": ListOf(_PART),
        "signatory": TEXT,
        "business_unit": TEXT,
    }
)
WORDS: Final = MappingProxyType(
    {
        "title": "The title of the paper, with what it is about",
        "marking": f"{MARKING}, as every page is marked",
        "partnership": "The name of the partnership",
        "reference": "The reference of the case",
        "date": "The day on which the paper was prepared",
        "version": "Which version of the paper it is",
        "to": "To whom it is addressed",
        "sender": "Whose paper it is: the partnership's, or that of the agency that sent it",
        "opening": "Keyline's own first words, line by line; a letter that was put right has the "
        "words of who did so",
        "opening_parts": "The same words part by part, as under “parts”, with their headings",
        "parts": "Everything on record, part by part: heading, subheading, lines, facts (label and "
        "text, which is empty where a reader is to write), points, tables (caption, columns, rows "
        "with cells or with facts)",
        "closing": "Keyline's own last words, line by line",
        "closing_parts": "The same words part by part, as under “parts”, with their headings",
        "signatory": "The business manager who signs a letter",
        "business_unit": "How the business unit is reached",
    }
)
_ORDER: Final = ("lines", "facts", "points", "tables")


@dataclass(frozen=True, slots=True)
class MustStand:
    """A text that stands in the paper, and the name that brings it in."""

    name: str
    text: str


@dataclass(slots=True)
class _Part:
    heading: str = ""
    subheading: str = ""
    lines: list[str] = field(default_factory=list)
    facts: list[dict[str, str]] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    def has_any_after(self, what: str) -> bool:
        """Tell whether something stands in it already that its form has behind this."""
        return any(getattr(self, one) for one in _ORDER[_ORDER.index(what) + 1 :])


def names_of(paper: Paper) -> dict[str, Any]:
    """Return what the names stand for in this paper: texts, and lists of them."""
    clean, told = cleaned(paper), apart(paper)
    return {
        "title": clean.title,
        "marking": marking_of(clean.kind),
        "partnership": clean.partnership,
        "reference": clean.reference,
        "date": day_month_year(clean.prepared_on),
        "version": str(clean.version),
        "to": clean.addressed_to,
        "sender": clean.sender or clean.partnership,
        "opening": list(_lines(told.opening)),
        "opening_parts": [asdict(one) for one in _parts(told.opening)],
        "parts": [asdict(one) for one in _parts(told.record)],
        "closing": list(_lines(told.closing)),
        "closing_parts": [asdict(one) for one in _parts(told.closing)],
        "signatory": clean.signatory,
        "business_unit": clean.reached_at,
    }


def must_stand(paper: Paper, names: Mapping[str, Any]) -> Iterator[MustStand]:
    """Yield each text that no template may leave out: what is on record, and whose it is.

    ``names`` are those of the paper. Words that a person gave a letter in place of the usual ones
    stand too.
    """
    offered, kept = names_for(paper.kind), OFFERED[paper.kind]
    for name in ("marking", "reference", "to", "signatory"):
        if name in offered:
            yield MustStand(name, names[name])
    if kept.keeps_opening or paper.words is not None:
        yield from (MustStand("opening", line) for line in names["opening"])
    if kept.keeps_closing or paper.words is not None:
        yield from (MustStand("closing", line) for line in names["closing"])
    for part in names["parts"]:
        yield from (MustStand(f"part.{name}", text) for name, text in _texts_of(part))


def _texts_of(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "heading", part["heading"]
    yield "subheading", part["subheading"]
    for name in ("lines", "points"):
        yield from ((name, text) for text in part[name])
    for fact in part["facts"]:
        yield from (("facts", text) for text in fact.values())
    for table in part["tables"]:
        yield "tables", table["caption"]
        yield from (("tables", fact["label"]) for row in table["rows"] for fact in row["facts"])
        yield from (("tables", text) for row in table["rows"] for text in row["cells"])


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the texts of the blocks, each a line by itself."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Items():
                yield from block.items
            case Facts():
                yield from (f"{label}: {text or ''}" for label, text in block.facts)
            case _:
                continue


def _parts(blocks: Iterable[Block]) -> Iterator[_Part]:
    """Yield the blocks part by part; where their order is not that of a part, another begins."""
    part = _Part()
    for block in blocks:
        if isinstance(block, Heading):
            yield from _whole(part)
            is_first = block.level == 1
            part = _Part(block.text if is_first else "", "" if is_first else block.text)
            continue
        what, told = _told(block)
        if part.has_any_after(what):
            yield part
            part = _Part()
        getattr(part, what).extend(told)
    yield from _whole(part)


def _whole(part: _Part) -> Iterator[_Part]:
    if part != _Part():
        yield part


def _told(block: Block) -> tuple[str, list[Any]]:
    """Return as what of a part the block is told; a picture by what it shows."""
    match block:
        case Paragraph():
            return "lines", [block.text]
        case Items():
            return "points", list(block.items)
        case Facts():
            return "facts", [{"label": label, "text": text or ""} for label, text in block.facts]
        case Grid():
            return "tables", [_table(block)]
        case Heading():
            return "lines", [block.text]
        case _:
            return "lines", [block.in_words]


def _table(grid: Grid) -> dict[str, Any]:
    return {
        "caption": grid.caption,
        "columns": list(grid.columns),
        "rows": [
            {
                "cells": list(row),
                "facts": [
                    {"label": label, "text": text}
                    for label, text in zip(grid.columns, row, strict=True)
                    if text
                ],
            }
            for row in grid.rows
        ],
    }


def names_for(kind: DocumentKind) -> dict[str, str]:
    """Return the names that a template of the kind may use, each with what it stands for.

    Who signs stands in letters alone; what is handed to anybody leads to no case.
    """
    known, left_out = kind.particulars, set[str]()
    if not known.is_letter:
        left_out |= {"signatory", "business_unit"}
    if known.is_public:
        left_out |= {"marking", "reference"}
    told = WORDS.items()
    return {name: in_own_words(words) for name, words in told if name not in left_out}
