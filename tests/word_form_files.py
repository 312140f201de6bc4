"""A Word form as somebody fills it in: what stands in its fields, and what is typed into them."""

import io
from collections.abc import Callable, Mapping
from copy import deepcopy

import docx
from docx.document import Document as Page
from docx.oxml.ns import qn


def fields_in(page: Page) -> dict[str, object]:
    """Return each field of the file by the name of its question."""
    found = {}
    for control in page.element.body.iter(qn("w:sdt")):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag"))
        if tag is not None:
            found[tag.get(qn("w:val")).partition("~")[0]] = control
    return found


def typed_into(content: bytes, said: Mapping[str, str]) -> bytes:
    """Return the file with these answers typed into its fields, a paragraph for each line."""

    def fill(page: Page) -> None:
        fields = fields_in(page)
        for name, text in said.items():
            within = fields[name].find(qn("w:sdtContent"))
            for old in list(within):
                within.remove(old)
            for line in text.split("\n"):
                paragraph = page.add_paragraph(line)._p
                within.append(paragraph)

    return changed(content, fill)


def without_fields(content: bytes) -> bytes:
    """Return the file as a program saves it that keeps the text and no fields."""

    def unwrap(page: Page) -> None:
        for control in fields_in(page).values():
            for one in control.find(qn("w:sdtContent")):
                control.addprevious(deepcopy(one))
            control.getparent().remove(control)

    return changed(content, unwrap)


def changed(content: bytes, how: Callable[[Page], None]) -> bytes:
    """Return the file after something was done to it, as it is saved then."""
    page = docx.Document(io.BytesIO(content))
    how(page)
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()
