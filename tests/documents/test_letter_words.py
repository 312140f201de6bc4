"""The words of a letter: the standard text by its template, or a partnership's own in its place."""

from dataclasses import replace
from datetime import date

import pytest

from services.documents.blocks import Paragraph
from services.documents.wording import standard_words, worded
from services.domain.dispatches import NOTICES
from services.domain.documents import Answer, LetterWords, Paper

LETTERS = sorted({rule.letter for rule in NOTICES.values() if rule.letter})


def a_letter(kind: str, words: LetterWords | None = None) -> Paper:
    return Paper(
        kind=kind,
        reference="NBL-2026-014",
        partnership="Northshire & Dale Partnership",
        prepared_on=date(2026, 7, 17),
        version=2,
        about="the decision",
        details=(Answer(label="Decision", text="A local review"),),
        words=words,
    )


@pytest.mark.parametrize("kind", LETTERS)
def test_the_standard_text_given_as_its_words_makes_the_same_letter(kind):
    """What the form opens with is what the letter says, and no more and no less of it."""
    paper = a_letter(kind)
    words = standard_words(kind, paper.partnership, paper.about)
    assert words.opening
    assert worded(replace(paper, words=words)).blocks == worded(paper).blocks


@pytest.mark.parametrize("kind", LETTERS)
def test_what_is_on_record_stays_whatever_the_words_are(kind):
    """GOV-16: a notice tells its decision though its own words leave it out."""
    words = LetterWords(opening=("Dear <b>colleagues</b>,\nall of you",))
    blocks = worded(a_letter(kind, words)).blocks
    assert Paragraph(text="Dear <b>colleagues</b>,\nall of you") in blocks
    assert any(("Decision", "A local review") in getattr(one, "facts", ()) for one in blocks)
    assert "Yours faithfully" in str(blocks[-1])
