"""No page on which something is decided hides what is decided about (GOV-11, NOT-13, G8, EMB-05).

Each act says in its record which earlier entries a person must see to do it. On cases that hold
such entries, in places of several seats, agencies or actions, every page is opened and read: all
free text of what counts stands there, folded away nowhere. Which entries count is said here a
second time, by the subjects on record.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import Engine, text

from services.casework.act import Act
from services.casework.steps import family_reading
from services.casework.steps.attendance import group_meetings, member_comments
from services.casework.steps.embedding import action_progress
from services.casework.steps.learning_event import planning
from services.casework.steps.local_review import agency_reports
from services.casework.steps.notification import discussion, notification_decision
from services.casework.steps.publication import publication
from services.casework.steps.rapid_review import rapid_review
from services.casework.steps.review_request import request_consideration
from services.casework.steps.scoping import listed_organisations, scoping, silence
from services.casework.steps.sign_off import sign_off
from services.domain.entry_types import EntryType
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, PanelAnswer, Stage
from services.web.act_pages.registry import ACT_PAGES
from tests import factories as say
from tests import silence_factories as on_silence
from tests.attendance_factories import comment_to_group, record_group_meeting
from tests.changed_factories import put_comment
from tests.communications_factories import take_a_step, tell_staff
from tests.death_factories import record_discussion
from tests.driven import ASKED, Driven
from tests.learning_factories import SITTING, hold_learning_event, plan_learning_event
from tests.plan_factories import audit_it
from tests.put_terms import put_terms
from tests.reached import decision_put
from tests.recommended import develop_at_length
from tests.road_after_publication import down_and_to_be_back
from tests.scoping_factories import list_organisation
from tests.team_factories import meet_as_team, put_much_forward, settle_a_gap
from tests.valid_commands import CASE_ACTS, who_does
from tests.web.collections_sent import Place
from tests.web.visitors import Answer, Visitor
from tests.words import SAID
from tests.world import HOSPITAL

AGENCY, CHAIR, MANAGER = Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
PARTNER, PASSWORD = Role.SAFEGUARDING_PARTNER, "a-made-up-password"
# Their subject says which version it is, or what follows: the newest alone counts.
VERSIONS = frozenset(
    {
        EntryType.DECISION_PROPOSED,
        EntryType.LOCAL_COURSE_PROPOSED,
        EntryType.PANEL_ANSWERED,
        EntryType.DRAFT_SUBMITTED,
        EntryType.DRAFT_RETURNED,
        EntryType.REPORT_CHANGED,
        EntryType.QUALITY_ASSURED,
        EntryType.ANONYMITY_CHECKED,
    }
)
EACH_ENTRY = frozenset(
    {
        EntryType.DISCUSSION_RECORDED,
        EntryType.GROUP_COMMENTED,
        EntryType.HITS_JUSTIFIED,
        EntryType.LEARNING_EVENT_HELD,
        EntryType.PRACTITIONER_HEARD,
        EntryType.PRACTITIONERS_ANSWERED,
        *(one for one in EntryType if one.startswith("recommendation")),
    }
)
# An agency reads of the terms what concerns it; an attendee reads the record as a whole.
TOLD_OTHERWISE = {"submit_report", "answer_record"}
# What they show stands on a joint case, on one that was closed as a duplicate, or beside a breach.
OF_THEIR_OWN = {"answer_change", "answer_comment", "answer_invitation", "approve_sharing"}
OF_THEIR_OWN |= {"decide_on_breach", "undo_duplicate"}
OF_THEIR_OWN |= {"invite_practitioners", "record_practitioners_there", "record_feedback_there"}
# What they show holds days, people and choices alone, and no free text on these cases.
WITHOUT_TEXT = {"cancel_meeting", "comment_to_group", "hold_meeting"}
WITHOUT_TEXT |= {"check_report", "justify_hits"}


def heard(case: Driven) -> None:
    """Three seats and the scrutineer give views, after two discussions with the authority."""
    case.be_aware("2025-12-12 11:30")
    for _time in range(2):
        case.do(discussion.record_discussion, record_discussion(), AGENCY, "2025-12-12 12:00")
    for seat in Seat:
        view = say.give_view()
        case.do(notification_decision.give_view, view, PARTNER, "2025-12-12 12:00", seat=seat)
    scrutineer = Role.INDEPENDENT_SCRUTINEER
    case.do(notification_decision.give_view, say.give_view(), scrutineer, "2025-12-12 12:00")


def two_silent(case: Driven) -> None:
    """Two practices are listed for the case; two agencies stay silent, up to formal action."""
    case.notify("2025-12-15 10:00")
    for name in ("Elm", "Oak"):
        listed = list_organisation(name=f"{name} Practice", email=f"{name}@practice.example")
        case.do(listed_organisations.list_organisation, listed, MANAGER, "2025-12-15")
    asked = say.request_returns(*map(case.agency, ASKED))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    for act, make, who, when in (
        (silence.refer_silence, on_silence.refer_silence, MANAGER, "2025-12-24"),
        (silence.reach_strategic_lead, on_silence.reach_strategic_lead, CHAIR, "2025-12-24"),
        (silence.put_silence_to_partners, on_silence.put_silence_to_partners, CHAIR, "2025-12-29"),
        (silence.act_formally, on_silence.act_formally, PARTNER, "2025-12-30"),
    ):
        for agency in map(case.agency, ASKED):
            case.do(act, make(agency, by_when="2026-01-05"), who, when)


def put_twice(case: Driven) -> None:
    """The group meets and comments, and a second version of the decision is before the partners."""
    case.do(group_meetings.record_group_meeting, record_group_meeting(), CHAIR, "2025-12-22")
    for _time in range(2):
        comment = comment_to_group()
        case.do(member_comments.comment_to_group, comment, Role.REVIEW_GROUP_MEMBER, "2025-12-22")
    decision_put(case).sign(sign_off.sign_rapid_review, "2026-01-02", Seat.POLICE)
    other = say.propose_decision(Outcome.NO_FURTHER_REVIEW)
    case.do(rapid_review.propose_decision, other, CHAIR, "2026-01-05")


def queried(case: Driven) -> None:
    """The Panel queries the decision."""
    case.answer(PanelAnswer.QUERIES)


def two_reports(case: Driven) -> None:
    """Two agencies' reports wait to be judged, and a learning event is planned."""
    asked = say.request_reports(*map(case.agency, ASKED), due="2026-04-01")
    case.do(agency_reports.request_reports, asked, MANAGER, "2026-04-01")
    for name in ASKED:
        report = say.submit_report()
        case.do(agency_reports.submit_report, report, AGENCY, "2026-04-01", agency=name)
    put_much_forward(case, "2026-04-01")
    later = plan_learning_event(case.agency(), sittings=({**SITTING, "held_on": "2026-12-02"},))
    case.do(planning.plan_learning_event, later, MANAGER, "2026-04-01")


