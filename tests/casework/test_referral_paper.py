"""Doc 1: the referral has a paper, whole and as it was sent; who referred reads theirs (NOT-16)."""

import pytest

from services.casework.access.documents import paper, papers_seen
from services.casework.document_builders.referral import PARTS_OF_REFERRAL
from services.casework.steps.referral import referral, referral_correction, referral_from_log
from services.casework.steps.referral.referral import Refer
from services.casework.steps.referral.referral_correction import CorrectReferral
from services.casework.steps.referral.referrer_named import name_referrer
from services.casework.steps.review_request import request_consideration, review_request
from services.casework.steps.scoping import scoping
from services.casework.steps.sign_off import sign_off
from services.database.documents import Document
from services.domain.documents import DocumentKind
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Role
from services.web.view_models.own_part import OwnPartView, own_part_view
from tests import factories as say
from tests.declared import declare_everybody
from tests.desk import Desk
from tests.driven import Driven
from tests.guest_factories import say_name_referrer
from tests.logged import a_request
from tests.world import HOSPITAL, SCHOOL, World

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
WHEN = "2025-12-16 10:00"


def referrals(desk: Desk, case: Driven) -> list[Document]:
    """Return the papers of the referral, once they are made."""
    desk.carry(case.case_id)
    return [one for one in desk.rows(case.case_id) if one.kind == DocumentKind.REFERRAL]


def read_by_agency(world: World, case: Driven) -> list[Document]:
    with world.act(AGENCY, WHEN) as work:
        found = [one for one in papers_seen(work, case.row()) if one.kind == DocumentKind.REFERRAL]
        work.session.expunge_all()
    return found


def on_page(world: World, case: Driven) -> list[str]:
    """Return each question whose answer stands under “What you sent” on the agency's page."""
    return [answer.label for one in part_of(world, case).referral for answer in one.said]


def part_of(world: World, case: Driven) -> OwnPartView:
    with world.act(AGENCY, WHEN) as work:
        view = own_part_view(work, case.row())
    assert view is not None
    return view


def entered_by_manager(world: World) -> Driven:
    with world.act(MANAGER, "2025-12-12 11:00") as work:
        case_id = CaseId(referral.refer(work, say.refer()).id)
    declare_everybody(world, case_id, "2025-12-12 11:00")
    return Driven.of(world, case_id)


def test_each_answer_of_a_referral_stands_in_a_part_of_its_paper():
    """Doc 1: conflicts and who was consulted among them; the children and the family have rows."""
    in_parts = [name for part in PARTS_OF_REFERRAL.values() for name in part]
    assert len(in_parts) == len(set(in_parts))
    elsewhere = {"children", "family_members", "received_at", "keeps_confidential"}
    asked = set(Refer.model_fields) | set(CorrectReferral.model_fields)
    assert set(in_parts) == asked - elsewhere


def test_who_referred_keeps_a_copy_of_what_they_sent_and_reads_no_correction(world):
    """NOT-16, Doc 1: a correction is the partnership's, and may hold what others said."""
    case, desk = Driven(world), Desk(world)
    corrected = say.correct_referral()
    case.do(referral_correction.correct_referral, corrected, MANAGER, WHEN)
    right, sent = referrals(desk, case)
    assert (sent.subject, right.subject) == (str(case.agency(HOSPITAL)), "")
    assert (sent.version, right.version) == (1, 2)
    (first,), (second,) = (desk.read(case.case_id, "referral", version=one) for one in (1, 2))
    for told in ("Wren Example", f"From {HOSPITAL}", "Conflict of interest", "Received"):
        assert told in first
    assert "Another example place" not in first
    assert "Another example place" in second
    assert "What was corrected" in second
    assert f"Referred by {HOSPITAL}" in " ".join(second.split())
    assert "Entered by" not in second
    assert [one.id for one in read_by_agency(world, case)] == [sent.id]
    assert "conflict" in " ".join(on_page(world, case))
    assert not part_of(world, case).is_entered
    with world.act(AGENCY, WHEN) as work, pytest.raises(NotFound):
        paper(work, case.case_id, DocumentId(right.id))


