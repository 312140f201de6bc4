"""Documents that the Panel collects: worked case P7, by the acts of people and of the machine."""

from datetime import date

import pytest

from services.casework.collecting.handing_out import hand_out, offered
from services.casework.steps.dispatches import collections as steps
from services.casework.steps.dispatches import dispatches
from services.casework.steps.rapid_review import panel_reply
from services.database.collections import collections
from services.database.dispatches import dispatches as dispatches_of
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.dispatches import DispatchState, Notice, Proof
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.ways import DocumentClass, Way
from services.domain.workflow import PanelAnswer, Stage
from services.domain.working_days import london_date
from services.mail.memory import MemoryMailer
from services.web.view_models.policy import way_lines
from tests import dispatch_factories as say
from tests import panel_factories
from tests.collecting import (
    MANAGER,
    MONDAY,
    Sending,
    brought,
    code_for,
    deliver_from,
    newest,
    sent_for_p7,
    signed_for_p7,
    submit,
    token_in,
)
from tests.driven import Driven
from tests.papers_when_read import set_at_once
from tests.post_office import Office, post_database, post_engine
from tests.reached import reach
from tests.sent_out import make_papers, read_papers
from tests.servers import QUICK_PASSWORDS
from tests.world import make_world

__all__ = ["post_database", "post_engine"]
LAST_DAY, WEDNESDAY, THURSDAY = "2026-09-22", "2026-09-23", "2026-09-24"
LAST_OPEN, CLOSED = "2026-10-05", "2026-10-06"
RR, CHALLENGE = Notice.RAPID_REVIEW_SUBMITTED, Notice.CHALLENGE_LODGED
RECORD, LETTER = 0, 1
WAYS = (Way.BY_HAND, Way.COLLECTION)


@pytest.fixture
def signed(ready_by) -> Driven:
    return ready_by(signed_for_p7)


@pytest.fixture
def office(signed) -> Office:
    return Office(signed.world)


@pytest.fixture
def sent(ready_by) -> Sending:
    """Sent on Monday 21 September by the act, by the courier, and with a code."""
    return ready_by(sent_for_p7)


def test_what_is_submitted_by_collection_leaves_with_the_act(signed):
    """RR-34: the rapid review is sent to the Panel, by a one-time address as by hand."""
    submit(signed)
    assert newest(signed).state is DispatchState.ON_ITS_WAY


def test_p7_opened_on_wednesday_it_was_submitted_on_monday(sent):
    """P7: sent Mon 21 Sep (K10 Tue 22 Sep), opened Wed 23 Sep: met on 21 Sep."""
    case = sent.case
    assert newest(case).state is DispatchState.TO_COLLECT
    assert case.stage() is Stage.WITH_PANEL
    for clock in ("K8", "K10"):
        assert case.clock(clock)["met_on"] == "", "what was not opened meets nothing"
    assert case.row().submitted_at is None
    sent.open_all(WEDNESDAY)
    dispatch = newest(case)
    assert (dispatch.state, dispatch.proof) == (DispatchState.COLLECTED, Proof.COLLECTED)
    assert (str(dispatch.sent_on), dispatch.address) == (
        MONDAY,
        "panel@national-bodies.invalid",
    )
    for clock in ("K8", "K10"):
        assert case.clock(clock)["met_on"] == MONDAY
    submitted = case.row().submitted_at
    assert submitted is not None
    assert london_date(submitted).isoformat() == MONDAY
    sent.on(CLOSED)
    assert newest(case).state is DispatchState.COLLECTED
    assert Todo.RING_RECIPIENT not in sent.todos()


def test_who_opened_the_covering_letter_alone_was_not_sent_the_rapid_review(sent):
    """RR-49: K8 and K10 are met once every document was opened, and not by one opened twice."""
    for day in (LAST_DAY, WEDNESDAY):
        assert sent.open(day, LETTER) is not None
        assert newest(sent.case).state is DispatchState.TO_COLLECT
        assert {sent.case.clock(one)["met_on"] for one in ("K8", "K10")} == {""}
    sent.on(CLOSED)
    assert newest(sent.case).state is DispatchState.EXPIRED
    assert Todo.SEND_BY_HAND in sent.todos()


