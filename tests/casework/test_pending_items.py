"""What is pending when a rapid review is decided stays on the case until it is answered."""

import pytest

from services.casework.steps.rapid_review import pending_items, proposed_decision
from services.casework.steps.rapid_review.pending_followed import follow_up_pending
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.sign_off import sign_off
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.pending_items import PendingKind, PendingStanding
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage, Step
from services.web.view_models.todos import of_case
from tests import panel_factories as say
from tests.bad_input.stage import PASSWORD
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import Traces
from tests.marked import Marked
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
BLOOD = say.pending_item(item="The toxicology report.", expected_on="2026-02-02")
COURT = say.pending_item(PendingKind.CHARGES, item="Whether anybody is charged.")
WHEN, NO_LONGER = "2026-01-15", PendingStanding.NO_LONGER_AWAITED


def put(case: Driven) -> Driven:
    return case.meet().propose(pending=(BLOOD, COURT))


def sent(case: Driven) -> Driven:
    return case.review(pending=(BLOOD, COURT))


@pytest.fixture
def awaiting(case_at) -> Driven:
    """A case that is with the Panel, with two things pending."""
    return case_at(Stage.RAPID_REVIEW, sent)


def waiting(case: Driven) -> dict[str, str]:
    """Return what is still awaited, with the day on which it is expected."""
    with case.world.act(MANAGER, WHEN) as work:
        found = pending_items.awaited_on(work, case.row())
        return {one.said.item: str(one.expected_on or "") for one in found}


def todos(case: Driven) -> list[tuple[str, str]]:
    asked = [one for one in case.turns() if one.todo is Todo.FOLLOW_UP_PENDING]
    return [(one.role.value, str(one.last_day or "")) for one in asked]


def kept(case: Driven, entry_type: EntryType) -> dict[str, object]:
    with case.world.act(CHAIR, WHEN) as work:
        return all_of(work.session, case.case_id, entry_type)[-1].command


def partner_at(place: Place) -> Visitor:
    """Return a safeguarding partner who has signed in."""
    partner, ours = Visitor(place.app), place.world.ours
    email = ours.email(Role.SAFEGUARDING_PARTNER, next(iter(ours.parties)).seat)
    assert partner.sign_in(email, PASSWORD).status == 303
    return partner


def test_rr_35_each_pending_thing_is_followed_up_once_all_partners_have_decided(case_at):
    """RR-35: a list, not a remark; each with its kind, its owner and the day that is expected."""
    case = case_at(Stage.RAPID_REVIEW, put)
    assert todos(case) == [], "what is proposed is not decided"
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert todos(case) == [(MANAGER, "2026-02-02"), (MANAGER, "")]
    assert waiting(case) == {BLOOD.item: "2026-02-02", COURT.item: ""}
    with case.world.act(MANAGER, WHEN) as work:
        said = {one.what for one in of_case(work, case.row())}
    assert {
        "Follow up what is awaited: toxicology",
        "Follow up what is awaited: criminal charges",
    } <= said


def test_rr_36_a_supplement_says_what_it_answers_and_the_rest_stays_awaited(awaiting, left_by):
    """RR-36: the answer goes to the Panel by its words; nothing else is closed by it."""
    said = say.supplement_review(reopens=False, answers=(BLOOD.id,))
    left = left_by(awaiting, supplement_review, said, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["review_supplemented"],
        closed=["follow_up_pending | business_manager"],
        ordered=["submit | supplement | v1"],
        dispatches=["rapid_review_supplemented | panel | being_made"],
    )
    assert waiting(awaiting) == {COURT.item: ""}
    answered = kept(awaiting, EntryType.REVIEW_SUPPLEMENTED)["answers"]
    assert answered == [{"item": BLOOD.item, "kind": "toxicology"}]
    desk = Desk(awaiting.world)
    desk.carry(awaiting.case_id, Step.SUBMIT)
    papers = desk.read(awaiting.case_id, "supplement")
    assert papers
    assert all(BLOOD.item in text and COURT.item not in text for text in papers)
    with pytest.raises(AnswerRefused, match="still awaited") as refused:
        awaiting.do(supplement_review, said, CHAIR, "2026-01-16")
    assert refused.value.field == "answers"


