"""One incident that two partnerships review together: both sides' cases, and the run they share."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.domain.workflow import Step
from tests.acceptance.prefect_runs import FlowRun
from tests.acceptance.story import Story

PATIENCE: Final = 60.0


@dataclass
class JointStory:
    """Two partnerships, one of which leads, and a third that knows nothing of the incident.

    Both tell one story: lines, differences and secrets are the same lists. While the review is
    ``shared``, exactly one run of all its cases is open whenever the machine rests.
    """

    lead: Story
    other: Story
    outsider: Story
    invited: Story | None = None
    shared: bool = False
    rests: int = 0
    longest_wait: float = 0.0

    @staticmethod
    def of(stories: Sequence[Story]) -> "JointStory":
        """Let the first two be fellows: what one does, the machine of both is waited for."""
        lead, other, outsider = stories
        joint = JointStory(lead, other, outsider)
        lead.fellows, other.fellows = [other], [lead]
        lead.at_rest = other.at_rest = joint.check_runs
        return joint

    @property
    def sides(self) -> tuple[Story, Story]:
        """Return both sides, the one that leads first."""
        return self.lead, self.other

    def open_beside(self, case_id: UUID) -> Story:
        """Return a second case of the other side, opened by its invitation: a story of its own."""
        invited = self.other.beside(case_id)
        self.invited = invited
        for one in self.sides:
            one.fellows.append(invited)
        return invited

    def on(self, when: str) -> None:
        """Set the practice clocks of both sides to this moment."""
        self.lead.on(when)

    def change_lead(self) -> None:
        """Let the other side lead from now on."""
        self.lead, self.other = self.other, self.lead

    def runs(self) -> list[FlowRun]:
        """Return each flow run of every case of the story, the oldest first."""
        stories = [*self.sides, *([self.invited] if self.invited else [])]
        cases = {one.case_id for one in stories if one.case_id is not None}
        return self.lead.connections.prefect.runs_of_all(cases)

    def tags(self) -> set[str]:
        """Return the tags of a shared run: each partnership that takes part, and two words."""
        tenants = {f"tenant:{one.place.partnership_id}" for one in self.sides}
        return tenants | {"joint", "keyline"}

    def check_runs(self, after: str) -> None:
        """Check at a rest that one run is open, carries the lead's case and names both sides."""
        if not self.shared:
            return
        began = time.monotonic()
        while problem := self._problem():
            if time.monotonic() - began > PATIENCE:
                self.lead.differs(f"{after}: {problem}")
                break
            time.sleep(0.2)
        self.rests += 1
        self.longest_wait = max(self.longest_wait, time.monotonic() - began)

    def check_chain(self) -> None:
        """Check that the joining case's own run is ended and says in which run it goes on."""
        run, shared = self.other.run(), self.lead.run()
        if run is None or shared is None or run.is_open or str(shared.id) not in run.says:
            self.other.differs(f"the run of the joining case is {run}, not continued in {shared}")
        for story in self.sides:
            path = f"/operations/runs/{story.case}"
            story.reads("operations", path, story.reference, "this flow run is shared")

    def tell_runs(self) -> None:
        """Keep each flow run with its task runs, and check that it has one of each step."""
        found = [self.lead.connections.prefect.with_tasks(run) for run in self.runs()]
        self.lead.runs.extend(found)
        one_each = dict.fromkeys((step.value for step in Step), 1)
        for run in found:
            if dict(run.tasks) != one_each:
                self.lead.differs(f"run {run.id} has the task runs {run.tasks}")
        self.lead.connections.say(
            f"One flow run was open at each of {self.rests} rests of the joint review "
            f"(longest wait {self.longest_wait:.1f} s)"
        )

    def _problem(self) -> str:
        found = [run for run in self.runs() if run.is_open]
        if len(found) != 1:
            return f"{len(found)} flow runs are open at a rest, expected 1"
        [run] = found
        if set(run.tags) != self.tags():
            return f"the shared run is tagged {run.tags}, expected {sorted(self.tags())}"
        if not run.is_of(self.lead.case):
            return f"the open run {run.idempotency_key} is not that of the lead"
        return ""
