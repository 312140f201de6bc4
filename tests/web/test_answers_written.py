"""How what somebody wrote into the Word file of a form is read as the answers of its page."""

import string
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.casework.form_parts import blank_form, blank_parts
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind, Paper
from services.domain.filled_forms import FilledForm, answers_in, has_answers, same_words, texts_of
from services.storage.office_text import blocks_of
from services.web.forms import days
from services.web.forms.brought_in import BESIDE, TOLD, brought_into, one_line, typed_as
from services.web.forms.days_written import LONGEST, boxes_of
from services.web.forms.fields import Question, questions
from services.web.forms.parsing import MOST_ROWS
from services.web.forms.text import Unreadable, plain
from services.web.posted_form import Posted
from services.web.unshown import unshown_in
from tests.filled_in import filled

ASKED = {one.name: one for one in questions(SubmitReturn)}
FORM = blank_form(SubmitReturn)
BLANK = KeylineDocuments().word(
    Paper(
        kind=DocumentKind.SCOPING_FORM,
        reference="NBL-2026-014",
        partnership="Example",
        prepared_on=date(2026, 7, 17),
        version=1,
        sections=blank_parts(SubmitReturn, {"family": [InvolvementWith(name="Robin Example")]}),
    )
)
MADE = texts_of(blocks_of(BLANK.content))
LONG = [one.name for one in questions(SubmitReturn) if one.longest > 200]
SHORT = ("point_of_contact", "representative", "author")
TYPED = "".join(one for one in string.printable if one not in "\r\x0b\x0c")
TEXTS = st.text(st.sampled_from(TYPED + "é\u2011\u2013\u2019\u201c&ß中"), max_size=60)


def brought(said: dict[str, str], rows: tuple[dict[str, str], ...] = ()) -> Posted:
    content = filled(BLANK.content, said, rows)
    found = answers_in(blocks_of(content), FORM, MADE)
    assert found.found == FORM.names
    assert found.beside == []
    return brought_into(questions(SubmitReturn), Posted(), found, FORM.names)


def test_the_blank_form_is_found_whole_and_says_nothing():
    """Doc 2: the paper is read by the list of questions of which it is made."""
    found = answers_in(blocks_of(BLANK.content), FORM, MADE)
    assert found.found == FORM.names == set(SubmitReturn.model_fields)
    assert found.beside == []
    assert not has_answers(found, MADE)


@settings(max_examples=12, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*LONG, *SHORT]), TEXTS, min_size=1, max_size=5),
    TEXTS.filter(str.strip),
)
def test_what_is_typed_into_the_paper_stands_in_the_form(said, until):
    """Line ends and tabs of a long answer stay; a short one is on one line; XML is no markup."""
    said = {
        name: "".join(one for one in text if one not in "\x0b\x0c") for name, text in said.items()
    }
    until = "".join(one for one in until if one not in "\x0b\x0c") or "now"
    posted = brought(said, ({"until": until},))
    for name, words in said.items():
        is_short = name in SHORT
        stands = one_line(words.strip()) if is_short else words.strip()
        assert posted.one(name) == stands
        became = "in" if words.strip() else "unanswered"
        assert posted.one(f"{TOLD}{name}") == became
    assert posted.one("family-0-until") == one_line(until.strip())
    assert posted.one("family-0-name") == "Robin Example"


@pytest.mark.parametrize(
    ("written", "boxes"),
    [
        ("27 March 2026 at 22:40", ("27", "March", "2026", "22:40")),
        ("Friday 27th March 2026, 9am", ("27", "March", "2026", "9am")),
        ("27/3/2026 10.30 pm", ("27", "3", "2026", "10.30 pm")),
        ("27.03.2026", ("27", "03", "2026", "")),
        ("2026-03-27T09:00", ("27", "03", "2026", "09:00")),
        ("31 February 2026 at 25:99", ("31", "February", "2026", "25:99")),
        ("since Monday", None),
        ("27 March", None),
        ("27 March 2026 and since", None),
        ("27 March 2026 at 9am BST", ("27", "March", "2026", "9am BST")),
        ("27 March 2026 at 9" + "0" * LONGEST, None),
        ("٢٧ March 2026", None),
        ("", None),
    ],
)
def test_a_day_and_time_in_words_stand_in_their_boxes(written, boxes):
    """Whether they are real the form says; what is no day stays out of the boxes."""
    parts = ("day", "month", "year", "time")
    assert boxes_of(written) == ({} if boxes is None else dict(zip(parts, boxes, strict=True)))


def test_no_words_hold_up_the_process_that_looks_for_a_day_in_them():
    """A pattern that tries every way to part them takes hours for a form full of these."""
    began = process_time()
    assert boxes_of("1 May 2026 1" + "am" * 20_000 + " x") == {}
    with pytest.raises(Unreadable):
        days.moment({"day": "1", "month": "5", "year": "2026", "time": f"9{' ' * 20_000}x"})
    piled = "e" + "\u0301\u0316" * 20_000
    with pytest.raises(Unreadable):
        plain(piled, lines=True)
    assert same_words(piled).count("\u0316") == 20_000
    assert not unshown_in(Posted({"risk": ("e\u0301",)}))
    unshown_in(Posted({"risk": (piled,)}))
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("name", "written", "posted"),
    [
        ("involved", " YES.", "yes"),
        ("involved", "n", "no"),
        ("involved", "yes and no", None),
        ("involved", "Yes, since 2019", None),
        ("author", "Nurse,\n Ward 3\n\n", "Nurse, Ward 3"),
        ("risk", "One\n\ntwo", "One\n\ntwo"),
    ],
)
def test_words_are_an_answer_only_where_they_are_plainly_one(name, written, posted):
    question: Question = ASKED[name]
    assert typed_as(question, written) == ({} if posted is None else {name: posted})


def test_what_is_told_of_a_file_is_no_answer_that_a_paper_would_have_to_show():
    sign = "\U0001f600"
    assert unshown_in(Posted({"risk": (sign,)}))
    assert not unshown_in(Posted({f"{TOLD}risk": (f"another {sign}",)}))


COLUMNS = tuple(InvolvementWith.model_fields)


def rows_brought(*rows: dict[str, str]) -> Posted:
    """Return the form into which these rows of the family were brought."""
    blank = dict.fromkeys(COLUMNS, "")
    filled_in = FilledForm(rows={"family": [blank | row for row in rows]})
    return brought_into(questions(SubmitReturn), Posted(), filled_in, FORM.names)


def test_a_row_of_which_nothing_can_stand_in_the_form_is_set_beside_it():
    """No word is lost: a row without an answer would be told nowhere, and overwritten."""
    posted = rows_brought(
        {"involved": "Yes, the mother"}, {"name": "Sam", "involved": "maybe"}, {"since": "2019"}
    )
    assert posted.one(BESIDE) == "Yes, the mother"
    assert posted.one("family-0-name") == "Sam"
    assert posted.one(f"{TOLD}family-0-involved") == "unread maybe"
    assert (posted.one("family-1-since"), posted.one("family-1-name")) == ("2019", "")


def test_rows_for_which_there_is_no_room_are_one_text_beside_the_form():
    many = [{"name": f"Person {number}", "involved": "yes"} for number in range(MOST_ROWS + 500)]
    posted = rows_brought(*many)
    assert posted.one(f"family-{MOST_ROWS - 1}-name") == f"Person {MOST_ROWS - 1}"
    assert f"family-{MOST_ROWS}-name" not in posted.answers
    assert posted.one(BESIDE).count("Person") == 500
    assert len(posted.answers) < 1_000
