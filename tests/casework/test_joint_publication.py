"""Publication by several: each publisher sends and publishes, and the clocks wait for the last."""

from datetime import date
from uuid import UUID

import pytest

from services.casework.steps.joint.lead_conditions import can_be_settled
from services.casework.steps.publication import publication, publishing
from services.casework.steps.publication.staff_standing import unsaid_of
from services.casework.steps.sign_off import sign_off
from services.database.agency_requests import ask_agency
from services.database.cases import Case, get_case
from services.database.history import all_of
from services.database.outbox import case_emails
from services.domain.agency_requests import Asked
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import tell_staff
from tests.joint_publishing import ADDRESS, DAY, LAST_DAY, LATER, MANAGER, PLANNED, Publishing

REVIEWER = "Example lead.reviewer"
GOES_ON = {Todo.PUBLICATION_STEP, Todo.MONITOR_REVIEW, Todo.PROPOSE_PLAN}
PLANNED_BY_BOTH = (
    Publishing,
    Publishing.begun,
    Publishing.sent_to_panel,
    Publishing.reviewed,
    Publishing.signed_and_planned,
)


@pytest.fixture
def several(ready_by) -> Publishing:
    """A joint review whose publication is planned."""
    return ready_by(*PLANNED_BY_BOTH)


@pytest.fixture
def sent(ready_by) -> Publishing:
    """The same, whose text each publisher has sent, first the lead."""
    return ready_by(*PLANNED_BY_BOTH, Publishing.send, Publishing.send_theirs)


@pytest.mark.whole
def test_when_all_parties_agree_each_publisher_is_asked_to_send(several):
    for case in (several.driven, several.own):
        assert Todo.PRE_SEND in several.todos(case)
        assert str(case.row().publish_on) == "2026-07-03"
    (asked,) = [one for one in several.own.turns() if one.todo is Todo.PRE_SEND]
    assert str(asked.last_day) == LAST_DAY[:10]


@pytest.mark.whole
def test_k12_is_met_when_the_last_publisher_has_sent_and_none_publishes_before(several):
    several.send()
    assert several.driven.clock("K12")["met_on"] == ""
    assert Todo.PUBLISH not in several.todos(several.driven)
    with pytest.raises(RuleBroken, match="Every publisher sends"):
        several.publish()
    several.send_theirs(LAST_DAY)
    assert several.driven.clock("K12")["met_on"] == LAST_DAY[:10]
    for case in (several.driven, several.own):
        assert Todo.PUBLISH in several.todos(case)


def report_was_asked(several: Publishing, *agencies: UUID) -> None:
    """Let agencies of theirs have been asked to report to the review."""
    with several.world.act(several.theirs.actor(MANAGER), PLANNED) as work:
        for one in agencies:
            case = get_case(work.session, several.theirs_case)
            ask_agency(work, case, Asked.REPORT, one, date(2026, 3, 2))


def not_told(several: Publishing) -> list[UUID]:
    """Return their agencies of whose practitioners nothing is said for the day."""
    with several.world.act(several.theirs.actor(MANAGER), several.when) as work:
        return [one.id for one in unsaid_of(work, get_case(work.session, several.theirs_case))]


def test_practitioners_are_not_told_anew_because_every_publisher_has_sent(several):
    """PUB-22: the lead's word that all have sent the text sets no other day."""
    report_was_asked(several, several.theirs.agency())
    tell_staff(several.own, PLANNED)
    several.send()
    several.send_theirs()
    assert Todo.PUBLISH in several.todos(several.own)
    assert not_told(several) == []
    assert several.papers("staff_confirmations")


@pytest.mark.whole
def test_who_sends_first_beside_the_lead_publishes_once_the_lead_has_sent(several):
    several.send_theirs()
    with pytest.raises(RuleBroken, match="another one has yet to"):
        several.publish_theirs()
    several.send(LAST_DAY)
    several.publish_theirs()
    assert str(several.own.row().published_on) == DAY[:10]


@pytest.mark.whole
def test_k12_is_proved_by_each_publishers_own_dispatch_with_the_full_text(several):
    several.send_theirs()
    pdf, word = several.papers("pre_publication_dispatch")
    for told in ("3 July 2026", REVIEWER, several.theirs.code):
        assert (told in pdf, told in word) == (True, True)
    assert several.told_by_theirs() >= {"panel", "ofsted", "secretary_of_state"}


def test_the_review_ends_when_the_last_publisher_has_published_and_k13_runs_for_each(sent):
    sent.publish()
    assert sent.driven.stage() is Stage.PUBLICATION
    assert sent.driven.clock("K11")["met_on"] == ""
    sent.publish_theirs(LATER)
    assert sent.driven.clock("K11")["met_on"] == LATER[:10]
    assert sent.driven.clock("K13")["due"] == "2027-07-03"
    assert sent.own.clock("K13")["due"] == "2027-07-10"
    for case in (sent.driven, sent.own):
        assert case.stage() is Stage.EMBEDDING
        assert sent.todos(case) == {Todo.PROPOSE_PLAN}


@pytest.mark.whole
def test_what_each_published_is_on_the_leads_record_with_its_own_address(sent):
    sent.publish_theirs()
    with sent.world.act(MANAGER, DAY) as work:
        (told,) = all_of(work.session, sent.case_id, EntryType.PUBLISHER_PUBLISHED)
        assert (told.command["address"], told.command["on"]) == (ADDRESS, DAY[:10])
    (text,) = sent.papers("published_report")
    assert REVIEWER in text
    assert "nspcc" not in sent.told_by_theirs()


