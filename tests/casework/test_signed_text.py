"""What each signature is bound to: the words as they were put, and the paper made of them."""

import pytest
from sqlmodel import col, select

from services.casework.steps.local_review import draft_report, quality_assurance
from services.casework.steps.rapid_review import rapid_review, record_writing
from services.casework.steps.sign_off import sign_off
from services.database.decisions import SignOff
from services.domain.errors import RuleBroken
from services.domain.roles import Role, Seat
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.reached import decision_put

CHAIR = Role.REVIEW_GROUP_CHAIR
LA, ICB, POLICE = Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD, Seat.POLICE
WHEN = "2026-01-05"


@pytest.fixture
def proposed(case_at) -> Driven:
    """A case with a decision before the partners."""
    return case_at(Stage.RAPID_REVIEW, decision_put)


def signatures(case: Driven, matter: SignOffMatter) -> dict[int, list[SignOff]]:
    question = select(SignOff).where(SignOff.case_id == case.case_id, SignOff.matter == matter)
    found: dict[int, list[SignOff]] = {}
    with case.world.act(CHAIR) as work:
        for one in work.session.exec(question.order_by(col(SignOff.round))):
            found.setdefault(one.round, []).append(one)
        work.session.expunge_all()
    return found


def test_all_of_a_round_sign_the_same_words_and_another_round_is_other_words(proposed):
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA, ICB)
    again = say.propose_decision(grounds="Said otherwise.")
    proposed.do(rapid_review.propose_decision, again, CHAIR, WHEN)
    proposed.sign(sign_off.sign_rapid_review, WHEN)
    rounds = signatures(proposed, SignOffMatter.RAPID_REVIEW)
    words = {number: {one.words_sha256 for one in found} for number, found in rounds.items()}
    assert [len(found) for found in rounds.values()] == [2, 3]
    assert [len(each) for each in words.values()] == [1, 1]
    assert words[1].isdisjoint(words[2])
    assert all(len(digest) == 64 for each in words.values() for digest in each)


@pytest.mark.parametrize("changed", ["record", "criteria"])
def test_what_was_changed_under_the_signatures_is_put_to_the_partners_again(
    proposed, admin_of, changed
):
    """RR-30: nobody signs what has changed since it was put to them."""
    proposed.sign(sign_off.sign_rapid_review, WHEN, LA, ICB)
    if changed == "record":
        proposed.do(
            record_writing.write_record, say.write_record(facts="Other facts."), CHAIR, WHEN
        )
    else:
        proposed.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, WHEN)
    assert [one.todo for one in proposed.turns()] == ["propose_decision"]
    with (
        nothing_changes(admin_of(proposed), proposed.world),
        pytest.raises(RuleBroken, match="changed after it was put"),
    ):
        proposed.sign(sign_off.sign_rapid_review, WHEN, POLICE)
    proposed.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    proposed.sign(sign_off.sign_rapid_review, WHEN)
    assert str(proposed.row().decided_on) == WHEN


def test_each_round_of_the_rapid_review_is_a_paper_that_its_signatures_keep(proposed):
    case, desk = proposed, Desk(proposed.world)
    desk.carry(case.case_id, Step.SUBMIT)
    case.sign(sign_off.sign_rapid_review, WHEN, LA)
    case.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    desk.carry(case.case_id, Step.SUBMIT)
    case.sign(sign_off.sign_rapid_review, WHEN)
    papers = {
        one.version: {one.sha256}
        for one in desk.rows(case.case_id)
        if (one.kind, one.form) == ("rapid_review_record", "pdf")
    }
    rounds = signatures(case, SignOffMatter.RAPID_REVIEW)
    kept = {number: {one.paper_sha256 for one in found} for number, found in rounds.items()}
    assert kept == papers
    assert len(papers) == 2


def test_a_signature_keeps_the_digest_of_the_paper_that_is_made_by_then(case_at):
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    desk = Desk(case.world)
    case.sign(sign_off.sign_report, "2026-05-02", LA)
    desk.carry(case.case_id, Step.COMMISSION)
    case.sign(sign_off.sign_report, "2026-05-03", ICB)
    draft = say.submit_draft()
    case.do(draft_report.submit_draft, draft, Role.LEAD_REVIEWER, "2026-05-04")
    desk.carry(case.case_id, Step.COMMISSION)
    case.do(quality_assurance.quality_assure, say.quality_assure(), CHAIR, "2026-05-04")
    case.sign(sign_off.sign_report, "2026-05-05", LA)
    papers = {
        one.version: one.sha256
        for one in desk.rows(case.case_id)
        if (one.kind, one.form) == ("report_version", "pdf")
    }
    rounds = signatures(case, SignOffMatter.REPORT)
    assert sorted(one.paper_sha256 for one in rounds[1]) == ["", papers[1]]
    assert [one.paper_sha256 for one in rounds[2]] == [papers[2]]
