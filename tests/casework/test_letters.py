"""A letter is put right before it is sent: made again, read again, and only then sent."""

from email import message_from_bytes, policy
from hashlib import sha256

import pytest

from services.casework.access.documents import object_name
from services.casework.steps.dispatches import dispatch_reading, dispatches, letter_correction
from services.casework.steps.dispatches.letter_from_word import word_file_named, word_file_of
from services.casework.steps.local_review import delay
from services.casework.steps.publication import pre_publication, publishing
from services.casework.steps.rapid_review import submission, submission_by_collection
from services.database.dispatches import Dispatch
from services.database.documents import Document, documents
from services.database.history import all_of
from services.database.partnerships import lock_partnership
from services.domain.dispatches import DispatchState, Notice
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.storage.downloads import fetch
from tests import dispatch_factories
from tests import factories as say
from tests.driven import Driven
from tests.paper_text import PaperText, text_of
from tests.post_office import (
    Office,
    deliver_all,
    office_emails,
    plain,
)
from tests.reached import decision_signed
from tests.sent_out import confirm, dispatches_of, make_papers, read_papers

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
SENT, LAST_DAY = "2026-01-07", "2026-06-24"
SUBMITTED, DELAY = Notice.RAPID_REVIEW_SUBMITTED, Notice.DELAY_FORESEEN
LETTER, RECORD = DocumentKind.COVERING_LETTER, DocumentKind.RAPID_REVIEW_RECORD
OURS = "Dear Dame Annie,\n\nWe send you our rapid review.\nIt was a hard one."
AFTER = "Please write to us if a page is missing."
STANDARD = "On behalf of the safeguarding partners"


def papers_wait(case: Driven) -> None:
    make_papers(decision_signed(case).world, case.case_id, SENT, SUBMITTED)


@pytest.fixture
def signed(case_at) -> Driven:
    """A rapid review that the partners have signed, with the papers that wait to be sent."""
    return case_at(Stage.RAPID_REVIEW, papers_wait)


def delay_is_told(case: Driven) -> None:
    told = say.record_delay(reasons="The inquest is listed.", expected_on="2026-09-30")
    case.do(delay.record_delay, told, MANAGER, "2026-06-09")
    make_papers(case.world, case.case_id, "2026-06-09", DELAY)


@pytest.fixture
def delayed(case_at) -> Driven:
    """A delay that was recorded, whose notice waits to be read."""
    return case_at(Stage.LOCAL_REVIEW, delay_is_told)


def to(case: Driven, notice: Notice) -> dict[Recipient, Dispatch]:
    with case.world.act(MANAGER) as work:
        found = dispatches_of(work.session, case.case_id, notice)
        work.session.expunge_all()
    return {one.recipient: one for one in found}


def correct(case: Driven, notice: Notice, when: str, who: Role = MANAGER, **but: object) -> None:
    """Put the letter right, and have it made again."""
    waiting = next(iter(to(case, notice).values()))
    command = dispatch_factories.correct_letter(
        waiting.id, **{"opening": OURS, "closing": AFTER, **but}
    )
    case.do(letter_correction.correct_letter, command, who, when)


def version_named(dispatch: Dispatch, kind: DocumentKind) -> tuple[int, str]:
    (named,) = (one for one in dispatch.documents if one["kind"] == kind)
    return named["version"], named.get("sha256", "")


def made(case: Driven, kind: DocumentKind, form: DocumentForm) -> list[Document]:
    """Return the versions of a paper, the first one first."""
    with case.world.act(MANAGER) as work:
        found = [one for one in documents(work.session, case.case_id) if one.kind is kind]
        work.session.expunge_all()
    return sorted((one for one in found if one.form == form), key=lambda one: one.version)


def said_in(case: Driven, paper: Document) -> PaperText:
    with fetch(case.world.store, object_name(paper), paper.sha256, paper.version_id) as file:
        return text_of(file.read())


def todos(case: Driven) -> list[Todo]:
    return [one.todo for one in case.turns()]


