"""Documents in order: by step and agency, newest version first, each with a name of its own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.casework.access.document_shelf import (
    ADDED,
    OF_NO_AGENCY,
    DocumentsWanted,
    PlacedDocument,
    shelves,
    wanted,
)
from services.casework.access.download_names import download_name
from services.database.documents import Document, DocumentState
from services.domain.document_steps import step_of
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import Section
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Step

AT = datetime(2026, 2, 2, 9, tzinfo=UTC)
HOSPITAL, HOUSING = str(UUID(int=1)), str(UUID(int=2))
NAMES = {HOSPITAL: "A Hospital (example)", HOUSING: "Some Housing (example)"}
PACK, RETURN = DocumentKind.MEETING_PACK, DocumentKind.SCOPING_RETURN


def a_document(
    kind: DocumentKind, subject: str = "", version: int = 1, **more: Any
) -> PlacedDocument:
    words = dict.fromkeys(("filename", "media_type", "key", "sha256"), "example")
    told = {"form": "pdf", "said": [], "title": NAMES.get(subject, ""), **words, **more}
    document = Document(
        tenant_id=UUID(int=9),
        id=uuid4(),
        case_id=UUID(int=8),
        kind=kind,
        subject=subject,
        section=Section.INTERNAL,
        version=version,
        size=1,
        template="" if kind is DocumentKind.UPLOAD else "house",
        standing=DocumentState.KEPT,
        made_by=UUID(int=7),
        made_at=AT + timedelta(hours=version),
        **told,
    )
    name = NAMES.get(subject, "")
    return PlacedDocument(
        document=document,
        step=step_of(kind, subject, is_of_agency=bool(name)),
        agency=name,
        agency_code=subject if name else OF_NO_AGENCY,
    )


def test_they_stand_by_step_and_agency_and_added_files_last():
    found = [
        a_document(DocumentKind.UPLOAD),
        a_document(RETURN, HOUSING),
        a_document(PACK),
        a_document(RETURN, HOSPITAL),
        a_document(DocumentKind.UPLOAD, HOSPITAL),
        a_document(DocumentKind.REFERRAL),
    ]
    told = [(one.code, [each.name for each in one.agencies]) for one in shelves(found)]
    assert told == [
        ("notify", [""]),
        ("scope", [NAMES[HOSPITAL], NAMES[HOUSING]]),
        ("meet", [""]),
        (ADDED, [""]),
    ]


def test_earlier_versions_are_folded_and_forms_stand_together():
    found = [
        a_document(RETURN, HOSPITAL, 1),
        a_document(RETURN, HOSPITAL, 2, form="word"),
        a_document(RETURN, HOSPITAL, 2),
        a_document(RETURN, HOUSING, 1),
    ]
    (shelf,) = shelves(found)
    (of_hospital,), (of_housing,) = (one.papers for one in shelf.agencies)
    assert [one.form for one in of_hospital.newest.files] == ["pdf", "word"]
    assert [one.number for one in of_hospital.older] == [1]
    assert of_housing.older == ()
    assert shelf.count == 2


def test_two_files_that_were_added_are_no_versions_of_each_other():
    found = [a_document(DocumentKind.UPLOAD, HOSPITAL, number) for number in (1, 2)]
    (shelf,) = shelves(found)
    assert [one.older for one in shelf.agencies[0].papers] == [(), ()]


def test_a_pack_without_what_is_marked_is_no_version_in_place_of_the_whole_one():
    first, second = uuid4(), uuid4()
    found = [
        a_document(PACK, "", 1, said=[first]),
        a_document(PACK, "", 2, said=[first]),
        a_document(PACK, "", 3, said=[second]),
        a_document(PACK, "", 4, said=[second]),
    ]
    (shelf,) = shelves(found)
    newest, beside = shelf.agencies[0].papers
    assert (newest.newest.number, [one.number for one in newest.older]) == (4, [2, 1])
    assert (beside.newest.number, beside.older) == (3, ())


def test_they_are_narrowed_by_codes_and_a_code_that_is_none_narrows_nothing():
    found = [a_document(RETURN, HOSPITAL), a_document(RETURN, HOUSING), a_document(PACK)]
    assert len(wanted(found, DocumentsWanted(step="scope"))) == 2
    assert len(wanted(found, DocumentsWanted(agency=HOUSING, kind=RETURN))) == 1
    assert len(wanted(found, DocumentsWanted(agency=OF_NO_AGENCY))) == 1
    assert wanted(found, DocumentsWanted(step="<b>", agency="x", kind="y")) == found
    assert wanted(found, DocumentsWanted(agency=HOUSING, kind=PACK)) == []


def test_every_kind_and_every_matter_has_its_place():
    made = [one for one in DocumentKind if one is not DocumentKind.UPLOAD]
    assert all(isinstance(step_of(one, "", is_of_agency=False), Step) for one in made)
    signed = DocumentKind.SIGNED_RECORD
    places = {one: step_of(signed, one, is_of_agency=False) for one in SignOffMatter}
    assert places[SignOffMatter.RAPID_REVIEW] is Step.SUBMIT
    assert places[SignOffMatter.PUBLICATION] is Step.PUBLISH
    assert places[SignOffMatter.TERMS_OF_REFERENCE] is Step.COMMISSION


def test_a_file_is_named_by_case_kind_and_agency_and_no_two_alike():
    long = "Marsh and Coast Community and Mental Health NHS Foundation Trust"
    made = [
        a_document(RETURN, HOSPITAL, 2).document,
        a_document(RETURN, HOSPITAL, 2, form="word").document,
        a_document(RETURN, title=f"{long} North").document,
        a_document(RETURN, title=f"{long} South").document,
        a_document(DocumentKind.UPLOAD, HOSPITAL, title="Ann Other", form="png").document,
        a_document(DocumentKind.UPLOAD, HOSPITAL, title="Ann Other", form="png").document,
    ]
    names = [download_name(one, "SLT-2026-001", NAMES.get(one.subject, "")) for one in made]
    assert names[0] == "SLT-2026-001-scoping-return-A-Hospital-example-v2.pdf"
    assert names[1] == "SLT-2026-001-scoping-return-A-Hospital-example-v2.docx"
    assert names[4].startswith("SLT-2026-001-added-file-A-Hospital-example-")
    assert len(set(names)) == len(names)
    assert "Ann" not in "".join(names)


def test_what_is_published_is_called_by_no_reference():
    """PUB-27: it leads to no other paper of the case."""
    public = a_document(DocumentKind.PUBLISHED_REPORT, form=DocumentForm.PDF.value).document
    assert download_name(public, "SLT-2026-001") == "published-report-v1.pdf"
