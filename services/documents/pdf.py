"""How a worded paper is set as a tagged PDF; what people typed travels as data, never as markup."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import typst

from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph, Picture
from services.documents.glyphs import (
    MARK,
    breakable,
    name_of,
    showable,
    showable_singly,
    unshown,
)
from services.documents.wording import TEMPLATES, Worded

_NOTE = (
    "Some letters or signs in this paper cannot be shown in a PDF and have a mark in their "
    "place. The record in Keyline keeps them as they were typed."
)
FONTS = Path(__file__).parent / "fonts"
_MOST_NAMED = 20
_EMPTY_PAPERS = 3
_NARROWEST, _WIDEST = 15, 36  # the word Position stands unbroken in the narrowest column
_LONGEST_WORD, _ROUNDS = 14, 4
_SET_SMALLER = 5  # with more columns than that the letters of a table are smaller


def set_as_pdf(paper: Worded) -> bytes:
    """Return the paper as a PDF that declares PDF/UA-1; the same paper gives the same bytes."""
    try:
        return _compiled(paper, _Setter(showable))
    except typst.TypstError:
        return _compiled(paper, _Setter(showable_singly))


def set_as_pictures(paper: Worded, dots_per_inch: int) -> list[bytes]:
    """Return each page of the paper as a PNG, for a person to look at its setting."""
    data = _data(paper, _Setter(showable))
    made = typst.compile(**_source(data), format="png", ppi=dots_per_inch)
    return made if isinstance(made, list) else [made]


@dataclass(frozen=True, slots=True)
class _Setter:
    """Turns blocks into what the page template reads, each text made fit to be shown."""

    show: Callable[[str], str]

    def text(self, text: str, longest: int = 64) -> str:
        return breakable(self.show(text), longest)

    def block(self, block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, text=self.text(block.text, 40))
            case Paragraph():
                return replace(block, text=self.text(block.text))
            case Items():
                return replace(block, items=tuple(self.text(item) for item in block.items))
            case Facts():
                return replace(block, facts=tuple(self.fact(*fact) for fact in block.facts))
            case Grid():
                return self.grid(block)
            case Picture():
                told = self.show(block.in_words)
                return replace(block, svg=self.show(block.svg), in_words=told)

    def fact(self, label: str, text: str | None) -> tuple[str, str | None]:
        return self.text(label, 40), None if text is None else self.text(text)

    def grid(self, grid: Grid) -> Grid:
        shares = _shares(grid)
        most = [max(4, _across(grid) * share // sum(shares)) for share in shares]
        columns, *rows = (
            tuple(self.text(cell, longest) for cell, longest in zip(row, most, strict=True))
            for row in (grid.columns, *grid.rows)
        )
        return replace(grid, caption=self.text(grid.caption), columns=columns, rows=tuple(rows))


def _compiled(paper: Worded, setter: _Setter) -> bytes:
    made: bytes = typst.compile(**_source(_data(paper, setter)), pdf_standards=["ua-1"])
    _forget_older_papers()
    return made


def _forget_older_papers() -> None:
    """Let the library forget what it worked out for earlier papers, which no later one needs.

    It keeps that for the next ten papers, some 40 MB a process, and can be told so in no other way
    than by papers: empty ones, a millisecond each.
    """
    for _ in range(_EMPTY_PAPERS):
        typst.compile(b"", font_paths=fonts(), ignore_system_fonts=True)


def _data(paper: Worded, setter: _Setter) -> dict[str, object]:
    blocks = [setter.block(block) for block in paper.blocks]
    if MARK in str(blocks):
        blocks.append(Paragraph(text=" ".join((_NOTE, *_named(paper))), notice=True))
    return {
        "title": setter.text(paper.title),
        "reference": setter.text(paper.reference),
        "partnership": setter.text(paper.partnership),
        "marking": paper.marking,
        "contents": paper.contents,
        "blocks": [asdict(block) | _setting_of(block) for block in blocks],
    }


def _setting_of(block: Block) -> dict[str, object]:
    return {"shares": _shares(block)} if isinstance(block, Grid) else {}


def _shares(grid: Grid) -> list[int]:
    """Return how wide each column of a table is: as its longest text asks, within limits.

    None is narrower than its longest word asks, unless that is a code or an address.
    """
    columns = list(zip(grid.columns, *grid.rows, strict=True))
    shares = [min(_WIDEST, max(_NARROWEST, *map(len, texts))) for texts in columns]
    words = [max((len(one) for one in " ".join(texts).split()), default=0) for texts in columns]
    for _ in range(_ROUNDS):
        whole = sum(shares)
        shares = [
            max(share, -(-(word + 1) * whole // _across(grid))) if word <= _LONGEST_WORD else share
            for share, word in zip(shares, words, strict=True)
        ]
    return shares


def _across(grid: Grid) -> int:
    """Return about how many letters stand beside each other over the width of the table."""
    return 78 if len(grid.columns) > _SET_SMALLER else 66


def _source(data: dict[str, object]) -> dict[str, Any]:
    return {
        "input": (TEMPLATES / "paper.typ").read_bytes(),
        "font_paths": fonts(),
        "sys_inputs": {"data": json.dumps(data)},
        "ignore_system_fonts": True,
    }


def _named(paper: Worded) -> tuple[str, ...]:
    """Name what has a mark in its place, so that a reader of the paper can tell what it was."""
    lost = unshown(json.dumps([asdict(block) for block in paper.blocks], ensure_ascii=False))
    named = "; ".join(map(name_of, lost[:_MOST_NAMED]))
    return (f"They are: {named}.",) if lost else ()


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the library and our own, read once a process; no others are used."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
