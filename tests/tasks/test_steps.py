"""Each step of the guidance has one task, named for it, that caches, keeps and retries nothing."""

import pytest
from prefect.cache_policies import NO_CACHE

from services.domain.workflow import Step
from tasks import steps


@pytest.mark.parametrize("step", Step)
def test_a_step_has_a_task_of_its_name(step):
    made = getattr(steps, step)
    assert made.step is step
    assert made.task.name == made.task.task_run_name == step
    assert made.task.cache_policy is NO_CACHE
    assert made.task.persist_result is False
    assert made.task.retries == 0
    assert made.task.description
