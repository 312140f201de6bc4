"""Who may open which case, and that every opening is recorded and no refusal leaves a trace."""

from collections import Counter

import pytest
from sqlalchemy import event

from services.casework.access.cases import cases_seen, open_case
from services.casework.access.parts import reads_family, todos_seen
from services.casework.steps import declaration, family_reading
from services.casework.steps.local_review import reviewer_appointment
from services.casework.steps.publication import publication
from services.casework.steps.referral import referral
from services.database.history import viewings
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    CaseworkError,
    DeclareFirst,
    NotFound,
    NotPermitted,
)
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage
from tests import factories
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.reached import reach
from tests.world import HOSPITAL, PROBATION, SCHOOL, World, make_world

WHEN = "2026-12-01"
INSIDE = tuple(
    role
    for role in Role
    if role
    not in {
        Role.AGENCY_LEAD,
        Role.LEAD_REVIEWER,
        Role.REVIEW_GROUP_MEMBER,
        Role.COMMUNICATIONS_LEAD,
        Role.DATA_PROTECTION_CONTACT,
        Role.GUEST,
        Role.PRACTITIONER,
        Role.SYSTEM,
        Role.OPERATIONS,
        Role.PARTNERSHIP_ADMINISTRATOR,
        Role.PLATFORM_ADMINISTRATOR,
        Role.SERVICE,
    }
)


@pytest.fixture(scope="module")
def reviewed(app_engine) -> Driven:
    """A case in its local review, with a lead reviewer who has declared."""
    return reach(make_world(app_engine), Stage.LOCAL_REVIEW)


def opened(case: Driven, who, **where) -> CaseId:
    with case.world.act(who, WHEN, **where) as work:
        return CaseId(open_case(work, case.case_id, Viewed.CASE).id)


def seen(world: World, who, **where) -> set[CaseId]:
    with world.act(who, WHEN, **where) as work:
        found = cases_seen(work)
        return {CaseId(case.id) for case in (*found.open, *found.to_declare)}


def looks(case: Driven) -> list[tuple[str, str]]:
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        return [(one.role.value, one.what) for one in viewings(work.session, case.case_id)]


@pytest.mark.parametrize("role", INSIDE)
def test_who_works_on_cases_opens_any_of_the_partnership_and_it_is_recorded(role, reviewed):
    before = Counter(looks(reviewed))
    assert opened(reviewed, role) == reviewed.case_id
    assert reviewed.case_id in seen(reviewed.world, role)
    assert Counter(looks(reviewed)) - before == Counter([(role.value, Viewed.CASE)])


@pytest.mark.parametrize("role", list(Role))
def test_in_another_partnership_there_is_no_such_case_for_anybody(role, reviewed, admin_engine):
    stranger = reviewed.world.theirs.actor(role)
    with nothing_changes(admin_engine, reviewed.world), pytest.raises(NotFound, match="no such"):
        opened(reviewed, stranger)
    assert seen(reviewed.world, stranger) == set()


@pytest.mark.parametrize(
    "role",
    [
        Role.OPERATIONS,
        Role.SERVICE,
        Role.DATA_PROTECTION_CONTACT,
        Role.PARTNERSHIP_ADMINISTRATOR,
        Role.PLATFORM_ADMINISTRATOR,
    ],
)
def test_who_works_on_no_case_sees_none(role, reviewed, admin_engine):
    with nothing_changes(admin_engine, reviewed.world), pytest.raises(NotFound):
        opened(reviewed, role)
    assert seen(reviewed.world, role) == set()


@pytest.mark.parametrize(
    ("agency", "is_part"), [(HOSPITAL, True), (SCHOOL, True), (PROBATION, False)]
)
def test_an_agency_sees_a_case_it_referred_or_was_asked_about_only(
    agency, is_part, reviewed, admin_engine
):
    """G7: a role on the case."""
    assert (reviewed.case_id in seen(reviewed.world, Role.AGENCY_LEAD, agency=agency)) is is_part
    if is_part:
        assert opened(reviewed, Role.AGENCY_LEAD, agency=agency) == reviewed.case_id
        return
    with nothing_changes(admin_engine, reviewed.world), pytest.raises(NotFound):
        opened(reviewed, Role.AGENCY_LEAD, agency=agency)


