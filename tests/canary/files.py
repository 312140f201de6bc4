"""Files with canaries wherever a file can hide words, as people would send them."""

import io

import docx
import pikepdf
from PIL import Image

from tests.canary.marks import Marks


def files(marks: Marks) -> dict[str, bytes]:
    """Return a Word file, a PDF and a picture by their names, each of which holds a canary."""
    made = {"docx": _word(marks), "pdf": _pdf(marks), "jpg": _picture(marks)}
    return {f"{marks.new(f'name of a {end}')}.{end}": content for end, content in made.items()}


def _word(marks: Marks) -> bytes:
    made, paper = io.BytesIO(), docx.Document()
    said = paper.add_paragraph(marks.new("text of a Word file"))
    paper.add_comment(said.runs, text=marks.new("comment in a Word file"))
    for name in ("title", "author", "comments", "keywords", "subject"):
        setattr(paper.core_properties, name, marks.new(f"{name} of a Word file"))
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "png")
    shown = paper.add_picture(picture)
    shown._inline.docPr.set("descr", marks.new("alternative text of a picture"))
    paper.save(made)
    return made.getvalue()


def _pdf(marks: Marks) -> bytes:
    made, paper = io.BytesIO(), pikepdf.new()
    paper.add_blank_page()
    for name in ("/Title", "/Author", "/Subject", "/Keywords"):
        paper.docinfo[name] = marks.new(f"{name[1:].lower()} of a PDF")
    paper.save(made)
    return made.getvalue()


def _picture(marks: Marks) -> bytes:
    made, picture = io.BytesIO(), Image.new("RGB", (8, 8))
    told = picture.getexif()
    for tag in (0x010E, 0x013B, 0x8298):  # description, artist, copyright
        told[tag] = marks.new(f"EXIF {tag:#06x} of a picture")
    picture.save(made, "jpeg", exif=told)
    return made.getvalue()
