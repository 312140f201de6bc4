"""The rapid review meeting on a road: who attends, its record, the review group, the scrutineer."""

from services.casework.steps import agreements_logged
from services.casework.steps.attendance import (
    attendees,
    group_meetings,
    meeting_cancellation,
    member_comments,
    record_agreement,
    record_corrections,
)
from services.casework.steps.guests import end_guest_access, invite_guest
from services.casework.steps.rapid_review import kept_passages, meeting, record_writing, unagreed
from services.casework.steps.rapid_review.kept_passages import passages_to_settle
from services.casework.steps.sign_off import scrutineer_opinion
from services.database.cases import get_case
from services.database.guests import guests
from services.database.history import Fact, facts
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from tests import factories as say
from tests.attendance_factories import (
    answer_correction,
    answer_record,
    ask_for_correction,
    cancel_meeting,
    comment_to_group,
    name_attendees,
    record_group_meeting,
)
from tests.driven import Driven
from tests.guest_factories import say_end_guest_access, say_invite_guest
from tests.panel_factories import inform_of_unagreed, keep_passage
from tests.process_factories import log_agreements
from tests.road_of_dissent import decided_by_a_lead

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def agreed_by_email(case: Driven, when: str) -> Driven:
    """Have the chair agree the newest record, and all that was agreed so put on one paper."""
    newest = _newest(case, EntryType.RECORD_WRITTEN).number
    with case.world.act(CHAIR, when) as work:
        chair = str(work.actor.person_id)
        given = facts(work.session, case.case_id, EntryType.RECORD_AGREED)
    if not any(one.subject == chair and one.number > newest for one in given):
        case.do(record_agreement.answer_record, answer_record(newest), CHAIR, when)
    case.do(agreements_logged.log_agreements, log_agreements(), MANAGER, when)
    return case


def meet_with_attendees(case: Driven) -> Driven:
    """Call the meeting off and set it again, have its record agreed, and a dissent resolved."""
    hospital, chair = (case.world.ours.actor(role) for role in (Role.AGENCY_LEAD, CHAIR))
    when = "2025-12-22"
    _let_a_guest_in_and_out(case, when)
    named = name_attendees(hospital.person_id, chair.person_id)
    case.do(attendees.name_attendees, named, MANAGER, when)
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, when)
    case.do(meeting_cancellation.cancel_meeting, cancel_meeting(), MANAGER, when)
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, when)
    case.meet()
    case.do(record_writing.write_record, say.write_record(), CHAIR, "2026-01-02")
    answer, newest = record_agreement.answer_record, _newest(case, EntryType.RECORD_WRITTEN)
    case.do(answer, ask_for_correction(newest.number), hospital, "2026-01-02")
    case.do(answer, answer_record(newest.number), chair, "2026-01-02")
    _keep_a_passage(case, "2026-01-02")
    answered = answer_correction(_newest(case, EntryType.CORRECTION_ASKED).id)
    case.do(record_corrections.answer_correction, answered, CHAIR, "2026-01-02")
    _hear_group_and_scrutineer(case.propose())
    agreed_by_email(case, "2026-01-02")
    informed = inform_of_unagreed()
    case.do(unagreed.inform_of_unagreed, informed, MANAGER, "2026-01-02")
    return decided_by_a_lead(case)


def _let_a_guest_in_and_out(case: Driven, when: str) -> None:
    """Invite a person without an account, and end their access."""
    invited = say_invite_guest(case.agency())
    case.do(invite_guest, invited, MANAGER, when)
    with case.world.act(MANAGER, when) as work:
        (guest_id,) = [one.id for one in guests(work.session, case.case_id)]
    case.do(end_guest_access, say_end_guest_access(guest_id), MANAGER, when)


def _keep_a_passage(case: Driven, when: str) -> None:
    """Write a version in which something is found, and keep it with a reason."""
    written = say.write_record(facts="They are in the attached chronology.")
    case.do(record_writing.write_record, written, CHAIR, when)
    with case.world.act(CHAIR, when) as work:
        to_settle = passages_to_settle(work, get_case(work.session, case.case_id))
    for found in to_settle:  # none where a canary stands in place of what is typed
        case.do(kept_passages.keep_passage, keep_passage(found.id), CHAIR, when)


def _hear_group_and_scrutineer(case: Driven) -> Driven:
    """Have the review group meet, a member comment, and the scrutineer say what they think."""
    when = "2026-01-02"
    met = record_group_meeting(meets_on=when)
    case.do(group_meetings.record_group_meeting, met, CHAIR, when)
    member, scrutineer = Role.REVIEW_GROUP_MEMBER, Role.INDEPENDENT_SCRUTINEER
    case.do(member_comments.comment_to_group, comment_to_group(), member, when)
    case.do(scrutineer_opinion.give_opinion, say.give_opinion(), scrutineer, when)
    return case


def _newest(case: Driven, kind: EntryType) -> Fact:
    with case.world.act(MANAGER) as work:
        return facts(work.session, case.case_id, kind)[-1]