def test_p7_unopened_by_wednesday_the_manager_is_asked_to_ring(sent):
    """P7: not opened by Wed 23 Sep: task to telephone, once."""
    for day in (MONDAY, LAST_DAY):
        sent.on(day)
        assert Todo.RING_RECIPIENT not in sent.todos(), day
    for _ in range(2):
        sent.on(WEDNESDAY)
        assert sent.todos().count(Todo.RING_RECIPIENT) == 1
    (asked,) = [one for one in sent.case.turns() if one.todo is Todo.RING_RECIPIENT]
    assert asked.subject.endswith(":panel")
    assert str(asked.last_day) == sent.case.due("K8"), "the first of the duties that it meets"
    assert sent.open(WEDNESDAY, LETTER) is not None
    assert Todo.RING_RECIPIENT in sent.todos()
    assert sent.open(WEDNESDAY, RECORD) is not None
    assert Todo.RING_RECIPIENT not in sent.todos()


def test_p7_sent_by_hand_on_thursday_instead_it_was_submitted_on_thursday_and_late(sent):
    """P7: submitted 24 Sep, two working days late; the address opens nothing any more."""
    case = sent.case
    sent.on(WEDNESDAY)
    by_hand = say.send_by_hand(newest(case).id, sent_on=THURSDAY)
    with pytest.raises(AlreadyDone, match="further"):
        case.do(dispatches.send_by_hand, by_hand, MANAGER, f"{THURSDAY} 10:00")
    sent.revoke(f"{THURSDAY} 10:00")
    assert newest(case).state is DispatchState.REVOKED
    assert Todo.RING_RECIPIENT not in sent.todos()
    assert Todo.SEND_BY_HAND in sent.todos()
    case.do(dispatches.send_by_hand, by_hand, MANAGER, f"{THURSDAY} 11:00")
    assert case.clock("K10")["met_on"] == THURSDAY
    assert case.due("K10") == LAST_DAY
    calendar = sent.office.calendar
    late = calendar.working_days_between(*map(date.fromisoformat, (LAST_DAY, THURSDAY)))
    assert late == 2
    with case.world.act(MANAGER) as work:
        found = dispatches_of(work.session, case.case_id)
        stood = [(one.way, one.state) for one in found if one.notice is RR]
    assert stood == [
        (Way.COLLECTION, DispatchState.REVOKED),
        (Way.BY_HAND, DispatchState.SENT),
    ]
    sent.office.when = THURSDAY
    assert offered(sent.office, brought(sent.token, sent.code), QUICK_PASSWORDS) is None


def test_an_address_that_runs_out_unopened_was_never_sent(sent):
    sent.on(LAST_OPEN)
    assert newest(sent.case).state is DispatchState.TO_COLLECT
    assert sent.titles(LAST_OPEN) != []
    assert sent.titles(CLOSED) == [], "the door closes by its day, whenever the round is made"
    sent.on(CLOSED)
    assert newest(sent.case).state is DispatchState.EXPIRED
    assert Todo.SEND_BY_HAND in sent.todos()
    assert Todo.RING_RECIPIENT not in sent.todos()
    assert sent.case.clock("K10")["met_on"] == ""
    again = say.send_by_collection(newest(sent.case).id)
    sent.case.do(steps.send_by_collection, again, MANAGER, CLOSED)
    deliver_from(sent.office, CLOSED)
    sent.code = code_for(sent.case, CLOSED)
    sent.open_all(CLOSED)
    assert sent.case.clock("K10")["met_on"] == CLOSED


def test_a_refused_mailbox_is_not_sent_and_is_sent_in_another_way(signed, office):
    office.mailer.refuses.add("panel@national-bodies.invalid")
    submit(signed)
    deliver_from(office, MONDAY)
    assert newest(signed).state is DispatchState.REFUSED
    assert Todo.SEND_BY_HAND in [one.todo for one in signed.turns()]
    assert signed.clock("K10")["met_on"] == ""


@pytest.mark.parametrize("looks_up", [True, False])
def test_an_email_that_may_have_gone_keeps_its_address(signed, looks_up):
    """P3: what went is not written anew; where no one can tell, a person asks the recipient."""
    office = Office(signed.world, MemoryMailer(looks_up=looks_up))
    put_off(signed, office)
    office.mailer.loses_the_answer = True
    deliver_from(office, MONDAY)
    office.mailer.loses_the_answer = False
    kept = address_of(signed)
    office.let_time_pass()
    deliver_from(office, MONDAY)
    assert address_of(signed) == kept
    state = DispatchState.TO_COLLECT if looks_up else DispatchState.ON_ITS_WAY
    assert newest(signed).state is state


def put_off(case: Driven, office: Office) -> None:
    """Have the address made and put off, so that it is the one email that waits."""
    office.mailer.puts_off.add("panel@national-bodies.invalid")
    submit(case)
    deliver_from(office, MONDAY)
    office.mailer.puts_off.clear()
    office.let_time_pass()


