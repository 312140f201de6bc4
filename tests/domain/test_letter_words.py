"""Which words a letter has in the file that came back: its own may change, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.documents import LetterWords
from services.domain.errors import AnswerRefused
from services.domain.letter_words import words_brought_back

WORDS = LetterWords(opening=("Dear Panel,", "We send it."), closing=("We wait for your view.",))
HEAD = ("Covering letter", "Prepared on", "7 January 2026, version 1")
RECORD = ("The decision", "Decided on", "5 January 2026", "Next steps")
SIGNED = ("Yours faithfully,\nExample manager",)
MADE = (*HEAD, *WORDS.opening, *RECORD, *WORDS.closing, *SIGNED)

own = st.lists(st.text("abc \n", min_size=1).filter(str.strip), min_size=1, max_size=4).map(tuple)
of_record = st.lists(st.text("XYZ", min_size=1), min_size=1, max_size=4).map(tuple)
maybe = st.one_of(st.just(()), own)


def test_a_file_that_was_not_changed_has_the_words_that_it_was_made_with():
    assert words_brought_back(MADE, MADE, WORDS) == WORDS


@given(own, maybe, own, maybe, st.tuples(of_record, of_record, of_record))
def test_whatever_its_own_words_become_they_are_read_and_nothing_else(
    opening, closing, new_opening, new_closing, record
):
    """RR-49: paragraphs are added, changed and left out before and after what is on record."""
    head, between, end = record
    made = (*head, *opening, *between, *closing, *end[:1])
    brought = (*head, *new_opening, *between, *new_closing, *end[:1])
    words = words_brought_back(made, brought, LetterWords(opening=opening, closing=closing))
    assert words == LetterWords(opening=new_opening, closing=new_closing)


@pytest.mark.parametrize("changed", [*HEAD, *RECORD, *SIGNED])
@pytest.mark.parametrize("into", [(), ("Otherwise.",)])
def test_a_file_in_which_the_record_is_changed_is_refused_and_says_where(changed, into):
    """GOV-16: what the letter tells of the case is put right on the case."""
    brought = [each for one in MADE for each in (into if one == changed else (one,))]
    with pytest.raises(AnswerRefused, match="put right on the case") as refused:
        words_brought_back(MADE, brought, WORDS)
    assert " ".join(changed.split()) in str(refused.value)
    assert refused.value.field == "file"


def test_spaces_that_a_word_processor_changes_are_no_change():
    brought = [one.replace(" ", "\u00a0 ").replace("\n", " ") for one in MADE]
    found = words_brought_back(MADE, brought, WORDS)
    assert [" ".join(one.split()) for one in found.opening] == list(WORDS.opening)


@pytest.mark.parametrize("brought", [(), HEAD, (*HEAD, *RECORD, *SIGNED), ("x",) * 40])
def test_a_file_without_words_of_its_own_or_of_another_letter_is_refused(brought):
    with pytest.raises(AnswerRefused):
        words_brought_back(MADE, brought, WORDS)
