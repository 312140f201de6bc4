"""An agency adds to its return or corrects it: both versions stay, and who reads it is told."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps import return_correction
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import meeting_pack
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.scoping.returns_on_record import return_on_record
from services.database import due_work
from services.database.agency_requests import requests
from services.database.history import all_of
from services.domain.agency_requests import Asked
from services.domain.documents import DocumentKind, Paper
from services.domain.entry_types import THE_RETURN, EntryType
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.police_factories import mark_sensitive
from tests.scoping_factories import correct_return
from tests.world import HOSPITAL, PROBATION, SCHOOL

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD


def newest(case: Driven, kind: DocumentKind) -> Paper:
    """Return the newest paper of the kind, as it would be made now."""
    with case.world.act(MANAGER, "2026-01-02") as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document", "kind": kind.value})
        orders = [DocumentOrder.model_validate(one) for one in ordered]
        return build(work, case.case_id, max(orders, key=lambda one: one.version), BUILDERS).paper


def test_a_return_is_corrected_with_a_reason_and_the_manager_is_told(world, left_by):
    """RR-40: a newer return supersedes with a reason; no clock and no task is touched by it."""
    case = Driven(world).decide().notify().scope()
    left = left_by(
        case, return_correction.correct_return, correct_return(), who=AGENCY, when="2025-12-22"
    )
    assert left == Traces(
        entries=["return_corrected"],
        ordered=["scope | scoping_return | hospital | v2"],
        emails=["return_corrected | business.manager"],
    )
    with world.act(AGENCY, "2025-12-23", agency=HOSPITAL) as work:
        assert return_on_record(work, case.row()).key_events == "Found since."
        told = [one for kind in THE_RETURN for one in all_of(work.session, case.case_id, kind)]
        assert [one.command["key_events"] for one in told if "Found" in str(one.command)] == [
            "Found since."
        ]
        assert len(told) == 3, "what was said before stays"
    paper = newest(case, DocumentKind.SCOPING_RETURN)
    details = {one.label: one.text for one in paper.details}
    assert details["What was added or corrected, and why"] == "A second service was found."
    assert details["Answers that changed"] == "Key events, with the source of each"
    assert details["Last returned on"] == "Friday 19 December 2025"
    assert details["Added to or corrected on"] == "Monday 22 December 2025"


def test_papers_that_are_not_shared_yet_are_made_from_the_newest_return(world):
    """RR-45: the pack that is accepted later holds the correction, and once."""
    case = Driven(world).decide().notify().scope()
    case.do(return_correction.correct_return, correct_return(), AGENCY, "2025-12-22")
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-23")
    pack = newest(case, DocumentKind.MEETING_PACK)
    (hospital,) = (one for one in pack.sections if one.heading == f"Return: {HOSPITAL}")
    told = {one.label: one.text for one in hospital.answers}
    assert told["Key events, with the source of each"] == "Found since."
    assert told["What was added or corrected, and why"] == "A second service was found."


def test_papers_that_were_shared_are_made_anew_and_their_readers_told(case_at, left_by):
    """RR-45, RR-53: attendees learn that there is something newer; the meeting is not held up."""
    case = case_at(Stage.RAPID_REVIEW)
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    left = left_by(
        case, return_correction.correct_return, correct_return(), who=AGENCY, when="2025-12-29"
    )
    assert "meet | meeting_pack | v2" in left.ordered
    assert [one for one in left.emails if one.startswith("pack_renewed")]
    assert case.row().pack_accepted_on is not None
    assert "Found since." in str(newest(case, DocumentKind.MEETING_PACK))


def test_what_a_correction_says_of_records_takes_the_place_of_what_was_said(world):
    """RR-41: the request shows the newest attestation; one that is unsecured is refused."""
    case = Driven(world).decide().notify().scope()
    unsecured = correct_return(records_secured=False)
    with pytest.raises(AnswerRefused, match="Secure all records first"):
        case.do(return_correction.correct_return, unsecured, AGENCY, "2025-12-22")
    other = correct_return(representative="Another post")
    case.do(return_correction.correct_return, other, AGENCY, "2025-12-22")
    with world.act(MANAGER, "2025-12-22") as work:
        asked = requests(work.session, case.case_id, Asked.SCOPING_RETURN)
        (own,) = (one for one in asked if one.agency_id == case.agency())
        assert (own.representative, own.version) == ("Another post", 2)


def test_only_a_return_that_was_sent_is_corrected_by_its_own_agency_and_with_something_new(world):
    """RR-40: nothing is corrected before it is returned, nor without a difference."""
    case = Driven(world).decide().notify()
    asked = say.request_returns(case.agency(), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    with pytest.raises(RuleBroken, match="no return of your agency"):
        case.do(return_correction.correct_return, correct_return(), AGENCY, "2025-12-16")
    case.do(scoping_returns.submit_return, say.submit_return(), AGENCY, "2025-12-16")
    with pytest.raises(RuleBroken, match="no return of your agency"):
        case.do(
            return_correction.correct_return, correct_return(), AGENCY, "2025-12-17", agency=SCHOOL
        )
    with pytest.raises(NotFound):
        case.do(
            return_correction.correct_return,
            correct_return(),
            AGENCY,
            "2025-12-17",
            agency=PROBATION,
        )
    same = correct_return(key_events=say.submit_return().key_events)
    with pytest.raises(AnswerRefused, match="Nothing differs"):
        case.do(return_correction.correct_return, same, AGENCY, "2025-12-17")


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_return_that_the_police_hold_back_is_not_said_again_where_it_would_show(world, is_listed):
    """Whether or not the mark lists the agency; the refusal does not tell that there is one."""
    case = Driven(world).decide().notify().scope()
    with world.act(MANAGER, "2025-12-20") as work:
        sent = all_of(work.session, case.case_id, EntryType.RETURN_SUBMITTED)
        (marked,) = (one.id for one in sent if one.subject == str(case.agency()))
    agencies = (case.agency(),) if is_listed else ()
    mark = mark_sensitive(section=None, about=marked, agencies=agencies)
    case.do(police_marks.mark_sensitive, mark, MANAGER, "2025-12-20")
    with pytest.raises(RuleBroken, match="tell the business unit") as refused:
        case.do(return_correction.correct_return, correct_return(), AGENCY, "2025-12-22")
    assert "mark" not in str(refused.value)
