"""How a worded paper is set as a tagged PDF; what people typed travels as data, never as markup."""

import json
from dataclasses import asdict
from typing import Any

import typst

from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph
from services.documents.glyphs import MARK, breakable, showable
from services.documents.wording import TEMPLATES, Worded

_LINE = 72
_NOTE = (
    "Some letters or signs in this paper cannot be shown in a PDF and have a mark in their "
    "place. The record in Keyline keeps them as they were typed."
)


def set_as_pdf(paper: Worded) -> bytes:
    """Return the paper as a PDF that declares PDF/UA-1; the same paper gives the same bytes."""
    blocks = [_said(block) for block in paper.blocks]
    if MARK in str(blocks):
        blocks.append(_said(Paragraph(text=_NOTE, notice=True)))
    data = {
        "title": _shown(paper.title, _LINE),
        "reference": _shown(paper.reference, _LINE),
        "partnership": _shown(paper.partnership, _LINE),
        "marking": paper.marking,
        "blocks": blocks,
    }
    return typst.compile(
        (TEMPLATES / "paper.typ").read_bytes(),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


def _said(block: Block) -> dict[str, Any]:
    return asdict(_showable(block))


def _showable(block: Block) -> Block:
    match block:
        case Heading():
            return Heading(level=block.level, text=_shown(block.text, 40))
        case Paragraph():
            return Paragraph(text=_shown(block.text, _LINE), notice=block.notice)
        case Items():
            shown = tuple(_shown(item, 64) for item in block.items)
            return Items(items=shown, numbered=block.numbered)
        case Facts():
            return Facts(
                facts=tuple(
                    (_shown(label, 40), None if text is None else _shown(text, 64))
                    for label, text in block.facts
                )
            )
        case Grid():
            return _shown_grid(block)


def _shown_grid(grid: Grid) -> Grid:
    longest = max(4, 66 // len(grid.columns))
    return Grid(
        caption=_shown(grid.caption, 60),
        columns=tuple(_shown(column, longest) for column in grid.columns),
        rows=tuple(tuple(_shown(cell, longest) for cell in row) for row in grid.rows),
    )


def _shown(text: str, longest: int) -> str:
    return breakable(showable(text), longest)
