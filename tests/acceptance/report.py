"""The report of a journey: each act with its effects."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.domain.workflow import Step
from services.domain.working_days import written
from tests.acceptance.database import ClockRow, DocumentRow, EmailRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act of the journey: who did it, and its effects."""

    when: str
    step: Step
    who: str
    what: str
    clocks: Sequence[str] = ()
    prefect: str = ""
    documents: Sequence[DocumentRow] = ()
    emails: Sequence[EmailRow] = ()
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the line as JSON for other programs."""
        return {
            "when": self.when,
            "step": self.step.value,
            "who": self.who,
            "what": self.what,
            "clocks": list(self.clocks),
            "prefect": self.prefect,
            "documents": [
                {
                    "kind": document.kind,
                    "form": document.form,
                    "version": document.version,
                    "sha256": document.sha256,
                }
                for document in self.documents
            ],
            "emails": [
                {"event": email.event, "to": email.recipient, "message_id": email.message_id}
                for email in self.emails
            ],
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class CaseSnapshot:
    """The clocks, documents and emails of a case at one moment, by id."""

    clocks: Mapping[object, ClockRow] = field(default_factory=dict)
    documents: Mapping[object, DocumentRow] = field(default_factory=dict)
    emails: Mapping[object, EmailRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of an act: the difference between the snapshots after and before it."""

    started: list[ClockRow]
    met: list[ClockRow]
    documents: list[DocumentRow]
    emails: list[EmailRow]

    @staticmethod
    def between(before: CaseSnapshot, after: CaseSnapshot) -> "Effects":
        """Return the clocks that were started, moved or met, and the new documents and emails."""
        old = before.clocks
        return Effects(
            [
                clock
                for key, clock in after.clocks.items()
                if key not in old or old[key].dates != clock.dates
            ],
            [
                clock
                for key, clock in after.clocks.items()
                if clock.met_on is not None and (key not in old or old[key].met_on is None)
            ],
            [row for key, row in after.documents.items() if key not in before.documents],
            [row for key, row in after.emails.items() if key not in before.emails],
        )

    def clock_lines(self) -> list[str]:
        """Return a line for each clock that began to run or was met, with how many there were."""
        started = Counter(
            f"{clock.clock} due {clock.dates}" for clock in self.started if clock.met_on is None
        )
        met = Counter(
            f"{clock.clock} due {clock.dates}: {clock.how_met}"
            + (f" ({written(clock.met_on)})" if clock.met_on and clock.met_on != clock.due else "")
            for clock in self.met
        )
        return [line + (f" x{many}" if many > 1 else "") for line, many in (started + met).items()]
