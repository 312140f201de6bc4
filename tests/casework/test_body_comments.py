"""PUB-26: what the bodies say of the text before publication is answered before its day."""

from collections.abc import Callable
from typing import Any

import pytest

from services.casework.steps.publication import pre_publication, publishing
from services.casework.steps.publication.body_comments import (
    answer_body_comment,
    record_body_comment,
)
from services.domain.dispatches import Notice
from services.domain.errors import AnswerRefused, CaseworkError, RuleBroken, StepNotOpen
from services.domain.recipients import Recipient
from services.domain.report_comments import CommentCourse
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import changed_factories as say_changed
from tests import factories as say
from tests.changed_factories import change_and_sign, put_comment
from tests.driven import Driven
from tests.sent_out import dispatches_of

MANAGER, PARTNER = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER
SENT, CAME, DAY = "2026-06-22", "2026-06-24", "2026-07-03"


@pytest.fixture
def sent(case_at: Callable[[Stage], Driven]) -> Driven:
    """A case whose text was sent to the three bodies."""
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    return case.send_out(SENT)


def test_publication_waits_until_a_comment_is_answered(sent):
    """PUB-26: the partners say what they did with it, and who commented is sent the answer."""
    comment = put_comment(sent, CAME)
    assert ("answer_comment", DAY) in {(one.todo, str(one.last_day)) for one in sent.turns()}
    with pytest.raises(RuleBroken, match="have not answered a comment"):
        sent.do(publishing.publish, say.publish(), MANAGER, DAY)
    answer = say_changed.answer_body_comment(comment)
    sent.do(answer_body_comment, answer, PARTNER, CAME)
    assert Todo.ANSWER_COMMENT not in {one.todo for one in sent.turns()}
    with sent.world.act(MANAGER, CAME) as work:
        (dispatch,) = dispatches_of(work.session, sent.case_id, Notice.COMMENT_ANSWERED)
        assert dispatch.recipient is Recipient.OFSTED
    sent.do(publishing.publish, say.publish(), MANAGER, DAY)
    late = say_changed.record_body_comment(received_on=DAY)
    sent.do(record_body_comment, late, MANAGER, DAY)
    assert sent.stage() is Stage.EMBEDDING


def test_a_comment_by_which_the_text_was_changed_follows_the_changed_text(sent):
    """PUB-02, PUB-26: it is not said to be changed before another text is put."""
    comment = put_comment(sent, CAME)
    changed = say_changed.answer_body_comment(comment, course=CommentCourse.TEXT_CHANGED)
    with pytest.raises(AnswerRefused, match="put the changed text first"):
        sent.do(answer_body_comment, changed, PARTNER, CAME)
    change_and_sign(sent, CAME)
    sent.do(answer_body_comment, changed, PARTNER, CAME)
    with pytest.raises(AnswerRefused, match="not answered yet"):
        sent.do(answer_body_comment, changed, PARTNER, CAME)


REFUSED: tuple[tuple[dict[str, Any], type[CaseworkError], str], ...] = (
    ({"received_on": "2026-06-21"}, AnswerRefused, "from when the text was made ready"),
    ({"received_on": "2026-06-25"}, AnswerRefused, "up to today"),
    ({"came_how": None}, AnswerRefused, "say how it came"),
)


def test_a_comment_says_when_and_how_it_came(sent):
    """PUB-26: it came after the text was made ready, and the letter is kept or said of."""
    for said, error, words in REFUSED:
        command = say_changed.record_body_comment(**said)
        with pytest.raises(error, match=words):
            sent.do(record_body_comment, command, MANAGER, CAME)
    alone = say_changed.answer_body_comment(put_comment(sent, CAME), all_agree=False)
    with pytest.raises(AnswerRefused, match="all partners together"):
        sent.do(answer_body_comment, alone, PARTNER, CAME)


def test_nobody_comments_on_a_text_that_was_not_sent(case_at):
    """PUB-26: first the text is made ready to be sent."""
    case = case_at(Stage.PUBLICATION)
    with pytest.raises(StepNotOpen, match="No text was sent"):
        case.do(record_body_comment, say_changed.record_body_comment(), MANAGER, CAME)
