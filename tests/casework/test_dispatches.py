"""Documents to national bodies: made, read, attached, accepted, taken back, sent by hand."""

from email import message_from_bytes, policy
from hashlib import sha256

import pytest
from sqlmodel import select

from services.casework.steps.dispatches import dispatch_reading, dispatches
from services.casework.steps.local_review import reviewer_appointment as appointment
from services.casework.steps.publication import pre_publication, publishing
from services.database.clocks import clocks
from services.database.dispatches import Dispatch, on_occasion
from services.database.dispatches import dispatches as dispatches_of
from services.database.outbox import OutboxEmail
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.dispatches import DispatchState, Notice, Proof
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.ways import Way
from services.domain.workflow import Stage
from tests import factories as say
from tests.directory import confirmed as confirmed_by_second
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.paper_text import text_of
from tests.post_office import (
    Office,
    deliver_all,
    office_emails,
    plain,
)
from tests.sent_out import confirm, make_papers, open_document

MANAGER = Role.BUSINESS_MANAGER
LAST_DAY = "2026-06-24"


def made_ready(case: Driven) -> None:
    case.plan().mail(LAST_DAY).do(pre_publication.pre_send, say.pre_send(), MANAGER, LAST_DAY)
    make_papers(case.world, case.case_id, LAST_DAY, Notice.REPORT_PRE_SENT)


@pytest.fixture
def ready(case_at) -> Driven:
    """A case whose report is made ready to be sent before publication, with its document made."""
    return case_at(Stage.PUBLICATION, made_ready)


@pytest.fixture
def office(ready, smtp_catcher) -> Office:
    return Office(ready.world, plain(smtp_catcher), when=LAST_DAY)


def sent(case: Driven, notice: Notice) -> dict[Recipient, Dispatch]:
    """Return the newest dispatch of the notice to each recipient."""
    with case.world.act(MANAGER) as work:
        found = [one for one in dispatches_of(work.session, case.case_id) if one.notice is notice]
        work.session.expunge_all()
        return {one.recipient: one for one in found}


def states(case: Driven, notice: Notice) -> set[DispatchState]:
    return {one.state for one in sent(case, notice).values()}


def confirm_all(case: Driven, when: str = LAST_DAY) -> None:
    manager = case.world.ours.actor(MANAGER)
    confirm(case.world, case.case_id, when, Notice.REPORT_PRE_SENT, who=manager)


def by_hand(case: Driven, to: Recipient, when: str, **but) -> None:
    dispatch = sent(case, Notice.REPORT_PRE_SENT)[to]
    said = {"sent_on": when, "means": "secure email", "address": NOT_PRODUCTION.address_of(to)}
    command = say.words_of(
        dispatches.SendByHand, {"reference": "REF-1", **said, **but}, dispatch=dispatch.id
    )
    case.do(dispatches.send_by_hand, command, MANAGER, when)


def todos(case: Driven) -> set[str]:
    return {f"{one.todo} {one.subject.partition(':')[0]}" for one in case.turns()}


def attached(raw: bytes) -> list[bytes]:
    message = message_from_bytes(raw, policy=policy.default)
    return [part.get_content() for part in message.iter_attachments()]


def test_nothing_is_sent_before_the_document_is_read_and_confirmed(ready, office):
    """PUB-26: the press of a button meets no duty; the acceptance of the last body's email does."""
    assert states(ready, Notice.REPORT_PRE_SENT) == {DispatchState.TO_CONFIRM}
    assert "confirm_dispatch report_pre_sent" in todos(ready)
    deliver_all(office)
    assert ready.clock("K12")["met_on"] == ""
    confirm_all(ready)
    assert states(ready, Notice.REPORT_PRE_SENT) == {DispatchState.ON_ITS_WAY}
    assert ready.clock("K12")["met_on"] == ""
    with pytest.raises(RuleBroken, match="Send the text"):
        ready.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    deliver_all(office)
    assert states(ready, Notice.REPORT_PRE_SENT) == {DispatchState.ACCEPTED}
    assert ready.clock("K12")["met_on"] == LAST_DAY
    assert "confirm_dispatch report_pre_sent" not in todos(ready)
    assert any(one.todo == "publish" for one in ready.turns())


