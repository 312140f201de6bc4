"""PUB-02, PUB-26, K12: a text that is changed once the report is signed is a new version of it."""

from collections.abc import Callable
from typing import Any

import pytest

from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.publication.changed_kept import text_to_change
from services.casework.steps.publication.changed_said import ReportChanged
from services.casework.steps.publication.changed_text import CHANGE_REPORT, change_report
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused, CaseworkError, RuleBroken
from services.domain.report_changes import TextCourse
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import changed_factories as say_changed
from tests import factories as say
from tests.changed_factories import CHANGED, change_and_sign, put_change
from tests.driven import Driven
from tests.joint_publishing import DAY, Publishing
from tests.papers import papers_of
from tests.sent_out import make_checks
from tests.words import SAID

CHAIR, MANAGER = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
SENT_AHEAD, CHANGED_ON, LAST_DAY, TOO_LATE = "2026-06-12", "2026-06-15", "2026-06-24", "2026-06-29"
AGAIN = {"course": TextCourse.SENT_AGAIN, "why_form": None}


@pytest.fixture
def sent(case_at: Callable[[Stage], Driven]) -> Driven:
    """A case whose text was sent to the three bodies in good time."""
    case = case_at(Stage.PUBLICATION).plan()
    return send(case, SENT_AHEAD)


def send(case: Driven, when: str) -> Driven:
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, when)
    return case.send_out(when)


def publish(case: Driven, on: str = "2026-07-03") -> None:
    case.do(publishing.publish, say.publish(published_on=on), MANAGER, on)


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def texts(case: Driven, kind: DocumentKind) -> list[str]:
    """Return what each paper of the kind says, the first made first."""
    made = sorted((one for one in papers_of(case) if one.kind is kind), key=lambda one: one.version)
    return [str(one.sections) for one in made]


def test_a_correction_of_form_is_published_once_every_partner_has_signed_it(sent):
    """PUB-02, PUB-26: nothing is published meanwhile; what was sent counts, with its reason.

    LC-12: whether legal advice is needed on it is asked anew, and holds nothing up.
    """
    assert Todo.DECIDE_LEGAL_ADVICE not in todos(sent)
    put_change(sent, CHANGED_ON)
    assert todos(sent) >= {Todo.SIGN_REPORT, Todo.DECIDE_LEGAL_ADVICE}
    with pytest.raises(RuleBroken, match="waits for the partners"):
        publish(sent)
    sent.sign(sign_off.sign_report, CHANGED_ON)
    assert Todo.PUBLISH in todos(sent)
    assert sent.clock("K12")["met_on"] == SENT_AHEAD
    ahead, anew = texts(sent, DocumentKind.PUBLISHED_REPORT)
    assert (CHANGED in ahead, CHANGED in anew) == (False, True), "it is there to be published"
    publish(sent)
    assert Todo.DECIDE_LEGAL_ADVICE not in todos(sent), "there is no publication to come"
    assert len(texts(sent, DocumentKind.PUBLISHED_REPORT)) == 2
    assert CHANGED not in texts(sent, DocumentKind.PRE_PUBLICATION_DISPATCH)[0]
    with sent.world.act(CHAIR, CHANGED_ON) as work:
        (entry,) = all_of(work.session, sent.case_id, EntryType.REPORT_CHANGED)
        kept = ReportChanged.model_validate(entry.command)
        assert (entry.subject, kept.former_version, kept.why_form) == ("2:of_form", 1, SAID)
        assert kept.recommendations, "what was endorsed stays in it"
        (published,) = all_of(work.session, sent.case_id, EntryType.PUBLISHED)
        assert published.command["made_anew"] is True


def test_a_text_that_is_sent_again_has_its_notice_anew(sent):
    """PUB-26, K12: the former dispatch counts no longer; K12 is met by the new one."""
    change_and_sign(sent, CHANGED_ON, **AGAIN)
    assert Todo.PRE_SEND in todos(sent)
    assert Todo.PUBLISH not in todos(sent)
    assert sent.clock("K12")["met_on"] == ""
    with pytest.raises(RuleBroken, match="Send the text"):
        publish(sent)
    send(sent, LAST_DAY)
    assert sent.clock("K12")["met_on"] == LAST_DAY
    publish(sent)
    former, newest = texts(sent, DocumentKind.PRE_PUBLICATION_DISPATCH)
    assert CHANGED in newest
    assert CHANGED not in former
    assert CHANGED in texts(sent, DocumentKind.PUBLISHED_REPORT)[-1]


