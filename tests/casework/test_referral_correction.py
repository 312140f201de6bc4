"""A corrected referral stands in the place of the first; nothing that was said or due is lost."""

from datetime import date

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps import closing
from services.casework.steps.notification import looked_after_death, notification_decision
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import rapid_review
from services.casework.steps.referral import referral_correction
from services.casework.steps.scoping import scoping
from services.database.cases import birthdays, children
from services.database.due_work import orders
from services.database.history import all_of
from services.database.police_marks import live_marks
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import Anchor, ClockId, Unit
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces, emails, refused
from tests.police_factories import mark_sensitive
from tests.world import SCHOOL, make_world, practising

NOTIFIER, MANAGER = Role.NOTIFIER, Role.BUSINESS_MANAGER
AWARE, WHEN = "2025-12-11", "2025-12-16 10:00"
LOOKED_AFTER = say.child(statuses=("looked_after",))
LEAVER = say.child(statuses=("care_leaver",), born_on="2004-05-05", harm="death")


def correct(case: Driven, when: str = WHEN, who: Role = MANAGER, **said: object) -> None:
    command = say.correct_referral(**said)
    case.do(referral_correction.correct_referral, command, who, when)


def names(case: Driven) -> list[str]:
    with case.world.act(MANAGER) as work:
        return [one.name for one in children(work.session, case.case_id)]


def texts(case: Driven, kind: str, version: int) -> str:
    """Return what this version of the paper says, as it is built from the record now."""
    with case.world.act(MANAGER) as work:
        payloads = orders(work, case.case_id, {"kind": kind, "version": version})
        built = build(work, case.case_id, DocumentOrder.model_validate(payloads[0]), BUILDERS)
        return repr(built.paper)


def test_a_wrong_birth_date_is_corrected_after_the_notification(world, left_by):
    case = Driven(world, say.refer(aware_at=AWARE)).decide().notify()
    right = say.correct_referral(children=(say.child(born_on="2023-07-03"),))
    left = left_by(case, referral_correction.correct_referral, right, who=NOTIFIER, when=WHEN)
    assert left == Traces(
        entries=["referral_corrected"],
        ordered=["notify | notification_record | v2", "notify | referral | v2"],
    )
    with world.act(MANAGER) as work:
        assert birthdays(work.session, case.case_id) == [date(2023, 7, 3)]
        told = [all_of(work.session, case.case_id, one) for one in THE_REFERRAL]
        assert [one.command["children"][0]["born_on"] for (one,) in told] == [
            "2024-03-03",
            "2023-07-03",
        ]
    assert "3 March 2024" in texts(case, "notification_record", 1)
    assert "Another example place" in texts(case, "notification_record", 2)
    assert "3 July 2023" not in texts(case, "notification_record", 1)
    assert "3 July 2023" in texts(case, "notification_record", 2)
    assert "3 March 2024" not in texts(case, "notification_record", 2)


def test_a_closed_case_is_corrected_its_papers_made_again_and_nothing_reopened(world, left_by):
    case = Driven(world, say.refer(aware_at=AWARE)).decide(notify=False)
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2025-12-15")
    reviewed = Driven(world, say.refer(aware_at=AWARE)).decide().notify().scope()
    reviewed.review(Outcome.NO_FURTHER_REVIEW).answer().embed().close()
    right = say.correct_referral(children=(say.child(name="Robin Rightly"),))
    for closed, papers in (
        (case, []),
        (reviewed, ["meet | meeting_pack | v2", "notify | notification_record | v2"]),
    ):
        left = left_by(
            closed, referral_correction.correct_referral, right, who=MANAGER, when="2026-10-02"
        )
        assert left == Traces(
            entries=["referral_corrected"], ordered=[*papers, "notify | referral | v2"]
        )
        assert (closed.stage(), closed.turns()) == (Stage.CLOSED, [])
        assert names(closed) == ["Robin Rightly"]


def test_a_child_joins_and_another_leaves(world):
    case = Driven(world, say.refer(children=(say.child(name="Ada"), say.child(name="Ben"))))
    correct(case, children=(say.child(name="Ben"), say.child(name="Cy")))
    assert names(case) == ["Ben", "Cy"]
    correct(case, children=(say.child(name="Cy"),))
    assert names(case) == ["Cy"]


