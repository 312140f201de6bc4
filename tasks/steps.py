"""What the task of every step of the guidance has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid5

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.task_engine import run_task_sync

from services.casework.engine.work_runner import WorkSetAside
from services.domain.steps import Step
from tasks.carrying import Carried


@dataclass(frozen=True, slots=True)
class StepTask:
    """A step of the guidance as a flow calls it: one task run a flow run, run when work is due."""

    step: Step
    task: Task[[str], None]

    def __call__(self, case: Carried) -> None:
        """Do what the step has been ordered to do, if anything; set-aside work holds up no other.

        The task run's id follows from the flow run's, so that whatever the number of passes,
        resumptions and crashes, Prefect shows each step once.
        """
        if not case.has_work_at(self.step):
            return
        case_id = str(case.held.case_id)
        context = FlowRunContext.get()
        try:
            if context is None or context.flow_run is None:
                self.task.fn(case_id)
            else:
                own_id = uuid5(context.flow_run.id, self.step)
                run_task_sync(self.task, task_run_id=own_id, parameters={"case_id": case_id})
        except WorkSetAside:
            return


def step(which: Step) -> Callable[[Callable[[str], None]], StepTask]:
    """Make a step's task: named for the step, nothing cached, nothing kept, nothing retried."""

    def of(body: Callable[[str], None]) -> StepTask:
        made = task(
            name=which.value,
            task_run_name=which.value,
            cache_policy=NO_CACHE,
            persist_result=False,
            retries=0,
        )
        return StepTask(which, made(body))

    return of
