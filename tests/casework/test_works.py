"""Every order of an act becomes its papers: the right kinds, versions, words and bytes."""

import hashlib
from dataclasses import replace

import pytest

from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder, Order
from services.casework.handlers import HANDLERS
from services.casework.steps import closing
from services.casework.steps.local_review import delay
from services.casework.steps.notification import notification_decision
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from tests import factories
from tests.communications_factories import tell_staff
from tests.desk import Desk, real_store
from tests.driven import Driven
from tests.papers_when_read import set_at_once
from tests.reached import decision_put, reach
from tests.world import make_world

CHILD = "Robin Example"
REVIEWER = "Example lead.reviewer"
WHOLE = [
    *(f"action_plan | {form} | v{number}" for form in ("pdf", "word") for number in range(1, 5)),
    *["agency_report | pdf | v1"] * 2,
    *["chronology_guidance | pdf | v1"] * 2,
    "drafting_guidance | pdf | v1",
    "commissioning_notice | pdf | v1",
    "commissioning_notice | word | v1",
    "covering_letter | pdf | v1",
    "covering_letter | word | v1",
    "meeting_pack | pdf | v1",
    "notification_record | pdf | v1",
    "pre_publication_dispatch | pdf | v1",
    "pre_publication_dispatch | word | v1",
    "press_statement | pdf | v1",
    "press_statement | word | v1",
    "publication_notice | pdf | v1",
    "publication_notice | word | v1",
    "publication_strategy | pdf | v1",
    "publication_strategy | word | v1",
    "published_report | pdf | v1",
    "rapid_review_record | pdf | v1",
    "rapid_review_record | pdf | v2",
    "rapid_review_record | word | v1",
    "rapid_review_record | word | v2",
    "recommendations | pdf | v1",
    "referral | pdf | v1",
    *["report_request | pdf | v1"] * 2,
    "report_version | pdf | v1",
    "report_version | word | v1",
    "reviewer_notice | pdf | v1",
    "reviewer_notice | word | v1",
    "staff_confirmations | pdf | v1",
    "scoping_form | pdf | v1",
    "scoping_form | word | v1",
    "scoping_form | pdf | v1",
    "scoping_form | word | v1",
    "scoping_letter | pdf | v1",
    "scoping_letter | pdf | v1",
    "scoping_return | pdf | v1",
    "scoping_return | pdf | v1",
    "terms_of_reference | pdf | v1",
    "terms_of_reference | word | v1",
]


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world)


@pytest.fixture(scope="module")
def closed(app_engine) -> tuple[Desk, Driven]:
    """One case carried from referral to its close, its papers made after each stage."""
    desk = Desk(set_at_once(make_world(app_engine)))
    case = Driven(desk.world)
    for step in (
        lambda: case.decide().notify().scope(),
        lambda: case.review().answer().commission(),
        lambda: case.report().draft().sign(sign_off.sign_report, "2026-06-01"),
        lambda: case.plan().publish(),
        case.embed,
        case.close,
    ):
        step()
        desk.carry(case.case_id)
    return desk, case


def test_every_kind_of_document_that_is_made_has_its_builder():
    assert set(BUILDERS) == {kind for kind in DocumentKind if kind.particulars.forms}


def test_every_type_of_order_has_its_handler():
    product = {each for each in Order.__subclasses__() if each.__module__.startswith("services.")}
    assert set(HANDLERS) == product
    assert DocumentOrder in product


def test_a_whole_case_has_every_paper_of_the_guidance_in_its_forms_and_versions(closed):
    desk, case = closed
    assert sorted(desk.listed(case.case_id)) == sorted(WHOLE)


def test_every_documents_digest_is_that_of_what_is_stored_under_the_partnerships_prefix(closed):
    desk, case = closed
    for row in desk.rows(case.case_id):
        content = desk.bytes_of(row)
        assert row.sha256 == hashlib.sha256(content).hexdigest()
        assert row.size == len(content)
        assert row.key.startswith(f"t/{desk.world.ours.partnership_id}/")
        assert str(case.case_id) not in row.key
        assert row.version_id is not None
        assert row.made_by.int == 0, "Keyline itself made it"
    assert len({row.key for row in desk.rows(case.case_id)}) == len(WHOLE)


