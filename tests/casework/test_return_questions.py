"""The scoping form asks the same on its page, on the blank paper and in the return (Doc 2)."""

import io

import docx
import pytest

from services.casework.commands import Kind
from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.form_parts import parts_of, told_by_part
from services.casework.steps.scoping import forms_opened, scoping, scoping_returns
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.database import due_work
from services.database.agency_requests import requests
from services.documents.making import KeylineDocuments
from services.domain.agency_requests import Answered, Asked
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.documents import DocumentKind, Paper, PaperSection
from services.domain.errors import AnswerRefused
from services.domain.labels import paper_title
from services.domain.roles import Role
from services.web.forms.fields import questions
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import ASKED, Driven
from tests.filled_in import family_in
from tests.paper_text import text_of
from tests.scoping_factories import ROBIN, no_involvement
from tests.world import HOSPITAL, SCHOOL, at

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
FATHER = {"name": "Sam Example", "relations": ("parent",)}
THE_REST = dict.fromkeys(
    (
        *("conflict", "other_agencies", "daily_life", "identity", "risk_factors"),
        *("good_practice", "processes", "casework_access"),
    ),
    "Said.",
) | {"secured_at": at("2025-12-12 09:00")}
FORM, LETTER = DocumentKind.SCOPING_FORM, DocumentKind.SCOPING_LETTER


def asked_about_two(world) -> Driven:
    """Carry a case with a child and her father to where the hospital is asked."""
    case = Driven(world, say.refer(family_members=(FATHER,))).decide().notify()
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    return case


def paper(case: Driven, kind: DocumentKind) -> Paper:
    """Return the newest paper of the kind, as it would be made now."""
    with case.world.act(MANAGER, "2026-01-02") as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document", "kind": kind.value})
        orders = [DocumentOrder.model_validate(one) for one in ordered]
        return build(work, case.case_id, max(orders, key=lambda one: one.version), BUILDERS).paper


def called(name: str) -> str:
    """Return what papers call the answer to a question: no question itself."""
    title = SubmitReturn.model_fields[name].title
    return paper_title((one.__name__ for one in SubmitReturn.__mro__), name) or title or name


def room(section: PaperSection) -> list[str]:
    """Return the questions for which the blank paper has room, in its order."""
    asked = [] if section.table is None else [section.table.caption]
    return [one.partition("\n")[0] for one in (*asked, *section.blanks)]


def test_the_page_the_blank_paper_and_the_return_ask_the_same(world):
    """Doc 2: one list of questions; what is added to it is asked in each of the three."""
    case = asked_about_two(world)
    on_page = questions(SubmitReturn)
    headings = [one.heading for one in on_page if one.heading]
    assert len(on_page) == len(SubmitReturn.model_fields) > 20
    blank = [one for one in paper(case, FORM).sections if one.heading in headings]
    assert [one.heading for one in blank] == headings
    assert [label for part in blank for label in room(part)] == [one.label for one in on_page]
    told = told_by_part(say.submit_return(**THE_REST), {})
    assert [one.heading for one in told] == headings
    for part, answered in zip(parts_of(SubmitReturn), told, strict=True):
        labels = [one.label for one in answered.answers] + [one.heading for one in answered.parts]
        assert set(labels) == {called(name) for name in part.names}


def test_the_blank_word_form_has_each_question_and_a_row_for_each_person(world):
    """RR-38: the agency looks for the child and for each member of the family."""
    case = asked_about_two(world)
    made = KeylineDocuments().word(paper(case, FORM))
    page = docx.Document(io.BytesIO(made.content))
    asked = [one.cell(0, 0).text.split("\n")[0] for one in page.tables if len(one.columns) == 1]
    assert asked == [one.label for one in questions(SubmitReturn) if one.kind is not Kind.ROWS]
    (listed,) = (one.label for one in questions(SubmitReturn) if one.kind is Kind.ROWS)
    assert listed in "\n".join(one.text for one in page.paragraphs)
    rows = [[cell.text for cell in row.cells] for row in family_in(page).rows]
    assert rows[0] == [one.title for one in InvolvementWith.model_fields.values()]
    assert [row[0] for row in rows[1:3]] == ["Robin Example", "Sam Example"]
    assert len(rows) > 4, "there is room for others of the family"


def test_the_form_opens_with_everybody_who_is_named_in_the_letter(world):
    case = asked_about_two(world)
    with case.world.act(AGENCY, "2025-12-16", agency=HOSPITAL) as work:
        opened = forms_opened.return_to_fill_in(work, case.row())
    assert [(one.name, one.involved) for one in opened.family] == [
        ("Robin Example", None),
        ("Sam Example", None),
    ]


