"""What is shown ends by its date: both sides are warned, two people extend it (rules.md 4)."""

import pytest

from services.casework.engine.reminders import enqueue_reminders
from services.casework.joint.ending import leave
from services.casework.steps.joint import sharing_end, sharing_extension
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.history import all_of
from services.database.joint_reviews import grants_of
from services.database.outbox import case_emails
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import joint_factories
from tests.joint import Joint
from tests.world import Side

LAST = "2026-03-02"  # a Monday
TWENTY_BEFORE, FIVE_BEFORE = "2026-02-02", "2026-02-23"
NEAR = EmailTrigger.DEADLINE_NEAR


class Shown(Joint):
    """A joint review in which our case is shown until a day."""

    theirs_case: CaseId

    def until(self, ends_on: str = LAST, part: JointPart = JointPart.CONSULTED) -> "Shown":
        self.theirs_case = self.joined(part, ends_on=ends_on)
        return self

    def round(self, when: str) -> list[str]:
        """Make the reminders' round on both sides; return what is new of shared cases, and whom."""
        before = {one.key for one in self.emails()}
        for side in (self.world.ours, self.theirs):
            keyline = service_actor(side.partnership_id, KEYLINE_ITSELF)
            with self.world.act(keyline, when) as work:
                enqueue_reminders(work)
        about = {"extend_sharing", "ask_for_extension", None}
        return sorted(
            f"{one.event} | {one.content['due']} | {one.address}"
            for one in self.emails()
            if one.key not in before and one.content["matter"] in about
        )

    def emails(self):
        found = []
        for side, case_id in self.sides():
            with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
                found += case_emails(work.session, case_id)
                work.session.expunge_all()
        return found

    def sides(self) -> list[tuple[Side, CaseId]]:
        return [(self.world.ours, self.case_id), (self.theirs, self.theirs_case)]

    def todos(self) -> set[tuple[str, str, str]]:
        """Return what is asked about sharing: whose, what, until when."""
        found = set()
        for side, case_id in self.sides():
            with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
                for one in open_assignments(work.session, case_id):
                    if one.todo in {Todo.EXTEND_SHARING, Todo.ASK_FOR_EXTENSION}:
                        found.add((side.domain, one.todo.value, str(one.last_day)))
        return found

    def told(self, event: EmailTrigger, due: str | None, *roles: Role) -> list[str]:
        sides = (self.world.ours, self.theirs)
        return sorted(f"{event} | {due} | {side.email(role)}" for side in sides for role in roles)

    def grant(self):
        with self.world.act(Role.BUSINESS_MANAGER, self.when) as work:
            return grants_of(work.session, self.case_id)[0].id


@pytest.fixture
def shown(ready_by) -> Shown:
    return ready_by(shown_for_a_time)


def shown_for_a_time(world) -> Shown:
    return Shown(world).until()


BOTH = {("ours.example", "extend_sharing", LAST), ("theirs.example", "ask_for_extension", LAST)}


def test_both_managers_are_warned_twenty_and_five_working_days_before_once_each(shown):
    assert shown.round("2026-01-30") == []
    warned = shown.told(NEAR, LAST, Role.BUSINESS_MANAGER)
    assert shown.round(TWENTY_BEFORE) == warned
    assert shown.todos() == BOTH
    assert shown.round(TWENTY_BEFORE) == shown.round("2026-02-20") == []
    assert shown.round(FIVE_BEFORE) == warned
    assert shown.round("2026-02-27") == []
    assert shown.todos() == BOTH


def test_warnings_that_were_slept_through_are_made_up_for_by_one(shown):
    assert len(shown.round("2026-02-25")) == 2
    assert shown.round("2026-02-26") == []


def test_the_extension_by_two_people_ends_the_warning_and_a_proposal_does_not(shown):
    shown.round(TWENTY_BEFORE)
    shown.when = "2026-02-03 10:00"
    shown.share_again()  # until 1 December
    assert shown.round("2026-02-04") == []
    assert shown.todos() == set()
    assert shown.round(FIVE_BEFORE) == []
    assert shown.round("2026-11-03") == shown.told(NEAR, "2026-12-01", Role.BUSINESS_MANAGER)