def test_what_nobody_awaited_supplements_as_well_and_closes_nothing(awaiting):
    """RR-36"""
    awaiting.do(supplement_review, say.supplement_review(reopens=False), CHAIR, WHEN)
    assert len(waiting(awaiting)) == 2


def test_what_is_followed_up_is_expected_later_or_no_longer_awaited_with_the_reason(awaiting):
    """RR-35, RR-36: the list says what is so, and what ends an item without an answer is said."""
    later = say.follow_up_pending(BLOOD.id, expected_on="2026-03-02", words="The laboratory said.")
    awaiting.do(follow_up_pending, later, MANAGER, WHEN)
    assert waiting(awaiting) == {BLOOD.item: "2026-03-02", COURT.item: ""}
    both = say.follow_up_pending(COURT.id, standing=NO_LONGER, expected_on="2026-03-02")
    with pytest.raises(AnswerRefused, match="no longer awaited"):
        awaiting.do(follow_up_pending, both, MANAGER, WHEN)
    over = say.follow_up_pending(COURT.id, standing=NO_LONGER, words="Nobody is charged now.")
    awaiting.do(follow_up_pending, over, MANAGER, WHEN)
    assert waiting(awaiting) == {BLOOD.item: "2026-03-02"}
    assert kept(awaiting, EntryType.PENDING_FOLLOWED_UP) == {
        "item": COURT.item,
        "standing": "no_longer_awaited",
        "expected_on": None,
        "words": "Nobody is charged now.",
    }
    with pytest.raises(AnswerRefused, match="still awaited"):
        awaiting.do(follow_up_pending, over, MANAGER, WHEN)


def test_a_decision_taken_again_ends_nothing_that_is_awaited(awaiting):
    """RR-36: it opens with what is open; what it leaves out stays, what it says anew is moved."""
    said = say.supplement_review(answers=(COURT.id,))
    awaiting.do(supplement_review, said, CHAIR, WHEN)
    with awaiting.world.act(CHAIR, WHEN) as work:
        opens = proposed_decision.decision_on_record(work, awaiting.row())
    assert opens is not None
    assert opens.pending == (BLOOD,), "what was answered is not asked about again"
    harm = say.pending_item(PendingKind.PROGNOSIS, item="What the injury means for later.")
    awaiting.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-16", pending=(harm,))
    awaiting.sign(sign_off.sign_rapid_review, "2026-01-16")
    assert waiting(awaiting) == {BLOOD.item: "2026-02-02", harm.item: ""}
    again = BLOOD.model_copy(update={"expected_on": None, "owner": "The coroner's officer"})
    awaiting.do(supplement_review, say.supplement_review(), CHAIR, "2026-01-19")
    awaiting.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-19", pending=(again,))
    awaiting.sign(sign_off.sign_rapid_review, "2026-01-19")
    assert waiting(awaiting) == {BLOOD.item: "", harm.item: ""}


def test_what_is_dealt_with_while_the_decision_is_signed_again_stays_as_it_was_left(awaiting):
    """RR-36: the last signature opens nothing that was answered, and moves no day back."""
    awaiting.do(supplement_review, say.supplement_review(), CHAIR, WHEN)
    harm = say.pending_item(PendingKind.PROGNOSIS, item="What the injury means for later.")
    awaiting.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-16", pending=(BLOOD, COURT, harm))
    later = say.follow_up_pending(BLOOD.id, expected_on="2026-03-02", words="The laboratory said.")
    awaiting.do(follow_up_pending, later, MANAGER, "2026-01-19")
    said = say.supplement_review(reopens=False, answers=(COURT.id,))
    awaiting.do(supplement_review, said, CHAIR, "2026-01-19")
    awaiting.sign(sign_off.sign_rapid_review, "2026-01-20")
    assert waiting(awaiting) == {BLOOD.item: "2026-03-02", harm.item: ""}