def test_an_agency_that_is_named_gets_the_paper_of_what_was_entered_for_it(world):
    """NOT-14: until another is named; then the paper is theirs, though both were asked.

    Whether who entered it has a conflict (LC-01) is theirs to say, and no word of the agency.
    """
    case, desk = entered_by_manager(world), Desk(world)
    (own,) = referrals(desk, case)
    assert (own.subject, own.version) == ("", 1)
    case.do(name_referrer, say_name_referrer(case.agency(HOSPITAL)), MANAGER, WHEN)
    _, named = referrals(desk, case)
    assert [one.id for one in read_by_agency(world, case)] == [named.id]
    case.do(referral_correction.correct_referral, say.correct_referral(), MANAGER, WHEN)
    versions = [one.version for one in referrals(desk, case) if one.subject == ""]
    entered, corrected = (desk.read(case.case_id, "referral", "", one)[0] for one in versions)
    assert f"Referred by {HOSPITAL}" not in " ".join(entered.split())
    for told in (f"Referred by {HOSPITAL}", "Entered by Business manager", "Corrected"):
        assert told in " ".join(corrected.split())
    (theirs,) = desk.read(case.case_id, "referral", case.agency(HOSPITAL))
    assert ("Conflict of interest" in entered, "Conflict of interest" in theirs) == (True, False)
    for told in (f"Referred by {HOSPITAL}", "Entered by Business manager", "Wren Example"):
        assert told in " ".join(theirs.split())
    page = " ".join(on_page(world, case))
    assert ("Where did it happen?" in page, "conflict" in page) == (True, False)
    assert part_of(world, case).is_entered
    case.decide().notify()
    both = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, both, MANAGER, WHEN)
    case.do(name_referrer, say_name_referrer(case.agency(SCHOOL)), MANAGER, "2025-12-16 11:00")
    assert read_by_agency(world, case) == []


def test_a_request_that_the_partnership_refers_on_is_no_referral_of_who_asked(world):
    """RR-41: who asked has the paper of its request; what others entered then is not its copy."""
    case, desk = Driven.of(world, a_request(world)), Desk(world)
    case.do(referral_from_log.refer_on, say.refer_on(), MANAGER, WHEN)
    (own,) = referrals(desk, case)
    assert own.subject == ""
    assert read_by_agency(world, case) == []
    assert on_page(world, case) == []


def test_an_agency_that_was_named_for_its_request_reads_no_later_referral(world):
    """RR-41: the partnership's later referral holds what others said since."""
    with world.act(MANAGER, "2025-12-12 11:00") as work:
        case_id = CaseId(review_request.request_review(work, say.request_review()).id)
    declare_everybody(world, case_id, "2025-12-12 11:00")
    case = Driven.of(world, case_id)
    considered = say.consider_request(decision="no_review")
    case.do(request_consideration.consider_request, considered, Role.REVIEW_GROUP_CHAIR, WHEN)
    case.sign(sign_off.sign_request, WHEN)
    case.do(name_referrer, say_name_referrer(case.agency(HOSPITAL)), MANAGER, WHEN)
    again = say.refer_on(aware_at="2025-12-16 10:00")
    case.do(referral_from_log.refer_on, again, MANAGER, "2025-12-17")
    assert case.row().referred_by_agency_id == case.agency(HOSPITAL)
    assert on_page(world, case) == []
    case.do(referral_correction.correct_referral, say.correct_referral(), MANAGER, "2025-12-18")
    desk = Desk(world)
    assert [one.subject for one in referrals(desk, case)] == ["", ""]
    assert all("Referred by" not in one for one in desk.read(case.case_id, "referral"))
    assert read_by_agency(world, case) == []
