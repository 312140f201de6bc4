"""What became of each act: one line of the journey's table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from services.domain.steps import Step
from services.domain.todos import TODO, Todo
from services.domain.working_days import written
from tests.acceptance.record import ClockSeen, LetterSeen, PaperSeen

_STEP_OF: Final = {
    "refer": Step.NOTIFY,
    "notification": Step.NOTIFY,
    "scoping": Step.SCOPE,
    "meeting": Step.MEET,
    "rapid-review": Step.SUBMIT,
    "panel": Step.SUBMIT,
    "commissioning": Step.COMMISSION,
    "agency-reports": Step.COMMISSION,
    "report": Step.COMMISSION,
    "publication": Step.PUBLISH,
    "learning": Step.EMBED,
    "documents": Step.SUBMIT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act of the journey: who, what, and everything that followed from it."""

    when: str
    step: Step
    who: str
    what: str
    clocks: Sequence[str] = ()
    prefect: str = ""
    papers: Sequence[PaperSeen] = ()
    letters: Sequence[LetterSeen] = ()
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the line for machines."""
        return {
            "when": self.when,
            "step": self.step.value,
            "who": self.who,
            "what": self.what,
            "clocks": list(self.clocks),
            "prefect": self.prefect,
            "artefacts": [
                {"kind": one.kind, "form": one.form, "version": one.version, "sha256": one.sha256}
                for one in self.papers
            ],
            "letters": [
                {"event": one.event, "to": one.recipient, "message_id": one.message_id}
                for one in self.letters
            ],
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that was kept of a case at one moment."""

    clocks: Mapping[object, ClockSeen] = field(default_factory=dict)
    papers: Mapping[object, PaperSeen] = field(default_factory=dict)
    letters: Mapping[object, LetterSeen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed from an act: what is new since the moment before it."""

    started: list[ClockSeen]
    met: list[ClockSeen]
    papers: list[PaperSeen]
    letters: list[LetterSeen]

    @staticmethod
    def between(before: Sight, after: Sight) -> "Followed":
        """Return what the later moment holds that the earlier one did not."""
        old = before.clocks
        return Followed(
            [
                one
                for key, one in after.clocks.items()
                if key not in old or old[key].dates != one.dates
            ],
            [
                one
                for key, one in after.clocks.items()
                if one.met_on is not None and (key not in old or old[key].met_on is None)
            ],
            [one for key, one in after.papers.items() if key not in before.papers],
            [one for key, one in after.letters.items() if key not in before.letters],
        )

    def clock_lines(self) -> list[str]:
        """Say which clocks began to run and which were met, as a person counts them."""
        begun = Counter(
            f"{one.clock} due {one.dates}" for one in self.started if one.met_on is None
        )
        met = Counter(
            f"{one.clock} due {one.dates}: {one.how_met}"
            + (f" ({written(one.met_on)})" if one.met_on and one.met_on != one.due else "")
            for one in self.met
        )
        return [line + (f" x{many}" if many > 1 else "") for line, many in (begun + met).items()]


def step_of(path: str) -> Step:
    """Return the step of the guidance to which the page belongs."""
    for todo in Todo:
        if todo.value == path:
            return TODO[todo].step
    return _STEP_OF[path.partition("/")[0]]


def what_is(path: str) -> str:
    """Return what the page is for, as people's lists say it."""
    for todo in Todo:
        if todo.value == path:
            return TODO[todo].what
    return _SAID.get(path, path)


_SAID: Final = {
    "refer": "Refer a serious incident",
    "scoping/chase": "Remind an agency of its scoping form",
    "scoping/excuse": "Record why an agency returns no form",
    "rapid-review/lateness": "Tell the Panel of lateness",
    "agency-reports/return": "Return an agency's report for more",
    "publication/withhold": "Decide against publishing the report",
    "publication/delay": "Record a delay",
    "notification/reopen": "Reopen the case on new information",
    "documents": "Add a file",
}