def test_the_covering_letter_is_sent_with_the_words_that_put_it_right(signed):
    """RR-49, RR-34: its words are in the PDF, and what is sent is that PDF by its SHA-256."""
    before = to(signed, SUBMITTED)[Recipient.PANEL]
    first, record = version_named(before, LETTER)[0], version_named(before, RECORD)
    correct(signed, SUBMITTED, SENT, CHAIR)
    assert to(signed, SUBMITTED)[Recipient.PANEL].state is DispatchState.BEING_MADE
    make_papers(signed.world, signed.case_id, SENT, SUBMITTED)
    waiting = to(signed, SUBMITTED)[Recipient.PANEL]
    assert waiting.state is DispatchState.TO_SEND
    assert version_named(waiting, RECORD) == record, "what the partners signed stays as it is"
    for form in DocumentForm:
        old, new = made(signed, LETTER, form)[-2:]
        said = said_in(signed, new)
        for words in (*OURS.split("\n\n"), AFTER, "Next steps", "Panel notified", "Yours"):
            assert words in said, (form, words)
        assert STANDARD not in said
        assert STANDARD in said_in(signed, old), "the version before stays"
    new = made(signed, LETTER, DocumentForm.PDF)[-1]
    assert version_named(waiting, LETTER) == (first + 1, new.sha256)
    signed.do(submission.submit, say.submit(), MANAGER, f"{SENT} 11:00")
    sent = to(signed, SUBMITTED)[Recipient.PANEL]
    assert (sent.state, version_named(sent, LETTER)[1]) == (DispatchState.SENT, new.sha256)


def test_what_was_sent_is_not_put_right_any_more(signed):
    signed.do(submission.submit, say.submit(), MANAGER, f"{SENT} 11:00")
    before = to(signed, SUBMITTED)[Recipient.PANEL]
    with pytest.raises(AlreadyDone, match="further"):
        correct(signed, SUBMITTED, SENT)
    after = to(signed, SUBMITTED)[Recipient.PANEL]
    assert (after.state, after.documents) == (before.state, before.documents)
    with signed.world.act(MANAGER) as work:
        assert all_of(work.session, signed.case_id, EntryType.LETTER_CORRECTED) == []


def test_a_notice_that_was_put_right_is_read_and_confirmed_anew(delayed, smtp_catcher):
    """LC-15: who has read the version before has not read what is sent."""
    world, manager = delayed.world, delayed.world.ours.actor(MANAGER)
    dispatch = to(delayed, DELAY)[Recipient.PANEL]
    confirm_it = dispatch_factories.confirm_dispatch(dispatch.id)
    read_papers(world, delayed.case_id, "2026-06-09", DELAY, who=manager)
    correct(delayed, DELAY, "2026-06-10", opening="Dear Secretary of State,")
    assert {one.state for one in to(delayed, DELAY).values()} == {DispatchState.BEING_MADE}
    assert Todo.CONFIRM_DISPATCH not in todos(delayed)
    make_papers(world, delayed.case_id, "2026-06-10", DELAY)
    assert {one.state for one in to(delayed, DELAY).values()} == {DispatchState.TO_CONFIRM}
    assert todos(delayed).count(Todo.CONFIRM_DISPATCH) == 1
    with pytest.raises(AnswerRefused, match="not opened it"):
        delayed.do(dispatch_reading.confirm_dispatch, confirm_it, MANAGER, "2026-06-10")
    confirm(world, delayed.case_id, "2026-06-10", DELAY, who=manager)
    office = Office(world, plain(smtp_catcher), world.store, when="2026-06-10")
    deliver_all(office)
    raw = office_emails(office, smtp_catcher, "delay_foreseen")
    assert len(raw) == 2
    for one in raw:
        message = message_from_bytes(one.content, policy=policy.default)
        (content,) = (part.get_content() for part in message.iter_attachments())
        assert "Dear Secretary of State," in text_of(content)
        assert "The inquest is listed." in text_of(content), "what is on record stays"
        assert (
            sha256(content).hexdigest()
            == version_named(to(delayed, DELAY)[Recipient.PANEL], DocumentKind.DELAY_NOTICE)[1]
        )


def test_of_several_only_who_was_not_sent_it_yet_is_sent_the_new_version(case_at):
    """PUB-26: what the Panel was sent stays what it was sent."""
    notice, kind = Notice.REPORT_PRE_SENT, DocumentKind.PRE_PUBLICATION_DISPATCH
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, LAST_DAY)
    make_papers(case.world, case.case_id, LAST_DAY, notice)
    manager = case.world.ours.actor(MANAGER)
    read_papers(case.world, case.case_id, LAST_DAY, notice, who=manager)
    by_hand = dispatch_factories.send_by_hand(
        to(case, notice)[Recipient.PANEL].id, sent_on=LAST_DAY
    )
    case.do(dispatches.send_by_hand, by_hand, MANAGER, LAST_DAY)
    sent = to(case, notice)[Recipient.PANEL]
    command = dispatch_factories.correct_letter(to(case, notice)[Recipient.OFSTED].id)
    case.do(letter_correction.correct_letter, command, MANAGER, LAST_DAY)
    make_papers(case.world, case.case_id, LAST_DAY, notice)
    told = to(case, notice)
    assert (told[Recipient.PANEL].state, told[Recipient.PANEL].documents) == (
        DispatchState.SENT,
        sent.documents,
    )
    for one in (Recipient.OFSTED, Recipient.SECRETARY_OF_STATE):
        assert told[one].state is DispatchState.TO_CONFIRM
        assert version_named(told[one], kind)[0] == version_named(sent, kind)[0] + 1
    said = said_in(case, made(case, kind, DocumentForm.PDF)[-1])
    assert "We write to you." in said
    assert "is not public until the day of publication" in said


