"""What each act up to the Panel's answer leaves behind: its entry, turns, clocks, work, letters."""

import pytest

from services.casework.steps.notification import awareness, notification, notification_decision
from services.casework.steps.rapid_review import meeting, meeting_pack, rapid_review, record_writing
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.domain.errors import RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import (
    AGENCIES,
    ATTENDEES,
    INVITED,
    PARTNERS,
    SEATS,
    Traces,
    dispatches,
    emails,
    kept_of,
    turns,
)
from tests.reached import decision_put
from tests.world import PROBATION, SCHOOL

MANAGER, CHAIR, NOTIFIER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.NOTIFIER
PARTNER = Role.SAFEGUARDING_PARTNER
FORMS_AND_LETTERS = [
    f"scope | scoping_{paper} | {agency} | v1"
    for paper in ("form", "letter")
    for agency in ("hospital", "school")
]
THE_NOTIFIER, THE_MANAGER = "notifier", "business_manager"
SUBMITTED = ("covering_letter | v1", "rapid_review_record | v2")


def test_a_referral_starts_what_hangs_on_it(world, admin_engine):
    """NOT-16, G1: the manager, the chair and those who must act first hear of it."""
    case = Driven(world)
    row = case.row()
    assert (row.stage, row.reference) == (Stage.REFERRED, f"{world.ours.code}-2025-001")
    assert (row.referred_by_agency_id, row.abuse_suspected) == (world.ours.agency(), True)
    assert kept_of(admin_engine, case) == Traces(
        entries=["referred"],
        opened=[
            f"record_awareness | {THE_NOTIFIER}",
            *turns("give_view", *SEATS),
            f"request_returns | {THE_MANAGER} | 2025-12-16",
        ],
        clocks=["K5 due 2025-12-16", "K7 due 2026-01-05"],
        ordered=["notify | referral | hospital | v1"],
        emails=emails(
            "declaration_needed", "business.manager", "notifier", "review.group.chair", *PARTNERS
        ),
    )


def test_a_referral_that_says_the_authority_was_told_starts_its_clock_too(world, admin_engine):
    case = Driven(world, say.refer(aware_at="2025-12-11"))
    kept = kept_of(admin_engine, case)
    assert kept.clocks == [f"K{n} due 2025-12-18" for n in (1, 2)] + [
        "K5 due 2025-12-16",
        "K7 due 2026-01-05",
    ]
    assert f"decide_to_notify | {THE_NOTIFIER} | 2025-12-18" in kept.opened
    assert f"record_awareness | {THE_NOTIFIER}" in kept.opened


def test_awareness_a_view_and_the_decision(world, left_by):
    """NOT-13, G2: the authority decides alone, whatever a partner or the scrutineer advises."""
    case = Driven(world)
    early = say.decide_to_notify()
    with pytest.raises(RuleBroken, match="counts from it"):
        case.do(notification_decision.decide_to_notify, early, NOTIFIER, "2025-12-12 11:00")
    told = say.record_awareness(), "2025-12-12 12:00"
    assert left_by(case, awareness.record_awareness, told[0], who=NOTIFIER, when=told[1]) == Traces(
        entries=["awareness_recorded"],
        opened=[f"decide_to_notify | {THE_NOTIFIER} | 2025-12-18"],
        closed=[f"record_awareness | {THE_NOTIFIER}"],
        clocks=["K1 due 2025-12-18", "K2 due 2025-12-18"],
    )
    view, give = say.give_view(position="disagrees"), notification_decision.give_view
    dissent = left_by(case, give, view, who=PARTNER, when="2025-12-13", seat=Seat.POLICE)
    assert dissent == Traces(
        entries=["view_given"],
        closed=["give_view | police"],
        emails=emails("disagreement_told", "business.manager", "review.group.chair"),
    )
    advice = left_by(case, give, view, who=Role.INDEPENDENT_SCRUTINEER, when="2025-12-13")
    assert advice == Traces(entries=["view_given"])
    decided = say.decide_to_notify()
    assert left_by(
        case, notification_decision.decide_to_notify, decided, who=NOTIFIER, when="2025-12-14"
    ) == Traces(
        entries=["notify_decided"],
        opened=[f"record_notification | {THE_NOTIFIER} | 2025-12-18"],
        closed=[
            f"decide_to_notify | {THE_NOTIFIER}",
            *turns("give_view", *SEATS[:2]),
        ],
    )
    assert case.stage() is Stage.TO_BE_NOTIFIED