def test_the_report_itself_is_attached_and_is_what_was_read(ready, office, smtp_catcher):
    """PUB-26: the full report, by the SHA-256 that was confirmed, and no link to a sign-in page.

    It goes where two people have said that Ofsted's documents are sent (E-05).
    """
    ofsted = placed(ready.world, name="Inspectorate", kind=OrganisationKind.OFSTED)
    post = {"role": ContactRole.WHERE_TO_SEND, "address": "new.desk@ofsted.example"}
    confirmed_by_second(ready.world, contacted(ready.world, ofsted, **post))
    confirm_all(ready)
    deliver_all(office)
    named = sent(ready, Notice.REPORT_PRE_SENT)
    wanted = {
        one["Message-ID"]: envelope
        for one, envelope in zip(smtp_catcher.emails, smtp_catcher.envelopes, strict=True)
    }
    with ready.world.act(MANAGER) as work:
        question = select(OutboxEmail).where(OutboxEmail.event == "pre_publication_sent")
        ours = [one.message_id for one in work.session.exec(question)]
    assert len(ours) == 3
    for message_id in ours:
        raw = wanted[message_id].content
        documents = attached(raw)
        told = [one["sha256"] for one in named[Recipient.PANEL].documents]
        assert len(told) == 2, "the letter with the text, and the file that is published"
        assert [sha256(one).hexdigest() for one in documents] == told
        assert "What will be published The full text of the report below" in text_of(documents[0])
        assert b"/cases/" not in raw
        body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
        assert "http" not in body.get_content()
    accepted = named[Recipient.OFSTED]
    assert (accepted.address, accepted.proof) == (post["address"], Proof.RELAY_ACCEPTED)


def test_the_reviewers_name_goes_unread_for_its_notice_holds_no_free_text(case_at, smtp_catcher):
    """LC-24: the name is in the document, and none of what was written about the appointment."""
    case = case_at(Stage.COMMISSIONING)
    office = Office(case.world, plain(smtp_catcher), when=LAST_DAY)
    reviewer = case.world.ours.actor(Role.LEAD_REVIEWER)
    command = say.appoint_reviewer(reviewer.person_id, skills="Knows the CANARY family")
    case.do(appointment.appoint_reviewer, command, MANAGER, "2026-02-02")
    assert states(case, Notice.REVIEWER_NAMED) == {DispatchState.BEING_MADE}
    make_papers(case.world, case.case_id, "2026-02-02")
    assert states(case, Notice.REVIEWER_NAMED) == {DispatchState.ON_ITS_WAY}
    deliver_all(office)
    named = sent(case, Notice.REVIEWER_NAMED)
    assert set(named) == {Recipient.PANEL, Recipient.OFSTED, Recipient.DEPARTMENT}
    assert states(case, Notice.REVIEWER_NAMED) == {DispatchState.ACCEPTED}
    raw = [one.content for one in office_emails(office, smtp_catcher, "reviewer_named")]
    for one in raw:
        text = text_of(attached(one)[0])
        assert "Example lead.reviewer" in text
        assert "CANARY" not in text


def test_who_did_not_open_the_document_cannot_confirm_it(ready):
    command = confirmed(ready)
    with pytest.raises(AnswerRefused, match="not opened it"):
        ready.do(dispatch_reading.confirm_dispatch, command, MANAGER, LAST_DAY)
    for field in ("read_to_end", "no_family_data"):
        no = command.model_copy(update={field: False})
        with pytest.raises(AnswerRefused, match="by hand instead"):
            ready.do(dispatch_reading.confirm_dispatch, no, MANAGER, LAST_DAY)
    read(ready)
    ready.do(dispatch_reading.confirm_dispatch, command, MANAGER, LAST_DAY)
    assert states(ready, Notice.REPORT_PRE_SENT) == {DispatchState.ON_ITS_WAY}
    with pytest.raises(AlreadyDone):
        ready.do(dispatch_reading.confirm_dispatch, command, MANAGER, LAST_DAY)


def read(case: Driven) -> None:
    """Have the manager open what is sent, as the download or the package does."""
    manager = case.world.ours.actor(MANAGER)
    with case.world.act(manager, LAST_DAY) as work:
        for document_id in sent(case, Notice.REPORT_PRE_SENT)[Recipient.PANEL].document_ids:
            open_document(work.session, manager, case.case_id, document_id, work.now)


def confirmed(case: Driven) -> dispatch_reading.ConfirmDispatch:
    dispatch = sent(case, Notice.REPORT_PRE_SENT)[Recipient.PANEL]
    return dispatch_reading.ConfirmDispatch(
        dispatch=dispatch.id, read_to_end=True, no_family_data=True
    )