def test_who_was_asked_is_written_to_again_and_the_clock_of_the_answer_stays(world, left_by):
    case = Driven(world, say.refer(aware_at=AWARE)).decide().notify()
    asked = say.request_returns(case.agency(), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    right = say.correct_referral(children=(say.child(name="Robin Rightly"),))
    left = left_by(case, referral_correction.correct_referral, right, who=MANAGER, when=WHEN)
    assert left.clocks == []
    assert left.emails == emails("scoping_requested", "hospital.desk", "school.desk")
    assert left.ordered == sorted(
        ["notify | notification_record | v2", "notify | referral | v2"]
        + [
            f"scope | scoping_{what} | {whose} | v2"
            for what in ("letter", "form")
            for whose in ("hospital", "school")
        ]
    )


def test_what_hangs_on_the_day_of_the_referral_is_counted_again_and_the_first_day_stays(world):
    case = Driven(world, say.refer(received_at="2025-12-11"))
    assert (case.due("K5"), case.due("K7")) == ("2025-12-15", "2026-01-02")
    correct(case, received_at="2025-12-12")
    assert (case.due("K5"), case.due("K7")) == ("2025-12-16", "2026-01-05")
    assert case.clock("K5")["first_due"] == "2025-12-15"
    asked = [one.last_day for one in case.turns() if one.todo == "request_returns"]
    assert asked == [date(2025, 12, 16)]


def test_the_clock_of_a_death_in_care_begins_and_ends_with_the_child_it_is_about(world):
    case = Driven(world, say.refer("death", aware_at=AWARE)).be_aware("2025-12-12 12:00")
    correct(case, harm="death", children=(LOOKED_AFTER,))
    assert case.due("K3") == "2025-12-18"
    assert "record_looked_after_death" in {one.todo for one in case.turns()}
    correct(case, harm="death")
    assert case.clock("K3")["ended_on"] == "2025-12-16"
    assert "record_looked_after_death" not in {one.todo for one in case.turns()}
    assert [one for one in case.running() if one[:2] in {"K1", "K2"}] == [
        "K1 2025-12-18",
        "K2 2025-12-18",
    ]


def test_a_looked_after_child_who_dies_later_is_told_of_from_the_day_of_that(world):
    case = Driven(world, say.refer(children=(LOOKED_AFTER,), aware_at=AWARE)).decide().notify()
    died = {"harm": "death", "children": (LOOKED_AFTER,)}
    correct(case, "2026-01-06 10:00", **died, death_told_at="2026-01-05 16:00")
    assert (case.due("K3"), case.clock("K1")["met_on"]) == ("2026-01-12", "2025-12-15")
    told = say.record_looked_after_death(sent_at="2026-01-06 12:00")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2026-01-06 12:00")
    assert case.clock("K3")["met_on"] == "2026-01-06"


def test_a_death_that_was_told_of_is_not_asked_for_again(world):
    words = say.refer("death", children=(LOOKED_AFTER,), aware_at=AWARE)
    case = Driven(world, words).be_aware("2025-12-12 12:00")
    told = say.record_looked_after_death(sent_at="2025-12-12 12:30")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2025-12-12 12:30")
    correct(case, harm="death", children=(LOOKED_AFTER, say.child(name="Another")))
    assert case.clock("K3")["met_on"] == "2025-12-12"
    assert "record_looked_after_death" not in {one.todo for one in case.turns()}


@pytest.mark.parametrize("decided", [False, True])
def test_a_child_who_was_of_age_ends_the_duty_to_notify_until_it_is_put_right(decided, world):
    case = Driven(world, say.refer("death", aware_at=AWARE)).be_aware("2025-12-12 12:00")
    if decided:
        case.decide("2025-12-12 12:30")
    correct(case, children=(LEAVER,))
    assert case.stage() is Stage.REFERRED
    assert case.running() == ["K3b 2025-12-18"]
    assert [one.todo for one in case.turns()] == ["record_looked_after_death"]
    correct(case, harm="death")
    assert sorted(one.split()[0] for one in case.running()) == ["K1", "K2", "K5", "K7"]
    case.decide(WHEN).notify("2025-12-17 10:00")
    assert case.stage() is Stage.RAPID_REVIEW


def test_once_notified_the_review_goes_on_and_cannot_end_in_a_local_review(world, admin_engine):
    case = Driven(world, say.refer("death", aware_at=AWARE)).decide().notify().scope()
    correct(case, "2025-12-22", children=(LEAVER,))
    assert case.stage() is Stage.RAPID_REVIEW
    case.meet().propose(Outcome.NO_LONGER_MET)
    local = say.propose_decision(Outcome.LOCAL_REVIEW)
    with refused(admin_engine, world, AnswerRefused, field="outcome", saying="under 18"):
        case.do(rapid_review.propose_decision, local, Role.REVIEW_GROUP_CHAIR, "2026-01-02")


def test_a_suspicion_begins_with_a_correction_and_is_not_taken_back_by_one(world):
    case = Driven(world, say.refer(suspicion="neither", aware_at=AWARE))
    case.be_aware("2025-12-12 12:00")
    assert case.running() == []
    correct(case, suspicion="known")
    assert sorted(one.split()[0] for one in case.running()) == ["K1", "K2", "K5", "K7"]
    correct(case, suspicion="neither")
    assert sorted(one.split()[0] for one in case.running()) == ["K1", "K2", "K5", "K7"]
    decided = say.decide_to_notify(notify=False)
    case.do(notification_decision.decide_to_notify, decided, NOTIFIER, WHEN)
    assert case.running() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"place": say.SAID}, "reason"),
        ({"incident_on": "2025-12-12"}, "incident_on"),
        ({"children": (say.child(born_on="1986-01-01"),)}, "children.0.born_on"),
        ({"death_told_at": "2025-12-15"}, "death_told_at"),
        ({"harm": "death", "death_told_at": "2025-12-17"}, "death_told_at"),
    ],
    ids=["nothing", "after awareness", "of age", "nobody died", "in the future"],
)
def test_a_correction_that_cannot_be_changes_nothing(said, field, world, admin_engine):
    case = Driven(world, say.refer(aware_at=AWARE))
    with refused(admin_engine, world, AnswerRefused, field=field):
        correct(case, **said)