def test_the_notification_starts_the_national_clock_and_tells_the_partners(world, left_by):
    """RR-01, NOT-01, RR-34, RR-52, K4, K10, E-07: a meeting is to be set by the next day."""
    case = Driven(world).decide()
    left = left_by(
        case,
        notification.record_notification,
        say.record_notification(sent_at="2025-12-15 09:00"),
        who=NOTIFIER,
        when="2025-12-16",
    )
    assert left == Traces(
        entries=["notification_recorded"],
        opened=[f"set_meeting | {THE_MANAGER} | 2025-12-16"],
        closed=[f"record_notification | {THE_NOTIFIER}"],
        clocks=[
            "K1 met 2025-12-15",
            "K10 due 2026-01-08",
            "K2 met 2025-12-16",
            "K4 due 2025-12-16",
        ],
        ordered=["notify | notification_record | v1"],
        emails=emails("notification_recorded", *PARTNERS, "review.group.chair"),
    )


def test_asking_reminding_returning_and_excusing_agencies(world, left_by):
    """RR-39, RR-40, INF-02, K6: each agency is asked with a last day and a clock of its own."""
    case = Driven(world).decide().notify()
    asked = say.request_returns(case.agency(), case.agency(SCHOOL), case.agency())
    assert left_by(case, scoping.request_returns, asked, who=MANAGER, when="2025-12-15") == Traces(
        entries=["returns_requested"],
        opened=[
            f"accept_pack | {THE_MANAGER}",
            *turns("submit_return", "hospital", "school", by="2025-12-22"),
        ],
        closed=[f"request_returns | {THE_MANAGER}"],
        clocks=["K5 met 2025-12-15", "K6 hospital due 2025-12-22", "K6 school due 2025-12-22"],
        ordered=FORMS_AND_LETTERS,
        emails=emails("scoping_requested", *AGENCIES),
    )
    for _twice in range(2):
        reminder = say.chase(case.agency(SCHOOL))
        assert left_by(case, scoping.chase, reminder, who=MANAGER, when="2025-12-18") == Traces(
            entries=["agency_chased"], emails=["agency_chased | school.desk"]
        )
    returned = say.submit_return()
    assert left_by(
        case, scoping_returns.submit_return, returned, who=Role.AGENCY_LEAD, when="2025-12-19"
    ) == Traces(
        entries=["return_submitted"],
        closed=["submit_return | hospital"],
        clocks=["K6 hospital met 2025-12-19"],
        ordered=["scope | scoping_return | hospital | v1"],
        emails=["return_received | business.manager"],
    )
    excused = say.excuse_return(case.agency(SCHOOL))
    assert left_by(
        case, scoping_returns.excuse_return, excused, who=MANAGER, when="2025-12-19"
    ) == Traces(
        entries=["return_excused"],
        closed=["submit_return | school"],
        clocks=["K6 school ended 2025-12-19"],
    )


def test_a_missing_return_keeps_the_pack_back_and_a_later_agency_opens_it_again(case_at, left_by):
    """G3: every agency has answered, or it is said why one is left out."""
    case = case_at(Stage.RAPID_REVIEW)
    accepting = {"who": MANAGER, "when": "2025-12-29"}
    first = left_by(case, meeting_pack.accept_pack, say.accept_pack(), **accepting)
    assert first == Traces(
        entries=["pack_accepted"],
        closed=[f"accept_pack | {THE_MANAGER}"],
        ordered=["meet | meeting_pack | v1"],
        emails=emails("pack_shared", *ATTENDEES),
    )
    late = say.request_returns(case.agency(PROBATION))
    left = left_by(case, scoping.request_returns, late, **accepting)
    assert f"accept_pack | {THE_MANAGER}" in left.opened
    with pytest.raises(Exception, match="1 of 3 returns are missing"):
        case.do(meeting_pack.accept_pack, say.accept_pack(), **accepting)
    with pytest.raises(Exception, match="pack first"):
        case.do(meeting.hold_meeting, case.chaired(), CHAIR, "2025-12-30 12:00")
    case.do(scoping_returns.excuse_return, say.excuse_return(case.agency(PROBATION)), **accepting)
    again = left_by(case, meeting_pack.accept_pack, say.accept_pack(), **accepting)
    assert again.ordered == ["meet | meeting_pack | v2"]
    assert again.emails == emails("pack_shared", *ATTENDEES)


