"""The report that is published is the text that was sent before it, with the names in it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from services.casework.steps import declaration
from services.casework.steps.local_review.reviewer_appointment import (
    APPOINT_REVIEWER,
    appoint_reviewer,
    end_reviewer,
)
from services.casework.steps.publication import pre_publication, publishing
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind, Paper
from services.domain.errors import RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.joint_publishing import DAY, SENT, Publishing
from tests.papers import papers_of

MANAGER = Role.BUSINESS_MANAGER
FIRST, SECOND = "Example lead.reviewer", "Example business.manager"  # as the world names them
LAST_DAY, AFTER, AGAIN, MOVED = "2026-06-24", "2026-06-29", "2026-07-06", "2026-07-20"


@pytest.fixture
def planned(case_at: Callable[[Stage], Driven]) -> Driven:
    """A case whose publication is approved, with the draft of one reviewer."""
    return case_at(Stage.PUBLICATION).plan()


def send(case: Driven, when: str = LAST_DAY) -> Driven:
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, when)
    return case.send_out(when)


def appoint_second(case: Driven, when: str = AFTER, *, beside: bool = False) -> None:
    second = case.world.ours.second_reviewer()
    appointed = say.appoint_reviewer(second.person_id, beside=beside)
    case.do(appoint_reviewer, appointed, MANAGER, when)


def publish(case: Driven, on: str) -> None:
    case.do(publishing.publish, say.publish(published_on=on), MANAGER, on)


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def newest(case: Driven, kind: DocumentKind) -> Paper:
    return max((one for one in papers_of(case) if one.kind is kind), key=lambda one: one.version)


def must_be_as_sent(case: Driven, *names: str) -> None:
    """Hold the published report against the text that was sent last: its words and its names."""
    sent = newest(case, DocumentKind.PRE_PUBLICATION_DISPATCH)
    published = newest(case, DocumentKind.PUBLISHED_REPORT)
    assert published.sections
    assert sent.sections[: len(published.sections)] == published.sections
    said = [{one.label: one.text for one in paper.details} for paper in (sent, published)]
    for name in ("Lead reviewer", "Name of the review"):
        assert said[0][name] == said[1][name]
    assert said[1]["Lead reviewer"] == ", ".join(names)


def test_a_reviewer_who_ends_once_the_text_is_sent_is_named_as_it_names_them(planned):
    """PUB-26, PUB-27: nobody else is to be named, so the text stands and is published."""
    first = planned.world.ours.actor(Role.LEAD_REVIEWER)
    send(planned).do(end_reviewer, say.end_reviewer(first.person_id), MANAGER, AFTER)
    assert Todo.PUBLISH in todos(planned)
    publish(planned, "2026-07-03")
    must_be_as_sent(planned, FIRST)


def test_a_reviewer_appointed_once_the_text_is_sent_has_it_sent_again(planned):
    """PUB-26, PUB-27, K12, G10: the partners approve anew, and the report names what was sent."""
    appoint_second(send(planned))
    assert todos(planned) >= {Todo.PLAN_PUBLICATION, Todo.DECLARE}
    assert not todos(planned) & {Todo.PUBLISH, Todo.PRE_SEND}
    k12 = planned.clock("K12")
    assert (k12["due"], k12["met_on"]) == (LAST_DAY, "")
    for act, command in (
        (publishing.publish, say.publish()),
        (pre_publication.pre_send, say.pre_send()),
    ):
        with pytest.raises(RuleBroken, match="does not name"):
            planned.do(act, command, MANAGER, "2026-07-03")
    send(planned.plan(on=MOVED, when=AFTER), AGAIN)
    assert planned.clock("K12")["met_on"] == AGAIN
    publish(planned, MOVED)
    must_be_as_sent(planned, FIRST, SECOND)


def test_a_text_on_its_way_counts_for_nothing_once_it_names_others_than_it_has_to(planned):
    """PUB-27, K12: what waits to be confirmed is dropped, and nothing is met by the rest."""
    planned.do(pre_publication.pre_send, say.pre_send(), MANAGER, LAST_DAY)
    appoint_second(planned, LAST_DAY)
    planned.send_out(LAST_DAY, Notice.REPORT_PRE_SENT)
    assert planned.clock("K12")["met_on"] == ""
    assert Todo.PUBLISH not in todos(planned)


def test_who_is_found_in_conflict_once_the_text_names_them_is_not_published(planned):
    """LC-02, PUB-27: they had no part in a draft, so that the report does not name them."""
    appoint_second(planned, "2026-06-09", beside=True)
    send(planned)
    second = planned.world.ours.second_reviewer()
    conflict = say.declare(has_conflict=True, particulars="A relative of the family.")
    planned.do(declaration.declare, conflict, second, AFTER)
    assert Todo.PLAN_PUBLICATION in todos(planned)
    with pytest.raises(RuleBroken, match="does not name"):
        publish(planned, "2026-07-03")
    send(planned.plan(on=MOVED, when=AFTER), AGAIN)
    publish(planned, MOVED)
    must_be_as_sent(planned, FIRST)


def test_who_was_appointed_in_error_and_ended_leaves_the_text_to_be_planned_anew(planned):
    """PUB-26: what was held back is decided again; the text that goes then names whom it must."""
    appoint_second(send(planned), beside=True)
    second = planned.world.ours.second_reviewer()
    planned.do(end_reviewer, say.end_reviewer(second.person_id), MANAGER, AFTER)
    assert Todo.PLAN_PUBLICATION in todos(planned)
    with pytest.raises(RuleBroken, match="Send the text"):
        publish(planned, "2026-07-03")


def test_each_publisher_waits_and_sends_again_where_the_lead_has_to_name_another(ready_by):
    """PUB-26, PUB-27, GOV-11: all parties approve anew, and each publishes what it sent."""
    several = ready_by(
        Publishing,
        Publishing.begun,
        Publishing.sent_to_panel,
        Publishing.reviewed,
        Publishing.signed_and_planned,
        Publishing.send,
        Publishing.send_theirs,
    )
    second = several.world.ours.second_reviewer()
    appointed = say.appoint_reviewer(second.person_id, beside=True)
    several.do(APPOINT_REVIEWER, appointed, MANAGER, SENT)
    assert Todo.PUBLISH not in several.todos(several.own)
    with pytest.raises(RuleBroken, match="Every publisher sends"):
        several.publish_theirs(DAY)
    several.plan(MOVED, f"{AFTER} 10:00")
    several.send_theirs(f"{AGAIN} 10:00")
    several.send(f"{AGAIN} 11:00")
    several.publish_theirs(f"{MOVED} 10:00")
    several.publish(f"{MOVED} 11:00")
    (report,) = several.papers("published_report", version=2)
    assert f"{FIRST}, {SECOND}" in report


def test_who_is_renamed_once_the_text_is_sent_stands_in_it_as_it_was_sent(planned, admin_of):
    """PUB-26, decision 0085: what is published calls people and agencies as the sent text does."""
    send(planned)
    sent = newest(planned, DocumentKind.PRE_PUBLICATION_DISPATCH)
    with admin_of(planned).begin() as link:
        for table in ("agencies", "people"):
            link.execute(text(f"update {table} set name = left('Renamed ' || name, 90)"))  # noqa: S608
    publish(planned, "2026-07-03")
    published = newest(planned, DocumentKind.PUBLISHED_REPORT)
    assert published.sections
    assert sent.sections[: len(published.sections)] == published.sections
    assert "(example)" in str(published.sections), "an agency is named in it"
    assert "Renamed" not in f"{published.sections}{published.details}"
    must_be_as_sent(planned, FIRST)
    assert "Renamed" in str(newest(planned, DocumentKind.REPORT_VERSION).details), "others follow"
