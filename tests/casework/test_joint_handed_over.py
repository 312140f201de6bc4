"""What a new lead is given of a local review that is under way (rules.md 4)."""

import pytest

from services.casework.document_builders.case_history import history_of
from services.casework.document_builders.report import reviewers
from services.casework.steps import report_checked
from services.casework.steps.anonymity.checks import newest_check, unsettled
from services.casework.steps.communications.strategy import strategy_on_record
from services.casework.steps.learning_event.feedback import not_asked_yet
from services.casework.steps.learning_event.plan import confirmed_themes
from services.casework.steps.local_review import draft_report, progress
from services.casework.steps.local_review.reviewer_appointment import END_REVIEWER
from services.casework.steps.local_review.terms_amended import endorsed_terms
from services.casework.steps.local_review.terms_of_reference import AGREE_TERMS
from services.casework.steps.names_at_work import names_of_practitioners
from services.casework.steps.publication.naming_reviewers import must_name_reviewer
from services.casework.steps.publication.publishers import reviewers_name
from services.casework.steps.review_team.interim_learning import PROPOSE_INTERIM_LEARNING
from services.casework.steps.review_team.team_meetings import RECORD_TEAM_MEETING
from services.casework.steps.sign_off.replacing_conditions import must_not_be_reviewer
from services.casework.steps.sign_off.sign_off import SIGN_INTERIM_LEARNING
from services.database.cases import get_case
from services.database.history import last_fact
from services.domain.anonymity.known import HitKind
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import commissioning, review_team
from services.web.act_pages.act_page import ActPage
from tests import factories as say
from tests.anonymity_factories import justify_hits
from tests.communications_factories import have_strategy, plan_communications
from tests.factories import agree_terms, end_reviewer
from tests.joint_changes import Changing
from tests.joint_publishing import Publishing
from tests.papers import papers_of
from tests.road_of_the_report import NAMED
from tests.sent_out import make_checks
from tests.team_factories import ask_for_progress, propose_interim, record_team_meeting

MANAGER = Role.BUSINESS_MANAGER
EPISODE = {"episode": "The visit in March.", "why": "What was known of it."}


class InLocalReview(Publishing, Changing):
    """A joint review that is carried on to its local review, and whose lead changes there."""


def test_what_was_planned_and_asked_in_the_local_review_is_handed_over(world):
    """PUB-19, PUB-20, LC-21: the new lead goes on with it, and plans nothing anew."""
    joint = InLocalReview(world).begun().sent_to_panel().opened_locally()
    have_strategy(joint.driven, joint.when)
    asked = ask_for_progress(by_when="2026-03-02")
    joint.driven.do(progress.ask_for_progress, asked, Role.REVIEW_GROUP_CHAIR, joint.when)
    joint.shared_back()
    joint.change_lead()
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        theirs = get_case(work.session, joint.theirs_case)
        assert theirs.stage is Stage.LOCAL_REVIEW
        assert strategy_on_record(work, theirs) == plan_communications()
        assert last_fact(work.session, theirs.id, EntryType.PROGRESS_ASKED)
        assert not_asked_yet(work, theirs) == frozenset()


@pytest.fixture
def handed(ready_by) -> InLocalReview:
    return ready_by(InLocalReview, lead_changed)


def lead_changed(joint: InLocalReview) -> None:
    """Have the team meet and learning agreed by the lead that was, and the lead change then."""
    joint.begun().sent_to_panel().opened_locally()
    chair = joint.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
    met = record_team_meeting(chair, themes=({"theme": "Time"},), episodes=(EPISODE,))
    joint.do(RECORD_TEAM_MEETING, met, MANAGER, joint.when)
    joint.shared_back()
    joint.change_lead()


def theirs(joint: InLocalReview, page: ActPage, field: str) -> list[str]:
    """Return what the new lead's manager is offered on the page."""
    with joint.world.act(joint.theirs.actor(MANAGER), joint.when) as work:
        case = get_case(work.session, joint.theirs_case)
        return [one.label for one in page.narrow(work, case)[field]]


def test_the_pages_of_the_new_lead_open_and_the_reviewer_that_was_can_be_ended(handed):
    """LC-23, LC-36: nobody there is a member here, and the themes that were confirmed stay so."""
    (ending,) = (one for one in commissioning.PAGES if one.act is END_REVIEWER)
    (meeting,) = (one for one in review_team.PAGES if one.act is RECORD_TEAM_MEETING)
    before = handed.world.ours.actor(Role.LEAD_REVIEWER)
    (offered,) = theirs(handed, ending, "person")
    assert offered.startswith("Example lead.reviewer, ")
    assert theirs(handed, meeting, "present")
    with handed.world.act(handed.theirs.actor(MANAGER), handed.when) as work:
        case = get_case(work.session, handed.theirs_case)
        assert confirmed_themes(work, case) == ("Time",)
        assert reviewers_name(work, case) == offered
        told = reviewers(work, history_of(work, handed.theirs_case))
        assert told == {"Lead reviewer": offered}
    handed.do_theirs(END_REVIEWER, handed.theirs_case, end_reviewer(before.person_id), MANAGER)
    assert theirs(handed, ending, "person") == []


def test_papers_of_the_new_lead_name_the_reviewer_whom_the_lead_before_appointed(handed):
    """PUB-27, Doc 6: no line of who reviews is without its name."""
    said = {"changed": "The period.", "why_changed": "More became known."}
    terms = agree_terms(handed.own.agency(), **said)
    handed.do_theirs(AGREE_TERMS, handed.theirs_case, terms, Role.REVIEW_GROUP_CHAIR)
    (paper,) = (one for one in papers_of(handed.own) if one.kind is DocumentKind.TERMS_OF_REFERENCE)
    parts = {one.heading: one.items for one in paper.sections}
    assert parts["Reviewer and review team on record"][0].startswith("Example lead.reviewer, ")


