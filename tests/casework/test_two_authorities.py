"""A partnership of two local authorities: each of them has a seat, and all of them sign."""

from dataclasses import replace

import pytest
from sqlmodel import select

from services.casework.access.parts import todos_seen
from services.casework.steps import closing
from services.casework.steps.notification import notification_decision
from services.casework.steps.rapid_review import rapid_review, record_writing, submission
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.decisions import SignOff
from services.database.history import Entry
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, NotPermitted, RuleBroken
from services.domain.parties import Party
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Outcome, Stage, Step
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import emails, nothing_changes
from tests.practice_seen import see_practice
from tests.reached import carry_on
from tests.team_factories import share_before_report
from tests.world import World, make_world

PARTNER, CHAIR, MANAGER = Role.SAFEGUARDING_PARTNER, Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
WHEN = "2026-01-05"
NO = Position.DISAGREES
PARTIES = ["integrated_care_board", "local_authority:east", "local_authority:west", "police"]
ADDRESSES = ("east.local.authority", "west.local.authority", "integrated.care.board", "police")


def referred(world: World) -> Driven:
    """Return a case of a partnership of two authorities."""
    return Driven(make_world(world.engine, authorities=("east", "west")))


def met(world: World) -> Driven:
    return carry_on(referred(world), Stage.RAPID_REVIEW).meet()


def before_four(world: World) -> Driven:
    return met(world).propose()


@pytest.fixture
def proposed(ready_by) -> Driven:
    """A case with a decision before the four parties."""
    return ready_by(before_four)


def party(case: Driven, authority: str) -> Party:
    return Party(case.world.ours.partnership_id, Seat.LOCAL_AUTHORITY, authority)


def agreed(case: Driven) -> bool:
    with case.world.act(MANAGER) as work:
        return all_agree(work, get_case(work.session, case.case_id), SignOffMatter.RAPID_REVIEW)


def asked(case: Driven, todo: str) -> list[str]:
    return sorted(one.subject for one in case.turns() if one.todo == todo)


def signed(case: Driven) -> list[SignOff]:
    with case.world.act(MANAGER) as work:
        found = list(work.session.exec(select(SignOff).where(SignOff.case_id == case.case_id)))
        work.session.expunge_all()
        return sorted(found, key=lambda one: (one.round, one.party.code))


def test_each_authority_is_asked_to_sign_and_told_by_email(ready_by, left_by):
    case = ready_by(met)
    for act, words in (
        (record_writing.write_record, say.write_record()),
        (rapid_review.answer_criteria, say.answer_criteria()),
    ):
        case.do(act, words, CHAIR, WHEN)
    left = left_by(
        case, rapid_review.propose_decision, say.propose_decision(), who=CHAIR, when=WHEN
    )
    assert left.emails == emails("sign_off_needed", *ADDRESSES)
    assert asked(case, "sign_rapid_review") == PARTIES


def test_all_four_parties_are_needed_and_the_last_one_dates_the_decision(proposed):
    for number, one in enumerate(proposed.world.ours.parties, start=1):
        assert not agreed(proposed)
        assert proposed.row().decided_on is None
        proposed.sign(sign_off.sign_rapid_review, WHEN, one)
        assert len(asked(proposed, "sign_rapid_review")) == 4 - number
    assert agreed(proposed)
    assert str(proposed.row().decided_on) == WHEN
    assert [one.party.code for one in signed(proposed)] == PARTIES


def test_one_authority_never_signs_for_the_other(proposed, admin_of):
    east, west = party(proposed, "east"), party(proposed, "west")
    proposed.sign(sign_off.sign_rapid_review, WHEN, east)
    assert "local_authority:west" in asked(proposed, "sign_rapid_review")
    both = replace(proposed.world.ours.partner(east), authority="west")
    for actor, kind, why in (
        (both, RuleBroken, "two partners' seats"),
        (proposed.world.ours.partner(east), AlreadyDone, "position stands"),
        (replace(proposed.world.ours.partner(west), authority=""), NotPermitted, "not decide"),
        (replace(proposed.world.ours.partner(west), authority="north"), NotPermitted, "not decide"),
    ):
        with nothing_changes(admin_of(proposed), proposed.world), pytest.raises(kind, match=why):
            proposed.do(sign_off.sign_rapid_review, say.sign(), actor, WHEN)