def test_carried_again_nothing_is_made_again(closed):
    desk, case = closed
    stored = {key: len(versions) for key, versions in desk.store.versions.items()}
    desk.carry(case.case_id)
    assert {key: len(versions) for key, versions in desk.store.versions.items()} == stored
    assert sorted(desk.listed(case.case_id)) == sorted(WHOLE)


SAYS = {
    "notification_record": (CHILD, "3 March 2024", "SIN-1", "The local authority notifies"),
    "scoping_letter": (CHILD, "Secure your records", "Sent", "15 December 2025"),
    "scoping_return": ("19 December 2025"),
    "meeting_pack": (
        CHILD,
        "The referral",
        "SIN-1",
        "Return: Hill Hospital",
        "Return: Vale School",
    ),
    "rapid_review_record": ("The criteria", "Key lines of enquiry", "The decision"),
    "covering_letter": ("Child Safeguarding Practice Review Panel", "SIN-1", "Decided by the"),
    "terms_of_reference": ("Key lines of enquiry", "What happened in part 2?"),
    "reviewer_notice": (REVIEWER, "Ofsted"),
    "agency_report": ("Chronology of involvement", "1 April 2026"),
    "report_version": ("Recommendations", "Hill Hospital", REVIEWER),
    "pre_publication_dispatch": ("3 July 2026", "Ofsted", REVIEWER, "full text"),
    "published_report": (REVIEWER, "Overview and context", "Recommendations", "Asked of"),
    "action_plan": ("Hill Hospital", "Vale School", "Sharing the learning"),
}


@pytest.mark.parametrize("kind", SAYS)
def test_each_paper_says_what_its_act_said(kind, closed):
    """LC-24, PUB-27: the notice and the published report name the reviewer, among others."""
    desk, case = closed
    texts = desk.read(case.case_id, kind)
    assert texts
    for text in texts:
        assert [command for command in SAYS[kind] if command not in text] == []


def test_the_published_report_is_for_readers_only(closed):
    desk, case = closed
    (text,) = desk.read(case.case_id, "published_report")
    for withheld in (
        CHILD,
        "3 March 2024",
        "genogram",
        "anonymised",
        "(PUB-",
        "(FAM-",
        "Signed by",
    ):
        assert withheld not in text
    assert "OFFICIAL" not in text
    assert " Yes " not in text


def test_the_dispatch_holds_the_full_text_that_is_published(closed):
    desk, case = closed
    (dispatch,) = desk.read_pdfs(case.case_id, "pre_publication_dispatch")
    (published,) = desk.read(case.case_id, "published_report")
    for part in ("Overview and context", "Systemic and underlying reasons", "Recommendations"):
        assert f"{part} {factories.SAID}" in published or part == "Recommendations"
        assert f"{part} {factories.SAID}" in dispatch or part == "Recommendations"
    table = "Recommendation Asked of By when"
    assert (table in published, table in dispatch) == (True, True)


def test_the_plan_is_filed_when_put_when_agreed_when_completed_and_at_the_close(closed):
    desk, case = closed
    put, agreed, completed, at_the_close = desk.read(case.case_id, "action_plan")[:4]
    assert "Sign-off by the safeguarding" not in put
    assert "Sign-off by the safeguarding" in agreed
    assert "complete, with evidence" not in agreed
    assert "Closed on" not in completed
    assert "complete, with evidence" in completed
    assert "Closed on Thursday 1 October 2026" in at_the_close
    assert "Not yet signed" not in at_the_close


def test_the_rapid_review_with_its_dissent_is_on_paper(case_at):
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    desk = Desk(case.world)
    case.sign(sign_off.sign_rapid_review, "2026-01-05", reasons="Police would have gone further.")
    command = factories.submit()
    case.do(submission.submit, command, Role.BUSINESS_MANAGER, "2026-01-07 11:00")
    desk.carry(case.case_id, Step.SUBMIT)
    pdf_put, pdf_sent, word_put, word_sent = desk.read(case.case_id, "rapid_review_record")
    for put, sent in ((pdf_put, pdf_sent), (word_put, word_sent)):
        assert "Sign-off by the safeguarding" not in put
        assert sent.count("Police would have gone further.") == 3


