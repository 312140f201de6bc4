"""A form in Word: what goes out comes back, whatever was typed, and whatever the program kept."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.casework.form_from_word import form_brought_back
from services.documents.form_file import set_as_form
from services.domain.errors import AnswerRefused
from services.domain.word_forms import (
    LONGEST_TAG,
    FormIdentity,
    WordForm,
    WordPart,
    WordQuestion,
    settled,
    tag_of,
)
from services.storage.scanning import NoScanner
from tests.word_form_files import changed, typed_into, without_fields

IDENTITY = FormIdentity(act="write_record", version="0123456789abcdef", case="NMR-2026-009")
# What Word and the pages keep of a text: no controls, and no half of a sign.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\u2028\u2029\ufffd\ufeff"
)
TEXTS = st.lists(st.text(LETTERS, max_size=30), max_size=6).map("\n".join)


class Place:
    """Where a file goes to; nothing scans it."""

    scanner = NoScanner()
    store = None


def form_of(*says: str, identity: FormIdentity = IDENTITY) -> WordForm:
    """Return a form of two sections, with a list of a row in the second."""
    first = tuple(
        WordQuestion(name=f"question_{at}", asks=f"What is known of matter {at}?", says=text)
        for at, text in enumerate(says)
    )
    row = (
        WordQuestion(name="rows-0-who", asks="Who?", row="Actions: Action 1", of_row=True),
        WordQuestion(
            name="rows-0-done", asks="Done?", choices=("Yes", "No"), says="Yes", of_row=True
        ),
    )
    parts = (
        WordPart(heading="The first section", questions=first),
        WordPart(heading="Actions", questions=row),
    )
    return WordForm(
        title="Write the record",
        partnership="Northmoor",
        identity=identity,
        prepared_on=date(2026, 2, 2),
        parts=parts,
    )


def back(content: bytes, form: WordForm, name: str = "form.docx"):
    return form_brought_back(Place(), form, (name, content), must_be_scanned=False)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_goes_out_comes_back_and_is_known_as_unchanged(says: list[str]):
    form = form_of(*says)
    found = back(set_as_form(form), form)
    assert found.identity == IDENTITY
    for at, text in enumerate(says):
        answer = found.answers[f"question_{at}"]
        assert answer.says == settled(text)
        assert not answer.is_changed
    assert not found.beside


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_what_is_typed_into_a_field_comes_back_as_changed(before: str, after: str):
    form = form_of(before)
    found = back(typed_into(set_as_form(form), {"question_0": after}), form)
    assert found.answers["question_0"].says == settled(after)
    assert found.answers["question_0"].is_changed == (settled(before) != settled(after))


def test_a_file_that_lost_its_fields_is_read_under_its_questions():
    form = form_of("As it was", "")
    filled = typed_into(set_as_form(form), {"question_1": "New.\nSecond line", "rows-0-who": "Sam"})
    found = back(without_fields(filled), form)
    says = {name: one.says for name, one in found.answers.items()}
    assert says["question_0"] == "As it was"
    assert says["question_1"] == "New.\nSecond line"
    assert (says["rows-0-who"], says["rows-0-done"]) == ("Sam", "Yes")
    changed_ones = {name for name, one in found.answers.items() if one.is_changed}
    assert changed_ones == {"question_1", "rows-0-who"}


def test_a_field_that_stands_there_twice_is_told_beside():
    form = form_of("One")

    def twice(page) -> None:
        body = page.element.body
        first = next(body.iter("{*}sdt"))
        first.addnext(deepcopy(first))

    found = back(changed(set_as_form(form), twice), form)
    assert [one.says for one in found.beside] == ["One"]


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        (FormIdentity(act="propose_plan", version="0" * 16, case=IDENTITY.case), "another form"),
        (FormIdentity(act=IDENTITY.act, version="0" * 16, case="NMR-2026-010"), "another case"),
    ],
)
def test_a_file_of_another_form_or_case_is_refused_in_plain_words(identity, said):
    theirs = set_as_form(form_of("Theirs", identity=identity))
    with pytest.raises(AnswerRefused, match=said):
        back(theirs, form_of("Ours"))


def test_an_older_version_is_read_as_far_as_it_goes():
    older = FormIdentity(act=IDENTITY.act, version="f" * 16, case=IDENTITY.case)
    found = back(set_as_form(form_of("Then", identity=older)), form_of("Now"))
    assert found.answers["question_0"].says == "Then"


def test_a_file_that_says_nothing_of_itself_is_refused():
    form = form_of("Ours")

    def unsaid(page) -> None:
        for one in page.paragraphs:
            if one.text.startswith("Form write_record"):
                one.text = ""

    with pytest.raises(AnswerRefused, match="does not say of which form"):
        back(changed(set_as_form(form), unsaid), form)


@pytest.mark.parametrize("name", ["form.docx", "form.pdf", "form.docm", "form.txt"])
@pytest.mark.parametrize("spoil", [lambda one: one[: len(one) // 2], lambda one: b"PK" + one[9:]])
def test_a_mangled_file_is_refused_in_plain_words(name, spoil):
    form = form_of("Ours")
    with pytest.raises(AnswerRefused):
        back(spoil(set_as_form(form)), form, name)


def test_the_same_form_is_the_same_file_and_tags_are_short_enough_for_word():
    form = form_of("One", "Two")
    assert set_as_form(form) == set_as_form(form)
    longest = WordQuestion(name="recommendations-39-point_of_contact_for_it", asks="?")
    assert len(tag_of(longest)) <= LONGEST_TAG
