"""A partnership that takes part comments on what is shown; the lead answers it (RR-29)."""

import pytest

from services.casework.access.shown_cases import cases_shown, what_is_shown
from services.casework.joint.comments import comments_made, comments_received
from services.casework.steps.joint import comment_answer
from services.casework.steps.joint import comments as joint_comments
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.joint_reviews import CommentAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from tests import joint_factories as say
from tests.driven import Driven
from tests.joint_publishing import MANAGER, Publishing

WORDS = "The school saw the child on that day as well."
CHAIR = Role.REVIEW_GROUP_CHAIR
SHOWN = (Section.FACTS_AND_FAMILY, Section.CRITERIA_AND_DECISION, Section.SCOPING_RETURNS)


@pytest.fixture
def consulted(ready_by) -> Publishing:
    """Their partnership is consulted, and three sections are shown to it."""
    return ready_by(consulted_on_three_sections)


def consulted_on_three_sections(world) -> Publishing:
    several = Publishing(world)
    several.theirs_case = several.joined(JointPart.CONSULTED, sections=SHOWN)
    several.driven.scope()
    several.at("2025-12-19 12:00")
    return several


def comment(several: Publishing, who: Role = MANAGER, **but) -> None:
    command = say.comment_on_shown(**{"section": Section.SCOPING_RETURNS, "comment": WORDS} | but)
    several.do_theirs(joint_comments.COMMENT_ON_SHOWN, several.theirs_case, command, who)
    several.at(several.when)


def a_document(several: Publishing, section: Section):
    """Return a document of the section that is shown to them."""
    with several.world.act(several.theirs.actor(MANAGER), several.when) as work:
        (shared,) = cases_shown(work, get_case(work.session, several.theirs_case))
        found = [one for one in what_is_shown(work, shared).documents if one.section is section]
        work.session.expunge_all()
    return found[0]


def of_both(several: Publishing):
    """Return the comment as the lead has it, and as they have it who made it."""
    with several.world.act(MANAGER, several.when) as work:
        received = comments_received(work, get_case(work.session, several.case_id))
    with several.world.act(several.theirs.actor(MANAGER), several.when) as work:
        made = comments_made(work, get_case(work.session, several.theirs_case))
    return received, made


def test_a_comment_on_a_document_is_on_both_records_and_is_asked_to_be_considered(consulted):
    paper = a_document(consulted, Section.SCOPING_RETURNS)
    comment(consulted, document=paper.id)
    (received,), (made,) = of_both(consulted)
    for one in (received, made):
        assert (one.comment, one.answer) == (WORDS, None)
        assert one.document.startswith(paper.shown_title)
    assert consulted.theirs.code in received.partnership
    assert Todo.CONSIDER_COMMENT in consulted.todos(consulted.driven)
    with consulted.world.act(consulted.theirs.actor(MANAGER), consulted.when) as work:
        (entry,) = all_of(work.session, consulted.theirs_case, EntryType.COMMENT_MADE)
        assert entry.section is Section.SCOPING_RETURNS


@pytest.mark.parametrize("answer", CommentAnswer)
def test_the_answer_with_its_reasons_is_on_both_records_and_nothing_waits(consulted, answer):
    comment(consulted)
    ((received,), _made) = of_both(consulted)
    told = say.answer_comment(received.id, answer=answer, reasons="As said at the meeting.")
    consulted.do(comment_answer.ANSWER_COMMENT, told, CHAIR, consulted.when)
    for found in of_both(consulted):
        assert [(one.answer, one.reasons) for one in found] == [(answer, told.reasons)]
    assert Todo.CONSIDER_COMMENT not in consulted.todos(consulted.driven)
    with pytest.raises(AnswerRefused, match="answered already"):
        consulted.do(comment_answer.ANSWER_COMMENT, told, CHAIR, consulted.when)


def test_a_comment_that_is_delivered_again_is_on_record_once(consulted):
    comment(consulted)
    consulted.at(consulted.when)
    received, _made = of_both(consulted)
    assert len(received) == 1


def test_what_is_not_shown_is_not_commented_on(consulted):
    with pytest.raises(AnswerRefused, match="not shown") as refused:
        comment(consulted, section=Section.MEETING)
    assert refused.value.field == "section"
    paper = a_document(consulted, Section.SCOPING_RETURNS)
    with pytest.raises(AnswerRefused, match="shown in that section") as refused:
        comment(consulted, section=Section.FACTS_AND_FAMILY, document=paper.id)
    assert refused.value.field == "document"
    consulted.end_sharing()
    with pytest.raises(AnswerRefused, match="not shown"):
        comment(consulted)


def test_the_lead_a_case_of_no_joint_review_and_a_role_without_it_comment_on_nothing(consulted):
    perform, command = joint_comments.comment_on_shown, say.comment_on_shown()
    with pytest.raises(RuleBroken, match="leads"):
        consulted.driven.do(perform, command, MANAGER, consulted.when)
    with pytest.raises(RuleBroken, match="no joint review"):
        Driven(consulted.world).do(perform, command, MANAGER, consulted.when)
    with pytest.raises(NotPermitted):
        consulted.own.do(perform, command, Role.NOTIFIER, consulted.when)


def test_a_comment_of_another_case_is_not_answered_on_ours(consulted):
    with pytest.raises(AnswerRefused, match="not on this case"):
        consulted.do(comment_answer.ANSWER_COMMENT, say.answer_comment(), CHAIR, consulted.when)
