"""An LCSPR from its terms to its signed report: what each act leaves, and who may do it."""

import pytest

from services.casework.steps import declaration
from services.casework.steps.local_review import (
    agency_reports,
    draft_report,
    oversight,
    quality_assurance,
    reviewer_appointment,
    terms_of_reference,
)
from services.casework.steps.local_review.agency_report_judgement import (
    accept_report,
    excuse_report,
    return_report,
)
from services.casework.steps.sign_off import sign_off
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken, StepNotOpen
from services.domain.parties import Party
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.endorsed import endorsed_by
from tests.kept import NATIONAL, PARTNERS, SEATS, Traces, dispatches, emails, turns
from tests.put_terms import advice, advise
from tests.reached import reach
from tests.settled_families import settle_family
from tests.world import SCHOOL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
AGENCY = Role.AGENCY_LEAD
WHEN, LIMIT = "2026-02-02", "2026-07-05"
NAMED = dispatches("reviewer_named", "being_made", *NATIONAL)


def test_a_review_opens_once_terms_are_endorsed_and_the_reviewer_may_act(case_at, left_by):
    case = case_at(Stage.COMMISSIONING)
    reviewer = case.world.ours.actor(REVIEWER)
    terms = say.agree_terms(case.agency())
    assert left_by(case, terms_of_reference.agree_terms, terms, who=CHAIR, when=WHEN) == Traces(
        entries=["terms_agreed"],
        opened=["oversee_commissioning | review_group_chair"],
        closed=["agree_terms | review_group_chair"],
        ordered=["commission | terms_of_reference | v1"],
    )
    advised = advice(case, WHEN)
    assert left_by(case, oversight.oversee_commissioning, advised, who=CHAIR, when=WHEN) == Traces(
        entries=["commissioning_overseen"],
        opened=turns("sign_terms", *SEATS),
        closed=["oversee_commissioning | review_group_chair"],
        emails=emails("sign_off_needed", *PARTNERS),
    )
    appointed = say.appoint_reviewer(reviewer.person_id)
    left = left_by(case, reviewer_appointment.appoint_reviewer, appointed, who=MANAGER, when=WHEN)
    assert left.entries == ["reviewer_appointed"]
    assert left.opened == ["declare | lead_reviewer"]
    assert left.closed == ["appoint_reviewer | business_manager"]
    assert left.emails == ["declaration_needed | lead.reviewer"]
    assert left.dispatches == NAMED
    case.do(declaration.declare, say.declare(), reviewer, WHEN)
    case.sign(sign_off.sign_terms, WHEN, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    assert case.stage() is Stage.COMMISSIONING
    case.sign(sign_off.sign_terms, WHEN, Seat.INTEGRATED_CARE_BOARD)
    assert case.stage() is Stage.LOCAL_REVIEW
    assert str(case.row().commissioned_on) == WHEN
    assert {(one.todo, str(one.last_day)) for one in case.turns()} == {
        ("request_reports", LIMIT),
        ("ask_for_progress", "None"),
        ("monitor_review", "None"),
        ("submit_draft", LIMIT),
    }


def test_each_partner_endorses_the_appointment_of_a_reviewer(case_at):
    """LC-03: who of each of them, of those who served for it, and on which day."""
    case = case_at(Stage.COMMISSIONING)
    reviewer = case.world.ours.actor(REVIEWER).person_id
    ours, but = case.world.ours, Party(case.world.ours.partnership_id, Seat.POLICE)
    for endorsed, because in (
        (endorsed_by(ours, WHEN, but), "for police"),
        (endorsed_by(ours, "2026-02-03"), "not in the future"),
        (({"partner": reviewer, "endorsed_on": WHEN},), "served for a partner"),
    ):
        said = say.appoint_reviewer(reviewer, endorsed=endorsed)
        with pytest.raises(AnswerRefused, match=because) as refused:
            case.do(reviewer_appointment.appoint_reviewer, said, MANAGER, WHEN)
        assert refused.value.field == "endorsed"


def test_g6_nothing_opens_before_the_terms_and_the_reviewer_are_what_they_must_be(case_at):
    """G6: four key lines, the group's advice, every endorsement, no conflict of the author's."""
    case = case_at(Stage.COMMISSIONING)
    reviewer = case.world.ours.actor(REVIEWER)
    appoint, agree = reviewer_appointment.APPOINT_REVIEWER, terms_of_reference.agree_terms
    with pytest.raises(AnswerRefused, match="no more than four"):
        case.do(agree, say.agree_terms(case.agency(), key_lines=say.key_lines(5)), CHAIR, WHEN)
    biased = say.appoint_reviewer(reviewer.person_id, independent=False)
    with pytest.raises(AnswerRefused, match="free of any"):
        case.do(appoint.perform, biased, MANAGER, WHEN)
    required = "Has led two reviews of neglect."
    terms = say.agree_terms(case.agency(), author_requirements=required)
    case.do(agree, terms, CHAIR, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        shown = said_before(work, appoint, case.row())
    assert required in {answer.text for told in shown for answer in told.said}
    case.do(appoint.perform, say.appoint_reviewer(reviewer.person_id), MANAGER, WHEN)
    with pytest.raises(StepNotOpen, match="has not advised the partners"):
        case.sign(sign_off.sign_terms, WHEN, Seat.POLICE)
    advise(case, WHEN).sign(sign_off.sign_terms, WHEN, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    assert case.stage() is Stage.COMMISSIONING
    case.sign(sign_off.sign_terms, WHEN, Seat.INTEGRATED_CARE_BOARD)
    assert case.stage() is Stage.COMMISSIONING, "the reviewer has not declared"
    case.do(declaration.declare, say.declare(), reviewer, WHEN)
    assert case.stage() is Stage.LOCAL_REVIEW


def test_a_reviewer_in_conflict_is_replaced_and_sees_no_more_of_the_case(case_at, left_by):
    case = case_at(Stage.COMMISSIONING)
    first, second = case.world.ours.actor(REVIEWER), case.world.ours.second_reviewer()
    appointed = say.appoint_reviewer(first.person_id)
    case.do(reviewer_appointment.appoint_reviewer, appointed, MANAGER, WHEN)
    conflict = say.declare(has_conflict=True, particulars="A cousin.", keeps_confidential=False)
    left = left_by(case, declaration.declare, conflict, who=first, when=WHEN)
    assert left.opened == ["appoint_reviewer | business_manager"]
    assert left.closed == ["declare | lead_reviewer"]
    with pytest.raises(AnswerRefused, match="LC-02"):
        case.do(reviewer_appointment.appoint_reviewer, appointed, MANAGER, WHEN)
    with pytest.raises(NotPermitted, match="not available to you"):
        case.do(declaration.declare, say.declare(), first, WHEN)
    again = say.appoint_reviewer(second.person_id)
    left = left_by(case, reviewer_appointment.appoint_reviewer, again, who=MANAGER, when=WHEN)
    assert left.emails == ["declaration_needed | second.reviewer"]
    assert left.dispatches == NAMED


def test_a_reviewer_replaced_mid_review_means_a_new_name_notice_and_a_new_declaration(
    case_at, left_by
):
    case = case_at(Stage.LOCAL_REVIEW).report()
    second = case.world.ours.second_reviewer()
    command = say.appoint_reviewer(second.person_id, beside=False)
    left = left_by(
        case, reviewer_appointment.appoint_reviewer, command, who=MANAGER, when="2026-04-02"
    )
    assert left.emails == ["declaration_needed | second.reviewer"]
    assert left.dispatches == NAMED
    draft = say.submit_draft()
    with pytest.raises(NotFound, match="no such case"):
        case.do(draft_report.submit_draft, draft, REVIEWER, "2026-04-03")
    with pytest.raises(NotPermitted, match="Declare your interests"):
        case.do(draft_report.submit_draft, draft, second, "2026-04-03")
    case.do(declaration.declare, say.declare(), second, "2026-04-03")
    case.do(draft_report.submit_draft, draft, second, "2026-04-03")
    assert case.row().report_version == 1


def test_agency_reports_are_asked_for_returned_sent_again_and_accepted(case_at, left_by):
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), due="2026-03-02")
    assert left_by(case, agency_reports.request_reports, asked, who=MANAGER, when=WHEN) == Traces(
        entries=["reports_requested"],
        opened=["submit_report | hospital | 2026-03-02"],
        closed=["request_reports | business_manager"],
        ordered=["commission | report_request | hospital | v1"],
        emails=["report_requested | hospital.desk"],
    )
    received = Traces(
        entries=["report_submitted"],
        opened=["judge_report | lead_reviewer"],
        closed=["submit_report | hospital"],
        ordered=["commission | agency_report | hospital | v1"],
        emails=emails("report_received", "business.manager", "lead.reviewer"),
    )
    command = say.submit_report()
    assert left_by(case, agency_reports.submit_report, command, who=AGENCY, when=WHEN) == received
    back = say.return_report(case.agency())
    assert left_by(case, return_report, back, who=REVIEWER, when=WHEN) == Traces(
        entries=["report_returned"],
        opened=["submit_report | hospital | 2026-06-30"],
        closed=["judge_report | lead_reviewer"],
        emails=["report_returned | hospital.desk"],
    )
    with pytest.raises(AnswerRefused, match="no report waiting"):
        case.do(accept_report, say.accept_report(case.agency()), CHAIR, WHEN)
    received.ordered = ["commission | agency_report | hospital | v2"]
    assert left_by(case, agency_reports.submit_report, command, who=AGENCY, when=WHEN) == received
    with pytest.raises(AnswerRefused, match="LC-26"):
        case.do(accept_report, say.accept_report(case.agency(), sufficient=False), CHAIR, WHEN)
    accepted = say.accept_report(case.agency())
    assert left_by(case, accept_report, accepted, who=CHAIR, when=WHEN) == Traces(
        entries=["report_accepted"],
        closed=["judge_report | lead_reviewer"],
        emails=["report_accepted | hospital.desk"],
    )
    with pytest.raises(RuleBroken, match="has been accepted"):
        case.do(agency_reports.submit_report, command, AGENCY, WHEN)


def test_no_report_is_drafted_while_an_agencys_is_unsettled(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), case.agency(SCHOOL))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN)
    case.do(accept_report, say.accept_report(case.agency()), CHAIR, WHEN)
    with pytest.raises(RuleBroken, match="G8"):
        case.do(draft_report.submit_draft, say.submit_draft(), REVIEWER, WHEN)


