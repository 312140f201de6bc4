"""Which time limit each thing to do serves: its date is shown where the thing has none itself."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol, TypeVar

from services.domain.clocks.rules import ClockId
from services.domain.todos import TODO, Todo
from services.domain.workflow import Step

_K = ClockId
_OF_STEP: Final[Mapping[Step, tuple[ClockId, ...]]] = {
    Step.NOTIFY: (_K.K1,),
    Step.SCOPE: (_K.K5, _K.K7, _K.K10),
    Step.MEET: (_K.K7, _K.K10),
    Step.SUBMIT: (_K.K8, _K.K10),
    Step.COMMISSION: (_K.K11,),
    Step.PUBLISH: (_K.K12, _K.K11),
    Step.EMBED: (),
}
_BY_ITSELF: Final[Mapping[Todo, tuple[ClockId, ...]]] = {
    Todo.TELL_AREA: (_K.K2, _K.K1),
    Todo.RECORD_LOOKED_AFTER_DEATH: (_K.K3, _K.K3B),
    Todo.SUBMIT_RETURN: (_K.K6, _K.K7),
    Todo.CONFIRM_RETURN: (_K.K6, _K.K7),
    Todo.SET_MEETING: (_K.K4, _K.K7, _K.K10),
    Todo.SUBMIT: (_K.K10,),
    Todo.SIGN_RAPID_REVIEW: (_K.K10,),
    Todo.TELL_LATENESS: (_K.K10,),
    Todo.CONFIRM_AVAILABLE: (_K.K13,),
}
# A year on the website and the keeping of papers wait for nobody's next task. An action's last day
# and an agency's own are those of what is asked about it.
_SERVED_BY_NOTHING_ELSE: Final = frozenset({_K.K6, _K.K13, _K.K14, _K.K15})
# The road of the rapid review, whose days are planned backwards from the submission (E-13).
OF_THE_RAPID_REVIEW: Final = frozenset({_K.K4, _K.K7, _K.K8, _K.K10})


class Running(Protocol):
    """A time limit that runs on a case; the row of a clock is one."""

    clock: ClockId
    subject: str


R = TypeVar("R", bound=Running)


def clock_served(todo: Todo, running: Iterable[R], *, agency: str = "") -> R | None:
    """Return the time limit of the case that the thing to do serves.

    ``running`` are the case's, soonest first; ``agency`` is the id of the agency that is asked. It
    is the limit of its own act or step; where none of those runs, whichever of the case ends first.
    Nothing is returned while none runs.
    """
    own = [one for one in running if one.clock is not _K.K6 or one.subject == agency]
    for clock in _BY_ITSELF.get(todo, _OF_STEP[TODO[todo].step]):
        found = next((one for one in own if one.clock is clock), None)
        if found is not None:
            return found
    others = (one for one in own if one.clock not in _SERVED_BY_NOTHING_ELSE)
    return next(others, None)
