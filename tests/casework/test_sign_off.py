"""Three partners sign, each for their own seat; all are heard, and a new version starts afresh."""

from dataclasses import replace

import pytest
from sqlmodel import select

from services.casework.steps.embedding import action_progress
from services.casework.steps.local_review import draft_report, quality_assurance
from services.casework.steps.publication import pre_publication, publication
from services.casework.steps.rapid_review import rapid_review, submission
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.decisions import SignOff
from services.domain.errors import AlreadyDone, NotPermitted, RuleBroken
from services.domain.roles import Actor, Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import ON_DISSENT
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.put_terms import put_terms

PARTNER, CHAIR, MANAGER = Role.SAFEGUARDING_PARTNER, Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
LA, ICB, POLICE = Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD, Seat.POLICE
WHEN = "2026-01-05"
NO = Position.DISAGREES


@pytest.fixture
def proposed(case_at) -> Driven:
    """A case with a decision before the partners."""
    return case_at(Stage.RAPID_REVIEW, put_to_the_partners)


def put_to_the_partners(case: Driven) -> None:
    case.meet().propose()


def agreed(case: Driven, matter: SignOffMatter) -> bool:
    with case.world.act(MANAGER) as work:
        return all_agree(work, get_case(work.session, case.case_id), matter)


def signatures(case: Driven) -> list[tuple[int, Seat, Position]]:
    with case.world.act(MANAGER) as work:
        rows = work.session.exec(select(SignOff).where(SignOff.case_id == case.case_id))
        return sorted((one.round, one.seat, one.position) for one in rows)


def in_seat(case: Driven, person: Seat, seat: Seat) -> Actor:
    """The partner of one seat, with a role in another seat as well."""
    return replace(case.world.ours.actor(PARTNER, person), seat=seat)


def test_all_three_are_needed_in_any_order(proposed):
    for seat in (POLICE, LA, ICB):
        assert not agreed(proposed, SignOffMatter.RAPID_REVIEW)
        assert proposed.row().decided_on is None
        proposed.sign(sign_off.sign_rapid_review, WHEN, seat)
    assert agreed(proposed, SignOffMatter.RAPID_REVIEW)
    assert str(proposed.row().decided_on) == WHEN


def test_agreement_with_comments_is_agreement(proposed):
    comments = Position.AGREES_WITH_COMMENTS
    proposed.sign(sign_off.sign_rapid_review, WHEN, position=comments)
    assert agreed(proposed, SignOffMatter.RAPID_REVIEW)


def test_a_seat_signs_once_a_round(proposed, admin_of):
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA)
    with (
        nothing_changes(admin_of(proposed), proposed.world),
        pytest.raises(AlreadyDone, match="position stands"),
    ):
        proposed.sign(sign_off.sign_rapid_review, WHEN, LA, position=NO)


def test_a_person_signs_only_for_a_seat_that_they_are_on_record_as_filling(proposed):
    """GOV-12: what they may decide in another seat counts for nothing here."""
    elsewhere = in_seat(proposed, LA, POLICE)
    with pytest.raises(RuleBroken, match="to whom you are accountable"):
        proposed.do(sign_off.sign_rapid_review, say.sign(), elsewhere, WHEN)
    assert signatures(proposed) == []


def test_one_person_does_not_fill_two_seats(proposed, admin_of):
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA)
    other_hat = in_seat(proposed, LA, POLICE)
    with (
        nothing_changes(admin_of(proposed), proposed.world),
        pytest.raises(RuleBroken, match="two partners' seats"),
    ):
        proposed.do(sign_off.sign_rapid_review, say.sign(), other_hat, WHEN)


def test_one_person_does_not_change_seats_from_matter_to_matter(case_at):
    case = case_at(Stage.COMMISSIONING)
    put_terms(case, "2026-02-02")
    with pytest.raises(RuleBroken, match="two partners' seats"):
        case.do(sign_off.sign_terms, say.sign(), in_seat(case, LA, POLICE), "2026-02-02")


def test_a_disagreement_reopens_the_proposal_and_keeps_every_view(proposed):
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA)
    proposed.sign(sign_off.sign_rapid_review, WHEN, POLICE, position=NO)
    paths = [(one.todo, one.seat) for one in proposed.turns()]
    assert ("propose_decision", None) in paths
    days = {str(one.last_day) for one in proposed.turns() if one.todo not in ON_DISSENT}
    assert days == {"2026-01-08"}, "the Panel's day, K10"
    assert ("sign_rapid_review", ICB) in paths
    proposed.sign(sign_off.sign_rapid_review, WHEN, ICB)
    assert not agreed(proposed, SignOffMatter.RAPID_REVIEW)
    assert proposed.row().decided_on is None
    with pytest.raises(RuleBroken, match="RR-30"):
        proposed.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    proposed.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, "2026-01-06")
    assert [one.todo for one in proposed.turns()] == ["sign_rapid_review"] * 3
    assert signatures(proposed) == [(1, ICB, "agrees"), (1, LA, "agrees"), (1, POLICE, NO)]
    proposed.sign(sign_off.sign_rapid_review, "2026-01-06")
    assert str(proposed.row().decided_on) == "2026-01-06"
    assert len(signatures(proposed)) == 6