def test_an_agency_that_only_owns_an_action_sees_the_case(case_at):
    case = case_at(Stage.EMBEDDING)
    with pytest.raises(NotFound):
        opened(case, Role.AGENCY_LEAD, agency=PROBATION)
    plan = factories.propose_plan(case.agency(PROBATION))
    case.agree_on(plan)
    assert opened(case, Role.AGENCY_LEAD, agency=PROBATION) == case.case_id


def test_a_lead_reviewer_opens_the_case_they_are_appointed_to_and_no_other(reviewed, admin_engine):
    assert opened(reviewed, Role.LEAD_REVIEWER) == reviewed.case_id
    other = Driven(reviewed.world)
    for case, who in (
        (other, Role.LEAD_REVIEWER),
        (reviewed, reviewed.world.ours.second_reviewer()),
    ):
        with nothing_changes(admin_engine, reviewed.world), pytest.raises(NotFound):
            opened(case, who)
    assert seen(reviewed.world, Role.LEAD_REVIEWER) == {reviewed.case_id}


def test_a_reviewer_who_was_replaced_no_longer_sees_the_case(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    second = case.world.ours.second_reviewer()
    command = factories.appoint_reviewer(second.person_id, beside=False)
    case.do(reviewer_appointment.appoint_reviewer, command, Role.BUSINESS_MANAGER, "2026-03-02")
    with pytest.raises(NotFound):
        opened(case, Role.LEAD_REVIEWER)
    with pytest.raises(NotPermitted, match="Declare"):
        opened(case, second)
    assert seen(case.world, second) == {case.case_id}


@pytest.mark.parametrize("role", [*INSIDE, Role.REVIEW_GROUP_MEMBER])
def test_everybody_declares_first_and_reads_then(role, world, admin_engine):
    case = Driven(world, all_declare=False)
    with nothing_changes(admin_engine, world), pytest.raises(DeclareFirst, match="Declare"):
        opened(case, role)
    with world.act(role, WHEN) as work:
        found = cases_seen(work)
        assert (found.open, [one.id for one in found.to_declare]) == ([], [case.case_id])
        assert cases_seen(work, stage=Stage.REFERRED).to_declare == []
    case.do(declaration.declare, factories.declare(), role, WHEN)
    assert opened(case, role) == case.case_id
    with world.act(role, WHEN) as work:
        assert [one.id for one in cases_seen(work, stage=Stage.REFERRED).open] == [case.case_id]


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"has_conflict": True}, "particulars"),
        ({"keeps_confidential": False}, "keeps_confidential"),
    ],
)
def test_a_conflict_is_named_and_confidentiality_agreed_on_either_form(
    but, field, world, admin_engine
):
    case = Driven(world, all_declare=False)
    particulars = {"particulars": None}
    command = factories.declare(**particulars, **but)
    with nothing_changes(admin_engine, world):
        with pytest.raises(AnswerRefused) as refused:
            case.do(declaration.declare, command, Role.REVIEW_GROUP_MEMBER, WHEN)
        assert refused.value.field == field
        with pytest.raises(AnswerRefused) as refused, world.act(Role.NOTIFIER, WHEN) as work:
            referral.refer(work, factories.refer(**particulars, **but))
        assert refused.value.field == field


def test_who_refers_has_declared_with_the_referral(world):
    case = Driven(world, all_declare=False)
    assert opened(case, Role.AGENCY_LEAD) == case.case_id
    conflicted = factories.refer(has_conflict=True, particulars="A relative.")
    closed = Driven(world, conflicted, all_declare=False)
    with pytest.raises(NotPermitted, match="not available"):
        opened(closed, Role.AGENCY_LEAD)


