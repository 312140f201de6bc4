"""How the journey reads a page and types into its forms."""

from datetime import UTC, date, datetime

import pytest

from tests.acceptance.answers import File, Forged, Labelled, fill_in
from tests.acceptance.dates import day, moment
from tests.acceptance.pages import Choice, Form, parse_page

PAGE = """
<html><head><title>Nobody reads this</title></head><body>
<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="one"></form>
<div class="govuk-error-summary"><ul class="govuk-list govuk-error-summary__list">
  <li><a href="#seat">Choose  your
  own seat</a></li></ul></div>
<form method="post" action="/cases/7/sign">
  <input type="hidden" name="csrf" value="two"><input type="hidden" name="once" value="three">
  <p id="seat-error" class="govuk-error-message"><span>Error:</span> Choose your own seat</p>
  <input type="radio" name="seat" id="seat" value="police"><label for="seat">Police</label>
  <input type="radio" name="seat" id="seat-2" value="la">
  <label for="seat-2">Local <b>authority</b></label>
  <textarea name="reasons"></textarea>
  <select name="year"><option value="2025">2025</option></select>
</form><script>var unseen = 1;</script><p>Sign &amp; send</p></body></html>
"""


def test_each_form_is_found_by_where_it_goes():
    form = parse_page(PAGE).form_to("/cases/7/sign")
    assert form.hidden == {"csrf": "two", "once": "three"}
    assert form.names == {"seat", "reasons", "year"}


def test_what_stands_in_a_form_already_is_read_and_its_address_may_say_more():
    standing = PAGE.replace('value="la"', 'value="la" checked').replace("7/sign", "7/sign?kept=yes")
    standing = standing.replace("></textarea>", ">\nTwo\nlines</textarea>")
    form = parse_page(standing).form_at("/cases/7/sign")
    assert form.action == "/cases/7/sign?kept=yes"
    assert form.answers == {"seat": ["la"], "reasons": ["Two\nlines"], "year": []}


def test_a_form_that_is_not_there_is_a_plain_error():
    with pytest.raises(LookupError, match="no form to /elsewhere; it has: /sign-out"):
        parse_page(PAGE).form_to("/elsewhere")


def test_errors_are_found_beside_their_fields_and_at_the_top():
    assert parse_page(PAGE).errors == {"seat": "Choose your own seat", "": "Choose your own seat"}


def test_only_what_people_see_is_text():
    assert parse_page(PAGE).text.endswith("Sign & send")
    assert "unseen" not in parse_page(PAGE).text
    assert "Nobody" not in parse_page(PAGE).text


def test_a_choice_is_found_by_its_label():
    form = parse_page(PAGE).form_to("/cases/7/sign")
    assert form.value_labelled("seat", "Local authority") == "la"
    assert fill_in(form, {"seat": Labelled("Police")}).fields["seat"] == ["police"]


@pytest.mark.parametrize("label", ["Old", "NHS"])
def test_a_label_that_fits_none_or_several_is_a_plain_error(label):
    choices = [Choice("seat", "la", "Old authority"), Choice("seat", "police", "Old police")]
    with pytest.raises(LookupError, match="not one choice"):
        Form("/x", choices=choices).value_labelled("seat", label)


def test_a_code_is_posted_only_where_the_page_offers_it():
    form = parse_page(PAGE).form_to("/cases/7/sign")
    assert fill_in(form, {"seat": "police", "year": "2025"}).fields["year"] == ["2025"]
    with pytest.raises(LookupError, match="“seat” does not offer “nhs”; it offers: la, police"):
        fill_in(form, {"seat": "nhs"})


@pytest.mark.parametrize("answer", ["text", File("a.pdf", "application/pdf", b"%PDF")])
def test_a_field_that_the_page_does_not_ask_for_cannot_be_filled_in(answer):
    form = parse_page(PAGE).form_to("/cases/7/sign")
    with pytest.raises(LookupError, match="does not ask for “reason”; it asks for: reasons, seat"):
        fill_in(form, {"reason": answer})


def test_a_forged_field_is_posted_without_being_asked_for():
    assert fill_in(Form(""), {"key_lines-4-question": Forged("a fifth")}).fields == {
        "key_lines-4-question": ["a fifth"]
    }


def asking(*names):
    return Form("", names=set(names))


def test_days_and_moments_are_typed_in_parts_as_clocks_in_england_show_them():
    parts = [f"{name}-{part}" for name in ("on", "at") for part in ("day", "month", "year", "time")]
    answers = {"on": date(2026, 7, 3), "at": datetime(2026, 7, 3, 21, 40, tzinfo=UTC)}
    assert fill_in(asking(*parts), answers).fields == {
        "on-day": ["3"],
        "on-month": ["7"],
        "on-year": ["2026"],
        "at-day": ["3"],
        "at-month": ["7"],
        "at-year": ["2026"],
        "at-time": ["22:40"],
    }


def test_rows_and_several_choices_are_typed_under_the_names_of_the_page():
    form = asking("children-0-name", "children-0-known", "children-1-known", "kinds")
    answers = {"children": ({"name": "A", "known": True}, {"known": False}), "kinds": ("x", "y")}
    assert fill_in(form, answers).fields == {
        "children-0-name": ["A"],
        "children-0-known": ["yes"],
        "children-1-known": ["no"],
        "kinds": ["x", "y"],
    }


def test_a_file_goes_beside_the_answers_and_none_leaves_a_field_empty():
    answers = {"file": File("a.pdf", "application/pdf", b"%PDF"), "left": None}
    filled = fill_in(asking("file", "left"), answers)
    assert filled.files == {"file": ("a.pdf", b"%PDF", "application/pdf")}
    assert filled.fields == {}


def test_a_value_that_no_form_can_ask_for_cannot_be_typed():
    with pytest.raises(TypeError, match="cannot be typed into “what”"):
        fill_in(asking("what"), {"what": 1.5})


def test_days_are_written_as_people_write_them():
    assert day("Thu 18 Dec 2025") == date(2025, 12, 18)
    assert moment("Fri 3 Jul 2026 22:40") == datetime(2026, 7, 3, 21, 40, tzinfo=UTC)


def test_a_wrong_weekday_is_refused():
    with pytest.raises(ValueError, match="was not a Fri: it is Thu 18 Dec 2025"):
        day("Fri 18 Dec 2025")


def test_a_form_that_keeps_what_was_typed_is_the_one_and_not_that_which_discards_it():
    """What lies behind the address tells of drafts; the form to discard one asks nothing."""
    page = parse_page(
        '<form method="post" action="/look?keep=discard"></form>'
        '<form method="post" action="/look?kept=yes"><input name="seen"></form>'
    )
    assert page.form_to("/look").names == page.form_at("/look").names == {"seen"}