def test_a_new_proposal_is_signed_by_all_three_afresh(proposed):
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA, ICB)
    proposed.do(
        rapid_review.propose_decision,
        say.propose_decision(Outcome.NO_FURTHER_REVIEW),
        CHAIR,
        "2026-01-06",
    )
    proposed.sign(sign_off.sign_rapid_review, "2026-01-06", POLICE)
    assert not agreed(proposed, SignOffMatter.RAPID_REVIEW)
    assert len(proposed.turns()) == 2


def test_every_matter_needs_all_three_and_a_new_version_needs_them_again(case_at):
    case = case_at(Stage.COMMISSIONING)
    put_terms(case, "2026-02-02").sign(sign_off.sign_terms, "2026-02-02", LA, ICB)
    put_terms(case, "2026-02-03")
    case.sign(sign_off.sign_terms, "2026-02-03", POLICE)
    assert not agreed(case, SignOffMatter.TERMS_OF_REFERENCE)
    case.sign(sign_off.sign_terms, "2026-02-03", LA, ICB)
    assert agreed(case, SignOffMatter.TERMS_OF_REFERENCE)
    assert case.stage() is Stage.COMMISSIONING


def test_a_report_is_signed_in_its_assured_version_only(case_at):
    """PUB-02, G9: the report is theirs once all of them have signed this version."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    reviewer, draft = Role.LEAD_REVIEWER, say.submit_draft()
    case.do(draft_report.submit_draft, draft, reviewer, "2026-05-01")
    with pytest.raises(RuleBroken, match="assures this version"):
        case.sign(sign_off.sign_report, "2026-05-01", LA)
    case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, "2026-05-01")
    case.sign(sign_off.sign_report, "2026-05-01", LA)
    assert case.stage() is Stage.LOCAL_REVIEW
    case.sign(sign_off.sign_report, "2026-05-01", ICB)
    case.do(draft_report.submit_draft, draft, reviewer, "2026-05-02")
    with pytest.raises(RuleBroken, match="assures this version"):
        case.sign(sign_off.sign_report, "2026-05-02", POLICE)
    case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, "2026-05-02")
    case.sign(sign_off.sign_report, "2026-05-02", POLICE)
    assert case.stage() is Stage.LOCAL_REVIEW
    case.sign(sign_off.sign_report, "2026-05-02", LA, ICB)
    assert case.stage() is Stage.PUBLICATION


def test_a_lead_reviewer_who_is_also_a_partner_does_not_sign_their_report(case_at):
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    reviewer = case.world.ours.actor(Role.LEAD_REVIEWER)
    partner = replace(reviewer, role=PARTNER, seat=POLICE)
    with pytest.raises(RuleBroken, match="their own report"):
        case.do(sign_off.sign_report, say.sign(), partner, "2026-05-02")


def test_a_plan_of_publication_disagreed_with_is_made_anew(case_at):
    case = case_at(Stage.PUBLICATION)
    case.do(publication.plan_publication, say.plan_publication(), MANAGER, "2026-06-08")
    case.sign(sign_off.sign_publication, "2026-06-08", LA, position=NO)
    assert "plan_publication" in {one.todo for one in case.turns()}
    with pytest.raises(RuleBroken, match="All partners"):
        case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-09")


def test_a_plan_with_an_open_action_is_not_signed_and_a_later_change_is_signed_again(case_at):
    """PUB-02, EMB-05: all three sign the completed plan, and no case closes without."""
    case = case_at(Stage.EMBEDDING)
    plan = say.propose_plan(case.agency(), case.agency())
    case.agree_on(plan)
    case.do(action_progress.update_action, say.update_action(1), Role.AGENCY_LEAD, "2026-09-01")
    with pytest.raises(RuleBroken, match="an action is open"):
        case.sign(sign_off.sign_plan, "2026-09-01", LA)
    case.do(action_progress.update_action, say.update_action(2), Role.AGENCY_LEAD, "2026-09-01")
    case.sign(sign_off.sign_plan, "2026-09-02")
    assert sorted(one.todo for one in case.turns()) == ["close", "see_practice", "see_practice"]
    case.do(action_progress.update_action, say.update_action(2), Role.AGENCY_LEAD, "2026-09-03")
    assert [one.todo for one in case.turns()] == ["sign_plan"] * 3
    with pytest.raises(RuleBroken, match="All partners"):
        case.close()


def test_a_partner_without_a_seat_signs_nothing(proposed, admin_of):
    seatless = replace(proposed.world.ours.actor(PARTNER), seat=None)
    with (
        nothing_changes(admin_of(proposed), proposed.world),
        pytest.raises(NotPermitted, match="one of the partners"),
    ):
        proposed.do(sign_off.sign_rapid_review, say.sign(), seatless, WHEN)
