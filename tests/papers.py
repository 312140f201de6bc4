"""Every kind of paper, built from cases that were carried along the roads on which it is made."""

from collections.abc import Callable, Iterator
from functools import cache

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps import closing, return_correction
from services.casework.steps.attendance import attendees
from services.casework.steps.local_review import delay
from services.casework.steps.publication import (
    pre_publication,
    publication,
    publishing,
    staff_told,
)
from services.casework.steps.rapid_review import lateness, panel_reply, supplement
from services.casework.steps.referral import other_areas, referral_correction
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import sign_off
from services.database import due_work
from services.documents.making import KeylineDocuments
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.documents import Paper, RenderedDocument
from services.domain.labels.own_words import Body, own_words_in, spoken_with
from services.domain.roles import Role
from services.domain.workflow import PanelAnswer, Stage
from tests import factories as say
from tests.attendance_factories import name_attendees
from tests.changed_factories import comment_and_answer
from tests.communications_factories import confirm_staff_told, tell_staff
from tests.driven import Driven
from tests.joint_publishing import Publishing
from tests.learning_factories import hold_learning_event
from tests.logged import a_request
from tests.panel_factories import (
    lodge_challenge,
    pending_item,
    reply_to_panel,
    supplement_review,
)
from tests.plan_factories import reviewed_and_audited
from tests.reached import reach
from tests.recommended import develop_at_length
from tests.reported import merge_all
from tests.road_after_publication import taken_down_and_back
from tests.road_of_families import discuss_publication, involve_family, share_draft
from tests.road_of_silence import up_the_ladder
from tests.road_of_the_meeting import agreed_by_email
from tests.road_of_the_register import keep_register
from tests.team_factories import work_as_team
from tests.world import World

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
# Each length and word is another than the framework's: a paper which tells one of those is found.
OTHERWISE = PartnershipPolicy(
    name="All otherwise",
    lengths={
        ClockId.K1: 4,
        ClockId.K2: 4,
        ClockId.K3: 4,
        ClockId.K3B: 4,
        ClockId.K4: 2,
        ClockId.K5: 1,
        ClockId.K6: 4,
        ClockId.K8: 1,
        ClockId.K9: 4,
        ClockId.K10: 14,
        ClockId.K11: 5,
        ClockId.K12: 8,
        ClockId.K13: 2,
    },
    window_opens=8,
    window_closes=12,
    clear_days=True,
    retention_years=30,
    own_words={
        Body.REVIEW_GROUP: "Learning Circle",
        Body.REVIEW_TEAM: "Panel of Practice",
        Body.EXECUTIVE: "Strategic Board",
        Body.SCRUTINEER: "critical friend",
        Body.BUSINESS_MANAGER: "Partnership lead",
        Body.UNIT: "partnership office",
        Body.NEAR_MISS: "close call",
    },
)


def papers_of(case: Driven) -> Iterator[Paper]:
    """Yield each paper that is ordered on the case, as it would be made now."""
    with case.world.act(MANAGER, "2026-10-02") as work:
        for ordered in due_work.orders(work, case.case_id, {"type": "document"}):
            order = DocumentOrder.model_validate(ordered)
            with spoken_with(own_words_in(case.row().policy)):
                paper = build(work, case.case_id, order, BUILDERS).paper
            yield paper


def _made_once(make: Callable[[Paper], RenderedDocument]) -> Callable[[Paper], RenderedDocument]:
    """Have each paper made once, in the words of the policy that these cases follow (E-10)."""

    @cache
    def made(paper: Paper) -> RenderedDocument:
        with spoken_with(OTHERWISE.own_words):
            return make(paper)

    return made


DOCUMENTS = KeylineDocuments()
PDF, WORD = _made_once(DOCUMENTS.pdf), _made_once(DOCUMENTS.word)