def test_a_text_that_cannot_be_sent_again_in_time_has_publication_planned_anew(sent):
    """PUB-21, PUB-26, K12: the day moves, and the partners approve another."""
    change_and_sign(sent, TOO_LATE, **AGAIN)
    assert Todo.PLAN_PUBLICATION in todos(sent)
    with pytest.raises(RuleBroken, match="too late to send"):
        sent.do(pre_publication.pre_send, say.pre_send(), MANAGER, TOO_LATE)
    send(sent.plan(on="2026-07-20", when=TOO_LATE), "2026-07-06")
    publish(sent, "2026-07-20")


def test_a_partner_who_disagrees_has_another_text_put(sent):
    """PUB-02, GOV-11: such as the former one again; what the partners signed last is published."""
    put_change(sent, CHANGED_ON)
    against = {"position": Position.DISAGREES}
    sent.sign(sign_off.sign_report, CHANGED_ON, Seat.POLICE, **against)
    assert Todo.CHANGE_REPORT in todos(sent)
    change_and_sign(sent, CHANGED_ON, overview=SAID, learning="As the police put it.")
    assert Todo.CHANGE_REPORT not in todos(sent)
    publish(sent)
    published = texts(sent, DocumentKind.PUBLISHED_REPORT)[-1]
    assert "As the police put it." in published
    assert CHANGED not in published


def test_nobody_signs_a_text_that_tells_of_the_case(sent):
    """PUB-16: it is checked as every version is, before a partner signs it."""
    sent.do(change_report, say_changed.change_report(), CHAIR, CHANGED_ON)
    with pytest.raises(RuleBroken, match="not checked"):
        sent.sign(sign_off.sign_report, CHANGED_ON, Seat.POLICE)
    put_change(sent, CHANGED_ON, overview="Robin Example was not seen.")
    assert Todo.SETTLE_ANONYMITY in todos(sent)
    with pytest.raises(RuleBroken, match="PUB-16"):
        sent.sign(sign_off.sign_report, CHANGED_ON, Seat.POLICE)
    change_and_sign(sent, CHANGED_ON)
    assert Todo.SETTLE_ANONYMITY not in todos(sent)


REFUSED: tuple[tuple[dict[str, Any], type[CaseworkError], str], ...] = (
    ({"anonymised": False}, AnswerRefused, "PUB-16"),
    ({"overview": SAID}, AnswerRefused, "text on record"),
    ({"why_form": None}, AnswerRefused, "correction of form"),
)


def test_a_change_says_what_it_is(sent):
    """PUB-02, PUB-16, PUB-26: another text, anonymised, and of form only with a reason."""
    for said, error, words in REFUSED:
        command = say_changed.change_report(**said)
        with pytest.raises(error, match=words):
            sent.do(change_report, command, CHAIR, CHANGED_ON)
    with sent.world.act(CHAIR, CHANGED_ON) as work:
        opens = text_to_change(work, get_case(work.session, sent.case_id))
        assert opens is not None
        assert (opens.overview, opens.anonymised) == (SAID, None)


def test_what_is_withheld_or_published_is_not_changed_here(case_at):
    """PUB-25, PUB-29: improvements are decided anew, and what is public stays."""
    command = say_changed.change_report()
    withheld = case_at(Stage.PUBLICATION)
    withheld.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    with pytest.raises(RuleBroken, match="deciding anew"):
        withheld.do(change_report, command, CHAIR, CHANGED_ON)


def test_who_publishes_beside_the_lead_waits_for_the_changed_text(ready_by):
    """PUB-02, PUB-26, PUB-29: they publish the text that every party has signed."""
    several = ready_by(
        Publishing,
        Publishing.begun,
        Publishing.sent_to_panel,
        Publishing.reviewed,
        Publishing.signed_and_planned,
        Publishing.send,
        Publishing.send_theirs,
    )
    several.do(CHANGE_REPORT, say_changed.change_report(), CHAIR, TOO_LATE)
    make_checks(several.world, several.case_id, TOO_LATE)
    with pytest.raises(RuleBroken):
        several.publish_theirs(DAY)
    several.both(sign_off.SIGN_REPORT, TOO_LATE)
    assert Todo.PUBLISH in several.todos(several.own)
    several.publish(DAY)
    with pytest.raises(AlreadyDone, match="its text stays"):
        several.do(CHANGE_REPORT, say_changed.change_report(), CHAIR, DAY)
    made = several.papers("published_report")
    assert [CHANGED in one for one in made].count(True) == 1, "made anew once they were asked again"
    several.publish_theirs(DAY)
    assert len(several.papers("published_report")) == len(made)