def test_todos_are_told_of_open_cases_only_and_of_others_that_one_declares(world):
    case = Driven(world, all_declare=False)
    with world.act(Role.NOTIFIER, WHEN) as work:
        todos = todos_seen(work)
        assert (todos.mine, todos.others) == ([], [])
        assert [one.id for one in todos.to_declare] == [case.case_id]
    with world.act(Role.INDEPENDENT_SCRUTINEER, WHEN) as work:
        assert todos_seen(work).to_declare == [], "nothing waits for a scrutineer"
    case.do(declaration.declare, factories.declare(), Role.NOTIFIER, WHEN)
    with world.act(Role.NOTIFIER, WHEN) as work:
        todos = todos_seen(work)
        assert todos.to_declare == []
        assert {one.case_id for one in todos.mine} == {case.case_id}
        assert Role.SAFEGUARDING_PARTNER in {one.role for one in todos.others}
        assert Role.NOTIFIER not in {one.role for one in todos.others}


def test_a_scrutineer_reads_about_the_family_by_the_chairs_grant_only_and_until_it_ends(world):
    case, scrutineer = Driven(world), world.ours.actor(Role.INDEPENDENT_SCRUTINEER)

    def reads(when: str) -> bool:
        with world.act(scrutineer, when) as work:
            return reads_family(work, case.case_id)

    assert not reads(WHEN)
    grant = factories.grant_family_reading(scrutineer.person_id, ends_on="2026-12-05")
    case.do(family_reading.grant_family_reading, grant, Role.REVIEW_GROUP_CHAIR, WHEN)
    assert [reads(f"2026-12-0{day}") for day in (1, 5, 6)] == [True, True, False]
    with pytest.raises(AlreadyDone):
        case.do(family_reading.grant_family_reading, grant, Role.REVIEW_GROUP_CHAIR, WHEN)
    ended = factories.withdraw_family_reading(scrutineer.person_id)
    case.do(family_reading.withdraw_family_reading, ended, Role.REVIEW_GROUP_CHAIR, WHEN)
    assert not reads(WHEN)


@pytest.mark.parametrize(
    "role", [Role.REVIEW_GROUP_MEMBER, Role.SAFEGUARDING_PARTNER, Role.NOTIFIER]
)
def test_whoever_declares_a_conflict_loses_the_case_and_sees_it_no_more(role, world, admin_engine):
    case = Driven(world, all_declare=False)
    case.do(declaration.declare, factories.declare(), Role.BUSINESS_MANAGER, WHEN)
    command = factories.declare(has_conflict=True, particulars="A relative.")
    case.do(declaration.declare, command, role, WHEN)
    with nothing_changes(admin_engine, world), pytest.raises(CaseworkError) as refused:
        opened(case, role)
    assert type(refused.value) is NotPermitted, "told that it is closed, and not to declare again"
    assert "not available" in str(refused.value)
    assert seen(world, role) == set()
    assert opened(case, Role.BUSINESS_MANAGER) == case.case_id


def test_who_speaks_to_the_media_sees_a_case_once_it_comes_to_publication(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(NotFound):
        opened(case, Role.COMMUNICATIONS_LEAD)
    assert seen(case.world, Role.COMMUNICATIONS_LEAD) == set()
    ready = case_at(Stage.PUBLICATION)
    other = Driven(ready.world)
    assert opened(ready, Role.COMMUNICATIONS_LEAD) == ready.case_id
    command = factories.plan_publication(publish_on="2027-01-20")
    ready.do(publication.plan_publication, command, Role.COMMUNICATIONS_LEAD, WHEN)
    assert seen(ready.world, Role.COMMUNICATIONS_LEAD) == {ready.case_id}
    with pytest.raises(NotFound):
        opened(other, Role.COMMUNICATIONS_LEAD)


def test_each_look_is_recorded_even_the_same_twice(world):
    case = Driven(world)
    for _ in range(2):
        opened(case, Role.NOTIFIER)
    assert looks(case) == [(Role.NOTIFIER.value, Viewed.CASE)] * 2


def test_a_list_of_many_cases_asks_the_database_no_more_than_a_short_one(world):
    for day in range(1, 7):
        Driven(world, factories.refer(incident_on=f"2025-12-0{day}"))
    for who in (Role.AGENCY_LEAD, Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER):
        with world.act(who, WHEN) as work:
            asked: list[str] = []
            event.listen(
                work.session.connection(),
                "before_cursor_execute",
                lambda *told, asked=asked: asked.append(told[2]),
            )
            cases_seen(work)
        assert len(asked) <= 5, who
