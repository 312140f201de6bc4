"""A paper with invented words, by which a template is tried and shown before it is used.

Nobody in it exists, and nothing of any case is in it.
"""

from datetime import date
from typing import Final

from services.domain.documents import Answer, DocumentKind, Paper, PaperSection, Table

REFERENCE: Final = "EXAMPLE-2030-001"
_TABLE: Final = Table(
    caption="An invented table",
    columns=("Name", "Born", "Relation"),
    rows=(
        ("Avery Sample", "1 May 2024", "The child"),
        ("Robin Sample & Co. <not real>", "Not known", "A relative\nand carer"),
    ),
)
_LONG: Final = (
    "This paragraph was invented to show how the template looks. It is as long as some are, so "
    "that you see where its lines break, and it has marks that a file could stumble over: a < b, "
    "R & D, “quoted”, 100 %."
)


def sample_paper(kind: DocumentKind) -> Paper:
    """Return an invented paper of the kind that has each thing which a paper can hold."""
    return Paper(
        kind=kind,
        reference=REFERENCE,
        partnership="Example Safeguarding Children Partnership",
        prepared_on=date(2030, 1, 7),
        version=1,
        addressed_to="Sam Invented\nExample Hospital Trust",
        details=(
            Answer(label="Sent", text="Monday 7 January 2030"),
            Answer(label="Return by the end of", text="Monday 21 January 2030"),
        ),
        sections=(
            PaperSection(
                heading="An invented part",
                paragraphs=(_LONG, "A second paragraph of it."),
                answers=(Answer(label="A question", text="An answer\non two lines"),),
                items=("A first point", "A second point"),
                table=_TABLE,
                parts=(
                    PaperSection(
                        heading="A part under it", paragraphs=("A paragraph under the part.",)
                    ),
                ),
            ),
        ),
        signatory="Jo Invented",
        reached_at="01632 960000, unit@example.org",
    )
