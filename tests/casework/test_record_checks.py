"""What the record must not hold is asked about, changed or kept with a reason, and then signed."""

import pytest

from services.casework.steps import return_correction
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import (
    kept_passages,
    panel_reply,
    rapid_review,
    record_writing,
)
from services.casework.steps.referral import referral_correction
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.history import last_entry
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.police_marks import ListedSeat
from services.domain.record_checks.findings import MustNotHold, RecordFinding
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, PanelAnswer, Stage, Step
from tests import factories as say
from tests import panel_factories
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import Traces
from tests.panel_factories import keep_passage
from tests.police_factories import mark_sensitive
from tests.reached import decision_put
from tests.scoping_factories import correct_return

CHAIR, MANAGER, WHEN = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER, "2026-01-02"
TO_SETTLE = "settle_record | review_group_chair | 2026-01-02"
ATTACHED, OLD = "It is in the attached chronology.", "A referral was made on 3 March 2019."
ACCOUNT = "The child was brought to the ward by a neighbour who had found the door standing open."
RISK = "Two brothers are still at the address and nobody of any agency has seen them since Monday."
EACH = {
    MustNotHold.REFERRAL_FORM: f"{ACCOUNT}\n{RISK}",
    MustNotHold.LONG_CHRONOLOGY: "\n".join(f"{day}/11/2025 A visit." for day in range(1, 11)),
    MustNotHold.YEARS_BACK: OLD,
    MustNotHold.VERBATIM_MINUTES: "Chair: Who?\nSchool: We.\nChair: When?\nSchool: Then.",
    MustNotHold.EMBEDDED_DOCUMENT: ATTACHED,
}


@pytest.fixture
def met(case_at) -> Driven:
    """A case whose rapid review meeting was held."""
    return case_at(Stage.RAPID_REVIEW, Driven.meet)


@pytest.fixture
def returned(case_at) -> Driven:
    """A case whose agencies have returned, before its meeting."""
    return case_at(Stage.RAPID_REVIEW)


def write(case: Driven, **but: str) -> None:
    case.do(record_writing.write_record, say.write_record(**but), CHAIR, WHEN)


def waiting(case: Driven, who: Role = CHAIR) -> tuple[RecordFinding, ...]:
    """Return what is found and not settled."""
    with case.world.act(who, WHEN) as work:
        return kept_passages.passages_to_settle(work, get_case(work.session, case.case_id))


def propose(case: Driven) -> None:
    for act, command in (
        (rapid_review.answer_criteria, say.answer_criteria()),
        (rapid_review.propose_decision, say.propose_decision(Outcome.LOCAL_REVIEW)),
    ):
        case.do(act, command, CHAIR, WHEN)


@pytest.mark.parametrize("what", MustNotHold)
def test_what_the_record_must_not_hold_keeps_it_from_the_partners(what, met):
    """RR-23, RR-24, RR-25, RR-26, G4: found in the text, and not declared by who writes it."""
    if what is MustNotHold.REFERRAL_FORM:
        right = say.correct_referral(seriousness=ACCOUNT, siblings_safety=RISK)
        met.do(referral_correction.correct_referral, right, MANAGER, WHEN)
    write(met, facts=EACH[what])
    assert [(one.what, one.part) for one in waiting(met)] == [(what, "facts")]
    with pytest.raises(RuleBroken, match="RR-23 to RR-26, G4"):
        propose(met)
    write(met)
    assert waiting(met) == ()
    propose(met)


def test_words_of_a_return_that_was_corrected_are_found_as_those_of_the_first(returned):
    """RR-23: a correction is a form of this case as the return is."""
    newer = correct_return(key_events=ACCOUNT, learning=RISK)
    returned.do(return_correction.correct_return, newer, Role.AGENCY_LEAD, "2025-12-29")
    returned.meet()
    write(returned, facts=f"{ACCOUNT}\n{RISK}")
    assert [one.what for one in waiting(returned)] == [MustNotHold.REFERRAL_FORM]


def test_the_chair_is_asked_to_settle_it_until_it_is_changed_or_kept(met, left_by):
    """RR-24, G4: each passage is kept with a reason of its own; other words are asked about."""
    by_chair = {"who": CHAIR, "when": WHEN}
    asked = left_by(
        met, record_writing.write_record, say.write_record(facts=ATTACHED, family=OLD), **by_chair
    )
    assert asked.opened == [TO_SETTLE]
    (old, attached) = waiting(met)
    assert (old.part, attached.part) == ("family", "facts")
    kept = keep_passage(old.id, reasons="The same signs were missed then.")
    assert left_by(met, kept_passages.keep_passage, kept, **by_chair) == Traces(
        entries=["passage_kept"]
    )
    assert waiting(met) == (attached,)
    with pytest.raises(AnswerRefused, match="asked about in this version"):
        met.do(kept_passages.keep_passage, keep_passage(old.id), CHAIR, WHEN)
    other = left_by(
        met, record_writing.write_record, say.write_record(family=f"{OLD} Another."), **by_chair
    )
    assert other.closed == ["settle_record | review_group_chair"]
    write(met, family="A referral was made on 4 March 2019.")
    assert [one.part for one in waiting(met)] == ["family"]


