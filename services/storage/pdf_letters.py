"""The letters of a page of a PDF, by the maps of its fonts; the library parses page and maps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

UNREAD: Final = "\ufffd"
_DEEPEST: Final = 12
_A_SPACE: Final = -180
_MOST_LETTERS: Final = 65_536
_MOST_STEPS: Final = 200_000
_STEPS_OF_FORM: Final = 20
_LETTERS_OF_STEP: Final = 10
_LONGEST_CODE: Final = 4
_LONGEST_LETTER: Final = 64
_GLYPHS: Final = {
    "space": " ", "hyphen": "-", "period": ".", "comma": ",", "quoteright": "\u2019",
    "quotesingle": "'", "quoteleft": "\u2018", "colon": ":", "semicolon": ";", "slash": "/",
    "parenleft": "(", "parenright": ")", "at": "@", "underscore": "_", "endash": "\u2013",
    "emdash": "\u2014", "quotedblleft": "\u201c", "quotedblright": "\u201d", "fi": "fi",
    "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "zero": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "bullet": "\u2022", "ampersand": "&", "question": "?", "exclam": "!", "nbspace": " ",
    "eacute": "\u00e9", "egrave": "\u00e8", "edieresis": "\u00eb", "aacute": "\u00e1",
    "odieresis": "\u00f6", "udieresis": "\u00fc", "oacute": "\u00f3", "iacute": "\u00ed",
    "ccedilla": "\u00e7", "ntilde": "\u00f1", "agrave": "\u00e0", "adieresis": "\u00e4",
}  # fmt: skip


_UNREADABLE: Final = (
    pikepdf.PdfError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    MemoryError,
)


@dataclass(slots=True)
class PageText:
    """What was read of a page: its text, how many pictures it has, whether it could be parsed.

    ``steps`` count how much is drawn: a form may draw another many times, and that one another.
    """

    parts: list[str] = field(default_factory=list)
    pictures: int = 0
    steps: int = 0
    is_broken: bool = False

    @property
    def text(self) -> str:
        """Return what was read, in the order in which the page is drawn."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Font:
    """How the codes of a font become letters."""

    letters: Mapping[bytes, str]
    lengths: tuple[int, ...]
    wide: bool
    encoding: str = ""

    def read(self, codes: bytes) -> str:
        """Return the letters; what has none is said to be unread."""
        said, at = list[str](), 0
        while at < len(codes):
            for length in self.lengths:
                letter = self.letters.get(codes[at : at + length])
                if letter is not None:
                    break
            else:
                length = self.lengths[-1] if self.wide else 1
                letter = self._plain(codes[at : at + length])
            said.append(letter)
            at += length
        return "".join(said)

    def _plain(self, code: bytes) -> str:
        if self.wide or not self.encoding:
            return UNREAD
        return code.decode(self.encoding, "replace")


def text_of_page(page: pikepdf.Page) -> PageText:
    """Return the text of a page, with that of what is drawn on it and of its notes."""
    said = PageText()
    resources = _resources(page.obj)
    _read(page, resources, said, 0)
    for note in page.obj.get("/Annots", ()):
        drawn = _drawn(note)
        if isinstance(drawn, pikepdf.Stream):
            said.parts.append("\n")
            _read(drawn, drawn.get("/Resources", resources), said, 1)
    return said


def _drawn(note: Any) -> Any:  # noqa: ANN401 - a PDF object
    """Return how a note looks on its page, if it is drawn."""
    looks = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
    return looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None