def test_nobody_is_asked_about_interim_learning_where_the_review_is_led_no_more(ready_by):
    """LC-22: what the lead that was had put is on the new lead's record; its turns end."""
    joint = ready_by(InLocalReview, put_learning)
    asked = {Todo.PROPOSE_INTERIM_LEARNING, Todo.SIGN_INTERIM_LEARNING}
    assert asked <= joint.todos(joint.driven)
    joint.shared_back()
    joint.change_lead()
    assert not asked & joint.todos(joint.driven)
    with joint.world.act(joint.theirs.actor(MANAGER), joint.when) as work:
        kind = EntryType.INTERIM_LEARNING_PROPOSED
        assert last_fact(work.session, joint.theirs_case, kind) is not None


def put_learning(joint: InLocalReview) -> None:
    """Have the lead put learning to its partners, of whom one disagrees."""
    joint.begun(JointPart.CONTRIBUTING).sent_to_panel().opened_locally()
    said = propose_interim(joint.driven.agency())
    joint.do(PROPOSE_INTERIM_LEARNING, said, Role.REVIEW_GROUP_CHAIR, joint.when)
    no = {"position": Position.DISAGREES}
    joint.driven.sign(SIGN_INTERIM_LEARNING.perform, joint.when, Seat.POLICE, **no)


def test_endorsed_terms_stay_endorsed_where_another_partnership_comes_to_decide(ready_by):
    """LC-06: it had no part in them; they stay in force, and the next are put to it as well."""
    joint = ready_by(InLocalReview, contributing_there)
    assert in_force(joint)
    joint.at("2026-02-03 10:00")
    joint.propose_change(JointChange.OTHER_PART, part=JointPart.JOINTLY_DECIDING)
    joint.answer_change()
    joint.settle()
    assert joint.their_case(joint.theirs_case).stage is Stage.JOINT_REVIEW
    assert in_force(joint)


def contributing_there(joint: InLocalReview) -> None:
    """Carry a review to which another partnership contributes to where it is open."""
    joint.begun(JointPart.CONTRIBUTING).sent_to_panel().opened_locally()


def in_force(joint: InLocalReview) -> bool:
    """Tell whether terms are endorsed on the lead's case."""
    with joint.world.act(MANAGER, joint.when) as work:
        return endorsed_terms(work, get_case(work.session, joint.case_id)) is not None


def test_the_report_is_checked_where_it_is_led_now_and_what_stays_stays(world):
    """PUB-16: a new lead settles what its own check finds, beside the reasons that were given."""
    joint = InLocalReview(world).begun().sent_to_panel().opened_locally()
    joint.driven.report()
    command = say.submit_draft(overview=NAMED)
    joint.driven.do(draft_report.submit_draft, command, Role.LEAD_REVIEWER, joint.when)
    make_checks(world, joint.case_id, joint.when)
    with world.act(Role.REVIEW_GROUP_CHAIR, joint.when) as work:
        hits = unsettled(work, get_case(work.session, joint.case_id))
    (day,) = (one.id for one in hits if one.kind is HitKind.BIRTH_DAY)
    stays = justify_hits(day)
    joint.driven.do(report_checked.justify_hits, stays, Role.REVIEW_GROUP_CHAIR, joint.when)
    joint.shared_back()
    joint.change_lead()
    make_checks(world, joint.theirs_case, joint.when)
    with world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
        left = unsettled(work, get_case(work.session, joint.theirs_case))
        certain = [one.kind for one in left if one.kind.is_certain]
        assert certain == [HitKind.CHILD_NAME]


def test_the_report_may_name_the_reviewer_whom_the_lead_before_appointed(world):
    """PUB-16, PUB-27: the name that was handed over is spared, though somebody here has it too."""
    joint = InLocalReview(world).begun().sent_to_panel().opened_locally()
    joint.driven.report()
    said = "This report was written by Example lead.reviewer."
    command = say.submit_draft(overview=said)
    joint.driven.do(draft_report.submit_draft, command, Role.LEAD_REVIEWER, joint.when)
    joint.shared_back()
    joint.change_lead()
    make_checks(world, joint.theirs_case, joint.when)
    with joint.world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
        case = get_case(work.session, joint.theirs_case)
        assert "Example lead.reviewer" in names_of_practitioners(work, case)
        found = newest_check(work, case)
        assert found is not None
        assert HitKind.PRACTITIONER_NAME not in {one.kind for one in found.hits}


def test_publication_is_planned_where_the_lead_before_named_the_reviewer(handed):
    """PUB-27, G10: the name that came along is on record, though they are no member here."""
    with handed.world.act(handed.theirs.actor(MANAGER), handed.when) as work:
        must_name_reviewer(work, get_case(work.session, handed.theirs_case))


def test_a_reviewer_whom_the_lead_before_appointed_is_no_named_lead_over_their_own(handed):
    """GOV-12, PUB-27: they are no member there, and known by the name that was handed over."""
    with handed.world.act(handed.theirs.actor(MANAGER), handed.when) as work:
        case = get_case(work.session, handed.theirs_case)
        for said in ("Example lead.reviewer", "Example lead.reviewer, chief officer"):
            with pytest.raises(AnswerRefused, match="their own report"):
                must_not_be_reviewer(work, case, SignOffMatter.REPORT, said)
            must_not_be_reviewer(work, case, SignOffMatter.TERMS_OF_REFERENCE, said)
        must_not_be_reviewer(work, case, SignOffMatter.REPORT, "Somebody Else, chief officer")
