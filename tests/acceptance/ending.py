"""What must be true of a case when its journey is over."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import SENDINGS, EmailTrigger
from services.domain.plain_dates import weekday_day_month_year
from services.domain.steps import Step, StepState
from services.domain.workflow import Stage
from tests.acceptance.engine import RunSeen
from tests.acceptance.record import LetterSeen, PaperSeen
from tests.acceptance.story import Story

SENT: Final = "sent"
KEPT: Final = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a branch ends: the stage, the steps that were not needed, the artefacts that exist."""

    stage: Stage = Stage.CLOSED
    not_needed: frozenset[Step] = frozenset()
    papers: Mapping[DocumentKind, int]
    runs: int = 1

    @property
    def steps(self) -> Mapping[str, str]:
        """Return how the task run of each step is shown at the end."""
        return {
            step.value: (
                StepState.NOT_NEEDED if step in self.not_needed else StepState.COMPLETED
            ).value
            for step in Step
        }


def check(story: Story, ending: Ending) -> None:
    """Check the case, its flow run, its artefacts and its letters."""
    case = story.around.record.case(story.case)
    if case.stage != ending.stage:
        story.differs(f"the case ends at “{case.stage}”, expected “{ending.stage}”")
    check_flow(story, ending)
    check_papers(story, ending)
    check_letters(story)
    check_pages(story, case.reference, ending)


def check_flow(story: Story, ending: Ending) -> None:
    """Check that one flow run carried the case, with one task run for each step."""
    engine, case_id = story.around.engine, story.case
    runs = engine.runs_of(case_id)
    if len(runs) != ending.runs:
        story.differs(f"Prefect has {len(runs)} flow runs for the case, expected {ending.runs}")
    wanted = {f"case:{case_id}:{number}" for number in range(1, ending.runs + 1)}
    if (keys := {run.idempotency_key for run in runs}) != wanted:
        story.differs(f"the flow runs are keyed {sorted(keys)}, expected {sorted(wanted)}")
    tag = f"tenant:{story.around.record.partnership_id}"
    if any(tag not in run.tags for run in runs):
        story.differs(f"a flow run is not tagged {tag}")
    last = story.run()
    if last is None:
        story.differs("the case has no flow run")
        return
    _check_steps(story, ending, last)


def _check_steps(story: Story, ending: Ending, run: RunSeen) -> None:
    """Check the run and its task runs, once the screen has caught up with the record."""
    engine = story.around.engine
    until = time.monotonic() + story.around.patience
    while (shown := dict(engine.steps_of(run.id))) != ending.steps and time.monotonic() < until:
        time.sleep(0.5)
    for step, state in ending.steps.items():
        if shown.get(step) != state:
            story.differs(f"Prefect shows step {step} as {shown.get(step)}, expected {state}")
    counted = engine.task_runs_of(run.id)
    if counted != dict.fromkeys((step.value for step in Step), 1):
        story.differs(f"the flow run has the task runs {dict(counted)}, expected one a step")
    now = story.run()
    if now is None or now.kind != "COMPLETED":
        story.differs(f"the flow run ends as {now.name if now else 'nothing'}, expected Completed")


def check_papers(story: Story, ending: Ending) -> None:
    """Check that every artefact is there, and that its bytes as downloaded have its hash."""
    papers = story.around.record.papers(story.case)
    made: dict[str, int] = {}
    for paper in papers:
        made[paper.kind] = made.get(paper.kind, 0) + 1
    if made != {str(kind): many for kind, many in ending.papers.items()}:
        story.differs(f"artefacts are {made}, expected {dict(ending.papers)}")
    for paper in papers:
        _check_bytes(story, paper)


def _check_bytes(story: Story, paper: PaperSeen) -> None:
    if paper.standing != KEPT:
        story.differs(f"the {paper.kind} is {paper.standing}")
        return
    content = story.browser("manager").fetch(f"/cases/{story.case}/documents/{paper.id}")
    story.downloaded[paper.id] = hashlib.sha256(content).hexdigest()
    if story.downloaded[paper.id] != paper.sha256:
        story.differs(f"the {paper.kind} as downloaded has another hash than its record")


def check_letters(story: Story) -> None:
    """Check that every letter was sent, to whom its event says, and caught exactly once."""
    letters = story.around.record.letters(story.case)
    story.caught = story.around.record.caught([one.message_id for one in letters])
    seen: set[str] = set()
    for one in letters:
        if one.delivery != SENT:
            story.differs(f"the letter “{one.event}” is {one.delivery} ({one.last_error})")
        if one.message_id in seen:
            story.differs(f"two letters have the Message-ID {one.message_id}")
        seen.add(one.message_id)
        _check_letter(story, one, story.caught.get(one.message_id, 0))


def _check_letter(story: Story, one: LetterSeen, times: int) -> None:
    if one.recipient not in {to.value for to in SENDINGS[EmailTrigger(one.event)].recipients}:
        story.differs(f"the letter “{one.event}” went to {one.recipient}")
    if story.around.mail_is_caught and times != 1:
        story.differs(f"the letter “{one.event}” to {one.recipient} was caught {times} times")


def check_pages(story: Story, reference: str, ending: Ending) -> None:
    """Check what people and operators read of the case at the end."""
    overview = story.browser("manager").open(f"/cases/{story.case}").text
    for words in (reference, ending.stage.value):
        if words.lower() not in overview.lower():
            story.differs(f"the case's page does not say “{words}”")
    for clock in story.around.record.clocks(story.case):
        on = clock.met_on or clock.due
        if clock.how_met != "ended" and weekday_day_month_year(on) not in overview:
            story.differs(f"the case's page does not show {on} for {clock.clock}")
    watched = story.browser("operations").open("/operations").text
    if reference not in watched:
        story.differs("the operations page does not show the case's flow run")
    _check_walls(story)


def _check_walls(story: Story) -> None:
    """Check that the case is open to its own people only."""
    path = f"/cases/{story.case}"
    for who in ("second-reviewer", "operations"):
        if (status := story.browser(who).status_of(path)) not in {403, 404}:
            story.differs(f"{who} gets {status} for the case, expected 403 or 404")
