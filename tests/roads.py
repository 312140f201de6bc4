"""Cases carried along every road, with each act's traces counted as it is done."""

from collections.abc import Callable
from typing import Any, Final

from services.casework.commands import Command
from services.casework.steps import family_reading, family_told, return_correction
from services.casework.steps.child_death import death_review
from services.casework.steps.dispatches import collections
from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.notification import (
    awareness,
    discussion,
    inspectorate,
    notification_decision,
)
from services.casework.steps.notification.looked_after_death import record_looked_after_death
from services.casework.steps.police_marks import police_marks
from services.casework.steps.publication import (
    pre_publication,
    publication,
    publishing,
)
from services.casework.steps.rapid_review import (
    lateness,
    meeting,
    submission,
    submission_by_collection,
)
from services.casework.steps.referral import (
    duplicates,
    leads,
    other_areas,
    referral_correction,
    referral_from_log,
    referrer_named,
)
from services.casework.steps.review_request import request_consideration
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.cases import children
from services.database.police_marks import live_marks
from services.domain.dispatches import Notice
from services.domain.police_marks import ListedSeat
from services.domain.roles import Actor, Role, Seat
from tests import factories as say
from tests.at_the_event import say_it_is_right, take_part
from tests.communications_factories import confirm_by_agency, have_strategy, tell_staff
from tests.death_factories import attest_inspectorate, link_death_review, record_discussion
from tests.dispatch_factories import (
    give_collection_code,
    revoke_collection,
    send_by_collection,
    submit_by_collection,
)
from tests.driven import AFTER_CHECK, ASKED, Act, Driven
from tests.endorsed import as_endorsed
from tests.guest_factories import say_name_referrer
from tests.learning_factories import hold_learning_event
from tests.listed import a_practice_lead, ask_a_practice, listed_through
from tests.logged import a_lead, a_request
from tests.matrix import entries_of
from tests.panel_factories import record_family_told
from tests.plan_factories import reviewed_and_audited
from tests.police_factories import lift_mark, mark_sensitive, review_mark
from tests.recommended import develop_at_length, recommend
from tests.reported import accept_opened, ask_and_ask_more, merge_all, send_and_speak
from tests.road_of_dispatches import correct_before_sending, query_publication, send_by_each_way
from tests.road_of_families import discuss_publication, involve_family, share_draft
from tests.road_of_interests import decided_on
from tests.road_of_publication import publish_and_look
from tests.road_of_silence import up_the_ladder
from tests.road_of_the_meeting import meet_with_attendees
from tests.road_of_the_panel import challenged
from tests.road_of_the_register import keep_register
from tests.road_of_the_report import named_and_justified
from tests.road_of_withdrawal import withdrawn_again
from tests.sent_out import dispatches_of, make_checks, make_papers
from tests.team_factories import work_as_team
from tests.valid_commands import act_done_by
from tests.world import HOSPITAL, SCHOOL, World

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
CHAIR, PARTNER = Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER


class Counted(Driven):
    """A case on which each act that is done leaves one entry, of a type that is its own."""

    done: set[str]

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        """Do one act, and count what it adds to the history."""
        record = act_done_by(act)
        if record is submission.SUBMIT:
            make_papers(self.world, self.case_id, when, Notice.RAPID_REVIEW_SUBMITTED)
        if act in AFTER_CHECK:
            make_checks(self.world, self.case_id, when)
        with self.world.act(who, when, **where) as work:
            before = entries_of(work.session, self.case_id)
            act(work, self.case_id, as_endorsed(self.world.ours, command, when))
            work.session.flush()
            left = entries_of(work.session, self.case_id) - before
        assert left.total() == 1, (record.name, left)
        assert set(left) <= {one.value for one in record.entries}
        self.done = getattr(self, "done", set()) | {record.name}


Drive = type[Driven]


def to_the_end(world: World, drive: Drive = Counted) -> Driven:
    """Carry a case from its referral to its end."""
    case = drive(world).decide().notify()
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, "2025-12-13")
    case.scope().review().answer().commission()
    work_as_team(case)
    hold_learning_event(take_part(case))
    merge_all(develop_at_length(case, "2026-04-01").report())
    named_and_justified(case)
    say_it_is_right(case.draft(), "2026-05-29").sign(sign_off.sign_report, "2026-06-01")
    return reviewed_and_audited(publish_and_look(case)).close()