def terms_put(case: Driven) -> None:
    """The terms of reference are before the partners, on the review group's advice."""
    put_terms(case, "2026-02-02")


def drafted(case: Driven) -> None:
    """The team met, has a gap and held a learning event; an assured draft is with the partners."""
    meet_as_team(case)
    settle_a_gap(case)
    develop_at_length(hold_learning_event(case), "2026-04-01").report().draft()


def planned(case: Driven) -> None:
    """What is published, and when, is before the partners."""
    case.do(publication.plan_publication, say.plan_publication(), MANAGER, "2026-06-08")
    tell_staff(case.present(), "2026-06-08")
    take_a_step(case, "2026-06-08")


def two_done(case: Driven) -> None:
    """Both actions of the plan are done, one was audited; a body's comment waits."""
    case.agree_on(say.propose_plan(*map(case.agency, ASKED)))
    for number, name in enumerate(ASKED, start=1):
        done = say.update_action(number)
        case.do(action_progress.update_action, done, AGENCY, "2026-09-01", agency=name)
    audit_it(case)
    put_comment(case, "2026-09-01")


def considered(case: Driven) -> None:
    """What is decided on a request is before the partners."""
    case.do(request_consideration.consider_request, say.consider_request(), CHAIR, "2025-12-15")


def nothing_more(_case: Driven) -> None:
    """The case stands as it is."""


