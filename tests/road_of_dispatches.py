"""The road of what is sent: confirmed, come back, by hand, to the wrong person, and sent again."""

from services.casework.steps.dispatches import (
    breach_decision,
    dispatch_reading,
    dispatches,
    letter_correction,
    wrong_recipient,
)
from services.casework.steps.publication import publication_query
from services.casework.steps.rapid_review import panel_reply
from services.database.history import all_of
from services.domain.dispatches import DispatchState, Notice
from services.domain.entry_types import EntryType
from services.domain.recipients import Recipient
from services.domain.roles import Role
from tests import panel_factories
from tests.changed_factories import comment_and_answer
from tests.dispatch_factories import (
    confirm_dispatch,
    correct_letter,
    decide_on_breach,
    record_return,
    report_wrong_recipient,
    send_by_hand,
)
from tests.driven import Driven
from tests.sent_out import dispatches_of, make_papers, read_papers

MANAGER = Role.BUSINESS_MANAGER


def query_publication(case: Driven) -> None:
    """Have the Panel query the decision on publication, and the partners reply."""
    asked, reply = panel_factories.record_publication_query(), panel_factories.reply_to_panel()
    case.do(publication_query.record_publication_query, asked, MANAGER, "2026-06-15")
    case.do(panel_reply.reply_to_panel, reply, Role.SAFEGUARDING_PARTNER, "2026-06-16")


def correct_before_sending(case: Driven, when: str) -> None:
    """Put the covering letter right, and read what is made of it."""
    world, notice = case.world, Notice.RAPID_REVIEW_SUBMITTED
    with world.act(MANAGER) as work:
        letter = correct_letter(dispatches_of(work.session, case.case_id, notice)[-1].id)
    case.do(letter_correction.correct_letter, letter, MANAGER, when)
    make_papers(world, case.case_id, when, notice)
    read_papers(world, case.case_id, when, who=world.ours.actor(MANAGER))


def send_by_each_way(case: Driven, when: str) -> None:
    """Confirm what was read, send by hand what one body did not get, and answer a comment."""
    world, notice = case.world, Notice.IMPROVEMENTS_PRE_SENT
    make_papers(world, case.case_id, when, notice)
    manager = world.ours.actor(MANAGER)
    with world.act(manager, when) as work:
        found = dispatches_of(work.session, case.case_id, notice)
        first = found[0].id
        (dispatch_id,) = (one.id for one in found if one.recipient is Recipient.PANEL)
    read_papers(world, case.case_id, when, notice, who=manager)
    case.do(dispatch_reading.confirm_dispatch, confirm_dispatch(first), MANAGER, when)
    case.send_out(when, notice)
    back = record_return(dispatch_id, returned_on=when)
    case.do(dispatches.record_return, back, MANAGER, when)
    by_hand = send_by_hand(dispatch_id, sent_on=when)
    case.do(dispatches.send_by_hand, by_hand, MANAGER, when)
    _went_astray(case, notice, when)
    comment_and_answer(case, when)


def _went_astray(case: Driven, notice: Notice, when: str) -> None:
    """What was sent by hand went to the wrong person; decide on it, and send it again."""
    with case.world.act(MANAGER) as work:
        sent = dispatches_of(work.session, case.case_id, notice)
        by_hand = [one.id for one in sent if one.state is DispatchState.SENT]
    (dispatch_id,) = by_hand
    astray = report_wrong_recipient(dispatch_id, aware_at=when)
    case.do(wrong_recipient.report_wrong_recipient, astray, MANAGER, when)
    with case.world.act(MANAGER) as work:
        (breach,) = all_of(work.session, case.case_id, EntryType.BREACH_REPORTED)
        breach_id = breach.id
    decided = decide_on_breach(breach_id)
    case.do(breach_decision.decide_on_breach, decided, MANAGER, when)
    again = send_by_hand(dispatch_id, sent_on=when)
    case.do(dispatches.send_by_hand, again, MANAGER, when)
