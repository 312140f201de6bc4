"""The content controls of a Word file that was checked: tag, title and text of each."""

import io
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.domain.word_forms import WordField
from services.storage.office import DOCUMENT
from services.storage.office_parts import BREAKS, GONE, elements, plain_name

_NOT_READ: Final = GONE | {"tabs", "Fallback", "sdtPr"}
MOST: Final = 2_000


def controls_of(content: bytes) -> tuple[WordField, ...]:
    """Return what stands in each content control that has a tag, in the order in which they end.

    Text in a control inside another belongs to the inner one. Changes that are only suggested are
    read as taken. Raises PartRefused where the part cannot be read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(DOCUMENT)
    reading = _Controls()
    found = (reading.take(element, plain_name(element.tag)) for element in elements(part))
    return tuple(islice((one for one in found if one is not None), MOST))


@dataclass(slots=True)
class _OpenControl:
    """One control that has begun and not ended."""

    tag: str = ""
    called: str = ""
    said: list[str] = field(default_factory=list)


class _Controls:
    """Reads element by element: what was read of a control before is forgotten by the parser."""

    def __init__(self) -> None:
        self._open: dict[etree._Element, _OpenControl] = {}

    def take(self, element: etree._Element, name: str) -> WordField | None:
        """Take the end of an element, and return the control that ends with it, if one does."""
        if name in {"tag", "alias"}:
            self._name(element, name)
        elif name in {"t", "p"} or name in BREAKS:
            self._say(element, name)
        elif name == "sdt":
            ended = self._open.pop(element, _OpenControl())
            if ended.tag:
                lines = "".join(ended.said).removesuffix("\n")
                return WordField(ended.tag, ended.called, lines)
        return None

    def _name(self, element: etree._Element, name: str) -> None:
        above = element.getparent()
        if above is None or plain_name(above.tag) != "sdtPr" or above.getparent() is None:
            return
        control = self._open.setdefault(above.getparent(), _OpenControl())
        value = next((said for key, said in element.attrib.items() if plain_name(key) == "val"), "")
        if name == "tag":
            control.tag = value
        else:
            control.called = value

    def _say(self, element: etree._Element, name: str) -> None:
        """Add what the element says to the control that it stands in, if it stands in one."""
        above = list(element.iterancestors())
        control = next((self._open[one] for one in above if one in self._open), None)
        if control is None or any(plain_name(one.tag) in _NOT_READ for one in above):
            return
        text = "\n" if name == "p" else element.text or "" if name == "t" else BREAKS[name]
        control.said.append(text)
