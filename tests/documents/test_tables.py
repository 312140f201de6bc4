"""A table on paper has room for its words, and no column under which nothing stands."""

import pytest

from services.documents.making import KeylineDocuments
from services.domain.documents import PaperSection, Table
from tests.documents.test_papers import a_paper
from tests.paper_text import text_of

LONG = "What was seen then, told at length, so that the other columns are wide ones. " * 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "columns",
    [
        ("When", "Event", "Source", "Agency and role", "The child", "Comment", "Evidence"),
        ("No.", "Recommendation", "Safeguarding", "By"),
    ],
)
def test_no_word_is_broken_that_a_column_can_have_room_for(columns):
    """What is longer than words are, such as a digest, is broken and widens no column."""
    told = ("4 March", *(LONG for _ in columns[2:]), "")
    table = Table(caption="", columns=columns, rows=(told, ("9" * 64, *("" for _ in columns[1:]))))
    paper = a_paper(sections=(PaperSection(heading="Events", table=table),))
    said = " ".join(text_of(KeylineDocuments().pdf(paper).content).split())
    assert " ".join(columns) in said


def test_a_column_under_which_nothing_stands_is_left_out_unless_the_table_is_empty():
    table = Table(caption="C", columns=("A", "B", "C"), rows=(("1", "", "2"), ("3", "", "")))
    assert table.without_empty_columns == Table(
        caption="C", columns=("A", "C"), rows=(("1", "2"), ("3", ""))
    )
    blank = Table(caption="", columns=("A", "B"), rows=(("", ""),))
    assert blank.without_empty_columns == blank
