"""What a paper is made of once its template is filled in: a few kinds of block, in order."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the first or second level under the title."""

    level: int
    text: str
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; a notice stands out from it, and what is kept together is on one page."""

    text: str
    notice: bool = False
    kept: bool = False
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of points."""

    items: tuple[str, ...]
    numbered: bool = False
    block: Literal["items"] = "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels with their answers; an answer of None is space to write in."""

    facts: tuple[tuple[str, str | None], ...]
    block: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a caption and a header row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    block: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as SVG, with what it shows in words."""

    svg: str
    in_words: str
    block: Literal["picture"] = "picture"


Block = Heading | Paragraph | Items | Facts | Grid | Picture

_LEAVES = frozenset({"h2", "h3", "p", "li", "dt", "dd", "caption", "th", "td"})
_CONTAINERS = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tr"})


@dataclass(slots=True)
class _Open:
    """What has been gathered of the list or table that is being read."""

    texts: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str | None]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    caption: str = ""


class _Reader(HTMLParser):
    """Read the small set of tags that the templates use; any other tag is a mistake."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] | None = None
        self._class = ""
        self._open = _Open()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._say("\n")
        elif tag == "img":
            told = {name: value or "" for name, value in attrs}
            self.blocks.append(Picture(svg=told["src"], in_words=told["alt"]))
        elif tag in _LEAVES:
            self._text = []
            self._class = dict(attrs).get("class") or ""
        elif tag in _CONTAINERS:
            if tag in {"ul", "ol", "dl", "table"}:
                self._open = _Open()
            if tag == "tr":
                self._open.rows.append([])
        else:
            raise ValueError(f"A template of papers may not use <{tag}>.")

    def handle_data(self, data: str) -> None:
        if data.strip() and self._text is None:
            raise ValueError("Text in a template of papers stands inside a block.")
        self._say(" ".join(data.split()).join(_edges(data)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEAVES:
            text = _tidy("".join(self._text or ()))
            self._text = None
            self._leaf(tag, text)
        else:
            self._container(tag)

    def _say(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _leaf(self, tag: str, text: str) -> None:
        match tag:
            case "h2" | "h3":
                self.blocks.append(Heading(level=int(tag[1]) - 1, text=text))
            case "p":
                is_notice, is_kept = self._class == "notice", self._class == "kept"
                self.blocks.append(Paragraph(text=text, notice=is_notice, kept=is_kept))
            case "dd":
                label = self._open.texts.pop()
                self._open.pairs.append((label, None if self._class == "blank" else text))
            case "caption":
                self._open.caption = text
            case "th":
                self._open.columns.append(text)
            case "td":
                self._open.rows[-1].append(text)
            case _:
                self._open.texts.append(text)

    def _container(self, tag: str) -> None:
        held = self._open
        match tag:
            case "ul" | "ol":
                self.blocks.append(Items(items=tuple(held.texts), numbered=tag == "ol"))
            case "dl":
                self.blocks.append(Facts(facts=tuple(held.pairs)))
            case "table":
                rows = tuple(tuple(row) for row in held.rows if row)
                self.blocks.append(
                    Grid(caption=held.caption, columns=tuple(held.columns), rows=rows)
                )
            case _:
                pass


def read(page: str) -> tuple[Block, ...]:
    """Read a filled template into blocks."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.blocks)


def _edges(data: str) -> tuple[str, str]:
    return (" " if data[:1].isspace() else "", " " if data[-1:].isspace() else "")


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