def test_what_a_mark_hides_is_hidden_when_it_is_corrected_and_only_readers_correct_it(
    world, admin_engine
):
    world = practising(world, "2025-12-12 11:00")
    case = Driven(world, say.refer(aware_at=AWARE))
    with world.act(MANAGER) as work:
        (first,) = all_of(work.session, case.case_id, EntryType.REFERRED)
        referral_id = first.id
    marked = mark_sensitive(about=referral_id, section=None, seats=("business_manager",))
    case.do(police_marks.mark_sensitive, marked, MANAGER, WHEN)
    with refused(admin_engine, world, RuleBroken, saying="hides it from you"):
        correct(case, who=NOTIFIER)
    correct(case)
    with world.act(NOTIFIER) as work:
        assert [all_of(work.session, case.case_id, one) for one in THE_REFERRAL] == [[], []]
        assert children(work.session, case.case_id) == []
    with world.act(MANAGER) as work:
        (corrected,) = all_of(work.session, case.case_id, EntryType.REFERRAL_CORRECTED)
        assert corrected.section is Section.FACTS_AND_FAMILY
        held = {one.entry_id for one in live_marks(work.session, case.case_id)}
        assert held == {referral_id, corrected.id}


def test_a_mark_of_the_police_is_carried_by_whoever_reads_what_it_hides(world):
    """Corrected by the manager, it stays in the care of the police."""
    world = practising(world, "2025-12-12 11:00")
    case = Driven(world, say.refer(aware_at=AWARE))
    with world.act(MANAGER) as work:
        (first,) = all_of(work.session, case.case_id, EntryType.REFERRED)
        referral_id = first.id
    marked = mark_sensitive(about=referral_id, section=None, seats=("business_manager",))
    case.do(police_marks.mark_sensitive, marked, world.ours.partner(Seat.POLICE), WHEN)
    correct(case)
    with world.act(MANAGER) as work:
        marks = live_marks(work.session, case.case_id)
        assert [one.seat for one in marks] == [Seat.POLICE] * 2


def test_a_limit_counted_from_the_incident_is_counted_again_where_its_day_is_corrected(world):
    """5A, NOT-03: five working days after the incident, by hand: 11 12 15 16 17, 10 11 12 15 16."""
    own = OtherCount(anchor=Anchor.INCIDENT, length=5, unit=Unit.WORKING_DAYS)
    policy = PartnershipPolicy(name="From the incident", counted_otherwise={ClockId.K1: own})
    words = say.refer(aware_at=AWARE, incident_on="2025-12-10")
    case = Driven(make_world(world.engine, policy), words)
    assert case.due("K1") == "2025-12-17"
    correct(case, "2025-12-12 15:00", incident_on="2025-12-09")
    assert case.due("K1") == "2025-12-16"
    correct(case, "2025-12-12 16:00", incident_on="2025-12-11")
    assert case.due("K1") == "2025-12-18"
