"""How what somebody wrote into the Word file of a form is read as the answers of its page."""

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.casework.form_parts import blank_form, blank_parts
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind, Paper
from services.domain.filled_forms import answers_in, has_answers, texts_of
from services.storage.office_text import blocks_of
from services.web.forms.brought_in import TOLD, brought_into, one_line, typed_as
from services.web.forms.days_written import boxes_of
from services.web.forms.fields import Question, questions
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
        ("٢٧ March 2026", None),
        ("", None),
    ],
)
def test_a_day_and_time_in_words_stand_in_their_boxes(written, boxes):
    """Whether they are real the form says; what is no day stays out of the boxes."""
    parts = ("day", "month", "year", "time")
    assert boxes_of(written) == ({} if boxes is None else dict(zip(parts, boxes, strict=True)))


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