def test_three_that_agree_decide_nothing_against_the_fourth(proposed):
    proposed.sign(sign_off.sign_rapid_review, WHEN, party(proposed, "west"), position=NO)
    others = [one for one in proposed.world.ours.parties if one.authority != "west"]
    proposed.sign(sign_off.sign_rapid_review, WHEN, *others)
    assert not agreed(proposed)
    assert proposed.row().decided_on is None
    with pytest.raises(RuleBroken, match="RR-30"):
        proposed.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    turns = {one.todo for one in proposed.turns()}
    assert turns == {"propose_decision", "resolve_disagreement"}


def test_a_late_signature_of_an_old_round_is_refused(proposed, admin_of):
    east = proposed.world.ours.partner(party(proposed, "east"))
    proposed.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    with (
        nothing_changes(admin_of(proposed), proposed.world),
        pytest.raises(RuleBroken, match="newer version was put"),
    ):
        proposed.do(sign_off.sign_rapid_review, say.sign(round=1), east, WHEN)
    proposed.do(sign_off.sign_rapid_review, say.sign(round=2), east, WHEN)
    assert [(one.round, one.party.code) for one in signed(proposed)] == [
        (2, "local_authority:east")
    ]


def test_each_authority_gives_its_view_and_the_duty_stays_with_the_one_that_decides(world):
    case = referred(world)
    assert asked(case, "give_view") == PARTIES
    view = say.give_view(position=NO, reasons="Not yet.")
    west = case.world.ours.partner(party(case, "west"))
    case.do(notification_decision.give_view, view, west, "2025-12-12 12:00")
    assert asked(case, "give_view") == [one for one in PARTIES if not one.endswith("west")]
    with case.world.act(MANAGER) as work:
        given = select(Entry).where(
            Entry.case_id == case.case_id, Entry.entry_type == EntryType.VIEW_GIVEN
        )
        entry = work.session.exec(given).one()
        assert (entry.subject, entry.authority) == ("local_authority:west", "west")
    assert case.decide().stage() is Stage.TO_BE_NOTIFIED


def test_an_assignment_of_one_authority_is_not_the_others(proposed):
    proposed.sign(sign_off.sign_rapid_review, WHEN, party(proposed, "east"))
    for authority, many in (("east", 0), ("west", 1)):
        actor = proposed.world.ours.partner(party(proposed, authority))
        with proposed.world.act(actor) as work:
            mine = [one.todo for one in todos_seen(work).mine if one.case_id == proposed.case_id]
        assert mine.count("sign_rapid_review") == many, authority


def test_a_whole_review_is_signed_by_all_parties_on_every_matter(world):
    case = carry_on(referred(world), Stage.LOCAL_REVIEW)
    share_before_report(case)
    carry_on(case, Stage.EMBEDDING).embed()
    matters: dict[SignOffMatter, set[str]] = {}
    for one in signed(case):
        matters.setdefault(one.matter, set()).add(one.party.code)
    # Asked of a request alone, and of a report that was published.
    elsewhere = {SignOffMatter.REVIEW_REQUEST, SignOffMatter.TAKING_DOWN}
    of_review = set(SignOffMatter) - elsewhere
    assert matters == {matter: set(PARTIES) for matter in of_review}
    west = case.world.ours.partner(party(case, "west"))
    case.send_out("2026-10-01")
    see_practice(case, "2026-10-01")
    case.do(closing.close, say.close(), west, "2026-10-01")
    assert case.stage() is Stage.CLOSED


def test_papers_name_each_authority_and_every_dissent_with_its_round(world):
    case = referred(world)
    west = party(case, "west")
    view = say.give_view(position=NO, reasons="West would wait.")
    case.do(
        notification_decision.give_view, view, case.world.ours.partner(west), "2025-12-12 12:00"
    )
    case.decide().notify().scope().meet().propose(Outcome.LOCAL_REVIEW)
    case.sign(sign_off.sign_rapid_review, WHEN, west, position=NO, reasons="West sees no criteria.")
    case.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    case.sign(sign_off.sign_rapid_review, WHEN)
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.NOTIFY, Step.SUBMIT)
    (notified,) = desk.read(case.case_id, "notification_record")
    assert "local authority: West Riverside Council (example): Example west" in notified
    first, second, sent = desk.read(case.case_id, "rapid_review_record")[:3]
    assert "West sees no criteria." not in first
    for text in (second, sent):
        assert "Dissent on earlier versions" in text
        assert "West sees no criteria." in text
    assert signed(case)[-1].words_sha256 in sent
    for name in ("East Riverside Council (example)", "West Riverside Council (example)"):
        assert f"Local authority: {name}" in sent