def test_no_involvement_is_said_in_two_answers(world):
    """RR-38, RR-40: who knew nobody and holds no record fills in nothing else."""
    case = asked_about_two(world)
    named = (InvolvementWith(name="Robin Example"), InvolvementWith(name="Sam Example"))
    case.do(scoping_returns.submit_return, no_involvement(family=named), AGENCY, "2025-12-16")
    with case.world.act(MANAGER, "2025-12-16") as work:
        (request,) = requests(work.session, case.case_id, Asked.SCOPING_RETURN)
        assert request.answered is Answered.RECEIVED
        assert (request.holds_no_records, request.records_secured) == (True, False)
    (family,) = (
        part for one in paper(case, DocumentKind.SCOPING_RETURN).sections for part in one.parts
    )
    assert [row[:2] for row in family.table.rows] == [
        ("Robin Example", "No"),
        ("Sam Example", "No"),
    ]


@pytest.mark.parametrize(
    ("field", "but"),
    [
        ("key_events", {"key_events": None}),
        ("point_of_contact", {"point_of_contact": None}),
        ("practitioner_roles", {"practitioner_roles": None}),
        ("family", {"family": ()}),
        ("family.0.involved", {"family": ({"name": "Robin Example"},)}),
        ("records_held", {"records_held": None}),
        ("representative", {"representative": None}),
        ("records_secured", {"records_secured": None}),
        ("secured_at", {"secured_at": at("2025-12-17")}),
        ("involved", {"involved": False}),
        ("records_held", {"involved": False, "family": (), "records_held": None}),
    ],
)
def test_what_the_first_answers_ask_for_is_not_left_out(world, field, but):
    """RR-40, RR-41: an involvement is described, and records that are held are secured."""
    case = asked_about_two(world)
    with pytest.raises(AnswerRefused) as refused:
        case.do(scoping_returns.submit_return, say.submit_return(**but), AGENCY, "2025-12-16")
    assert refused.value.field == field


def test_an_agency_that_was_not_involved_but_holds_records_secures_them(world):
    """RR-41: a referral that was not taken up is a record too."""
    case = asked_about_two(world)
    held = {"holds_records": True, "records_held": "A referral.", "records_secured": True}
    said = no_involvement(**held, representative="Head of records")
    case.do(scoping_returns.submit_return, said, AGENCY, "2025-12-16")
    with case.world.act(MANAGER, "2025-12-16") as work:
        (request,) = requests(work.session, case.case_id, Asked.SCOPING_RETURN)
        assert (request.holds_no_records, request.records_secured) == (False, True)


def test_the_letter_tells_the_referral_in_brief_and_none_of_its_account(world):
    """RR-39, Doc 3: it briefly outlines the referral; the referrer's own words are not in it."""
    account = "An account that is for the review alone."
    words = say.refer(seriousness=account, suspicion_reasons=account, place="Example Town")
    case = Driven(world, words).decide().notify()
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    letter = paper(case, LETTER)
    (brief,) = (one for one in letter.sections if one.heading == "The referral in brief")
    told = {one.label: one.text for one in brief.answers}
    assert told["Day of the incident"] == "Wednesday 10 December 2025"
    assert told["Place"] == "Example Town"
    assert {"Kind of incident", "Abuse or neglect", "What happened to Robin Example"} <= set(told)
    assert account not in str(letter)


def test_letters_and_the_blank_form_give_the_business_units_telephone_and_email(world):
    """Doc 3, Doc 5: from the directory, as it stands when the letter is made; RR-39, RR-49."""
    case = asked_about_two(world)
    assert paper(case, LETTER).reached_at == ""
    dates = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}
    unit = placed(world, kind=OrganisationKind.PARTNERSHIP, valid_from="2025-06-02")
    post = {"role": ContactRole.UNIT_MANAGER, "address": "unit@partnership.example"}
    contacted(world, unit, **post, telephone="01632 960001", **dates)
    reached = "telephone 01632 960001, unit@partnership.example"
    other = say.request_returns(case.agency(SCHOOL))
    case.do(scoping.request_returns, other, MANAGER, "2025-12-15")
    for name in ASKED:
        case.do(
            scoping_returns.submit_return, say.submit_return(), AGENCY, "2025-12-19", agency=name
        )
    case.review()
    for kind in (LETTER, DocumentKind.COVERING_LETTER):
        letter = KeylineDocuments().pdf(paper(case, kind)).content
        assert reached in text_of(letter), kind
    assert reached in str(paper(case, FORM).details)


def test_who_is_asked_later_is_asked_to_look_for_the_same(world):
    """RR-39: the form opens with what was asked of those before, and with the usual words first."""
    case = Driven(world).decide().notify()
    with case.world.act(MANAGER, "2025-12-15") as work:
        assert forms_opened.asking_again(work, case.row()).message == forms_opened.TO_LOOK_FOR
    first = say.request_returns(case.agency(), message="Look for burns.")
    case.do(scoping.request_returns, first, MANAGER, "2025-12-15")
    with case.world.act(MANAGER, "2025-12-15") as work:
        assert forms_opened.asking_again(work, case.row()).message == "Look for burns."


def test_the_robin_of_the_factories_is_the_child_of_the_case():
    assert say.child()["name"] == ROBIN["name"]
