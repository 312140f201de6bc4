"""The seven steps of the guidance, each a Prefect task that does the work acts have ordered."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid5

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.task_engine import run_task_sync

from services.casework.engine.work_runner import WorkSetAside
from services.domain.workflow import Step
from tasks.run import LeasedCase, current_case


@dataclass(frozen=True, slots=True)
class StepTask:
    """A step of the guidance as a flow calls it: one task run a flow run, run when work is due."""

    step: Step
    task: Task[[str], None]

    def __call__(self, case: LeasedCase) -> None:
        """Do what the step has been ordered to do, if anything; set-aside work holds up no other.

        The task run's id follows from the flow run's, so that whatever the number of passes,
        resumptions and crashes, Prefect shows each step once.
        """
        if not case.has_work_at(self.step):
            return
        case_id = str(case.case_id)
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


@step(Step.NOTIFY)
def notify(case_id: str) -> None:
    """Make the notification record and tell the Department and Ofsted (NOT-01, K1)."""
    current_case(case_id).run_step(Step.NOTIFY)


@step(Step.SCOPE)
def scope(case_id: str) -> None:
    """Send the scoping letters and keep the returns (RR-01, K5, K6)."""
    current_case(case_id).run_step(Step.SCOPE)


@step(Step.MEET)
def meet(case_id: str) -> None:
    """Make the meeting pack and the invitations (RR-01, K7)."""
    current_case(case_id).run_step(Step.MEET)


@step(Step.SUBMIT)
def submit(case_id: str) -> None:
    """Make the rapid review record and its covering letter (G4, G5, K10)."""
    current_case(case_id).run_step(Step.SUBMIT)


@step(Step.COMMISSION)
def commission(case_id: str) -> None:
    """Make the terms of reference, ask for reports, keep the drafts (G6, G8, G9, K11)."""
    current_case(case_id).run_step(Step.COMMISSION)


@step(Step.PUBLISH)
def publish(case_id: str) -> None:
    """Send the report ahead and publish it, or its improvements (G10, K12, K13)."""
    current_case(case_id).run_step(Step.PUBLISH)


@step(Step.EMBED)
def embed(case_id: str) -> None:
    """Make the action plan and follow its actions to the end (G11, K14)."""
    current_case(case_id).run_step(Step.EMBED)