def _resources(node: Any) -> Any:  # noqa: ANN401 - a PDF object
    """Return what a page draws with: its own, or that of what it stands in."""
    for _level in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary) or "/Resources" in node:
            break
        node = node.get("/Parent")
    found = node.get("/Resources") if isinstance(node, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _read(drawn: Any, resources: Any, said: PageText, depth: int) -> None:  # noqa: ANN401
    """Read what is drawn, and the forms that are drawn in it, up to so many steps."""
    said.steps += _STEPS_OF_FORM
    if depth > _DEEPEST or said.steps > _MOST_STEPS:
        said.is_broken = True
        return
    try:
        _follow(pikepdf.parse_content_stream(drawn), resources, said, depth)
    except _UNREADABLE:
        said.is_broken = True


def _follow(steps: Any, resources: Any, said: PageText, depth: int) -> None:  # noqa: ANN401
    fonts: dict[str, _Font] = {}
    font: _Font | None = None
    for step in steps:
        said.steps += 1
        if said.steps > _MOST_STEPS:
            said.is_broken = True
            return
        operands, operator = step.operands, str(step.operator)
        if operator == "Tf":
            font = _font(str(operands[0]), resources, fonts)
        elif operator == "Do":
            _draw(str(operands[0]), resources, said, depth)
        elif operator == "INLINE IMAGE":
            said.pictures += 1
        else:
            written = _written(operator, operands, font)
            said.parts.append(written)
            said.steps += len(written) // _LETTERS_OF_STEP


def _written(operator: str, operands: Any, font: _Font | None) -> str:  # noqa: ANN401
    """Return what a step writes: letters, or what parts them from those before."""
    if operator in {"Td", "TD", "T*", "Tm", "BT", "ET"}:
        down = operands[1] if operator in {"Td", "TD"} and len(operands) > 1 else 1
        return "\n" if float(down) else " "
    if font is None:
        return ""
    if operator in {"Tj", "'", '"'} and operands:
        return ("\n" if operator != "Tj" else "") + font.read(_bytes(operands[-1]))
    if operator != "TJ" or not operands:
        return ""
    return "".join(
        font.read(_bytes(one))
        if isinstance(one, pikepdf.String)
        else (" " if float(one) < _A_SPACE else "")
        for one in operands[0]
    )


def _bytes(string: Any) -> bytes:  # noqa: ANN401 - a PDF object
    """Return the bytes of a string; raises TypeError for a number, of which it makes as many."""
    if not isinstance(string, pikepdf.String):
        raise TypeError(string)
    return bytes(string)


def _draw(name: str, resources: Any, said: PageText, depth: int) -> None:  # noqa: ANN401
    thing = resources.get("/XObject", {}).get(name)
    if not isinstance(thing, pikepdf.Stream):
        return
    if thing.get("/Subtype") == pikepdf.Name("/Image"):
        said.pictures += 1
    else:
        _read(thing, thing.get("/Resources", resources), said, depth + 1)


def _font(name: str, resources: Any, fonts: dict[str, _Font]) -> _Font | None:  # noqa: ANN401
    if name not in fonts:
        thing = resources.get("/Font", {}).get(name)
        if not isinstance(thing, pikepdf.Dictionary):
            return None
        fonts[name] = _read_font(thing)
    return fonts[name]


def _read_font(font: pikepdf.Dictionary) -> _Font:
    wide = font.get("/Subtype") == pikepdf.Name("/Type0")
    given = font.get("/Encoding")
    letters: dict[bytes, str] = {}
    # A part of a font without any map: its codes are its own, and stand for no letters.
    is_part = "+" in str(font.get("/BaseFont", "")) and given is None
    encoding = "" if wide or is_part else "cp1252"
    base = given.get("/BaseEncoding") if isinstance(given, pikepdf.Dictionary) else given
    if base == pikepdf.Name("/MacRomanEncoding"):
        encoding = "mac_roman"
    if not wide and isinstance(given, pikepdf.Dictionary):
        letters |= _differences(given.get("/Differences", ()))
    own_map: Any = font.get("/ToUnicode")
    if isinstance(own_map, pikepdf.Stream):
        letters |= dict(_mapped(own_map))
    lengths = sorted({len(one) for one in letters}) or [2 if wide else 1]
    return _Font(letters, tuple(lengths), wide, encoding)


def _differences(listed: Any) -> dict[bytes, str]:  # noqa: ANN401 - a PDF array
    found: dict[bytes, str] = {}
    code = 0
    for one in listed:
        if not isinstance(one, pikepdf.Name):
            code = int(one)
        elif 0 <= code < 256:
            found[bytes([code])] = _letter(str(one)[1:])
            code += 1
    return found


def _letter(glyph: str) -> str:
    plain = glyph.partition(".")[0]
    if plain.startswith("uni") and len(plain) >= 7:
        return _of_utf16(bytes.fromhex(plain[3:7])) if _is_hex(plain[3:7]) else UNREAD
    return plain if len(plain) == 1 else _GLYPHS.get(plain, UNREAD)


def _is_hex(text: str) -> bool:
    return all(one in "0123456789abcdefABCDEF" for one in text)


def _mapped(cmap: pikepdf.Stream) -> Iterator[tuple[bytes, str]]:
    """Yield the letters of a font's own map; a map that cannot be parsed gives none."""
    try:
        steps = pikepdf.parse_content_stream(cmap)
    except (pikepdf.PdfError, TypeError, ValueError):
        return
    left = _MOST_LETTERS
    for step in steps:
        operands = [*step.operands]
        if str(step.operator) == "endbfchar":
            yield from _pairs(operands)
        elif str(step.operator) == "endbfrange":
            for first, last, to in zip(operands[::3], operands[1::3], operands[2::3], strict=False):
                for code, letter in _range(_bytes(first), _bytes(last), to, left):
                    left -= 1
                    yield code, letter


def _pairs(operands: list[Any]) -> Iterator[tuple[bytes, str]]:
    for code, letter in zip(operands[::2], operands[1::2], strict=False):
        if isinstance(code, pikepdf.String) and isinstance(letter, pikepdf.String):
            given = bytes(code)
            if len(given) <= _LONGEST_CODE:
                yield given, _of_utf16(bytes(letter))


def _range(first: bytes, last: bytes, to: Any, most: int) -> Iterator[tuple[bytes, str]]:  # noqa: ANN401
    begin, end = int.from_bytes(first), int.from_bytes(last)
    for step in range(min(end - begin + 1, most)):
        code = (begin + step).to_bytes(max(len(first), 1))
        if isinstance(to, pikepdf.Array):
            if step < len(to):
                yield code, _of_utf16(_bytes(to[step]))
        else:
            given = _bytes(to)
            number = int.from_bytes(given) + step
            yield code, _of_utf16(number.to_bytes(max(len(given), 2)))


def _of_utf16(letter: bytes) -> str:
    return letter[:_LONGEST_LETTER].decode("utf-16-be", "replace")
