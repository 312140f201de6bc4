"""How a worded paper is set as a tagged PDF; what people typed travels as data, never as markup."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache

import typst

from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph
from services.documents.glyphs import MARK, breakable, showable, showable_singly
from services.documents.wording import TEMPLATES, Worded

_NOTE = (
    "Some letters or signs in this paper cannot be shown in a PDF and have a mark in their "
    "place. The record in Keyline keeps them as they were typed."
)


def set_as_pdf(paper: Worded) -> bytes:
    """Return the paper as a PDF that declares PDF/UA-1; the same paper gives the same bytes."""
    try:
        return _set(paper, _Setter(showable))
    except typst.TypstError:
        return _set(paper, _Setter(showable_singly))


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

    def fact(self, label: str, text: str | None) -> tuple[str, str | None]:
        return self.text(label, 40), None if text is None else self.text(text)

    def grid(self, grid: Grid) -> Grid:
        longest = max(4, 66 // len(grid.columns))
        return replace(
            grid,
            caption=self.text(grid.caption),
            columns=tuple(self.text(column, longest) for column in grid.columns),
            rows=tuple(tuple(self.text(cell, longest) for cell in row) for row in grid.rows),
        )


def _set(paper: Worded, setter: _Setter) -> bytes:
    blocks = [setter.block(block) for block in paper.blocks]
    if MARK in str(blocks):
        blocks.append(Paragraph(text=_NOTE, notice=True))
    data = {
        "title": paper.title,
        "reference": setter.text(paper.reference),
        "partnership": setter.text(paper.partnership),
        "marking": paper.marking,
        "blocks": [asdict(block) for block in blocks],
    }
    return typst.compile(
        (TEMPLATES / "paper.typ").read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that come with the library, read once a process; no others are used."""
    return typst.Fonts(include_system_fonts=False)