def test_a_meeting_is_set_moved_and_held(case_at, left_by):
    """RR-43, K4: setting the date meets its clock; the meeting itself meets K7."""
    case = case_at(Stage.RAPID_REVIEW)
    first = left_by(case, meeting.set_meeting, say.set_meeting(), who=MANAGER, when="2025-12-16")
    assert first == Traces(
        entries=["meeting_set"],
        opened=[
            "hold_meeting | review_group_chair | 2025-12-30",
            f"name_attendees | {THE_MANAGER} | 2025-12-30",
        ],
        closed=[f"set_meeting | {THE_MANAGER}"],
        clocks=["K4 met 2025-12-16"],
        emails=emails("meeting_set", *INVITED),
    )
    moved = left_by(
        case,
        meeting.set_meeting,
        say.set_meeting(meeting_at="2026-01-05"),
        who=MANAGER,
        when="2025-12-17",
    )
    assert moved.opened == [
        "hold_meeting | review_group_chair | 2026-01-05",
        f"name_attendees | {THE_MANAGER} | 2026-01-05",
    ]
    assert moved.clocks == []
    assert moved.emails == emails("meeting_set", *INVITED)
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    held = left_by(case, meeting.hold_meeting, case.chaired(), who=CHAIR, when="2025-12-30 16:00")
    assert held == Traces(
        entries=["meeting_held"],
        opened=[
            f"{todo} | review_group_chair | 2026-01-02"
            for todo in ("answer_criteria", "propose_decision", "write_record")
        ],
        closed=["hold_meeting | review_group_chair", f"name_attendees | {THE_MANAGER}"],
        clocks=["K7 met 2025-12-30", "K8 due 2026-01-02", "K9 due 2026-01-07"],
    )


def test_the_decision_is_written_and_proposed(case_at, left_by):
    case = case_at(Stage.RAPID_REVIEW, Driven.meet)
    by_chair = {"who": CHAIR, "when": "2026-01-02"}
    written = left_by(case, record_writing.write_record, say.write_record(), **by_chair)
    assert written == Traces(
        entries=["record_written"],
        closed=["write_record | review_group_chair"],
        emails=emails("record_to_agree", *ATTENDEES),
    )
    answered = left_by(case, rapid_review.answer_criteria, say.answer_criteria(), **by_chair)
    assert answered == Traces(
        entries=["criteria_answered"], closed=["answer_criteria | review_group_chair"]
    )
    proposed = left_by(case, rapid_review.propose_decision, say.propose_decision(), **by_chair)
    assert proposed == Traces(
        entries=["decision_proposed"],
        opened=turns("sign_rapid_review", *SEATS, by="2026-01-08"),
        closed=["propose_decision | review_group_chair"],
        ordered=["submit | rapid_review_record | v1"],
        emails=emails("sign_off_needed", *PARTNERS),
    )


def test_the_third_signature_dates_the_decision(case_at, left_by):
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, "2026-01-05", *list(Seat)[:2])
    signed = left_by(
        case,
        sign_off.sign_rapid_review,
        say.sign(),
        who=PARTNER,
        when="2026-01-05",
        seat=Seat.POLICE,
    )
    assert signed == Traces(
        entries=["signed_off"],
        opened=[f"submit | {THE_MANAGER} | 2026-01-08"],
        closed=["sign_rapid_review | police"],
        clocks=["K11 due 2026-07-05"],
        ordered=[f"submit | {one}" for one in SUBMITTED],
        dispatches=dispatches("rapid_review_submitted", "being_made", "panel"),
    )
