"""Workers that die with work in hand: what is at fault is set aside, and nothing else ever is."""

import pytest
from sqlalchemy import text

from services.casework.effects import place_order
from services.casework.engine.transactions import acting
from services.database import watch
from services.database.due_work import DueWork
from services.domain.workflow import Step
from tests.carried_cases import OURS, THEIRS, Toy, a_case, toys
from tests.orchestration.conftest import eventually

ENDS_ITSELF = 75


def pieces(stage, case_id, partnership=OURS) -> list[DueWork]:
    with acting(stage.around, partnership) as work:
        return list(
            work.session.execute(DueWork.__table__.select().where(DueWork.case_id == case_id))
        )


def is_parked(stage, case_id):
    return any(piece.parked_at is not None for piece in pieces(stage, case_id))


def are_done(stage, case_ids):
    return all(piece.done_at is not None for case in case_ids for piece in pieces(stage, case))


def hurry(stage, case_id):
    """Let work that was put off be ready again, as waiting would."""
    with acting(stage.around, OURS) as work:
        work.session.execute(
            text(
                "update due_work set not_before = clock_timestamp()"
                " where case_id = :case and not_before > clock_timestamp() and parked_at is null"
            ),
            {"case": case_id},
        )


def until_set_aside(stage, case_id):
    def is_set_aside():
        stage.revive()
        hurry(stage, case_id)
        return is_parked(stage, case_id)

    eventually(is_set_aside, f"it should be set aside: {pieces(stage, case_id)}", 300)


@pytest.mark.whole
def test_of_four_cases_the_one_whose_work_kills_its_process_is_set_aside(stage):
    stage.end_part("worker-2")
    gate = [a_case(stage.around) for _ in range(4)]
    eventually(lambda: all(at_rest(stage, case) for case in gate), "all rest")
    poison, *others = gate
    with acting(stage.around, OURS) as work:
        for case_id in others:
            for number in range(5):
                place_order(work, case_id, Step.SUBMIT, Toy(name="slow", subject=str(number)))
        place_order(work, poison, Step.SUBMIT, Toy(name="slow", subject="first"))
        place_order(work, poison, Step.SUBMIT, Toy(name="kills"))
    until_set_aside(stage, poison)
    eventually(lambda: are_done(stage, others), "the others should be done")
    for case_id in others:
        assert toys(stage.around, case_id) == [("submit", "slow", str(n)) for n in range(5)]
        eventually(lambda case_id=case_id: at_rest(stage, case_id), "it should rest")
    assert toys(stage.around, poison) == [("submit", "slow", "first")]
    (killer,) = (piece for piece in pieces(stage, poison) if piece.payload["name"] == "kills")
    assert (killer.lost_alone, killer.failures, killer.last_error) == (3, 0, "ProcessLost")
    eventually(
        lambda: stage.run(poison)["state_name"] == "Set aside",
        f"operators should see it: {stage.run(poison)}",
    )
    assert not any(is_parked(stage, case_id) for case_id in others)
    stage.revive()
    stage.start_worker("2")


def at_rest(stage, case_id):
    return stage.run(case_id)["state_type"] == "PAUSED" and not stage.case(case_id).is_leased


@pytest.mark.whole
def test_work_that_never_ends_ends_its_process_and_is_set_aside_and_nothing_else(stage):
    for slot in ("1", "2"):
        stage.end_part(f"worker-{slot}")
    stage.start_worker("1", TOY_STEP_TIME_LIMIT="4")
    endless, other = a_case(stage.around), a_case(stage.around)
    eventually(lambda: at_rest(stage, endless) and at_rest(stage, other), "both rest")
    worker = stage.parts["worker-1"]
    with acting(stage.around, OURS) as work:
        place_order(work, endless, Step.MEET, Toy(name="never ends"))
        for number in range(30):
            place_order(work, other, Step.MEET, Toy(name="slow", subject=f"{number:02}"))
    eventually(lambda: worker.poll() is not None, "the process should end itself")
    assert worker.returncode == ENDS_ITSELF
    (piece,) = pieces(stage, endless)
    assert piece.is_suspect
    assert not any(piece.is_suspect for piece in pieces(stage, other)), "it was given back"
    stage.start_worker("1", TOY_STEP_TIME_LIMIT="4")
    until_set_aside(stage, endless)
    eventually(lambda: are_done(stage, [other]), "the other should be done")
    assert len(toys(stage.around, other)) == 30
    assert stage.parts["worker-1"].poll() is None, "alone it ends only its own process"
    stage.end_part("worker-1")
    stage.start_workers()


class Load:
    """Eight cases of two partnerships that always have some work ordered."""

    def __init__(self, stage):
        self.stage = stage
        self.cases = {
            a_case(stage.around, partnership_id=side): side for side in (OURS, THEIRS) * 4
        }
        self.rounds = 0

    def pieces(self):
        return [
            each for case, side in self.cases.items() for each in pieces(self.stage, case, side)
        ]

    def are_done(self):
        return all(piece.done_at is not None for piece in self.pieces())

    def order(self):
        for case_id, side in self.cases.items():
            with acting(self.stage.around, side) as work:
                order = Toy(name="slow", subject=f"{self.rounds:03}")
                place_order(work, case_id, Step.SCOPE, order)
        self.rounds += 1

    def is_in_the_hands_of(self, slot):
        """Tell whether that worker holds one of the cases; order more when all is done."""
        if self.are_done():
            self.order()
        held = watch.leases_of(self.stage.around.engine, f"toys/{slot}/")
        return any(lease.case_id in self.cases for lease in held)


@pytest.mark.parametrize("restarts", [3, pytest.param(10, marks=pytest.mark.whole)])
def test_restarts_under_load_set_nothing_aside(stage, restarts):
    """By SIGKILL and as for a release, both workers in turn, each with work in hand."""
    load = Load(stage)
    eventually(lambda: all(at_rest(stage, case) for case in load.cases), "all rest")
    for number in range(restarts):
        slot = str(number % 2 + 1)
        eventually(lambda slot=slot: load.is_in_the_hands_of(slot), f"worker {slot} should work")
        if number % 4 < 2:
            stage.kill(f"worker-{slot}", with_children=True)
        else:
            stage.end_part(f"worker-{slot}")
        stage.start_worker(slot)
    eventually(load.are_done, f"all should be done: {load.pieces()}", 180)
    subjects = [f"{number:03}" for number in range(load.rounds)]
    for case_id in load.cases:
        assert toys(stage.around, case_id) == [("scope", "slow", each) for each in subjects]
    assert all(piece.lost_alone == 0 for piece in load.pieces())