def test_a_refused_address_meets_nothing_and_is_a_task_with_the_recipients_name(
    ready, office, smtp_catcher
):
    smtp_catcher.refused.add("ofsted@national-bodies.invalid")
    confirm_all(ready)
    deliver_all(office)
    named = sent(ready, Notice.REPORT_PRE_SENT)
    assert named[Recipient.OFSTED].state is DispatchState.REFUSED
    assert named[Recipient.PANEL].state is DispatchState.ACCEPTED
    assert ready.clock("K12")["met_on"] == ""
    (todo,) = [one for one in ready.turns() if one.todo == "send_by_hand"]
    assert todo.subject.endswith(":ofsted")
    assert str(todo.last_day) == LAST_DAY
    by_hand(ready, Recipient.OFSTED, LAST_DAY)
    assert ready.clock("K12")["met_on"] == LAST_DAY
    assert not [one for one in ready.turns() if one.todo == "send_by_hand"]


def test_p6_what_came_back_reopens_the_clock_and_publication_waits(ready, office):
    """P6: met, taken back at its old date, sent by hand late; the day of publication moves."""
    confirm_all(ready)
    deliver_all(office)
    back = say.words_of(
        dispatches.RecordReturn,
        {},
        dispatch=sent(ready, Notice.REPORT_PRE_SENT)[Recipient.OFSTED].id,
        returned_on="2026-06-25",
    )
    ready.do(dispatches.record_return, back, MANAGER, "2026-06-25")
    clock = ready.clock("K12")
    assert (clock["met_on"], clock["due"]) == ("", LAST_DAY)
    with ready.world.act(MANAGER) as work:
        (row,) = [one for one in clocks(work.session, ready.case_id) if one.clock == "K12"]
        assert str(row.taken_back) == LAST_DAY
    assert not any(one.todo == "publish" for one in ready.turns())
    with pytest.raises(RuleBroken, match="Send the text"):
        ready.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    by_hand(ready, Recipient.OFSTED, "2026-06-26")
    assert ready.clock("K12")["met_on"] == "2026-06-26"
    with pytest.raises(AnswerRefused, match="had to be sent by"):
        ready.do(publishing.publish, say.publish(), MANAGER, "2026-07-06")
    later = say.publish(published_on="2026-07-07")
    ready.do(publishing.publish, later, MANAGER, "2026-07-07")
    with ready.world.act(MANAGER) as work:
        part = sent(ready, Notice.REPORT_PRE_SENT)[Recipient.OFSTED].part
        of_ofsted = [
            one
            for one in on_occasion(work.session, ready.case_id, Notice.REPORT_PRE_SENT, part)
            if one.recipient is Recipient.OFSTED
        ]
        told = [(one.state, one.way) for one in of_ofsted]
    assert told == [
        (DispatchState.RETURNED, Way.ATTACHED),
        (DispatchState.SENT, Way.BY_HAND),
    ]


def test_by_hand_needs_a_day_that_can_be_and_something_that_shows_it(ready):
    with pytest.raises(AnswerRefused, match="not opened it here"):  # PUB-25: read by every way
        by_hand(ready, Recipient.PANEL, LAST_DAY)
    read(ready)
    for saying, but, when in (
        ("reference", {"reference": None}, LAST_DAY),
        ("before the document", {"sent_on": "2026-06-23"}, LAST_DAY),
        ("future", {"sent_on": "2026-06-25"}, LAST_DAY),
        ("no known address of the Panel", {"address": NOT_PRODUCTION.ofsted}, LAST_DAY),
    ):
        with pytest.raises(AnswerRefused, match=saying):
            by_hand(ready, Recipient.PANEL, when, **but)
    by_hand(ready, Recipient.PANEL, LAST_DAY)
    with pytest.raises(AlreadyDone):
        by_hand(ready, Recipient.PANEL, LAST_DAY)
    for one in (Recipient.OFSTED, Recipient.SECRETARY_OF_STATE):
        assert ready.clock("K12")["met_on"] == ""
        by_hand(ready, one, LAST_DAY)
    assert ready.clock("K12")["met_on"] == LAST_DAY
    assert "confirm_dispatch report_pre_sent" not in todos(ready)


def test_what_is_decided_anew_before_it_was_sent_is_dropped(ready):
    """A plan made anew takes back what waited; nothing of the old plan counts afterwards."""
    ready.plan(on="2026-07-20", when="2026-06-25")
    assert states(ready, Notice.REPORT_PRE_SENT) == {DispatchState.DROPPED}
    assert "confirm_dispatch report_pre_sent" not in todos(ready)
