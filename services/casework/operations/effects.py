"""What stuck machine work, emails and clocks keep from happening, in casework words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from services.casework.operations.troubles import counted
from services.database.console import Cause, ListedRun
from services.database.outbox import DeliveryStatus
from services.domain.run_troubles import RunTrouble

_THINGS: Final[Mapping[str, tuple[str, str]]] = {
    "document": ("document", "documents"),
    "joint_work": ("piece of joint work", "pieces of joint work"),
    "dispatch": ("notice to a national body", "notices to national bodies"),
    "email": ("email", "emails"),
    "clock": ("clock", "clocks"),
    "own_clock": ("clock of its own", "clocks of their own"),
    "work": ("piece of machine work", "pieces of machine work"),
}
_UNDONE: Final = {"document": "not made", "joint_work": "not done"}
_BY_DELIVERY: Final[Mapping[str, tuple[str, str]]] = {
    DeliveryStatus.HELD: ("nobody knows if it went", "may or may not have arrived"),
    DeliveryStatus.FAILED: ("refused by the mail service", "not sent"),
}
_RESTORED: Final = ("the database was restored", "held back until let go")


def effects_of(run: ListedRun) -> list[str]:
    """Say what is kept from happening on one case, the gravest first; nothing where all goes on."""
    told = (
        (run.dispatches, "dispatch", "may or may not have arrived"),
        (run.documents, "document", "not made"),
        (run.others, "joint_work", "not done"),
        (run.refused, "email", "not sent"),
        (run.in_doubt, "email", "may or may not have arrived"),
        (run.held_back, "email", "held back until let go"),
        (run.late, "clock", "late"),
        (run.late_of_its_own, "own_clock", "late"),
        (run.nobodys, "clock", "due today or tomorrow that nobody has"),
    )
    said = [f"{_number(count, thing)} {how}" for count, thing, how in told if count]
    return said + [_OF_RUN[one] for one in run.wrong if one in _OF_RUN]


_OF_RUN: Final[Mapping[RunTrouble, str]] = {
    RunTrouble.PAUSED: "its machine work waits: the partnership is paused",
    RunTrouble.LOST: "what carried it was lost; it is begun again",
    RunTrouble.UNSTARTED: "no flow run carries it yet",
}


def cause_told(one: Cause) -> tuple[str, str]:
    """Return the cause and its effect."""
    return _TOLD[one.what](one)


def _set_aside(one: Cause) -> tuple[str, str]:
    return f"set aside after {one.error or 'no error kept'}", _undone(one)


def _put_off(one: Cause) -> tuple[str, str]:
    return f"tried again later after {one.error}", _undone(one)


def _undone(one: Cause) -> str:
    what = _number(one.pieces, one.about)
    return f"{what} {_UNDONE[one.about]} on {counted(one.cases, 'case')}"


def _email(one: Cause) -> tuple[str, str]:
    cause, effect = _BY_DELIVERY.get(one.error, _RESTORED)
    return cause, f"{_number(one.pieces, one.about)} {effect}"


def _late(one: Cause) -> tuple[str, str]:
    return "the last day has passed", f"{_number(one.pieces, one.about)} late"


def _unowned(one: Cause) -> tuple[str, str]:
    return (
        "nobody has what it waits for",
        f"{_number(one.pieces, 'clock')} at risk today or tomorrow",
    )


def _paused(one: Cause) -> tuple[str, str]:
    return "the partnership is paused", f"{_number(one.pieces, one.about)} waiting"


def _lost(one: Cause) -> tuple[str, str]:
    return "the process that carried it was lost", f"{counted(one.cases, 'case')} begun again"


def _unstarted(one: Cause) -> tuple[str, str]:
    words = counted(one.cases, "case without a flow run", "cases without a flow run")
    return "Prefect has not been told of it yet", words


_TOLD: Final[Mapping[RunTrouble, Callable[[Cause], tuple[str, str]]]] = {
    RunTrouble.SET_ASIDE: _set_aside,
    RunTrouble.PUT_OFF: _put_off,
    RunTrouble.EMAILS: _email,
    RunTrouble.LATE: _late,
    RunTrouble.UNOWNED: _unowned,
    RunTrouble.PAUSED: _paused,
    RunTrouble.LOST: _lost,
    RunTrouble.UNSTARTED: _unstarted,
}


def in_order(causes: list[Cause]) -> Iterator[Cause]:
    """Yield the gravest kinds first, as they are listed; of one kind the most frequent first."""
    kinds = list(_TOLD)
    national_first = {"dispatch": 0}
    yield from sorted(
        causes,
        key=lambda one: (kinds.index(one.what), national_first.get(one.about, 1), -one.pieces),
    )


def _number(count: int, thing: str) -> str:
    return counted(count, *_THINGS[thing])