def test_what_is_published_is_put_right_by_nobody_on_its_way(case_at):
    """PUB-30: the repository is sent the report as it was approved and published."""
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, LAST_DAY)
    case.send_out(LAST_DAY, Notice.REPORT_PRE_SENT)
    case.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    make_papers(case.world, case.case_id, "2026-07-03", Notice.REPORT_PUBLISHED)
    with pytest.raises(AnswerRefused, match="as the partners approved it"):
        correct(case, Notice.REPORT_PUBLISHED, "2026-07-03")
    with case.world.act(MANAGER, "2026-07-03") as work:
        assert letter_correction.letters_waiting(work, case.row()) == []


def test_the_form_opens_with_the_words_as_they_stand_and_asks_for_others(signed):
    waiting = to(signed, SUBMITTED)[Recipient.PANEL]
    with signed.world.act(MANAGER) as work:
        found = letter_correction.letter_on_record(work, signed.row(), str(waiting.id))
    assert found is not None
    assert found.dispatch == waiting.id
    assert found.opening.startswith("Dear Panel,\n\nOn behalf of the safeguarding partners of")
    assert (found.closing or "").startswith("We understand that the decision")
    with pytest.raises(AnswerRefused, match="the words that it has"):
        signed.do(letter_correction.correct_letter, found, MANAGER, SENT)
    correct(signed, SUBMITTED, SENT)
    make_papers(signed.world, signed.case_id, SENT, SUBMITTED)
    with signed.world.act(MANAGER) as work:
        found = letter_correction.letter_on_record(work, signed.row(), "")
    assert (found and found.opening, found and found.closing) == (OURS, AFTER)


def test_what_is_to_be_collected_was_read_by_who_sends_it(signed):
    """RR-49: who read which bytes is on record, also where nothing is attached."""
    act, manager = submission_by_collection.submit_by_collection, signed.world.ours.actor(MANAGER)
    command = dispatch_factories.submit_by_collection()
    read_papers(signed.world, signed.case_id, SENT, who=manager)
    correct(signed, SUBMITTED, SENT)
    make_papers(signed.world, signed.case_id, SENT, SUBMITTED)
    with pytest.raises(AnswerRefused, match="not opened it"):
        signed.do(act, command, MANAGER, SENT)
    read_papers(signed.world, signed.case_id, SENT, who=manager)
    unread = dispatch_factories.submit_by_collection(read_to_end=False)
    with pytest.raises(AnswerRefused, match="to their end first"):
        signed.do(act, unread, MANAGER, SENT)
    signed.do(act, command, MANAGER, SENT)
    gone = to(signed, SUBMITTED)[Recipient.PANEL]
    assert gone.confirmed_by == manager.person_id
    with signed.world.act(MANAGER) as work:
        sent_for = EntryType.RAPID_REVIEW_SENT_FOR_COLLECTION
        (entry,) = all_of(work.session, signed.case_id, sent_for)
        assert set(entry.command["sha256"]) == {one["sha256"] for one in gone.documents}


def test_a_letter_is_found_by_the_dispatch_to_any_of_its_recipients(delayed, signed):
    """Its page is opened from each of them, and the letter stands chosen on it."""
    for case, notice in ((delayed, DELAY), (signed, SUBMITTED)):
        waiting = [str(one.id) for one in to(case, notice).values()]
        with case.world.act(MANAGER) as work:
            named = {letter_correction.letter_named(work, case.row(), one) for one in waiting}
            by_word_file = {word_file_named(work, case.row(), one) for one in waiting}
            assert letter_correction.letter_named(work, case.row(), "") == ""
        assert named == {waiting[0]}
        assert by_word_file == named, "each is made as a Word file too"


def test_a_word_file_is_brought_back_also_under_a_policy_with_a_word_that_is_retired(signed):
    """RR-49: a policy that was kept long ago may say what no policy says any more."""
    waiting = next(iter(to(signed, SUBMITTED).values()))
    with signed.world.act(MANAGER, SENT) as work:
        partnership = lock_partnership(work.session)
        partnership.policy = {**partnership.policy, "partners_meet_within": 1}
        work.session.add(partnership)
        assert not word_file_of(work, signed.row(), waiting.id).must_be_scanned