def without_a_return(world: World, drive: Drive = Counted) -> Driven:
    """Correct what was said first, chase an agency, excuse it, and tell the Panel of lateness."""
    case = drive(world)
    view = say.give_view()
    case.do(notification_decision.give_view, view, PARTNER, "2025-12-12 11:00", seat=Seat.POLICE)
    case.decide().notify()
    right = say.correct_referral()
    case.do(referral_correction.correct_referral, right, MANAGER, "2025-12-15")
    case.do(other_areas.tell_area, say.tell_area(), MANAGER, "2025-12-15")
    corrected = say.correct_awareness()
    case.do(awareness.correct_awareness, corrected, Role.NOTIFIER, "2025-12-15")
    asked = say.request_returns(*map(case.agency, ASKED))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    ask_a_practice(case, "2025-12-15")
    listed_through(case, a_practice_lead(case, "2025-12-15"), "2025-12-15")
    case.do(scoping.chase, say.chase(case.agency(SCHOOL)), MANAGER, "2025-12-18")
    returned = say.submit_return()
    case.do(scoping_returns.submit_return, returned, AGENCY, "2025-12-19", agency=HOSPITAL)
    newer = say.correct_return()
    case.do(return_correction.correct_return, newer, AGENCY, "2025-12-19", agency=HOSPITAL)
    excused = say.excuse_return(case.agency(SCHOOL))
    case.do(scoping_returns.excuse_return, excused, MANAGER, "2025-12-19")
    case.do(lateness.tell_lateness, say.tell_lateness(), MANAGER, "2026-01-07")
    return case


def withheld(world: World, drive: Drive = Counted) -> Driven:
    """Hear the family, return a report once, and publish what improves in place of the report."""
    case = drive(world)
    involve_family(case.decide().notify().scope().review().answer().commission())
    ask_and_ask_more(case, ASKED, "2026-02-03")
    chosen = say.excuse_report(case.agency(SCHOOL))
    case.do(agency_report_judgement.excuse_report, chosen, MANAGER, "2026-03-01")
    for back in (True, False):
        send_and_speak(case, "2026-03-02")
        judged = (agency_report_judgement.return_report, say.return_report(case.agency()))
        if not back:
            judged = (agency_report_judgement.accept_report, say.accept_report(case.agency()))
        case.do(*judged, REVIEWER, "2026-03-02")
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, "2026-03-02", agency=SCHOOL)
    accept_opened(case, "2026-03-02", case.agency(SCHOOL))
    have_strategy(case, "2026-03-02")
    recommend(case, "2026-03-02")
    share_draft(case).sign(sign_off.sign_report, "2026-06-01")
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    case.present().sign(sign_off.sign_publication, "2026-06-09")
    query_publication(tell_staff(confirm_by_agency(case, "2026-06-09"), "2026-06-09"))
    discuss_publication(case, "2026-06-23")
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    send_by_each_way(case, "2026-06-24")
    case.do(publishing.publish_improvements, say.publish(), MANAGER, "2026-07-03")
    return case


def of_a_death_in_care(world: World, drive: Drive = Counted) -> Driven:
    """Tell of a death in care, and let the scrutineer read about the family for a while."""
    case = drive(
        world,
        say.refer(
            harm="death",
            suspicion="neither",
            children=(say.child(statuses=("looked_after",)),),
            aware_at="2025-12-11",
        ),
    )
    case.do(discussion.record_discussion, record_discussion(), AGENCY, "2025-12-12 11:15")
    case.be_aware("2025-12-12 11:30")
    with world.act(MANAGER, "2025-12-12 11:45") as work:
        (died,) = children(work.session, case.case_id)
        linked = link_death_review(died.id)
    case.do(death_review.link_death_review, linked, MANAGER, "2025-12-12 11:45")
    told = say.record_looked_after_death(sent_at="2025-12-12 12:00")
    case.do(record_looked_after_death, told, Role.NOTIFIER, "2025-12-12 12:00")
    attested = attest_inspectorate()
    case.do(inspectorate.attest_inspectorate, attested, AGENCY, "2025-12-15")
    scrutineer = world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id
    granted = say.grant_family_reading(scrutineer)
    case.do(family_reading.grant_family_reading, granted, CHAIR, "2025-12-13")
    ended = say.withdraw_family_reading(scrutineer)
    case.do(family_reading.withdraw_family_reading, ended, CHAIR, "2025-12-14")
    return _marked_and_shown_again(case)