CASES = (
    (Stage.LEAD, nothing_more),
    (Stage.REFERRED, heard),
    (Stage.REQUESTED, considered),
    (Stage.NOT_NOTIFIED, nothing_more),
    (Stage.TO_BE_NOTIFIED, two_silent),
    (Stage.RAPID_REVIEW, put_twice),
    (Stage.WITH_PANEL, queried),
    (Stage.NATIONAL_REVIEW, nothing_more),
    (Stage.COMMISSIONING, terms_put),
    (Stage.LOCAL_REVIEW, two_reports),
    (Stage.LOCAL_REVIEW, drafted),
    (Stage.PUBLICATION, planned),
    (Stage.EMBEDDING, two_done),
    (Stage.CLOSED, down_and_to_be_back),
)
SHOWING = tuple(one for one in CASE_ACTS if one.shows and one.name not in TOLD_OTHERWISE)


@pytest.fixture(scope="module")
def seen() -> list[set[str]]:
    """Of each case that was tried the acts whose pages had something on record to show."""
    return []


@pytest.mark.parametrize(("stage", "further"), CASES, ids=lambda one: getattr(one, "name", ""))
def test_a_page_shows_all_that_its_act_must_show(stage, further, case_at, platform_postgres, seen):
    case = case_at(stage, further)
    seen.append(set())
    admin = platform_postgres.admin_of(case.world.engine)
    _let_scrutineer_read(case)
    _mark_words(admin, case)
    place, people = Place(case.world, when="2026-12-01"), {}
    for act in (one for one in SHOWING if case.stage() in one.stages):
        expected = list(_must_be_seen(admin, case, act))
        if not expected:
            continue
        role = who_does(act)
        if role not in people:
            people[role] = _signed_in(place, role)
        page = people[role].get(f"/cases/{case.case_id}/{ACT_PAGES[act.name].path}")
        assert page.status == 200, (act.name, page.status)
        read = _in_sight(page)
        missing = [words for words in expected if words not in read]
        assert not missing, (act.name, missing)
        seen[-1].add(act.name)


def test_each_act_that_shows_something_was_looked_at(seen):
    left, without = {one.name for one in SHOWING}.difference(*seen), OF_THEIR_OWN | WITHOUT_TEXT
    assert left == without or (left > without and len(seen) < len(CASES))


def _let_scrutineer_read(case: Driven) -> None:
    """Let the scrutineer read about the family, which they do not unless the chair allows it."""
    scrutineer = case.world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id
    granted = say.grant_family_reading(scrutineer)
    case.do(family_reading.grant_family_reading, granted, CHAIR, "2026-12-01")


def _signed_in(place: Place, role: Role) -> Visitor:
    ours = place.world.ours
    agency = HOSPITAL if role is AGENCY else None
    email = ours.email(role, Seat.POLICE if role is PARTNER else None, agency)
    visitor = Visitor(place.app)
    assert visitor.sign_in(email, PASSWORD).status == 303
    return visitor


def _in_sight(page: Answer) -> str:
    """Return the words of the page without what is folded away."""
    for one in page.page.select("details:not([open])"):
        one.decompose()
    return page.text


def _mark_words(admin: Engine, case: Driven) -> None:
    """Write the entry's number behind each text of the tests, so that each is known again."""
    with admin.begin() as link:
        link.execute(text("set local session_replication_role = replica"))
        link.execute(
            text(
                "update entries set command = replace(command::text, cast(:said as text),"
                " concat(cast(:said as text), ' Entry ', number, '.'))::jsonb where case_id = :case"
            ),
            {"said": SAID, "case": case.case_id},
        )


def _must_be_seen(admin: Engine, case: Driven, act: Act) -> Iterator[str]:
    """Yield each text of what counts now of the entries that the act shows."""
    question = text(
        "select entry_type, subject, command from entries"
        " where case_id = :case and entry_type = any(:types) order by entry_type, number"
    )
    asked = {"case": case.case_id, "types": [one.value for one in act.shows]}
    with admin.connect() as link:
        rows = list(link.execute(question, asked))
    for kind, entries in groupby(rows, key=lambda row: EntryType(row.entry_type)):
        by_subject: dict[str, Any] = {}
        for place, row in enumerate(entries):
            subject = "" if kind in VERSIONS else row.subject
            by_subject[f"{place}" if kind in EACH_ENTRY else subject] = row.command
        for command in by_subject.values():
            yield from _texts(command)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str) and SAID in value:
        yield " ".join(value.split())
