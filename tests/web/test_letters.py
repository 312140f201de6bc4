"""The page on which the words of a letter are put right before it is sent."""

import io

import docx
import pytest

from services.casework.steps.local_review import delay
from services.database.dispatches import occasions_of
from services.database.documents import documents
from services.domain.dispatches import DispatchState, Notice
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.collecting import MONDAY, newest, signed_for_p7
from tests.driven import Driven
from tests.matrix import PNG
from tests.paper_text import text_of
from tests.papers_when_read import set_at_once
from tests.sent_out import dispatches_of, make_papers
from tests.storage.test_office import REFUSED, part_of
from tests.web.collections_sent import Place
from tests.web.visitors import Answer, Visitor


@pytest.fixture
def signed(ready_by) -> Driven:
    """A rapid review whose record and covering letter wait to be sent."""
    return ready_by(signed_for_p7)


@pytest.fixture
def place(signed) -> Place:
    return Place(signed.world)


def test_the_chair_puts_the_covering_letter_right_on_its_page(place, signed):
    """RR-49: the form opens with the letter's own words, and what is on record is not in it."""
    chair, case = place.person(Role.REVIEW_GROUP_CHAIR), f"/cases/{signed.case_id}"
    dispatch = newest(signed).id
    link = f"{case}/dispatches/words?of={dispatch}"
    assert chair.get(f"{case}/sharing").page.select_one(f'a[href="{link}"]') is not None
    form = chair.get(link).page
    assert form.select_one("input[name=dispatch][checked]")["value"] == str(dispatch)
    opening = form.select_one("textarea[name=opening]").text.strip()
    assert opening.startswith("Dear Panel,\n\nOn behalf of the safeguarding partners")
    said = {"dispatch": dispatch, "opening": opening, "closing": "Please write to us."}
    assert chair.send(f"{case}/dispatches/words", {**said, "opening": ""}).status == 422
    assert chair.send(f"{case}/dispatches/words", said).status == 303
    assert newest(signed).state is DispatchState.BEING_MADE
    assert chair.get(f"{case}/sharing").page.select_one(f'a[href="{link}"]') is None
    make_papers(place.world, signed.case_id, MONDAY)
    assert "Please write to us." in chair.get(link).text


def word_file(signed: Driven) -> str:
    """Return the address of the newest Word file of the covering letter."""
    with signed.world.act(Role.BUSINESS_MANAGER) as work:
        made = [
            one.id
            for one in documents(work.session, signed.case_id)
            if (one.kind, one.form) == (DocumentKind.COVERING_LETTER, DocumentForm.WORD)
        ]
    return f"/cases/{signed.case_id}/documents/{made[0]}"


def edited(content: bytes, old: str, new: str) -> bytes:
    """Return the Word file with other words in a paragraph, as a person edits it."""
    page = docx.Document(io.BytesIO(content))
    (line,) = [one for one in page.paragraphs if one.text == old]
    line.text = new
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()


def test_its_word_file_is_brought_back_read_on_the_page_and_only_then_kept(place, signed):
    """RR-49: what is in the file goes into the form; the letter is made again by the act alone."""
    manager, case = place.manager(), f"/cases/{signed.case_id}"
    dispatch = newest(signed).id
    link = f"{case}/dispatches/word?of={dispatch}"
    assert manager.get(f"{case}/sharing").page.select_one(f'a[href="{link}"]') is not None
    assert manager.get(link).page.select_one("input[name=dispatch][checked]") is not None
    content = edited(manager.get(word_file(signed)).response.content, "Dear Panel,", "Dear Annie,")
    said = {"dispatch": str(dispatch)}
    brought = manager.upload(f"{case}/dispatches/word", said, "letter.docx", content)
    assert (brought.status, brought.where) == (303, f"{case}/dispatches/words")
    assert newest(signed).state is DispatchState.TO_SEND
    form = manager.get(brought.where).page
    opening = form.select_one("textarea[name=opening]").text.strip()
    assert opening.startswith("Dear Annie,\n\nOn behalf of")
    sent = {**said, "opening": opening, "closing": form.select_one("#closing").text.strip()}
    assert manager.send(brought.where, sent).status == 303
    make_papers(place.world, signed.case_id, MONDAY)
    assert "Dear Annie," in text_of(manager.get(word_file(signed)).response.content)


def test_a_file_that_changes_the_record_or_is_no_letter_is_refused(place, signed):
    manager, page = place.manager(), f"/cases/{signed.case_id}/dispatches/word"
    made = manager.get(word_file(signed)).response.content
    said = {"dispatch": str(newest(signed).id)}
    on_record = edited(made, "The decision", "Another decision")
    for name, content, told in (
        ("letter.docx", on_record, "“The decision” is not there as it was made"),
        ("letter.docx", part_of("word/document.xml"), "Choose a PDF, Word"),
        ("picture.png", PNG, "Choose the letter's Word file"),
        ("letter.docx", REFUSED["a part of HTML"][0](), "other files inside it"),
    ):
        answer = manager.upload(page, said, name, content)
        assert answer.status == 422
        assert told in answer.text, answer.problems
    without = manager.send(page, said)
    assert without.status == 422
    assert not manager.get("/").page.select(f'a[href*="{signed.case_id}/dispatches/words"]')


SECOND_DELAY = "2026-06-09"


