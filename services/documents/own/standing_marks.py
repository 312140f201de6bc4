"""What a template has beside its text that would go out with every paper: comments and changes.

Also tags where nothing fills them in, such as notes.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

CHANGES: Final = (
    "The template holds suggested changes or comments. Accept or reject every change, delete the "
    "comments, and choose the file again."
)
_CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "commentReference"})
_TAGS: Final = ("{{", "{%", "{#")


def marks_left(content: bytes) -> Iterator[str]:
    """Say once that suggested changes or comments are left in the template."""
    for _name, root in _parts(content):
        tags = (one.tag for one in root.iter() if isinstance(one.tag, str))
        if any(tag.rpartition("}")[2] in _CHANGES for tag in tags):
            yield CHANGES
            return


def loose_tags(content: bytes) -> Iterator[str]:
    """Say of each part of the file that tags in it are not filled in."""
    for name, root in _parts(content):
        part = name.rpartition("/")[2]
        if part.startswith(("document.", "header", "footer")):
            continue
        text = "".join(root.itertext())
        if any(tag in text for tag in _TAGS):
            yield f"A tag stands where none is filled in ({part.removesuffix('.xml')}). Remove it."


def _parts(content: bytes) -> Iterator[tuple[str, "etree._Element"]]:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield name, etree.fromstring(archive.read(name), parser)