def _marked_and_shown_again(case: Driven) -> Driven:
    """Mark a section as police-sensitive, list afresh who reads it, and lift the mark."""
    everybody, when = {"seats": tuple(ListedSeat)}, "2025-12-14"
    case.do(police_marks.mark_sensitive, mark_sensitive(**everybody), MANAGER, when)
    with case.world.act(MANAGER, when) as work:
        (mark,) = (one.id for one in live_marks(work.session, case.case_id))
    case.do(police_marks.review_mark, review_mark(mark, **everybody), MANAGER, when)
    case.do(police_marks.lift_mark, lift_mark(mark), MANAGER, when)
    return case


def referred_twice(world: World, drive: Drive = Counted) -> Driven:
    """Mark the second referral of an incident as a duplicate of the first."""
    first, second = (drive(world, say.refer(aware_at="2025-12-11")) for _twice in range(2))
    marked = say.mark_duplicate(first.row().reference)
    second.do(duplicates.mark_duplicate, marked, MANAGER, "2025-12-15")
    second.do(duplicates.undo_duplicate, say.undo_duplicate(), MANAGER, "2025-12-16")
    return second


def to_be_collected(world: World, drive: Drive = Counted) -> Driven:
    """Decide on a partner's interest; have the Panel collect the review, at a second address."""
    case = decided_on(world, drive).decide().notify().scope().meet().propose()
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    make_papers(world, case.case_id, "2026-01-06", Notice.RAPID_REVIEW_SUBMITTED)
    correct_before_sending(case, "2026-01-06")
    submit = submission_by_collection.submit_by_collection
    case.do(submit, submit_by_collection(), MANAGER, "2026-01-07 11:00")
    for act, make in (
        (collections.give_collection_code, give_collection_code),
        (collections.revoke_collection, revoke_collection),
        (collections.send_by_collection, send_by_collection),
    ):
        with world.act(MANAGER) as work:
            found = dispatches_of(work.session, case.case_id, Notice.RAPID_REVIEW_SUBMITTED)
            newest = found[-1].id
        case.do(act, make(newest), MANAGER, "2026-01-07 12:00")
    return case


def from_the_log(world: World, drive: Drive = Counted) -> Driven:
    """Let a lead wait, end it, refer it on new information, and name the agency it came from."""
    case = drive.begun(world, a_lead, say.log_lead())
    waits = say.decide_lead(decision="wait", ask_again_on="2025-12-15")
    case.do(leads.decide_lead, waits, Role.NOTIFIER, "2025-12-12 12:00")
    case.do(leads.decide_lead, say.decide_lead(), Role.NOTIFIER, "2025-12-13")
    case.do(referral_from_log.refer_on, say.refer_on(), MANAGER, "2025-12-15")
    named = say_name_referrer(case.agency())
    case.do(referrer_named.name_referrer, named, MANAGER, "2025-12-15")
    return case


def asked_for(world: World, drive: Drive = Counted) -> Driven:
    """Have the partners commission a local review that an agency asked for; tell the family why."""
    case = drive.begun(world, a_request, say.request_review())
    considered = say.consider_request()
    case.do(request_consideration.consider_request, considered, CHAIR, "2025-12-15")
    case.sign(sign_off.sign_request, "2025-12-16")
    case.do(family_told.record_family_told, record_family_told(), CHAIR, "2025-12-16")
    return case


def queried(world: World, drive: Drive = Counted) -> Driven:
    """Challenge the Panel's answer, and settle what follows beside its own review."""
    return challenged(world, drive)


def with_attendees(world: World, drive: Drive = Counted) -> Driven:
    """Keep a register of other processes, and hold the meeting with everybody's say."""
    return meet_with_attendees(keep_register(drive(world).decide().notify()).scope())


def a_silent_agency(world: World, drive: Drive = Counted) -> Driven:
    """Take an agency that does not answer up to formal action, until it does."""
    return up_the_ladder(world, drive)


ROADS: Final[tuple[Callable[..., Driven], ...]] = (
    to_the_end,
    without_a_return,
    withheld,
    of_a_death_in_care,
    queried,
    referred_twice,
    to_be_collected,
    from_the_log,
    asked_for,
    with_attendees,
    a_silent_agency,
    withdrawn_again,
)