def delay_twice(case: Driven) -> None:
    """Record two delays, of each of which a letter waits to be read."""
    case.world = set_at_once(case.world)  # one of them is edited as it was made
    for expected_on, day in (("2026-09-30", "2026-06-08"), ("2026-11-30", SECOND_DELAY)):
        told = say.record_delay(reasons="An inquest.", expected_on=expected_on)
        case.do(delay.record_delay, told, Role.BUSINESS_MANAGER, day)
    make_papers(case.world, case.case_id, SECOND_DELAY, Notice.DELAY_FORESEEN)


@pytest.fixture
def delayed(case_at) -> Driven:
    """A case with two delays, of each of which a letter waits to be read."""
    return case_at(Stage.LOCAL_REVIEW, delay_twice)


@pytest.fixture
def manager(delayed) -> Visitor:
    return Place(delayed.world, when=SECOND_DELAY).manager()


@pytest.fixture
def page(delayed) -> str:
    return f"/cases/{delayed.case_id}/dispatches/words"


@pytest.fixture
def letters(delayed) -> list[list[str]]:
    """The dispatches of each of the two letters."""
    with delayed.world.act(Role.BUSINESS_MANAGER) as work:
        found = dispatches_of(work.session, delayed.case_id, Notice.DELAY_FORESEEN)
        letters = [[str(one.id) for one in each] for each in occasions_of(found).values()]
    assert [len(one) for one in letters] == [2, 2]
    return letters


def offered(form: Answer) -> list[str]:
    """Return which letters the form offers, each of which must be chosen."""
    found = form.page.select("input[name=dispatch]")
    assert all(one.has_attr("checked") for one in found)
    return [one["value"] for one in found]


def test_the_form_of_a_letter_offers_no_other_letter(manager, page, letters):
    """RR-49: the words of one letter are not sent as another one's."""
    for letter in letters:
        for dispatch in letter:
            assert offered(manager.get(f"{page}?of={dispatch}")) == [letter[0]]
    refused = manager.send(page, {"dispatch": letters[1][0], "opening": ""})
    assert (refused.status, offered(refused)) == (422, [letters[1][0]])


def test_what_was_begun_for_one_letter_does_not_stand_in_the_form_of_another(
    manager, page, letters
):
    (first, _), (_, second) = letters
    draft = page.replace("dispatches/words", "drafts/correct_letter")
    typed = {"dispatch": first, "opening": "Dear Annie,"}
    hidden = manager.get(f"{page}?of={first}").hidden
    assert manager.post(draft, {**hidden, **typed}, accept="text/plain").status == 200
    other = manager.get(f"{page}?of={second}")
    assert first not in offered(other)
    assert "Dear Annie," not in other.value("opening")
    assert "You began this form for another letter" in other.text
    (way,) = other.page.select("#drafts-of-others a")
    for begun in (page, f"{page}?of={first}", way["href"]):
        form = manager.get(begun)
        assert (offered(form), form.value("opening")) == ([first], "Dear Annie,")
        assert "for another letter" not in form.text


def test_what_was_begun_for_one_letter_stays_when_another_is_sent(manager, page, letters):
    """U2: each letter has a draft of its own; the first page leads to each of them."""
    draft = page.replace("dispatches/words", "drafts/correct_letter")
    for letter, opening in zip(letters, ("Dear Annie,", "Dear Robin,"), strict=True):
        form = manager.get(f"{page}?of={letter[1]}")
        typed = {"dispatch": letter[0], "opening": opening}
        assert manager.post(draft, {**form.hidden, **typed}, accept="text/plain").status == 200
    ways = [one["href"] for one in manager.get("/").page.select("#begun + ul a")]
    begun = {form.value("opening"): form for form in map(manager.get, ways)}
    assert set(begun) == {"Dear Robin,", "Dear Annie,"}
    second = begun["Dear Robin,"]
    sent = {"dispatch": letters[1][0], "opening": "Dear Robin,", "closing": ""}
    assert manager.post(page, {**second.hidden, **sent}).status == 303
    (left,) = [one["href"] for one in manager.get("/").page.select("#begun + ul a")]
    assert manager.get(left).value("opening") == "Dear Annie,"
    discard = manager.get(left).page.select_one("#draft form")
    hidden = {one["name"]: one["value"] for one in discard.select("input")}
    assert manager.post(discard["action"], hidden).status == 303
    assert manager.get("/").page.select("#begun + ul a") == []


def test_a_notice_has_a_word_file_too_that_is_brought_back(manager, delayed, page, letters):
    """LC-15, RR-49: each letter to a national body is corrected in the page or as a Word file."""
    (first, second), case_id = letters, delayed.case_id
    with delayed.world.act(Role.BUSINESS_MANAGER) as work:
        made = {
            one.version: one.id
            for one in documents(work.session, case_id)
            if (one.kind, one.form) == (DocumentKind.DELAY_NOTICE, DocumentForm.WORD)
        }
    newest_file = manager.get(f"/cases/{case_id}/documents/{made[2]}").response.content
    salutation, *_ = manager.get(f"{page}?of={second[0]}").value("opening").split("\n\n")
    content = edited(newest_file, salutation, "Dear Annie,")
    brought = manager.upload(
        page.replace("/words", "/word"), {"dispatch": second[0]}, "notice.docx", content
    )
    assert (brought.status, brought.where) == (303, page), brought.problems
    form = manager.get(brought.where)
    assert offered(form) == [second[0]]
    assert form.value("opening").startswith("Dear Annie,")
    assert manager.get(f"{page}?of={first[0]}").value("opening").startswith(salutation)