def test_the_close_tells_what_it_leaves_unanswered_and_its_entry_keeps_the_kind(case_at):
    """RR-35: nothing that is awaited ends unseen; what cannot be had holds back no close."""
    case = case_at(Stage.RAPID_REVIEW)
    case.review(Outcome.NO_FURTHER_REVIEW, pending=(BLOOD, COURT)).answer().embed()
    over = say.follow_up_pending(COURT.id, standing=NO_LONGER, words="Nobody is charged now.")
    case.do(follow_up_pending, over, MANAGER, "2026-09-02")
    place = Place(case.world, when="2026-10-01")
    page = partner_at(place).get(f"/cases/{case.case_id}/learning/close")
    (note,) = page.page.select(".govuk-inset-text")
    assert f"after the close: Toxicology: {BLOOD.item}" in note.text
    assert COURT.item not in note.text
    case.close()
    assert kept(case, EntryType.CASE_CLOSED)["still_awaited"] == ["toxicology"]
    assert todos(case) == []


def test_the_same_thing_is_entered_once(case_at):
    case = case_at(Stage.RAPID_REVIEW, Driven.meet)
    with pytest.raises(AnswerRefused, match="once") as refused:
        case.propose(pending=(BLOOD, BLOOD.model_copy(update={"owner": "Somebody else"})))
    assert refused.value.field == "pending"


def test_once_the_report_is_signed_more_may_follow_and_the_decision_stands(case_at):
    """RR-36, PUB-02: with a signed report there was a local review."""
    case = case_at(Stage.PUBLICATION)
    with pytest.raises(AnswerRefused, match="its decision stands") as refused:
        case.do(supplement_review, say.supplement_review(), CHAIR, "2026-06-02")
    assert refused.value.field == "reopens"
    case.do(supplement_review, say.supplement_review(reopens=False), CHAIR, "2026-06-02")


def test_what_a_police_mark_hides_of_the_decision_stays_hidden_where_it_is_answered(one_world):
    """RR-36: a supplement says the words of an item again, and is hidden from the same people."""
    case = Marked(one_world)
    sent(case.decide().notify().scope())
    listed = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
    about = case.entry(EntryType.DECISION_PROPOSED)
    case.mark(about=about, section=None, seats=listed, when=WHEN)
    with one_world.act(CHAIR, WHEN) as work:
        assert pending_items.awaited_on(work, case.row()) == ()
    for act, command in (
        (supplement_review, say.supplement_review(reopens=False, answers=(BLOOD.id,))),
        (follow_up_pending, say.follow_up_pending(COURT.id, standing=NO_LONGER)),
    ):
        with pytest.raises(AnswerRefused, match="still awaited"):
            case.do(act, command, CHAIR, WHEN)
        case.do(act, command, MANAGER, WHEN)
    said_again = {EntryType.REVIEW_SUPPLEMENTED, EntryType.PENDING_FOLLOWED_UP}
    assert said_again <= case.read_by(MANAGER)
    assert said_again.isdisjoint(case.read_by(CHAIR))
    assert todos(case) == []


def test_the_case_tells_what_is_awaited_and_who_decides_and_signs_see_it(case_at):
    """RR-35: item, kind, owner and day on the case, on the form and on the page that is signed."""
    case = case_at(Stage.RAPID_REVIEW, put)
    place, path = Place(case.world, when="2026-02-03"), f"/cases/{case.case_id}"
    signed = partner_at(place).get(f"{path}/sign-off/rapid-review").text
    assert all(word in signed for word in (BLOOD.item, COURT.item, BLOOD.owner))
    chair = place.person(CHAIR)
    form = chair.get(f"{path}/rapid-review/decision").page
    assert form.select_one("input[name=pending-1-item]")["value"] == COURT.item
    assert chair.get(f"{path}/review").page.select_one("#awaited") is None
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    table = chair.get(f"{path}/review").page.select_one("#awaited + div").text
    told = (BLOOD.item, COURT.item, BLOOD.owner, "Toxicology", "that day has passed", "Not known")
    assert all(word in table for word in told)
    offered = chair.get(f"{path}/panel/pending").page
    assert len(offered.select("input[name=item]")) == 2
