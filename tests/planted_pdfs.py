"""Reports as PDFs in which what tells of a case is planted."""

import io

import pikepdf

from services.documents.blocks import Paragraph
from services.documents.pdf import set_as_pdf
from services.documents.wording import Worded
from tests.planted_reports import Plant, clean_prose

IN_PDF = ("text", "title", "keywords", "note", "note's author", "alternative text", "metadata")


def a_pdf_report(seed: int, plants: list[Plant]) -> bytes:
    """Return a PDF of clean prose with these plants in it."""
    said = [Paragraph(text=one) for one in clean_prose(seed)]
    said += [
        Paragraph(text=f"It was {one.words} who was seen.") for one in plants if one.where == "text"
    ]
    paper = Worded(
        title="Report", reference="", partnership="Partners", marking="", blocks=tuple(said),
        template="report",
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(set_as_pdf(paper))) as pdf:
        for one in plants:
            _plant_in_pdf(pdf, one)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def _plant_in_pdf(pdf: pikepdf.Pdf, one: Plant) -> None:
    match one.where:
        case "title":
            pdf.docinfo["/Title"] = f"{pdf.docinfo.get('/Title', '')} {one.words}"
        case "keywords":
            pdf.docinfo["/Keywords"] = f"{pdf.docinfo.get('/Keywords', '')} {one.words}"
        case "note" | "note's author":
            key = "/Contents" if one.where == "note" else "/T"
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30]
            )
            note[key] = one.words
            page = pdf.pages[0].obj
            if "/Annots" not in page:
                page["/Annots"] = pikepdf.Array()
            page["/Annots"].append(pdf.make_indirect(note))
        case "alternative text":
            pdf.Root["/Planted"] = pdf.make_indirect(pikepdf.Dictionary(Alt=one.words))
        case "metadata":
            with pdf.open_metadata() as about:
                about["dc:description"] = f"{about.get('dc:description', '')} {one.words}"
