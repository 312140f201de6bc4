"""PUB-05 to PUB-14: a draft is written as a Word file and brought back into the form by section."""

import io

import docx
import pytest

from services.casework.access.documents import object_name
from services.database.documents import documents
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage.downloads import fetch
from tests.driven import Driven
from tests.papers_when_read import set_at_once
from tests.road_of_the_report import draft_alone
from tests.sent_out import make_kind
from tests.web.bringing_in import headings, standing, under
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.words import SAID

REVIEWER, WHEN, FORM = Role.LEAD_REVIEWER, "2026-05-02", "/cases/{}/report/draft"


def written(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs, as any program writes it."""
    file, page = io.BytesIO(), docx.Document()
    for one in paragraphs:
        page.add_paragraph(one)
    page.save(file)
    return file.getvalue()


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW)


def bring(case: Driven, content: bytes) -> tuple[Visitor, str, int]:
    """Bring a file in as the reviewer; return them, the form's address and the answer's status."""
    reviewer, form = (
        Place(case.world, when=WHEN).person(REVIEWER),
        f"/cases/{case.case_id}/report/draft",
    )
    answer = reviewer.upload(f"{form}/word", {}, "report.docx", content)
    return reviewer, form, answer.status


def test_the_sections_of_a_file_stand_in_the_form_and_what_is_missing_is_told(case):
    """PUB-05, PUB-11: by section, in plain words; nothing is recorded and nothing is lost."""
    file = written(
        "For the panel.", "Overview and context", "As it was.", "What must happen to learn"
    )
    reviewer, form, status = bring(case, file)
    assert status == 303
    page = reviewer.get(form)
    assert standing(page)["overview"] == "As it was."
    assert "Good practice" in under(page, "Not found in the file")
    assert "For the panel." in under(page, "Written beside the questions")
    assert "What must happen to learn" in under(page, "Not answered in the file")
    assert "Brought in" in headings(page)


def word_of_version(case: Driven) -> bytes:
    """Return the Word file of the newest version; what is ordered is made first."""
    make_kind(case.world, case.case_id, DocumentKind.REPORT_VERSION, WHEN)
    with case.world.act(REVIEWER, WHEN) as work:
        (made,) = (
            one
            for one in documents(work.session, case.case_id)
            if one.kind is DocumentKind.REPORT_VERSION and one.form == DocumentForm.WORD.value
        )
        place = object_name(made), made.sha256, made.version_id
    with fetch(case.world.store, *place) as kept:
        return kept.read()


def test_a_version_that_was_changed_in_word_is_brought_back_whole(case):
    """PUB-05 to PUB-14: what the paper says around the text is no part of it."""
    case.world = set_at_once(case.world)  # one version is edited as it was made
    draft_alone(case.report(), "2026-05-01")
    page = docx.Document(io.BytesIO(word_of_version(case)))
    (first, *_rest) = (one for one in page.paragraphs if one.text == SAID)
    first.text = "Changed in Word."
    changed = io.BytesIO()
    page.save(changed)
    reviewer, form, status = bring(case, changed.getvalue())
    assert status == 303
    answered = reviewer.get(form)
    typed = standing(answered)
    assert (typed["overview"], typed["good_practice"]) == ("Changed in Word.", SAID)
    assert headings(answered) == ["Brought in"]


def test_a_changed_text_is_brought_in_over_the_words_that_were_signed(case_at):
    """PUB-02, PUB-05: what the person changed in the form stays, and so does what it lacks."""
    case = case_at(Stage.PUBLICATION)
    chair = Place(case.world, when="2026-06-15").person(Role.REVIEW_GROUP_CHAIR)
    form = f"/cases/{case.case_id}/publication/changed-text"
    opened = chair.get(form)
    typed = standing(opened) | {"decisions": "Typed by the chair."}
    saved = chair.post(opened.page.select_one("#filled-form")["formaction"], typed)
    assert saved.where == f"{form}/word"
    file = written("Overview and context", "As it was.", "Why decisions were taken", "As told.")
    assert chair.upload(f"{form}/word", {}, "report.docx", file).status == 303
    page = chair.get(form)
    said = standing(page)
    assert (said["overview"], said["learning"]) == ("As it was.", SAID)
    assert said["decisions"] == "Typed by the chair."
    assert "As told." in str(under(page, "Answered otherwise in the file"))
    assert "Good practice" in under(page, "Not in the file, and left as it was")
    assert under(page, "Brought in") == ["Overview and context"]


@pytest.mark.parametrize("lines", [("Nothing of the form.",), ("Good practice",)])
def test_a_file_without_a_part_of_the_report_is_refused_in_plain_words(case, lines):
    """PUB-05: with how its headings are to be written; nothing is kept of it."""
    reviewer, form, status = bring(case, written(*lines))
    assert status == 422
    assert reviewer.get(form).page.select_one("#brought-in") is None
    assert standing(reviewer.get(form))["overview"] == ""
