"""Workers that die with work in hand: what is at fault is set aside, and nothing else ever is."""

import signal
import time

import pytest
from sqlalchemy import text

from services.casework.effects.orders import place_order
from services.casework.engine.work_runner import acting
from services.database.due_work import DueWork
from services.domain.steps import Step
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


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_ten_restarts_under_load_set_nothing_aside(stage, how):
    cases = {a_case(stage.around, partnership_id=side): side for side in (OURS, THEIRS) * 4}
    eventually(lambda: all(at_rest(stage, case) for case in cases), "all rest")
    for number in range(10):
        for case_id, side in cases.items():
            with acting(stage.around, side) as work:
                place_order(work, case_id, Step.SCOPE, Toy(name="slow", subject=str(number)))
        time.sleep(1.0)
        slot = str(number % 2 + 1)
        if how is signal.SIGKILL:
            stage.kill(f"worker-{slot}", with_children=True)
        else:
            stage.end_part(f"worker-{slot}")
        stage.start_worker(slot)
    for case_id, side in cases.items():

        def is_done(case_id=case_id, side=side):
            return all(piece.done_at for piece in pieces(stage, case_id, side))

        eventually(is_done, f"all should be done: {pieces(stage, case_id, side)}")
        assert toys(stage.around, case_id) == [("scope", "slow", str(n)) for n in range(10)]
        assert all(piece.lost_alone == 0 for piece in pieces(stage, case_id, side))
    if how is signal.SIGTERM:
        attempts = [p.attempts for case, side in cases.items() for p in pieces(stage, case, side)]
        assert max(attempts) <= 2
