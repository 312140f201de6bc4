"""A paper that tests set when they read it is the paper that the product makes."""

from dataclasses import replace
from datetime import date

import pytest

from services.documents.making import KeylineDocuments
from services.domain.documents import Answer, DocumentKind, Paper, PaperSection
from tests.papers_when_read import PapersWhenRead, set_now

PAPER = Paper(
    kind=DocumentKind.RAPID_REVIEW_RECORD,
    reference="EX-2026-001",
    partnership="Example Safeguarding Partnership",
    prepared_on=date(2026, 1, 7),
    version=2,
    sections=(
        PaperSection(heading="Facts", answers=(Answer(label="What happened?", text="A fall."),)),
    ),
)


@pytest.mark.parametrize("form", ["pdf", "word"])
def test_it_has_the_name_the_template_and_when_it_is_read_the_bytes_of_the_products_own(form):
    kept, made = (getattr(maker(), form)(PAPER) for maker in (PapersWhenRead, KeylineDocuments))
    assert kept.content != made.content
    assert set_now(kept.content) == made.content
    assert replace(kept, content=b"", sha256="") == replace(made, content=b"", sha256="")


def test_what_is_no_such_paper_is_read_as_it_is():
    assert set_now(b"%PDF-1.7 as it came") == b"%PDF-1.7 as it came"