def test_the_reason_is_in_what_is_signed_and_in_the_paper_and_the_words_are_not_told_twice(met):
    """RR-24, RR-30: who signs and the Panel read why it is kept; the record alone holds it."""
    write(met, facts=ATTACHED, family=OLD)
    attached = waiting(met)[1]
    for one in waiting(met):
        said = keep_passage(one.id, reasons=f"Kept for the sake of {one.part}.")
        met.do(kept_passages.keep_passage, said, CHAIR, WHEN)
    write(met, family=OLD)
    propose(met)
    with met.world.act(CHAIR, WHEN) as work:
        kept = last_entry(
            work.session, met.case_id, EntryType.PASSAGE_KEPT, subject=str(attached.id)
        )
        assert kept is not None
        assert kept.command == {
            "part": "Concise facts and context",
            "what": "embedded_document",
            "reasons": "Kept for the sake of facts.",
        }
    desk = Desk(met.world)
    desk.carry(met.case_id, Step.SUBMIT)
    text = desk.read(met.case_id, "rapid_review_record")[0]
    assert "Kept in the record, and why" in text
    assert "Kept for the sake of family." in text
    assert "Kept for the sake of facts." not in text  # it was changed after all
    met.sign(sign_off.sign_rapid_review, "2026-01-05")
    with pytest.raises(StepNotOpen, match="no longer changes"):
        met.do(kept_passages.keep_passage, keep_passage(attached.id), CHAIR, "2026-01-05")


def test_who_reads_less_settles_nothing_that_stands_in_a_form_of_the_case(met):
    """RR-23, G4, rules.md 4: neither a passage that they keep nor their own version does it."""
    right = say.correct_referral(seriousness=ACCOUNT, siblings_safety=RISK)
    met.do(referral_correction.correct_referral, right, MANAGER, WHEN)
    pasted = f"{ACCOUNT}\n{RISK}"
    met.do(record_writing.write_record, say.write_record(family=OLD, facts=pasted), MANAGER, WHEN)
    with met.world.act(MANAGER, WHEN) as work:
        corrected = last_entry(work.session, met.case_id, EntryType.REFERRAL_CORRECTED)
        assert corrected is not None
        corrected_id = corrected.id
    listed = tuple(one for one in ListedSeat if one is not ListedSeat.REVIEW_GROUP_CHAIR)
    marked = mark_sensitive(section=None, about=corrected_id, seats=listed)
    met.do(police_marks.mark_sensitive, marked, MANAGER, WHEN)
    (old,) = waiting(met)
    met.do(kept_passages.keep_passage, keep_passage(old.id), CHAIR, WHEN)
    with pytest.raises(RuleBroken, match="G4"):
        propose(met)
    write(met, facts=f"{pasted} She was well.")
    assert waiting(met) == ()
    with pytest.raises(RuleBroken, match="G4"):
        propose(met)
    (found,) = waiting(met, MANAGER)
    met.do(kept_passages.keep_passage, keep_passage(found.id), MANAGER, WHEN)
    propose(met)


def test_a_record_written_again_under_the_signatures_is_settled_before_it_is_put_again(case_at):
    """RR-30, G4: what is found in a later version keeps that one from the partners as well."""
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.POLICE)
    write(case, facts=ATTACHED)
    with pytest.raises(RuleBroken, match="G4"):
        propose(case)
    case.do(kept_passages.keep_passage, keep_passage(waiting(case)[0].id), CHAIR, WHEN)
    propose(case)
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert case.row().decided_on is not None


def test_the_gate_asks_the_same_of_who_may_not_read_the_record(met):
    """G4, rules.md 4: a police mark on the record hides its words, and not that they wait."""
    write(met, facts=ATTACHED)
    met.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, WHEN)
    with met.world.act(CHAIR, WHEN) as work:
        record = last_entry(work.session, met.case_id, EntryType.RECORD_WRITTEN)
        assert record is not None
        record_id = record.id
    listed = tuple(one for one in ListedSeat if one is not ListedSeat.REVIEW_GROUP_CHAIR)
    marked = mark_sensitive(section=None, about=record_id, seats=listed)
    met.do(police_marks.mark_sensitive, marked, MANAGER, WHEN)
    assert waiting(met) == ()
    with pytest.raises(RuleBroken, match="G4"):
        met.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_reply_that_keeps_the_decision_leaves_no_later_version_to_settle(has_begun, case_at):
    """GOV-14, G4: the version that was signed stands, and nobody may change what came after."""
    case = case_at(Stage.RAPID_REVIEW).review(Outcome.LOCAL_REVIEW)
    if has_begun:
        case.commission("2026-01-12")
    case.answer(PanelAnswer.QUERIES, "2026-01-20")
    case.do(record_writing.write_record, say.write_record(facts=ATTACHED), CHAIR, "2026-01-20")
    assert "settle_record" in {one.todo for one in case.turns()}
    reply, who = panel_factories.reply_to_panel(), Role.SAFEGUARDING_PARTNER
    case.do(panel_reply.reply_to_panel, reply, who, "2026-01-21")
    assert not {"settle_record", "propose_decision"} & {one.todo for one in case.turns()}