def test_an_agency_that_never_answers_is_excused_with_reasons_and_heard_if_it_comes(
    case_at, left_by
):
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), case.agency(SCHOOL))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN)
    with pytest.raises(AnswerRefused, match="is here: accept it"):
        case.do(excuse_report, say.excuse_report(case.agency()), MANAGER, WHEN)
    case.do(accept_report, say.accept_report(case.agency()), CHAIR, WHEN)
    excused = say.excuse_report(case.agency(SCHOOL))
    assert left_by(case, excuse_report, excused, who=MANAGER, when=WHEN) == Traces(
        entries=["report_excused"], closed=["submit_report | school"]
    )
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN, agency=SCHOOL)
    with pytest.raises(RuleBroken, match="G8"):
        case.do(draft_report.submit_draft, say.submit_draft(), REVIEWER, WHEN)
    case.do(accept_report, say.accept_report(case.agency(SCHOOL)), CHAIR, WHEN)
    settle_family(case, WHEN)
    case.do(draft_report.submit_draft, say.submit_draft(), REVIEWER, WHEN)
    assert case.row().report_version == 1


def test_a_report_is_drafted_without_the_agency_that_was_excused(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), case.agency(SCHOOL))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN)
    case.do(accept_report, say.accept_report(case.agency()), CHAIR, WHEN)
    case.do(excuse_report, say.excuse_report(case.agency(SCHOOL)), MANAGER, WHEN)
    settle_family(case, WHEN)
    case.do(draft_report.submit_draft, say.submit_draft(), REVIEWER, WHEN)
    assert case.row().report_version == 1