def address_of(case: Driven) -> str:
    with case.world.act(MANAGER) as work:
        return collections(work.session, case.case_id)[newest(case).id].address_sha256


def test_an_email_that_did_not_go_is_written_anew_with_another_address(signed, office):
    put_off(signed, office)
    first = address_of(signed)
    deliver_from(office, MONDAY)
    assert first not in {"", address_of(signed)}
    assert newest(signed).state is DispatchState.TO_COLLECT


def test_late_it_is_sent_with_a_reason_only(signed):
    with pytest.raises(AnswerRefused, match="why it was late"):
        submit(signed, WEDNESDAY)
    submit(signed, WEDNESDAY, late_reason="A late signature.")
    assert newest(signed).state is DispatchState.ON_ITS_WAY


def test_the_rapid_review_goes_by_its_own_act_and_once(signed):
    command = say.send_by_collection(newest(signed).id)
    with pytest.raises(AnswerRefused, match="Submit the rapid review"):
        signed.do(steps.send_by_collection, command, MANAGER, MONDAY)
    submit(signed)
    by_hand = say.send_by_hand(newest(signed).id, sent_on=MONDAY)
    with pytest.raises(AlreadyDone):
        signed.do(dispatches.send_by_hand, by_hand, MANAGER, f"{MONDAY} 12:00")


def test_what_has_come_further_is_neither_taken_back_nor_sent_again(sent):
    sent.open_all(MONDAY)
    with pytest.raises(AlreadyDone):
        sent.revoke(LAST_DAY)
    assert sent.open(LAST_DAY) is not None, "it may be opened again until it closes"
    assert len(sent.openings()) == 3


def test_a_policy_may_take_collection_away_from_one_recipient(post_engine):
    by_hand = {Recipient.PANEL: {DocumentClass.RAPID_REVIEW: (Way.BY_HAND,)}}
    policy = PartnershipPolicy(recipient_ways=by_hand)
    assert ("The rapid review, to the Panel", "By hand") in way_lines(policy)
    case = signed_for_p7(make_world(post_engine, policy))
    with pytest.raises(RuleBroken, match="policy"):
        submit(case)
    assert case.stage() is Stage.RAPID_REVIEW


def test_an_address_that_is_taken_back_before_it_went_is_never_written(signed, office):
    submit(signed)
    command = say.revoke_collection(newest(signed).id)
    signed.do(steps.revoke_collection, command, MANAGER, f"{MONDAY} 11:30")
    deliver_from(office, MONDAY)
    assert not [one for one in office.mailer.emails if "/collect/" in one.body_text]
    assert address_of(signed) == ""
    assert newest(signed).state is DispatchState.REVOKED
    assert signed.row().submitted_at is None


@pytest.mark.parametrize("usual", [Way.BY_HAND, Way.COLLECTION])
def test_a_challenge_is_collected_where_it_is_the_usual_way_and_where_it_is_chosen(
    post_engine, usual
):
    """GOV-17: by hand is asked for unless the partnership's policy makes collection the usual."""
    ways = {DocumentClass.CHALLENGE: tuple(sorted(WAYS, key=lambda way: way is not usual))}
    world = set_at_once(make_world(post_engine, PartnershipPolicy(ways=ways)))
    case = reach(world, Stage.WITH_PANEL).answer(PanelAnswer.QUERIES)
    lodged = panel_factories.lodge_challenge()
    case.do(panel_reply.lodge_challenge, lodged, Role.SAFEGUARDING_PARTNER, "2026-01-20")
    make_papers(world, case.case_id, "2026-01-20", CHALLENGE)
    asked = {one.todo for one in case.turns()} & {Todo.SEND_BY_HAND, Todo.SEND_FOR_COLLECTION}
    by_hand = usual is Way.BY_HAND
    assert asked == {Todo.SEND_BY_HAND if by_hand else Todo.SEND_FOR_COLLECTION}
    read_papers(world, case.case_id, "2026-01-21", CHALLENGE, who=world.ours.actor(MANAGER))
    command = say.send_by_collection(newest(case, CHALLENGE).id)
    case.do(steps.send_by_collection, command, MANAGER, "2026-01-21 10:00")
    assert not {one.todo for one in case.turns()} & asked
    office = Office(world)
    deliver_from(office, "2026-01-21")
    key = brought(token_in(office.mailer), code_for(case, "2026-01-21", CHALLENGE))
    (document,) = newest(case, CHALLENGE).document_ids
    assert hand_out(office, key, QUICK_PASSWORDS, document) is not None
    sent = newest(case, CHALLENGE)
    assert (sent.state, str(sent.sent_on)) == (DispatchState.COLLECTED, "2026-01-21")
