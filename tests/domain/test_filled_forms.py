"""Which answers stand in a form that was filled in, however its file was treated."""

from services.domain.filled_forms import (
    MOST_CHARACTERS,
    MOST_TEXTS,
    BlankForm,
    TextRow,
    answers_in,
    is_too_much,
    same_words,
    told_in_head,
)

FORM = BlankForm(
    questions={"seen": "Who was seen?\nGive roles.", "who": "Nominated representative"},
    lists={"family": {"name": "Name", "known": "Is this person known?"}},
)
MADE = frozenset(map(same_words, ("Who was seen?\nGive roles.", "Nominated representative", "To")))


def found(*blocks):
    return answers_in(blocks, FORM, MADE)


def test_each_question_is_known_by_its_words_in_whatever_order_they_stand():
    one = found(
        TextRow(0, ("NOMINATED representative",)),
        TextRow(0, ("Head of records",)),
        TextRow(1, ("Who was seen?",)),
        TextRow(1, ("Nominated representative: nobody",)),
        TextRow(1, ("A row more",)),
    )
    assert one.answers == {
        "who": "Head of records",
        "seen": "Nominated representative: nobody\nA row more",
    }
    assert one.beside == []
    assert one.found == {"who", "seen"}


def test_tables_that_grew_together_keep_each_answer_under_its_question():
    """Word joins two tables when the line between them is deleted."""
    one = found(
        TextRow(0, ("Who was seen?\nGive roles.",)),
        TextRow(0, ("Nobody",)),
        TextRow(0, ("Name", "Is this person known?")),
        TextRow(0, ("Robin", "yes")),
        TextRow(0, ("Nominated representative",)),
        TextRow(0, ("Head",)),
    )
    assert one.answers == {"seen": "Nobody", "who": "Head"}
    assert one.rows == {"family": [{"name": "Robin", "known": "yes"}]}


def test_words_beside_the_room_for_an_answer_are_lost_nowhere():
    one = found(
        "To",
        "Ring me.",
        TextRow(0, ("Who was seen? The child.",)),
        TextRow(0, ("",)),
        TextRow(1, ("Who was there?",)),
        TextRow(1, ("The father",)),
        TextRow(2, ("Name", "Is this person known?")),
        TextRow(2, ("Robin and two others",)),
    )
    assert one.answers == {"seen": ""}
    assert one.beside == [
        "Ring me.",
        "Who was seen? The child.",
        "Who was there?",
        "The father",
        "Robin and two others",
    ]
    assert one.found == {"seen", "family"}


def test_what_the_head_says_stands_before_the_first_table():
    blocks = ("Form", "To", "A hospital", TextRow(0, ("Case reference",)), "Case reference", "X")
    assert told_in_head(blocks, "To") == "A hospital"
    assert told_in_head(blocks, "Case reference") == ""
    assert told_in_head((), "To") == ""


def test_a_row_without_a_cell_is_no_answer():
    one = found(TextRow(0, ()), TextRow(1, ("Who was seen?",)), TextRow(1, ()))
    assert (one.answers, one.rows, one.beside) == ({"seen": ""}, {}, [])


def test_more_text_than_a_form_holds_is_told_before_it_is_read():
    full = "x" * MOST_CHARACTERS
    assert not is_too_much((full, *[TextRow(0, ("",))] * (MOST_TEXTS - 1)))
    assert is_too_much((full, TextRow(0, ("x",))))
    assert is_too_much([""] * (MOST_TEXTS + 1))
    assert is_too_much([TextRow(0, ("",) * (MOST_TEXTS + 1))])
    assert is_too_much([TextRow(0, ())] * (MOST_TEXTS + 1))
