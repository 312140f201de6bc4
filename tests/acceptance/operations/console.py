"""The console as the operator on call reads it and acts on it, page by page."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.domain.labels import label
from services.domain.operator_acts import OperatorOutcome
from services.domain.plain_text import capital
from tests.acceptance.answers import Labelled
from tests.acceptance.browser import SEE_OTHER, Answered, Browser
from tests.acceptance.errors import JourneyStopped

FRONT: Final = "/operations"
PATIENCE: Final = 180.0
WHY: Final = "Part of a trial of this platform."
WELL: Final = "Well"
PARTNERSHIPS: Final = "cases are carried"  # the last words of what heads their table
HEALTH: Final = re.compile(r"\b(?:Well|Needs a look|Not carried)\b")


@dataclass(frozen=True, slots=True)
class OperatorsConsole:
    """The pages of operations in the operator's browser."""

    browser: Browser
    partnership: str

    def front(self) -> str:
        """Return what the front page says."""
        return self.browser.open(FRONT).text

    def run_of(self, case_id: UUID) -> str:
        """Return what the page of one run says."""
        return self.browser.open(f"{FRONT}/runs/{case_id}").text

    def health(self) -> str:
        """Return the health of the partnership: well, not carried, or that it needs a look."""
        told = self.front().partition(PARTNERSHIPS)[2].partition(self.partnership)[2]
        found = HEALTH.search(told)
        if found is None:
            raise JourneyStopped(f"The console says nothing of {self.partnership}.")
        return found.group()

    def until(self, is_so: Callable[[], bool], what: str) -> float:
        """Wait until it is so; return after how many seconds it was."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() > began + PATIENCE:
                raise JourneyStopped(f"The console never said {what}.")
            time.sleep(1)
        return time.monotonic() - began

    def until_front_says(self, words: str) -> float:
        """Wait until the front page says these words."""
        return self.until(lambda: words in self.front(), f"“{words}”")

    def until_run_says(self, case_id: UUID, *words: str) -> float:
        """Wait until the page of the run says all of these words."""
        told = f"“{', '.join(words)}” of a run"
        return self.until(lambda: all(one in self.run_of(case_id) for one in words), told)

    def act_on(self, case_id: UUID, course: str) -> str:
        """Act on one run, from its own page; return what came of it."""
        page, said = f"{FRONT}/runs/{case_id}", {"course": course, "because": WHY}
        return self._result(self.browser.send_from(page, f"{FRONT}/work", said))

    def mend_prefect(self, course: str) -> str:
        """Act on what carries the cases in Prefect; return what came of it."""
        said = {"course": course, "because": WHY}
        return self._result(self.browser.send(f"{FRONT}/flow-engine", said))

    def pause(self, *, is_paused: bool) -> None:
        """Pause the partnership's machine work, or let it go on."""
        said = {
            "partnership": Labelled(self.partnership),
            "is_paused": is_paused,
            "because": WHY if is_paused else "",
        }
        _must_be_done(self.browser.send(f"{FRONT}/pause", said))

    def _result(self, answered: Answered) -> str:
        _must_be_done(answered)
        page = self.browser.open(answered.goes_to).text
        known = [capital(label(one)) for one in OperatorOutcome]
        return next((words for words in known if words in page), "nothing is said")


def _must_be_done(answered: Answered) -> None:
    if answered.status != SEE_OTHER:
        raise JourneyStopped(f"The operator's form was refused: {answered.page.errors}.")