def challenged_and_published(world: World) -> Driven:
    """Carry a case through a query of the Panel, a challenge and a delay to its action plan."""
    case = keep_register(Driven(world).decide().notify())
    named = name_attendees(world.ours.actor(CHAIR).person_id)
    case.do(attendees.name_attendees, named, MANAGER, "2025-12-15 11:00")
    case.scope()
    newer = say.correct_return()
    case.do(return_correction.correct_return, newer, Role.AGENCY_LEAD, "2025-12-22")
    case.do(lateness.tell_lateness, say.tell_lateness(), MANAGER, "2025-12-29")
    awaited = pending_item()
    agreed_by_email(case.review(pending=(awaited,)), "2026-01-08").answer(PanelAnswer.QUERIES)
    challenge = lodge_challenge(new_information="The second report is in.")
    case.do(panel_reply.lodge_challenge, challenge, PARTNER, "2026-01-20")
    case.answer(PanelAnswer.QUERIES, "2026-01-26")
    more = supplement_review(reopens=False, answers=(awaited.id,))
    case.do(supplement.supplement_review, more, CHAIR, "2026-01-26")
    case.do(panel_reply.reply_to_panel, reply_to_panel(), PARTNER, "2026-02-02")
    case.do(delay.record_delay, say.record_delay(), MANAGER, "2026-02-02")
    case.commission()
    work_as_team(case)
    involve_family(case, "2026-02-03")
    develop_at_length(hold_learning_event(case, "2026-02-04"), "2026-04-01").report()
    merge_all(case)
    share_draft(case).sign(sign_off.sign_report, "2026-06-01")
    discuss_publication(case.plan(), "2026-06-09")
    case.publish("2026-06-22")
    return reviewed_and_audited(taken_down_and_back(case))


def withheld_after_a_request(world: World) -> Driven:
    """Carry a case that was asked for without a notification to improvements alone."""
    case = Driven.of(world, a_request(world))
    case.do(request_consideration.consider_request, say.consider_request(), CHAIR, "2025-12-15")
    case.sign(sign_off.sign_request, "2025-12-16").commission("2026-01-12")
    case.report().draft().sign(sign_off.sign_report, "2026-05-04").present()
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    case.sign(sign_off.sign_publication, "2026-06-08")
    case.do(staff_told.confirm_staff_told, confirm_staff_told(), Role.AGENCY_LEAD, "2026-06-08")
    tell_staff(case, "2026-06-08")
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-22")
    case.send_out("2026-06-22", Notice.IMPROVEMENTS_PRE_SENT)
    comment_and_answer(case, "2026-06-24")
    case.do(publishing.publish_improvements, say.publish(), MANAGER, "2026-07-03")
    return case


def not_notified(world: World) -> Driven:
    """Carry a case to its close without a notification, with another view and another area told."""
    case = Driven(world)
    case.do(other_areas.tell_area, say.tell_area(), MANAGER, "2025-12-12 11:30")
    case.decide(notify=False)
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-05")
    return case


def a_death_in_care(world: World) -> Driven:
    """Carry a looked-after child's death to its notice, after which the referral is corrected."""
    case = reach(world, Stage.LOOKED_AFTER_DEATH)
    child = say.child(statuses=("looked_after",), harm="death", died_on="2025-12-10")
    right = say.correct_referral("death", children=(child,))
    case.do(referral_correction.correct_referral, right, MANAGER, "2025-12-16")
    return case


def signed_together(world: World) -> Driven:
    """Carry a joint review to the signatures of the lead's parties."""
    several = Publishing(world)
    several.begun()
    several.driven.sign(sign_off.sign_rapid_review, "2026-01-05 11:00")
    return several.driven


def a_silent_agency(world: World) -> Driven:
    """Take an agency that does not answer up to formal action, until it does."""
    return up_the_ladder(world, Driven)


ROADS: tuple[Callable[[World], Driven], ...] = (
    challenged_and_published,
    withheld_after_a_request,
    not_notified,
    a_death_in_care,
    signed_together,
    a_silent_agency,
)
