"""The process that fills in one template and ends: it reads JSON, and writes JSON.

It may use ten seconds of a processor and a gigabyte of memory, and writes no file. It knows nothing
of the installation: what it gets is the template, the texts to fill in and how the file is named.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.documents.own.bounds import NOT_TO_BE_FILLED_IN, limit
from services.documents.own.language import LoopTurns, TooManyTurns, counted, sandbox, troubles_in
from services.documents.own.names import NAMES
from services.documents.own.standing_marks import loose_tags, marks_left
from services.documents.own.word_blocks import blocks_of, words_of
from services.documents.word import with_fixed_times

LARGEST: Final = 25 * 1024 * 1024
NOT_FILLED_IN: Final = (
    "The template cannot be filled in. Write each tag in one piece, with {%p ... %} in a paragraph "
    "of its own and {%tr ... %} in a table row of its own."
)
TOO_LONG: Final = "The loops of the template go on for too long."
TOO_LARGE: Final = "What the template makes is too large."
_OF_PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")


def main() -> None:
    """Fill in what stands on the standard input, within the limits."""
    limit()
    asked = json.load(sys.stdin.buffer)
    json.dump(answered(asked), sys.stdout)


def answered(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file with what it says, or what of the template stands in the way."""
    try:
        return _tried(asked)
    except TooManyTurns:
        return {"troubles": [TOO_LONG]}
    except NOT_TO_BE_FILLED_IN:
        return {"troubles": [NOT_FILLED_IN]}


def _tried(asked: Mapping[str, Any]) -> dict[str, Any]:
    content = base64.b64decode(asked["template"])
    allowed = {name: NAMES[name] for name in asked["allowed"]}
    template = DocxTemplate(io.BytesIO(content))
    template.render_init()
    troubles = [*marks_left(content), *loose_tags(content)]
    for where, source in _sources(template):
        troubles += troubles_in(source, where, allowed)
    return {"troubles": troubles} if troubles else _filled_in(template, asked)


def _sources(template: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Yield each part that is filled in, as Jinja gets it, and where it stands in the file."""
    yield "In the text", _in_lines(template.patch_xml(template.get_xml()))
    for uri, where in (
        (template.HEADER_URI, "In a header"),
        (template.FOOTER_URI, "In a footer"),
    ):
        for _, part in template.get_headers_footers(uri):
            yield where, _in_lines(template.patch_xml(template.get_part_xml(part)))
    for name in _OF_PROPERTIES:
        yield "In the properties of the file", getattr(template.docx.core_properties, name)


def _in_lines(source: str) -> str:
    """Return the source with each paragraph in a line of its own, so that a line is a place."""
    return source.replace("<w:p ", "\n<w:p ").replace("<w:p>", "\n<w:p>")


def _filled_in(template: DocxTemplate, asked: Mapping[str, Any]) -> dict[str, Any]:
    names = counted({name: asked["names"][name] for name in asked["allowed"]}, LoopTurns())
    template.render(names, sandbox(), autoescape=True)
    _say_whose_it_is(template, asked["file"])
    written = io.BytesIO()
    template.save(written)
    content = with_fixed_times(written.getvalue())
    if len(content) > LARGEST:
        return {"troubles": [TOO_LARGE]}
    page = Document(io.BytesIO(content))
    return {
        "content": base64.b64encode(content).decode(),
        "blocks": [asdict(one) for one in blocks_of(page, asked["file"]["title"])],
        "words": words_of(page),
    }


def _say_whose_it_is(template: DocxTemplate, file: Mapping[str, str]) -> None:
    """Say in the file's properties what it is; who wrote the template, and where, is left out."""
    facts = template.docx.core_properties
    facts.title, facts.subject = file["title"][:255], file["reference"][:255]
    facts.author = facts.last_modified_by = file["partnership"][:255]
    facts.category, facts.comments, facts.language = file["marking"], file["template"], "en-GB"
    facts.keywords = facts.identifier = facts.content_status = facts.version = ""
    facts.created = facts.modified = datetime.fromisoformat(file["day"]).replace(tzinfo=UTC)
    for part in template.docx.part.package.iter_parts():
        if part.partname in {"/docProps/app.xml", "/docProps/custom.xml"}:
            part._blob = _emptied(part.blob)  # noqa: SLF001  # python-docx has no word for it


def _emptied(blob: bytes) -> bytes:
    """Return a part of properties with none in it."""
    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    root[:] = []
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


if __name__ == "__main__":
    main()