def test_what_was_ended_is_not_warned_of(shown):
    shown.round(TWENTY_BEFORE)
    shown.when = "2026-02-03 10:00"
    shown.end_sharing()
    shown.round(FIVE_BEFORE)
    assert shown.todos() == set()
    assert not [one for one in shown.emails() if f"{shown.grant()}:near:{FIVE_BEFORE}" in one.key]


def test_a_short_sharing_is_not_warned_of_days_before_it_began(world):
    shown = Shown(world).until("2025-12-19")
    assert shown.round("2025-12-16") == []


def test_when_it_has_passed_managers_and_chairs_of_both_sides_are_told_once(shown):
    shown.round(FIVE_BEFORE)
    roles = (Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR)
    expected = sorted(
        f"{event} | None | {side.email(role)}"
        for side, event in (
            (shown.world.ours, EmailTrigger.SHARING_ENDED),
            (shown.theirs, EmailTrigger.SHOWING_ENDED),
        )
        for role in roles
    )
    assert shown.round(LAST) == []
    assert shown.round("2026-03-03") == expected
    assert shown.round("2026-03-04") == []


def test_who_has_left_the_review_and_who_was_only_invited_are_not_warned(world):
    shown = Shown(world)
    shown.theirs_case = shown.invited(JointPart.CONSULTED, ends_on=LAST)
    (line,) = shown.round(TWENTY_BEFORE)
    assert line.endswith(shown.world.ours.email(Role.BUSINESS_MANAGER))
    shown.answer(shown.theirs_case, JointAnswer.ACCEPTED)
    for side, case_id in shown.sides():
        with shown.world.act(side.actor(Role.BUSINESS_MANAGER), "2026-02-10") as work:
            leave(work, get_case(work.session, case_id))
    assert shown.round(FIVE_BEFORE) == []


def test_the_reader_asks_for_longer_and_the_other_side_has_it_on_record_and_to_do(shown):
    shown.round(TWENTY_BEFORE)
    shown.when = "2026-02-03 10:00"
    command = joint_factories.ask_for_extension(shown.grant(), reasons="The report is late.")
    act = sharing_extension.ASK_FOR_EXTENSION
    shown.do_theirs(act, shown.theirs_case, command, Role.BUSINESS_MANAGER)
    assert shown.todos() == {("ours.example", "extend_sharing", LAST)}
    for _ in range(2):
        shown.settle(shown.theirs_case)
    with shown.world.act(Role.BUSINESS_MANAGER, shown.when) as work:
        (asked,) = all_of(work.session, shown.case_id, EntryType.EXTENSION_ASKED_OF_US)
        assert asked.command["reasons"] == "The report is late."
    (new,) = [one for one in shown.emails() if ":asked:" in one.key]
    assert new.address == shown.world.ours.email(Role.BUSINESS_MANAGER)


def test_only_the_manager_asks_and_only_of_what_is_shown_to_them(shown):
    act = sharing_extension.ASK_FOR_EXTENSION
    command = joint_factories.ask_for_extension(shown.grant())
    with pytest.raises(NotPermitted):
        shown.do_theirs(act, shown.theirs_case, command, Role.REVIEW_GROUP_CHAIR)
    own = joint_factories.ask_for_extension()
    with pytest.raises(AnswerRefused):
        shown.do_theirs(act, shown.theirs_case, own, Role.BUSINESS_MANAGER)
    with shown.world.act(Role.BUSINESS_MANAGER, shown.when) as work, pytest.raises(AnswerRefused):
        act.perform(work, shown.case_id, command)
    with shown.world.act(Role.REVIEW_GROUP_CHAIR, shown.when) as work:
        ended = joint_factories.end_sharing(shown.grant())
        sharing_end.end_sharing(work, shown.case_id, ended)
    with pytest.raises(AnswerRefused):
        shown.do_theirs(act, shown.theirs_case, command, Role.BUSINESS_MANAGER)
