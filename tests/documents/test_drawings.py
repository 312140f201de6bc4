"""A drawing in a paper is whole, however tall it is, and its heading stands over it."""

import io

import pytest
from PIL import Image

from services.documents.pdf import set_as_pictures
from services.documents.wording import worded
from services.domain.documents import DocumentKind, Drawing, PaperSection
from tests.documents.test_papers import a_paper

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("high", [30, 900])
def test_a_tall_drawing_is_shown_to_its_foot_beside_its_heading(high):
    """FAM-06: several generations, of which each is one person."""
    foot = f'<rect y="{high - 5}" width="100" height="5" fill="#ff0000"/>'
    size = f'width="100" height="{high}" viewBox="0 0 100 {high}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{foot}</svg>'
    drawn = PaperSection(heading="The family, drawn", drawing=Drawing(svg=svg, in_words="Robin."))
    pages = set_as_pictures(worded(a_paper(DocumentKind.GENOGRAM, sections=(drawn,))), 40)
    shown = [Image.open(io.BytesIO(one)).convert("RGB") for one in pages]
    reds = [sum(pixel == (255, 0, 0) for pixel in one.get_flattened_data()) for one in shown]
    assert any(red > 20 for red in reds)
    assert len(pages) <= 2
