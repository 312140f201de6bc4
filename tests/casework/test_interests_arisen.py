"""An interest that arises after the declaration closes the case until it is decided (LC-01, G7)."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from services.casework.access.cases import is_open_to_actor
from services.casework.steps import declaration
from services.casework.steps.local_review import reviewer_appointment
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.database.decisions import declared_by
from services.database.history import all_of
from services.domain.confidentiality import IN_FORCE
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.domain.roles import Actor, Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.interest_factories import declare_again
from tests.interested import asked, decides, is_open
from tests.isolation_drafts import a_draft
from tests.put_terms import put_terms
from tests.reached import decision_signed
from tests.road_of_interests import WHEN, with_an_interest
from tests.silent import told
from tests.world import found_on

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


def arises(case: Driven, who: Actor, when: str = WHEN) -> None:
    case.do(declaration.declare_again, declare_again(), who, when)


def test_it_closes_the_case_again_to_who_was_let_in_and_is_decided_anew(world):
    """G7, LC-02: the newest declaration holds; all of them stay on record."""
    case, police = with_an_interest(world), world.ours.partner(Seat.POLICE)
    decides(case, MANAGER, police)
    arises(case, police)
    assert asked(case) == {(MANAGER, str(police.person_id))}
    assert not is_open(case, police)
    with pytest.raises(NotPermitted, match="not available"):
        arises(case, police)
    decides(case, MANAGER, police)
    assert (is_open(case, police), asked(case)) == (True, set())
    with world.act(police, WHEN) as work:
        kept = declared_by(work.session, case.case_id, police.person_id)
        assert [one.number for one in kept] == [1, 2]
        assert {one.agreement for one in kept} == {IN_FORCE.version}, "what was agreed stays agreed"
        entered = all_of(work.session, case.case_id, EntryType.INTEREST_AROSE)
        assert [one.command for one in entered] == [declare_again().model_dump(mode="json")]


def test_of_who_declared_none_it_ends_what_they_typed_and_asks_who_decides(world, admin_of):
    """LC-01: nothing that they had begun on the case is kept."""
    case, who = Driven(world), world.ours.actor(MANAGER)
    with world.act(who, WHEN) as work:
        work.session.add(a_draft(work, case.case_id))
    arises(case, who)
    typed = text("select count(*) from drafts where case_id = :case")
    with admin_of(case).connect() as link:
        assert link.execute(typed, {"case": case.case_id}).scalar_one() == 0
    assert (is_open(case, who), asked(case, CHAIR)) == (False, {(CHAIR, str(who.person_id))})
    decides(case, CHAIR, who)
    assert is_open(case, who)


def test_to_a_member_it_closes_the_case_for_good(world):
    """LC-02: nobody is asked about it."""
    case, member = Driven(world), world.ours.actor(Role.REVIEW_GROUP_MEMBER)
    arises(case, member)
    assert (is_open(case, member), asked(case)) == (False, set())


def test_of_the_lead_reviewer_it_has_another_appointed(case_at):
    """LC-02, G7: the review is carried on by somebody free of any interest."""
    case = case_at(Stage.LOCAL_REVIEW)
    reviewer = case.world.ours.actor(Role.LEAD_REVIEWER)
    arises(case, reviewer, "2026-12-01")
    assert Todo.APPOINT_REVIEWER in {one.todo for one in case.turns()}
    with case.world.act(reviewer, "2026-12-01") as work:
        assert not is_open_to_actor(work, case.case_id)


def as_member(case: Driven, role: Role) -> Actor:
    """Return our person in that role, who signs in as a member of the review group as well."""
    ours = case.world.ours
    (member,) = [one for one in ours.founding().people if one.role is Role.REVIEW_GROUP_MEMBER]
    both = replace(member, email=ours.email(role))
    found_on(case.world.engine, replace(ours.founding(), people=(both,)))
    return replace(ours.actor(Role.REVIEW_GROUP_MEMBER), person_id=ours.actor(role).person_id)


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def test_of_a_lead_reviewer_who_declares_in_another_role_another_is_appointed(case_at):
    """LC-02, G7: a declaration is of the person, and the review waits for nobody shut out."""
    case = case_at(Stage.LOCAL_REVIEW)
    arises(case, as_member(case, Role.LEAD_REVIEWER), "2026-12-01")
    assert Todo.APPOINT_REVIEWER in todos(case)


@pytest.mark.parametrize("has_conflict", [True, False])
def test_a_reviewers_first_declaration_in_another_role_is_followed(has_conflict, case_at):
    """G7, LC-02: the review opens, or another reviewer is appointed; nobody is asked in vain."""
    case, when = case_at(Stage.COMMISSIONING), "2026-02-02"
    reviewer = as_member(case, Role.LEAD_REVIEWER)
    put_terms(case, when).sign(sign_off.sign_terms, when)
    chosen = say.appoint_reviewer(reviewer.person_id)
    case.do(reviewer_appointment.appoint_reviewer, chosen, MANAGER, when)
    assert Todo.DECLARE in todos(case)
    interest = "A cousin." if has_conflict else None
    said = say.declare(has_conflict=has_conflict, particulars=interest)
    case.do(declaration.declare, said, reviewer, when)
    assert Todo.DECLARE not in todos(case)
    assert (Todo.APPOINT_REVIEWER in todos(case)) is has_conflict
    assert (case.stage() is Stage.LOCAL_REVIEW) is not has_conflict


def test_a_chair_who_declares_late_in_another_role_is_told_of_the_decision(case_at, admin_of):
    """K9, LC-01: the decision is told to the person, once the case is open to them."""
    case = case_at(Stage.RAPID_REVIEW, decision_signed)
    chair = as_member(case, CHAIR)
    gone = text("delete from declarations where case_id = :case and person_id = :person")
    with admin_of(case).begin() as link:
        link.execute(gone, {"case": case.case_id, "person": chair.person_id})
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    assert told(case, "chair_told") == []
    case.do(declaration.declare, say.declare(), chair, "2026-01-07 12:00")
    assert len(told(case, "chair_told")) == 1


@pytest.mark.parametrize("takes_part", [True, False])
def test_who_declared_is_told_of_each_decision_also_where_the_case_stays_closed(takes_part, world):
    """LC-01, G7: told in full, by the reference alone, and not as who has yet to declare."""
    case, police = with_an_interest(world), world.ours.partner(Seat.POLICE)
    for count, decided in enumerate((takes_part, not takes_part), 1):
        decides(case, MANAGER, police, takes_part=decided)
        emails = told(case, "interest_settled")
        assert len(emails) == count
        assert {one.split(" ", 1)[1] for one in emails} == {"- -"}, "no day and nothing to do"
