"""Numbers drawn as bars: one picture that a page and a paper show alike.

What the bars say stands beside each as it is told; of a number that is not told no bar is drawn.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from services.domain.paper_parts import Drawing
from services.domain.plain_text import capital
from services.domain.trends import Number

_LINE, _BASE, _BEGINS, _WIDEST, _HIGH, _WIDE = 28, 18, 300, 220, 18, 640
_LONGEST: Final = 40


def bar_chart(title: str, lines: Sequence[tuple[str, Number]]) -> Drawing:
    """Draw a bar for each number, as wide as it is of the greatest that is told."""
    greatest = max((one.drawn or 0 for _, one in lines), default=0)
    said = "; ".join(f"{what}, {one.told}" for what, one in lines)
    in_words = f"{title}: {said}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_LINE * len(lines)}"',
        f' width="{_WIDE}" height="{_LINE * len(lines)}" role="img"',
        f' aria-label="{escape(in_words)}">',
        *(_bar(at, *line, greatest) for at, line in enumerate(lines)),
        "</svg>",
    ]
    return Drawing(svg="".join(parts), in_words=in_words)


def _bar(at: int, what: str, number: Number, greatest: int) -> str:
    wide = _WIDEST * (number.drawn or 0) // greatest if greatest else 0
    top = _LINE * at
    bar = f'<rect x="{_BEGINS}" y="{top + 5}" width="{wide}" height="{_HIGH}" fill="#1d70b8"/>'
    return "".join(
        (
            f'<text x="0" y="{top + _BASE}" font-size="14">{escape(_short(capital(what)))}</text>',
            bar if wide else "",
            f'<text x="{_BEGINS + wide + 8}" y="{top + _BASE}" font-size="14">',
            f"{escape(number.told)}</text>",
        )
    )


def _short(what: str) -> str:
    """Return what is counted as it fits before its bar; the table beside it says it whole."""
    return what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1].rstrip()}…"
