"""Acts in any order by anybody: what is done and what is refused both keep the record whole."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from services.casework.act import Act
from services.casework.acts import ACTS
from services.casework.effects.clocks import anchors, compute_due_date, policy_of
from services.database.actions import actions
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case, get_case
from services.database.clocks import RunningClock, clocks
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import DueDate
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.errors import CaseworkError
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.domain.workflow import MOVES, Outcome, PanelAnswer, Stage
from tests import factories as say
from tests.driven import Driven
from tests.reached import reach
from tests.recommended import propose
from tests.valid_commands import CASE_ACTS, command_for, who_does
from tests.world import HOSPITAL, SCHOOL, World, at, make_world

BY_TODO = {act.todo: act for act in ACTS.values() if act.todo is not None} | {
    Todo.SHOW_CASE: ACTS["propose_sharing"]
}
FROM = {
    Stage.REFERRED: "2025-12-12",
    Stage.RAPID_REVIEW: "2025-12-30",
    Stage.WITH_PANEL: "2026-01-08",
    Stage.COMMISSIONING: "2026-01-20",
    Stage.LOCAL_REVIEW: "2026-02-03",
    Stage.PUBLICATION: "2026-06-02",
    Stage.EMBEDDING: "2026-07-04",
    Stage.NOT_NOTIFIED: "2025-12-15",
}
SUSPICIONS = ("suspected", "neither")


def test_every_turn_a_person_may_be_given_has_its_act():
    assert set(Todo) == set(BY_TODO)


class CaseInAnyOrder(RuleBasedStateMachine):
    """A case on which people do what is asked of them, and now and then something else."""

    world: World
    begins_at: Stage

    @initialize(suspicion=some.sampled_from(SUSPICIONS))
    def a_case_has_come_so_far(self, suspicion: str) -> None:
        stage = self.begins_at
        looked_after = say.child(statuses=("looked_after",))
        command = say.refer(harm="death", suspicion=suspicion, children=(looked_after,))
        referred = stage is Stage.REFERRED
        self.case = Driven(self.world, command) if referred else reach(self.world, stage)
        self.now = at(f"{FROM[stage]} 12:30")
        self.entries, self.stage, self.first_due = 0, stage, {}

    @rule(days=some.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(data=some.data(), how_many=some.integers(1, 4))
    def people_do_what_is_asked(self, data: some.DataObject, how_many: int) -> None:
        """Take some of the open turns, so that cases come far."""
        for _one in range(how_many):
            turns = sorted(self.case.turns(), key=lambda one: (one.todo, one.subject))
            if turns:
                self._take(data.draw(some.sampled_from(turns)), data)

    def _take(self, turn: Assignment, data: some.DataObject) -> None:
        act = BY_TODO[Todo(turn.todo)]
        agency = None
        if turn.agency_id is not None:
            agency = SCHOOL if turn.agency_id == self.case.agency(SCHOOL) else HOSPITAL
        actor = self.world.ours.actor(turn.role, turn.seat, agency)
        self._do(act, actor, data)

    @rule(act=some.sampled_from(CASE_ACTS), data=some.data())
    def somebody_does_anything(self, act: Act, data: some.DataObject) -> None:
        # An interest closes the case to who declares it, and the manager looks on to the end.
        role = Role.REVIEW_GROUP_MEMBER if act.name == "declare_again" else who_does(act)
        self._do(act, self.world.ours.actor(role), data)

    def _do(self, act: Act, actor: Actor, data: some.DataObject) -> None:
        """Try the act with words that fit the day; a refusal has to leave nothing behind."""
        command = command_for(act, self.world, **self._said(act, data))
        self.tried, before = act.name, self._rows()
        try:
            self.case.do(act.perform, command, actor, self.now)
        except CaseworkError:
            assert self._rows() == before, act.name

    def _said(self, act: Act, data: some.DataObject) -> dict[str, object]:
        """Choose words that could be said on that day."""
        today = self.now.date()
        later = today + timedelta(days=data.draw(some.sampled_from([1, 15, 30])))
        said: dict[str, object] = {
            "aware_at": self.now, "sent_at": self.now, "submitted_at": self.now,
            "late_reason": say.SAID, "outside_reason": say.SAID, "meeting_at": self.now,
            "met_on": today, "received_on": today, "ended_on": today, "published_on": today,
            "publish_on": later, "expected_on": later, "due": later,
        }  # fmt: skip
        fields = type(command_for(act, self.world)).model_fields
        chosen = {name: value for name, value in said.items() if name in fields}
        if act.name == "decide_to_notify":
            chosen["notify"] = data.draw(some.booleans())
        if act.name == "propose_decision":
            outcome = data.draw(some.sampled_from(Outcome))
            chosen = say.propose_decision(outcome).model_dump()
        if act.name == "record_answer":
            chosen["answer"] = data.draw(some.sampled_from(PanelAnswer))
        if "position" in fields:
            chosen["position"] = data.draw(some.sampled_from(["agrees", "agrees", "disagrees"]))
        if act.name == "update_action":
            chosen["number"] = data.draw(some.integers(1, 3))
        if act.name == "propose_plan":
            chosen = say.propose_plan(
                actions=[{"agency": self.case.agency(SCHOOL), "recommendation": "R", "action": "A",
                          "measure": "M", "last_day": later}],
                review_on=later).model_dump()  # fmt: skip
        if act.name == "propose_recommendations":
            said = {"by_when": str(later)}
            chosen = propose(self.case.agency(), said).model_dump()
        return chosen

    def _rows(self) -> tuple[int, int, str]:
        with self._look() as work:
            case = get_case(work.session, self.case.case_id)
            of_case = work.session.exec(select(Entry).where(Entry.case_id == case.id)).all()
            return len(of_case), len(clocks(work.session, case.id)), case.model_dump_json()

    def _look(self):
        return self.world.act(Role.BUSINESS_MANAGER, self.now)

    @invariant()
    def the_record_is_whole(self) -> None:
        if not hasattr(self, "case"):
            return
        with self._look() as work:
            case = get_case(work.session, self.case.case_id)
            self._each_change_has_its_entry(work, case)
            self._clocks_are_what_counting_gives(work, case)
            self._turns_can_be_taken(work, case)
            self._seats_and_people_are_apart(work, case)

    def _each_change_has_its_entry(self, work: UnitOfWork, case: Case) -> None:
        found = work.session.exec(select(Entry.number).where(Entry.case_id == case.id)).all()
        assert sorted(found) == list(range(1, len(found) + 1))
        if case.stage is not self.stage:
            assert len(found) > self.entries
            assert case.stage in MOVES[self.stage], (self.stage, case.stage)
        self.entries, self.stage = len(found), case.stage

    def _clocks_are_what_counting_gives(self, work: UnitOfWork, case: Case) -> None:
        running = [one for one in clocks(work.session, case.id) if _runs(one)]
        assert max(Counter((one.clock, one.subject) for one in running).values(), default=1) == 1
        counted = {ClockId.K3, ClockId.K3B, ClockId.K6, ClockId.K14}
        for one in running:
            if ClockId(one.clock) not in counted:
                due = _counted(work, case, one)
                assert (one.due, one.opens) == (due.due, due.opens), (one.clock, self.tried)
        first = {one.id: one.first_due for one in clocks(work.session, case.id)}
        assert self.first_due.items() <= first.items()
        self.first_due = first

    def _turns_can_be_taken(self, work: UnitOfWork, case: Case) -> None:
        turns = open_assignments(work.session, case.id)
        for turn in turns:
            act = BY_TODO[Todo(turn.todo)]
            assert case.stage in act.stages, (turn.todo, case.stage, self.tried)
        assert turns or case.stage is Stage.CLOSED, (case.stage, self.tried)
        if case.stage is Stage.CLOSED:
            assert turns == []
            left = {one.clock for one in clocks(work.session, case.id) if _runs(one)}
            assert left <= {"K13", "K15"}
            assert all(one.progress.name != "OPEN" for one in actions(work.session, case.id))

    def _seats_and_people_are_apart(self, work: UnitOfWork, case: Case) -> None:
        signed = work.session.exec(select(SignOff).where(SignOff.case_id == case.id)).all()
        seats = {one.person_id: {two.seat for two in signed if two.person_id == one.person_id}
                 for one in signed}  # fmt: skip
        assert all(len(held) == 1 for held in seats.values())


def _counted(work: UnitOfWork, case: Case, one: RunningClock) -> DueDate:
    """Count a clock; that of an organisation that was listed counts from its listing (RR-39)."""
    if one.anchor is Anchor.LISTING:
        return compute_due_date(work, case, one.clock, subject=one.subject, listing=one.anchored_on)
    return due_date(ClockId(one.clock), anchors(case), work.calendar, policy_of(case))


def _runs(clock: RunningClock) -> bool:
    return clock.met_on is None and clock.ended_on is None


@pytest.fixture(scope="module")
def a_world(app_engine) -> World:
    return make_world(app_engine)


# Long to come to.
LATE = (
    Stage.WITH_PANEL,
    Stage.COMMISSIONING,
    Stage.LOCAL_REVIEW,
    Stage.PUBLICATION,
    Stage.EMBEDDING,
)


@pytest.mark.parametrize(
    "stage",
    [pytest.param(one, marks=pytest.mark.whole) if one in LATE else one for one in FROM],
)
def test_acts_in_any_order_keep_the_record_whole(stage, a_world):
    class FromThere(CaseInAnyOrder):
        world = a_world
        begins_at = stage

    run_state_machine_as_test(
        FromThere,
        settings=settings(
            max_examples=3,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