@pytest.fixture(scope="module")
def reported(one_world) -> Driven:
    """A case whose agencies' reports are accepted."""
    return reach(one_world, Stage.LOCAL_REVIEW).report()


def test_a_draft_that_is_not_anonymised_is_refused(reported):
    """PUB-16: the reviewer says of each version that it is."""
    command = say.submit_draft(anonymised=False)
    with pytest.raises(AnswerRefused) as error:
        reported.do(draft_report.submit_draft, command, REVIEWER, "2026-05-01")
    assert error.value.field == "anonymised"


def test_a_draft_is_assured_or_goes_back_and_each_version_once(case_at, left_by):
    """PUB-15, PUB-17, G9: against the terms of reference, and all ten questions."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    draft = say.submit_draft()
    when = "2026-05-01"
    assert left_by(case, draft_report.submit_draft, draft, who=REVIEWER, when=when) == Traces(
        entries=["draft_submitted"],
        opened=[f"quality_assure | review_group_chair | {LIMIT}"],
        closed=["submit_draft | lead_reviewer"],
        ordered=["commission", "commission | report_version | v1"],  # its check, and its paper
    )
    fewer = say.quality_assure().model_copy(update={"answers": ()})
    with pytest.raises(AnswerRefused, match="all ten"):
        case.do(quality_assurance.quality_assure, fewer, CHAIR, when)
    with pytest.raises(AnswerRefused, match="PUB-15"):
        case.do(
            quality_assurance.quality_assure, say.quality_assure(meets_terms=False), CHAIR, when
        )
    back = say.quality_assure(ready=False, terms_comment="Its overview is too long.")
    assert left_by(case, quality_assurance.quality_assure, back, who=CHAIR, when=when) == Traces(
        entries=["draft_returned"],
        opened=[f"submit_draft | lead_reviewer | {LIMIT}"],
        closed=["quality_assure | review_group_chair"],
    )
    with pytest.raises(RuleBroken, match="assured already"):
        case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, when)
    case.do(draft_report.submit_draft, draft, REVIEWER, when)
    assured = say.quality_assure()
    assert left_by(case, quality_assurance.quality_assure, assured, who=CHAIR, when=when) == Traces(
        entries=["quality_assured"],
        opened=turns("sign_report", *SEATS, by=LIMIT),
        closed=["quality_assure | review_group_chair"],
        emails=emails("sign_off_needed", *PARTNERS),
    )
