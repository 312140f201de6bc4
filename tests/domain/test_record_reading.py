"""The checks of a rapid review's record read any text, and take time in proportion to it."""

from collections import Counter
from datetime import date
from sys import setprofile
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.record_checks.findings import MustNotHold, find
from services.domain.record_checks.length import length_of
from services.domain.record_checks.names import names_asked_about
from services.domain.record_checks.passages import (
    KnownForm,
    KnownOfCase,
    RecordText,
    all_sentences,
)

INCIDENT = date(2025, 12, 10)
KNOWN = KnownOfCase(INCIDENT)


def found_in(text: str, **part: bool) -> dict[MustNotHold, tuple[str, ...]]:
    """Return what is found in one part, with the passages."""
    return {one.what: one.passages for one in find([RecordText("facts", text, **part)], KNOWN)}


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_found_stands_in_it(text):
    """RR-23 to RR-26: every passage is a piece of the text, and the same each time."""
    parts = [RecordText("facts", text)]
    found = find(parts, KNOWN)
    assert find(parts, KNOWN) == found
    for one in found:
        assert all(passage in text for passage in one.passages)


@given(st.text(max_size=300))
def test_sentences_leave_nothing_out(text):
    assert "".join("".join(all_sentences(text)).split()) == "".join(text.split())


ODD = "\u0131\u0130\u017f\u212a\uff11\u0663\u00a0\u2028\x85\x1c"
"""Letters, digits and blanks that a pattern may take for others."""
PIECES = (
    *(
        "3 apr\u0131l 2019",
        "Augu\u017ft 2019",
        "31/02/19",
        "0/0/00",
        "2019-13-99",
        "29 February 2023",
    ),
    *("(", ")", ".", ": ", "\n", " is relevant to ", "not ", "attached ", "Chair: ", "said "),
)


@given(st.lists(st.sampled_from(PIECES) | st.text(ODD, max_size=3) | st.text(max_size=4)))
def test_no_text_is_too_odd_to_be_read(pieces):
    """RR-23 to RR-26: a text that cannot be read would keep its own form from being opened."""
    text = "".join(pieces)
    names_asked_about(text, [text, "Jo Hill"])
    assert length_of([RecordText("facts", text)]).words == len(text.split())
    for births in (False, True):
        assert all(
            passage in text
            for found in found_in(text, tells_births=births).values()
            for passage in found
        )


@pytest.mark.parametrize(
    "written", ["3 apr\u0131l 2019", "3 APR\u0130L 2019", "3 Augu\u017ft 2019", "\u017fept 2019"]
)
def test_a_month_with_a_letter_of_another_alphabet_is_that_month(written):
    """RR-24: a pattern that overlooks capitals takes these letters for i and s."""
    assert list(found_in(f"A visit was made, {written}.")) == [MustNotHold.YEARS_BACK]


ANSWERS = tuple(
    f"{one} " + "She had not come in, said the school, and nobody of any agency had seen her."
    for one in range(40)
)
HOSTILE = ("a", "A ", "1.", "((", "A: ", ". ", "See ", "2015-", "a-", "\\", "In 2015 ", "A. ")
ASKED_ABOUT = ("#.pdf\n", "See the attached form. ", "☐ \n", "Tel: 1\n", "1/1/2015 A.\n")


def seconds_for(text: str) -> float:
    """Return the least time of several in which the text is read, beside 40 answers of a form."""
    known = KnownOfCase(INCIDENT, frozenset(), (KnownForm((), ANSWERS),))
    took = []
    for _time in range(3):
        began = process_time()
        find([RecordText("facts", text)], known)
        took.append(process_time() - began)
    return min(took)


@pytest.mark.slow
@pytest.mark.parametrize("piece", [*HOSTILE, *ASKED_ABOUT])
def test_twice_the_text_takes_twice_the_time(piece):
    """A whole answer of 20,000 characters is read at once: the page waits for it.

    What took time by the square of the text would take four times as long.
    """
    once, twice = (
        "".join(piece.replace("#", str(at)) for at in range(letters // len(piece)))
        for letters in (15_000, 30_000)
    )
    assert seconds_for(twice) < 3 * seconds_for(once) + 0.01


def test_each_line_is_reduced_to_its_words_once():
    """RR-23: and each answer of a form, however many lines hold it."""
    known = KnownOfCase(INCIDENT, frozenset(), (KnownForm((), ANSWERS),))
    text = "\n".join(ANSWERS)
    calls: Counter[str] = Counter()
    setprofile(lambda frame, event, _of: calls.update([frame.f_code.co_name] * (event == "call")))
    found = find([RecordText("facts", text)], known)
    setprofile(None)
    assert len(found[0].passages) == len(ANSWERS)
    assert calls["plain_words"] == 2 * len(ANSWERS) + 1
