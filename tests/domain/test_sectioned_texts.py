"""A text is read by the headings of its parts, whatever program it was written in."""

from services.domain.filled_forms import TextRow, same_words
from services.domain.sectioned_texts import sections_in

HEADINGS = {same_words("Overview and context"): "overview", same_words("Good practice"): "good"}
ENDS, OWN = frozenset({same_words("Recommendations")}), frozenset({same_words("Kept.")})
MADE = frozenset({same_words("Page one")}) | OWN


def test_what_stands_under_a_heading_is_its_part_and_the_rest_is_beside():
    blocks = (
        "Page one",
        "A foreword.",
        "1. Overview  and context",
        "First paragraph.",
        "",
        "Page one",
        "Second paragraph.",
        "Good practice",
        "Recommendations",
        "Typed by hand.",
        TextRow(0, ("A cell", "Page one")),
        TextRow(0, ("Kept.", "Page one")),
    )
    found = sections_in(blocks, HEADINGS, ENDS, MADE, OWN)
    assert found.answers == {"overview": "First paragraph.\nSecond paragraph.", "good": ""}
    assert found.beside == ["A foreword.", "Typed by hand.", "A cell\nPage one"]


def test_a_table_ends_a_part_and_a_cell_is_no_heading():
    blocks = ("Good practice", "Kept.", TextRow(0, ("Overview and context",)), "Beside.")
    found = sections_in(blocks, HEADINGS, ENDS, MADE, OWN)
    assert (found.answers, found.beside) == (
        {"good": "Kept."},
        ["Overview and context", "Beside."],
    )
