"""Of which kinds of paper a partnership may have a template of its own, and what stands in each."""

import io

import docx
import pytest

from services.documents import OwnTemplate, TemplateFailed
from services.documents.blocks import Heading
from services.documents.making import KeylineDocuments
from services.documents.own.child import answered
from services.documents.own.filling import filled_in
from services.documents.own.names import names_of
from services.documents.own.starter import ROOM_TO_WRITE
from services.documents.wording import MARKING, worded
from services.domain.dispatches import NOTICES
from services.domain.documents import DocumentForm, DocumentKind, Paper
from services.domain.paper_samples import INVENTED, REFERENCE, sample_paper
from services.domain.paper_templates import OFFERED
from tests.own_templates import LETTER, a_template, leaving_out_parts
from tests.paper_text import text_of

pytestmark = pytest.mark.slow

DOCUMENTS = KeylineDocuments()
# Records that are proof, forms that are statutory or read back, and what is locked as it was sent.
NEVER_OFFERED = {
    *(DocumentKind.REFERRAL, DocumentKind.REVIEW_REQUEST, DocumentKind.REQUEST_DECISION),
    *(DocumentKind.NOTIFICATION_RECORD, DocumentKind.DEATH_IN_CARE_RECORD),
    *(DocumentKind.DECISION_NOT_TO_NOTIFY, DocumentKind.CLOSING_RECORD),
    *(DocumentKind.PROGRESS_REPORT, DocumentKind.COMMENT_ANSWER, DocumentKind.TAKEN_DOWN_NOTICE),
    *(DocumentKind.IMPROVEMENTS_IN_PLACE, DocumentKind.REISSUE_NOTICE),
    *(DocumentKind.REDACTION_NOTICE, DocumentKind.REPOSITORY_LETTER),
    *(DocumentKind.SCOPING_FORM, DocumentKind.SCOPING_RETURN, DocumentKind.AGREEMENT_LOG),
    *(DocumentKind.GENOGRAM, DocumentKind.MERGED_CHRONOLOGY, DocumentKind.AGENCY_REPORT),
    *(DocumentKind.STAFF_CONFIRMATIONS, DocumentKind.PUBLISHED_REPORT),
    *(DocumentKind.IMPROVEMENT_INFORMATION, DocumentKind.LEAD_AGREEMENT),
    *(DocumentKind.SIGNED_RECORD, DocumentKind.UPLOAD, DocumentKind.IMPROVEMENTS_IN_PLACE),
}


def own(content: bytes) -> OwnTemplate:
    return OwnTemplate(version=3, sha256="ab" * 32, content=content)


def says_all(said: str, paper: Paper) -> None:
    """Hold what a filled-in template says against the invented paper."""
    for words in (
        "An answer on two lines",
        "R & D, “quoted”, 100 %",
        "Robin Sample & Co. <not real>",
    ):
        assert words in said
    assert paper.sections[0].heading in said
    assert (REFERENCE in said) is not paper.kind.particulars.is_public
    assert "{{" not in said
    assert "{%" not in said


@pytest.mark.in_turns
@pytest.mark.parametrize("kind", OFFERED)
def test_the_template_to_begin_with_makes_the_whole_paper_of_every_kind(kind):
    """Each kind has an example of its own, and a template to begin with that stands every check."""
    paper = sample_paper(kind)
    filled = filled_in(paper, own(DOCUMENTS.starter(kind)), answered)
    said = text_of(filled.content)
    says_all(said, paper)
    head = docx.Document(io.BytesIO(filled.content)).sections[0].header.paragraphs[0].text
    assert head == ("" if kind.particulars.is_public else MARKING)
    assert ("Yours faithfully" in said) is kind.particulars.is_letter
    assert (ROOM_TO_WRITE in said) is any(one.blanks for one in paper.sections)
    assert {one.level for one in filled.blocks if isinstance(one, Heading)} == {1, 2}
    for heading in (one.text for one in worded(paper).blocks if isinstance(one, Heading)):
        assert Heading(level=heading_levels(paper)[heading], text=heading) in filled.blocks
    offered = OFFERED[kind]
    for keeps, name in ((offered.keeps_opening, "opening"), (offered.keeps_closing, "closing")):
        without = a_template(kind, leaving_out_parts(name))
        if keeps and names_of(paper)[name]:
            with pytest.raises(TemplateFailed, match=f"leaves out “{name}”"):
                filled_in(paper, own(without), answered)
        else:
            filled_in(paper, own(without), answered)


def heading_levels(paper: Paper) -> dict[str, int]:
    return {one.text: one.level for one in worded(paper).blocks if isinstance(one, Heading)}


@pytest.mark.parametrize(
    "kind",
    [LETTER, DocumentKind.FAMILY_LEAFLET, DocumentKind.LEARNING_WORKSHEETS],
)
def test_both_forms_are_made_from_the_template_to_begin_with(kind):
    """A letter, a paper that is handed to anybody, and one in which its reader writes."""
    paper = sample_paper(kind)
    both = DOCUMENTS.from_own(paper, own(DOCUMENTS.starter(kind)))
    assert set(both) == {DocumentForm.PDF, DocumentForm.WORD}
    for one in both.values():
        says_all(text_of(one.content), paper)
    if kind.particulars.is_letter:
        assert "Under which law this is asked for" in text_of(both[DocumentForm.WORD].content)


def test_every_paper_under_the_partnerships_own_name_is_offered_and_no_other():
    """Not what goes to national bodies, what an agency sent, what proves, what is published."""
    to_national_bodies = {kind for rule in NOTICES.values() for kind in rule.kinds}
    assert not to_national_bodies & set(OFFERED)
    assert set(OFFERED) | to_national_bodies | NEVER_OFFERED == set(DocumentKind)
    assert not NEVER_OFFERED & set(OFFERED)
    assert set(INVENTED) == set(OFFERED)