def test_a_decision_not_to_notify_and_a_close_are_records_of_their_own(desk):
    case = Driven(desk.world)
    view = factories.give_view(position="disagrees", reasons="I would notify.")
    case.do(notification_decision.give_view, view, Role.SAFEGUARDING_PARTNER, "2025-12-12")
    case.decide(notify=False)
    close = factories.close_unreviewed(learning="Share with the hospital.")
    case.do(closing.close_unreviewed, close, Role.BUSINESS_MANAGER, "2026-01-05")
    desk.carry(case.case_id)
    assert desk.listed(case.case_id) == [
        "closing_record | pdf | v1",
        "decision_not_to_notify | pdf | v1",
        "referral | pdf | v1",
    ]
    (closed_,) = desk.read(case.case_id, "closing_record")
    (decision,) = desk.read(case.case_id, "decision_not_to_notify")
    assert "Share with the hospital." in closed_
    assert "I would notify." in decision
    assert "Disagrees" in decision
    assert "complete a rapid review" not in decision


def test_the_death_of_a_looked_after_child_is_recorded_as_such(desk):
    case = reach(desk.world, Stage.LOOKED_AFTER_DEATH)
    desk.carry(case.case_id)
    (text,) = desk.read(case.case_id, "death_in_care_record")
    assert "LAC-1" in text
    assert CHILD in text
    assert "complete a rapid review" not in text


def test_improvements_are_published_instead_of_the_report(case_at):
    case = case_at(Stage.PUBLICATION)
    desk = Desk(case.world)
    manager = Role.BUSINESS_MANAGER
    withheld = factories.withhold_report(
        reasons="A compelling reason.", improvements="Share records.\n\nListen to children."
    )
    case.do(publication.withhold_report, withheld, manager, "2026-06-08")
    tell_staff(case.present().sign(sign_off.sign_publication, "2026-06-08"), "2026-06-08")
    case.do(pre_publication.pre_send, factories.pre_send(), manager, "2026-06-24")
    case.send_out("2026-06-24", Notice.IMPROVEMENTS_PRE_SENT)
    case.do(publishing.publish_improvements, factories.publish(), manager, "2026-07-03")
    desk.carry(case.case_id, Step.PUBLISH)
    for kind in ("pre_publication_dispatch", "improvement_information"):
        (text,) = desk.read_pdfs(case.case_id, kind)
        assert "Share records. Listen to children." in text
        assert "Overview and context" not in text
        is_before = kind == "pre_publication_dispatch"
        assert (withheld.reasons in text) is is_before, "the bodies are told why, the public is not"
    assert desk.read(case.case_id, "published_report") == []


@pytest.mark.parametrize(
    ("stage", "step"),
    [(Stage.COMMISSIONING, Step.COMMISSION), (Stage.PUBLICATION, Step.PUBLISH)],
)
def test_a_delay_is_told_at_either_step_with_its_own_reasons(stage, step, case_at):
    case = case_at(stage)
    desk = Desk(case.world)
    for number in (1, 2):
        command = factories.record_delay(reasons=f"Delay number {number}.")
        case.do(delay.record_delay, command, Role.BUSINESS_MANAGER, f"2026-06-0{number + 1}")
    desk.carry(case.case_id, step)
    texts = desk.read_pdfs(case.case_id, "delay_notice")
    assert [f"Delay number {number}." in text for text, number in zip(texts, (1, 2), strict=True)]
    assert len(texts) == 2


# On the real store.


def test_a_whole_case_is_kept_in_the_real_object_store(world, object_store):
    world = replace(world, store=real_store(object_store))
    desk = Desk(world)
    case = reach(world, Stage.CLOSED)
    desk.carry(case.case_id)
    assert {row.kind for row in desk.rows(case.case_id)} == {line.split(" | ")[0] for line in WHOLE}
    for row in desk.rows(case.case_id):
        assert hashlib.sha256(desk.bytes_of(row)).hexdigest() == row.sha256
        assert CHILD not in f"{row.key} {row.filename} {desk.store.bucket.head(row.key).metadata}"
