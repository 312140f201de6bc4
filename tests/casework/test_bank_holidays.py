"""Bank holidays are data of the whole platform: two operators change them, no partnership can."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.casework.bank_holidays import (
    AnswerHoliday,
    ProposeHoliday,
    answer_holiday,
    propose_holiday,
)
from services.database import audit, sessions, watch
from services.database.engine import working_for
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused, FormUsedOtherwise, NotPermitted
from services.domain.roles import Role
from services.domain.working_days import Calendar
from tests.holidays import SOURCE, TITLE, Platform, platform, platform_of
from tests.post_office import Office
from tests.world import World

__all__ = ["platform", "platform_of"]
DAY = date(2026, 12, 7)
ADD = text(
    "insert into holiday_proposals (id, held_on, title, source, proposed_by)"
    " values (:id, :day, 'A day off', 'nowhere', :who)"
)
ANSWER = text(
    "insert into holiday_answers (proposal_id, proposed_by, is_approved, reasons, answered_by)"
    " values (:id, :first, true, '', :second)"
)


def in_force(world: World, role: Role = Role.BUSINESS_MANAGER) -> Calendar:
    with world.act(role, "2026-12-01") as work:
        return work.calendar


def test_a_change_is_in_force_for_every_partnership_once_a_second_person_approved_it(platform):
    world = platform.world
    other = world.theirs.actor(Role.BUSINESS_MANAGER)
    proposal = platform.propose(held="2026-12-07")
    assert in_force(world).is_working_day(DAY)
    platform.answer(proposal)
    for who in (Role.BUSINESS_MANAGER, other):
        with world.act(who, "2026-12-01") as work:
            assert work.calendar.why_not(DAY) == f"bank holiday: {TITLE}"


def test_a_later_change_takes_the_place_of_an_earlier_one(platform):
    platform.change(held="2026-12-07")
    platform.change(struck_out="2026-12-07")
    assert in_force(platform.world).is_working_day(DAY)
    platform.change(held="2026-12-07")
    assert not in_force(platform.world).is_working_day(DAY)


def test_a_move_is_one_change(platform):
    platform.change(held="2027-06-03", struck_out="2027-05-31")
    calendar = in_force(platform.world)
    assert calendar.is_working_day(date(2027, 5, 31))
    assert not calendar.is_working_day(date(2027, 6, 3))


def test_what_is_refused_changes_nothing_and_says_why(platform):
    proposal = platform.propose(held="2026-12-07")
    with pytest.raises(AnswerRefused, match="Say why") as error:
        platform.answer(proposal, approved=False)
    assert error.value.field == "reasons"
    platform.answer(proposal, approved=False, reasons="It is a hoax.")
    assert in_force(platform.world).is_working_day(DAY)
    with pytest.raises(AlreadyDone, match="first answer stands"):
        platform.answer(proposal)


def test_nobody_answers_their_own_proposal(platform):
    proposal, office = platform.propose(held="2026-12-07"), Office(platform.world)
    words = AnswerHoliday(proposal=proposal, is_approved=True)
    with pytest.raises(AnswerRefused, match="Another person answers") as error:
        answer_holiday(platform.world.ours.actor(Role.OPERATIONS), office, words)
    assert error.value.field == "proposal"
    with pytest.raises(AnswerRefused, match="Choose one"):
        platform.answer(uuid4())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATIONS}))
def test_no_role_of_a_partnership_changes_a_bank_holiday(role, platform):
    proposal, office = platform.propose(held="2026-12-07"), Office(platform.world)
    actor = replace(platform.world.theirs.actor(Role.OPERATIONS), role=role)
    words = ProposeHoliday(held_on=DAY, title=TITLE, source=SOURCE)
    with pytest.raises(NotPermitted):
        propose_holiday(actor, office, words, uuid4())
    with pytest.raises(NotPermitted):
        answer_holiday(actor, office, AnswerHoliday(proposal=proposal, is_approved=True))


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({}, "held_on", "Enter the day"),
        ({"held": "2026-12-25"}, "held_on", "is a bank holiday already"),
        ({"held": "2026-12-05"}, "held_on", "at a weekend"),
        ({"held": "2046-12-07"}, "held_on", "outside the bank holidays"),
        ({"struck_out": "2026-12-07"}, "struck_out", "is no bank holiday"),
    ],
)
def test_a_change_that_changes_nothing_is_refused(said, field, why, platform):
    with pytest.raises(AnswerRefused, match=why) as error:
        platform.propose(**said)
    assert error.value.field == field


def test_a_form_that_is_posted_twice_is_one_proposal(platform):
    actor, once = platform.world.ours.actor(Role.OPERATIONS), uuid4()
    words = ProposeHoliday(held_on=DAY, title=TITLE, source=SOURCE)
    for _ in range(2):
        propose_holiday(actor, Office(platform.world), words, once)
    for other in ({"held_on": date(2026, 12, 8)}, {"title": "Another"}, {"source": "elsewhere"}):
        with pytest.raises(FormUsedOtherwise, match="are on record"):
            propose_holiday(actor, Office(platform.world), words.model_copy(update=other), once)
    with platform.admin.connect() as link:
        assert link.execute(text("select count(*) from holiday_proposals")).scalar_one() == 1


def test_both_acts_stand_in_the_installations_own_chain_by_who_did_them(platform):
    world = platform.world
    platform.change(held="2026-12-07")
    with sessions.of_installation(world.engine) as session:
        links = [one.body for one in audit.all_links(session, up_to=99)]
    ours, theirs = (side.actor(Role.OPERATIONS).person_id for side in (world.ours, world.theirs))
    assert [(one["what"], one["person"]) for one in links] == [
        ("holiday_proposed", str(ours)),
        ("holiday_approved", str(theirs)),
    ]
    assert {one["held_on"] for one in links} == {"2026-12-07"}
    assert SOURCE not in str(links)
    assert INSTALLATION in watch.chains_to_anchor(world.engine)


def test_the_database_lets_no_partnerships_transaction_change_them(platform):
    world = platform.world
    operator = world.ours.actor(Role.OPERATIONS)
    told = {"id": uuid4(), "day": DAY, "who": operator.person_id}
    signed = working_for(world.engine, world.ours.partnership_id, operator.person_id)
    with pytest.raises(DBAPIError, match="row-level security"), signed.begin() as link:
        link.execute(ADD, told)
    another = working_for(world.engine, INSTALLATION, world.theirs.actor(Role.NOTIFIER).person_id)
    with pytest.raises(DBAPIError, match="row-level security"), another.begin() as link:
        link.execute(ADD, told)
    for change in ("update holiday_proposals set title = 'x'", "delete from holiday_answers"):
        with pytest.raises(DBAPIError, match="denied"), signed.begin() as link:
            link.execute(text(change))


def test_the_database_takes_no_answer_from_who_proposed(platform):
    proposal, first = platform.propose(held="2026-12-07"), platform.world.ours
    person = first.actor(Role.OPERATIONS).person_id
    signed = working_for(platform.world.engine, INSTALLATION, person)
    said = {"id": proposal, "first": person, "second": person}
    with pytest.raises(IntegrityError, match="two_people"), signed.begin() as link:
        link.execute(ANSWER, said)
    somebody = platform.world.theirs.actor(Role.OPERATIONS).person_id
    with pytest.raises(IntegrityError, match="proposal_id"), signed.begin() as link:
        link.execute(ANSWER, said | {"first": somebody})


def test_without_a_genuine_context_none_is_seen(platform: Platform):
    platform.change(held="2026-12-07")
    with platform.world.engine.connect() as link:
        assert link.execute(text("select count(*) from holiday_proposals")).scalar_one() == 0