@pytest.mark.whole
def test_once_one_has_published_the_day_is_moved_no_more_and_it_is_not_published_twice(sent):
    sent.publish_theirs()
    with pytest.raises(AlreadyDone, match="published already"):
        sent.plan(on="2026-07-24", when=DAY)
    with pytest.raises(AlreadyDone):
        sent.publish_theirs(LATER)
    sent.publish()
    assert sent.driven.stage() is Stage.EMBEDDING


@pytest.mark.whole
def test_a_day_that_is_moved_is_signed_and_sent_afresh_by_every_publisher(sent):
    sent.put_plan(on="2026-07-24", when="2026-06-29 10:00")
    assert sent.todos(sent.own) == {Todo.SIGN_PUBLICATION}
    with pytest.raises(RuleBroken, match="approve the plan"):
        sent.send_theirs("2026-06-29 11:00")
    sent.both(sign_off.SIGN_PUBLICATION, "2026-06-29 12:00")
    tell_staff(sent.driven, "2026-06-30 10:00")
    sent.send_theirs("2026-07-15 10:00")
    sent.send("2026-07-15 11:00")
    sent.publish("2026-07-24 10:00")
    sent.publish_theirs("2026-07-24 11:00")
    assert sent.driven.stage() is Stage.EMBEDDING


@pytest.mark.parametrize("planned", [None, date(2026, 7, 3)])
def test_who_leads_stays_the_publisher_of_record_once_publication_is_planned(planned):
    case = Case(stage=Stage.PUBLICATION, publish_on=planned)
    assert can_be_settled(case, JointChange.NEW_LEAD) is (planned is None)


@pytest.mark.whole
def test_too_late_a_dispatch_blocks_beside_the_lead_as_well(several):
    several.send()
    with pytest.raises(RuleBroken, match="K12"):
        several.send_theirs("2026-06-25 00:00")


@pytest.mark.whole
@pytest.mark.parametrize("part", [JointPart.JOINTLY_DECIDING, JointPart.CONSULTED])
def test_a_lower_part_neither_sends_nor_publishes_and_the_lead_waits_for_none(world, part):
    several = Publishing(world).planned(part)
    with pytest.raises(RuleBroken, match="does not publish"):
        several.send_theirs()
    several.send()
    several.publish()
    assert several.driven.stage() is Stage.EMBEDDING


@pytest.mark.whole
def test_information_about_improvements_is_published_by_each_as_well(several):
    withheld = say.withhold_report(publish_on="2026-07-10")
    several.do(publication.WITHHOLD_REPORT, withheld, MANAGER, "2026-06-09 10:00")
    several.both(sign_off.SIGN_PUBLICATION, "2026-06-09 11:00")
    tell_staff(several.driven, "2026-06-10 10:00")
    several.send()
    several.send_theirs()
    several.publish(LATER, publishing.PUBLISH_IMPROVEMENTS)
    several.publish_theirs(LATER, publishing.PUBLISH_IMPROVEMENTS)
    (text,) = several.papers("improvement_information")
    assert withheld.improvements in text
    assert ADDRESS not in text, "it went ahead, and has no address in it yet"
    assert several.own.stage() is Stage.EMBEDDING


@pytest.mark.whole
def test_a_text_that_is_shown_no_more_is_published_from_what_was_filed(several):
    several.end_sharing()
    several.send()
    several.send_theirs()
    several.publish_theirs()
    (text,) = several.papers("published_report")
    assert REVIEWER in text


def test_a_text_that_comes_back_beside_the_lead_opens_k12_again_and_every_publisher_waits(sent):
    """K12, PUB-26: the old last day, the lead told, no publication until it was sent again."""
    sent.theirs_comes_back("2026-06-23 10:00")
    k12 = sent.driven.clock("K12")
    assert (k12["met_on"], k12["due"]) == ("", LAST_DAY[:10])
    assert sent.todos(sent.driven) == {Todo.PLAN_PUBLICATION, *GOES_ON}
    assert Todo.PUBLISH not in sent.todos(sent.own)
    with pytest.raises(RuleBroken, match="Yet to send it"):
        sent.publish()
    with sent.world.act(MANAGER, DAY) as work:
        (told,) = all_of(work.session, sent.case_id, EntryType.PUBLISHER_RETURNED)
        assert told.command["recipient"] == "ofsted"
        events = [one.event for one in case_emails(work.session, sent.case_id)]
    assert events.count(EmailTrigger.JOINT_DISPATCH_RETURNED) == 2, "manager and chair"
    sent.theirs_sends_again(LAST_DAY)
    assert sent.driven.clock("K12")["met_on"] == LAST_DAY[:10]
    assert sent.todos(sent.driven) == {Todo.PUBLISH, *GOES_ON}
    assert sent.todos(sent.own) == {Todo.PUBLISH}
    sent.publish_theirs()
    sent.publish()
    assert sent.driven.stage() is Stage.EMBEDDING


@pytest.mark.whole
def test_who_publishes_beside_the_lead_waits_while_the_leads_own_text_came_back(sent):
    sent.comes_back("2026-06-23 10:00")
    assert Todo.PUBLISH not in sent.todos(sent.own)
    with pytest.raises(RuleBroken, match="another one has yet to"):
        sent.publish_theirs()
    sent.sends_again(LAST_DAY)
    sent.publish_theirs()
    assert str(sent.own.row().published_on) == DAY[:10]
