"""The timeline of a case narrowed by what happened, by whom and at which step: codes alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from services.casework.acts import act_of
from services.casework.labels import label
from services.database.history import Entry
from services.domain.plain_text import capital
from services.domain.workflow import Step
from services.web.view_models.act_places import step_of

OF_NO_STEP = "none"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineWanted:
    """By what the address narrows the timeline; what is empty narrows nothing."""

    kind: str = ""
    role: str = ""
    step: str = ""

    @property
    def is_any(self) -> bool:
        """Tell whether anything narrows it."""
        return bool(self.kind or self.role or self.step)

    @property
    def query(self) -> str:
        """Return the same as an address says it."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: code for name, code in told.items() if code})

    def takes(self, entry: Entry) -> bool:
        """Tell whether the entry is among what is asked for."""
        return (
            self.kind in {"", entry.entry_type.value}
            and self.role in {"", entry.role.value}
            and self.step in {"", _step(entry)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChoices:
    """By what the timeline can be narrowed: what stands in it, by code with its words."""

    kinds: Choices
    roles: Choices
    steps: Choices


def choices_of(found: Iterable[Entry]) -> TimelineChoices:
    """Return what occurs in these entries, so that every choice finds something."""
    entries = list(found)
    kinds = {one.entry_type.value: capital(label(one.entry_type)) for one in entries}
    roles = {one.role.value: capital(label(one.role)) for one in entries}
    return TimelineChoices(
        kinds=sorted(kinds.items(), key=lambda one: one[1]),
        roles=sorted(roles.items(), key=lambda one: one[1]),
        steps=_steps(entries),
    )


def wanted_of(asked: Mapping[str, str], known: TimelineChoices) -> TimelineWanted:
    """Return by what the address narrows it; a code that fits nothing narrows nothing."""
    return TimelineWanted(
        kind=_known(asked.get("kind", ""), known.kinds),
        role=_known(asked.get("role", ""), known.roles),
        step=_known(asked.get("step", ""), known.steps),
    )


def _known(code: str, choices: Choices) -> str:
    return code if any(code == one for one, _ in choices) else ""


def _step(entry: Entry) -> str:
    step = step_of(act_of(entry))
    return OF_NO_STEP if step is None else step.value


def _steps(entries: Iterable[Entry]) -> Choices:
    there = {_step(one) for one in entries}
    known = [(one.value, label(one)) for one in Step if one.value in there]
    return [*known, *([(OF_NO_STEP, "Of no one step")] if OF_NO_STEP in there else [])]
